using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Events;
using Weflux.Domain.Notices;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Domain.Sending;

namespace Weflux.Tests.Domain;

public sealed class MissingArgumentsTests
{
    private static readonly TextContent Hello = new("Hello");
    private static readonly TemplateContent Filled = new("t", "en", TemplateCategory.Utility, [], "Hello", []);

    /// <summary>Calls that leave out something needed, under the name of the method and of what is missing.</summary>
    private static readonly Dictionary<string, Action> Calls = new(StringComparer.Ordinal)
    {
        ["Actor.WithKey key"] = () => Actor.WithKey(Given.Workspace, null!),
        ["ApiScopes.Allow scopes"] = () => ApiScopes.Allow(null!, Permission.SeeDeliveries),
        ["AssignmentRota.ctor people"] = () => _ = new AssignmentRota(null!),
        ["AssignmentRota.Give terms"] = () => new AssignmentRota([]).Give(null!, [], null),
        ["AssignmentRota.Give pool"] = () => new AssignmentRota([]).Give(AssignmentTerms.Off, null!, null),
        ["AssignmentRule.Set terms"] = () => AssignmentRule.OfTeam(Given.Workspace, 1).Set(null!),
        ["TeamSet.Of ids"] = () => TeamSet.Of(null!),
        ["WorkTeam.Make name"] = () => WorkTeam.Make(Given.Workspace, null!),
        ["WorkTeam.KeyOf name"] = () => WorkTeam.KeyOf(null!),
        ["AwayTimes.Choices zone"] = () => AwayTimes.Choices(Given.Noon, null!),
        ["BusinessHours.Read ranges"] = () => BusinessHours.Read(null!, out _),
        ["BusinessHours.IsOpenAt zone"] = () => Always().IsOpenAt(Given.Noon, null!),
        ["BusinessHours.NextOpenAt zone"] = () => Always().NextOpenAt(Given.Noon, null!),
        ["QuietHours.Covers zone"] = () => new QuietHours(0, 60, Weekdays.All).Covers(Given.Noon, null!),
        ["NoticePace.Tell cues"] = () => new NoticePace().Tell(null!, Given.Noon),
        ["NoticeChoices.Of choose"] = () => NoticeChoices.Of(null!),
        ["Contact.Hear heard"] = () => Given.Contact().Hear(null!, Given.Noon),
        ["Contact.HearWords content"] = () => Given.Contact().HearWords(null!, OptOutWords.BuiltIn, "wamid.1", Given.Noon),
        ["Contact.HearWords words"] = () => Given.Contact().HearWords(Hello, null!, "wamid.1", Given.Noon),
        ["Participants.Read text"] = () => Participants.Read(null!),
        ["Note.Write text"] = () => Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, null!, Given.Noon, 1),
        ["Conversation.File message"] = () => Given.Conversation().File(null!),
        ["Message.Recorded recorded"] = () => Message.Recorded(Given.Conversation(), null!, 1),
        ["Message.ToCustomer content"] = () => Message.ToCustomer(Given.Conversation(), null!, Given.Asha, null, 1, Given.Noon),
        ["PlainLimits.IsEmoji text"] = () => PlainLimits.IsEmoji(null!),
        ["ReadReceiptRules.TellsOnOpening actor"] = () => ReadReceipts.WhenOpened.TellsOnOpening(null!, null),
        ["Conversation.Receive inbound"] = () => Given.Conversation().Receive(null!, 1),
        ["Conversation.Reply message"] = () => Given.Conversation().Reply(null!),
        ["Conversation.ShowContent message"] = () => Given.Conversation().ShowContent(null!),
        ["Conversation.ShowStatus message"] = () => Given.Conversation().ShowStatus(null!),
        ["MediaLimits.Check facts"] = () => MediaLimits.Check(MediaKind.Image, null!),
        ["MediaLimits.IsDrawable facts"] = () => MediaLimits.IsDrawable(null!),
        ["MediaLimits.WithFiles replace"] = () => MediaLimits.WithFiles(Hello, null!),
        ["Message.FromCustomer conversation"] = () => Message.FromCustomer(null!, Given.Said(Hello, Given.Noon), 1),
        ["Message.FromCustomer inbound"] = () => Message.FromCustomer(Given.Conversation(), null!, 1),
        ["Message.ToCustomer conversation"] = () => Message.ToCustomer(null!, Hello, Given.Asha, null, 1, Given.Noon),
        ["Message.Complete content"] = () => Given.Reply(Given.Conversation(), Given.Noon).Complete(null!, null, 3),
        ["Message.Report report"] = () => Given.Reply(Given.Conversation(), Given.Noon).Report(null!, 3),
        ["PlainText.Cut text"] = () => PlainText.Cut(null!, 1),
        ["Roster.ctor places"] = () => _ = new Roster(null!),
        ["Conversation.TakeBack message"] = () => Given.Conversation().TakeBack(null!, Given.Conversation().Standing, null, 1),
        ["Conversation.TakeBack before"] = () => Given.Conversation().TakeBack(Given.Reply(Given.Conversation(), Given.Noon), null!, null, 1),
        ["ScheduledMessage.Make conversation"] = () => ScheduledMessage.Make(null!, Given.Asha, Hello, new SchedulePlan(Given.Noon), Guid.Empty, null, null, 1, Given.Noon),
        ["ScheduledMessage.Make content"] = () => ScheduledMessage.Make(Given.Conversation(), Given.Asha, null!, new SchedulePlan(Given.Noon), Guid.Empty, null, null, 1, Given.Noon),
        ["ScheduledMessage.Make plan"] = () => ScheduledMessage.Make(Given.Conversation(), Given.Asha, Hello, null!, Guid.Empty, null, null, 1, Given.Noon),
        ["ScheduledMessage.Plan plan"] = () => SchedulePolicyTests.Make().Plan(null!, 1),
        ["ScheduledMessage.Return fault"] = () => SchedulePolicyTests.Make().Return(null!, Given.Noon, 1),
        ["SchedulePolicy.MayPlan decision"] = () => SchedulePolicy.MayPlan(null!),
        ["Conversation.TellReply before"] = () => Given.Conversation().TellReply(null!, Given.Reply(Given.Conversation(), Given.Noon), Given.Noon),
        ["Conversation.TellReply message"] = () => Given.Conversation().TellReply(Given.Conversation().Standing, null!, Given.Noon),
        ["Conversation.TellLabelled label"] = () => Given.Conversation().TellLabelled(isOn: true, null!, null, Given.Noon, 1),
        ["Conversation.TellConsent entry"] = () => Given.Conversation().TellConsent(null!, Given.Noon, 1),
        ["Label.Make name"] = () => Label.Make(Given.Workspace, null!, LabelColor.Red),
        ["Label.KeyOf name"] = () => Label.KeyOf(null!),
        ["CannedReply.Make shortcut"] = () => CannedReply.Make(Given.Workspace, null, null!, "Hello", Given.Noon),
        ["CannedReply.Make text"] = () => CannedReply.Make(Given.Workspace, null, "hello", null!, Given.Noon),
        ["CannedReply.KeyOf shortcut"] = () => CannedReply.KeyOf(null!),
        ["ReplyText.Pieces text"] = () => ReplyText.Pieces(null!),
        ["ReplyText.Check text"] = () => ReplyText.Check(null!, [], out _),
        ["ReplyText.Check fields"] = () => ReplyText.Check("", null!, out _),
        ["ReplyText.Fill text"] = () => ReplyText.Fill(null!, _ => "", new Dictionary<string, string>()),
        ["ReplyText.Fill known"] = () => ReplyText.Fill("", null!, new Dictionary<string, string>()),
        ["ReplyText.Fill answers"] = () => ReplyText.Fill("", _ => "", null!),
        ["ReplyText.FirstName name"] = () => ReplyText.FirstName(null!),
        ["ConversationEvent.DoneBy name"] = () => Given.Conversation().Tell(ConversationEventKind.Closed, null, Given.Noon, 1).DoneBy(null!),
        ["EventSignature.Sign id"] = () => EventSignature.Sign([1], null!, Given.Noon, [2]),
        ["PublicNetwork.Has address"] = () => PublicNetwork.Has(null!),
        ["EventAddress.Read privateHosts"] = () => EventAddress.Read("https://example.com", null!, mayBeThisMachine: false, out _),
        ["EventAddress.IsNamed host"] = () => EventAddress.IsNamed(null!, []),
        ["EventAddress.IsNamed privateHosts"] = () => EventAddress.IsNamed("example.com", null!),
        ["EventAddress.IsThisMachine host"] = () => EventAddress.IsThisMachine(null!),
        ["Note.Write conversation"] = () => Note.Write(null!, Given.Asha, Guid.Empty, "Hello", Given.Noon, 1),
        ["NoteText.Pieces text"] = () => NoteText.Pieces(null!),
        ["NoteText.Mentions text"] = () => NoteText.Mentions(null!),
        ["PhoneNumber.MaskIn text"] = () => PhoneNumber.MaskIn(null!),
        ["SnoozePolicy.Choices zone"] = () => SnoozePolicy.Choices(Given.Noon, null!),
        ["WallClock.Read zone"] = () => WallClock.Read(default, null!, out _),
        ["WallClock.Show zone"] = () => WallClock.Show(Given.Noon, null!),
        ["WallClock.Choices zone"] = () => WallClock.Choices(Given.Noon, null!),
        ["SendPolicy.Decide circumstances"] = () => SendPolicy.Decide(null, null!, Hello),
        ["SendPolicy.DecideTemplate consent"] = () => SendPolicy.DecideTemplate(null!, TemplateCategory.Utility),
        ["SendPolicy.CheckTemplate template"] = () => SendPolicy.CheckTemplate(null!, Filled),
        ["SendPolicy.CheckTemplate content"] = () => SendPolicy.CheckTemplate(TemplateTests.Positional("Hello"), null!),
        ["SendPolicy.CheckWaiting content"] = () => SendPolicy.CheckWaiting(null, null!, new Consent()),
        ["SendPolicy.CheckWaiting consent"] = () => SendPolicy.CheckWaiting(null, Filled, null!),
        ["Template.Check values"] = () => TemplateTests.Positional("Hello").Check(null!),
        ["Template.Fill values"] = () => TemplateTests.Positional("Hello").Fill(null!),
        ["Template.Picture values"] = () => TemplateTests.Positional("Hello").Picture(null!),
        ["Template.Fits content"] = () => TemplateTests.Positional("Hello").Fits(null!),
        ["TemplateContent.WithFiles replace"] = () => Filled.WithFiles(null!),
        ["TemplateContent.WithFileValues replace"] = () => Filled.WithFileValues(null!),
        ["TemplateDraftRules.Check draft"] = () => TemplateDraftRules.Check(null!),
        ["TemplateDraftRules.IsName name"] = () => TemplateDraftRules.IsName(null!),
        ["TemplateText.Names text"] = () => TemplateText.Names(null!, named: true),
        ["TemplateText.Fill text"] = () => TemplateText.Fill(null!, _ => ""),
        ["TemplateText.Fill value"] = () => TemplateText.Fill("", null!),
        ["Template.Render values"] = () => TemplateTests.Positional("Hello").Render(null!),
    };

    private static BusinessHours Always()
    {
        BusinessHours.Read([], out var hours);
        return hours!;
    }

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_missing_is_named(string call) =>
        Calls[call].Should().Throw<ArgumentNullException>().WithParameterName(call.Split(' ')[1]);
}
