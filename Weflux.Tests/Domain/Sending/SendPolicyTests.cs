using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Domain.Contacts;

namespace Weflux.Tests.Domain.Sending;

public sealed class SendPolicyTests
{
    /// <summary>Consent and window against what is sent, in words; a star marks an answer after a stop.</summary>
    public static TheoryData<string, bool, string, string> Consents => new()
    {
        { "", true, "reply", "Allowed" },
        { "", false, "reply", "NeedsTemplate" },
        { "", true, "utility", "Allowed" },
        { "", false, "utility", "Allowed" },
        { "", false, "authentication", "Allowed" },
        { "", true, "marketing", "NoMarketingConsent" },
        { "", false, "marketing", "NoMarketingConsent" },
        { "given", false, "marketing", "Allowed" },
        { "given", true, "marketing", "Allowed" },
        { "given, platform stop", true, "reply", "Allowed" },
        { "given, platform stop", false, "utility", "Allowed" },
        { "given, platform stop", true, "marketing", "MarketingStopped" },
        { "person stop", false, "marketing", "MarketingStopped" },
        { "given, all stop", true, "reply", "AllStopped" },
        { "given, all stop", false, "reply", "AllStopped" },
        { "given, all stop", true, "utility", "AllStopped" },
        { "given, all stop", false, "authentication", "AllStopped" },
        { "given, all stop", false, "marketing", "AllStopped" },
        { "given, all stop, platform stop", false, "marketing", "AllStopped" },
        { "all stop, wrote", true, "reply", "Allowed*" },
        { "all stop, wrote", false, "reply", "AllStopped" },
        { "all stop, wrote", true, "utility", "AllStopped" },
        { "all stop, wrote", true, "marketing", "AllStopped" },
        { "all stop, wrote, all stop", true, "reply", "AllStopped" },
        { "all stop, start", true, "reply", "Allowed" },
        { "all stop, start", false, "reply", "NeedsTemplate" },
        { "all stop, start", false, "utility", "Allowed" },
        { "all stop, start", false, "marketing", "NoMarketingConsent" },
        { "all stop", true, "confirmation", "Allowed" },
        { "all stop", false, "confirmation", "NeedsTemplate" },
        { "", true, "question", "Allowed" },
        { "", false, "question", "NeedsTemplate" },
        { "all stop", true, "question", "AllStopped" },
        { "all stop, wrote", true, "question", "Allowed*" },
    };

    public static TheoryData<Role, AgentVisibility, string, bool> Actors
    {
        get
        {
            var rows = new TheoryData<Role, AgentVisibility, string, bool>();
            foreach (var visibility in Enum.GetValues<AgentVisibility>())
            {
                rows.Add(Role.Agent, visibility, "own", true);
                rows.Add(Role.Agent, visibility, "nobody's", visibility != AgentVisibility.Own);
                rows.Add(Role.Agent, visibility, "another's", visibility == AgentVisibility.All);
                foreach (var held in new[] { "own", "nobody's", "another's" })
                {
                    rows.Add(Role.Manager, visibility, held, true);
                    rows.Add(Role.Admin, visibility, held, true);
                    rows.Add((Role)0, visibility, held, false);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string> Unsendable =>
        [.. MessageContentRowsOf(c => SendPolicy.Check(c) is { Reason: InvalidReason.NotSendable })];

    [Theory]
    [MemberData(nameof(Consents))]
    public void Consent_and_window_decide_what_may_be_sent(string history, bool isOpen, string what, string decision)
    {
        var content = Content(what);
        var origin = what == "confirmation" ? MessageOrigin.StopConfirmation : MessageOrigin.Person;

        Name(SendPolicy.Decide(null, Circumstances(history, isOpen) with { Origin = origin }, content)).Should().Be(decision);
    }

    [Theory]
    [MemberData(nameof(Actors))]
    public void Role_and_visibility_decide_who_may_send(Role role, AgentVisibility visibility, string held, bool isAllowed)
    {
        var circumstances = Circumstances("given", isOpen: true);
        circumstances.Conversation.Assign(held switch { "own" => Given.Asha, "another's" => Given.Ravi, _ => null });
        var actor = Asha(role) with { Settings = AgentSettings.Default with { Visibility = visibility } };

        foreach (var what in new[] { "reply", "utility", "marketing", "question" })
        {
            SendPolicy.Decide(actor, circumstances, Content(what)).Should().Be(isAllowed ? new Allowed() : new NotPermitted());
        }
    }

    [Fact]
    public void Nobody_sends_in_another_workspace() =>
        SendPolicy.Decide(Asha(Role.Admin) with { Workspace = new WorkspaceId(8) }, Circumstances("", isOpen: true), Content("reply"))
            .Should().Be(new NotPermitted());

    [Theory]
    [InlineData(ConnectionState.Paused)]
    [InlineData(ConnectionState.Broken)]
    [InlineData(ConnectionState.Disconnected)]
    [InlineData((ConnectionState)0)]
    public void Connection_that_is_not_ready_sends_nothing(ConnectionState state)
    {
        foreach (var what in new[] { "reply", "utility", "marketing", "question" })
        {
            SendPolicy.Decide(Asha(Role.Admin), Circumstances("given", isOpen: true) with { Connection = state }, Content(what))
                .Should().Be(new ConnectionNotReady(state));
        }
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Blocked_or_restricted_contact_gets_nothing(bool isBlocked, bool isRestricted, bool saysBlocked)
    {
        var circumstances = Circumstances("given", isOpen: true);
        circumstances.Contact.Block(isBlocked, Given.Noon);
        circumstances.Contact.Restrict(isRestricted, Given.Noon);

        foreach (var what in new[] { "reply", "utility", "marketing", "question" })
        {
            SendPolicy.Decide(null, circumstances, Content(what)).Should().Be(new Restricted(saysBlocked));
        }
    }

    [Fact]
    public void First_obstacle_is_the_one_named()
    {
        var circumstances = Circumstances("all stop", isOpen: false) with { Connection = ConnectionState.Broken };
        circumstances.Contact.Block(true, Given.Noon);
        var empty = new TextContent("");

        SendPolicy.Decide(Asha((Role)0), circumstances, empty).Should().BeOfType<NotPermitted>();
        SendPolicy.Decide(Asha(Role.Admin), circumstances, empty).Should().BeOfType<ConnectionNotReady>();
        SendPolicy.Decide(Asha(Role.Admin), circumstances with { Connection = ConnectionState.Ready }, empty).Should().BeOfType<Restricted>();

        circumstances.Contact.Block(false, Given.Noon);
        SendPolicy.Decide(null, circumstances with { Connection = ConnectionState.Ready }, empty).Should().BeOfType<Invalid>();
        SendPolicy.Decide(null, circumstances with { Connection = ConnectionState.Ready }, Content("reply")).Should().BeOfType<OptedOut>();
    }

    [Theory]
    [InlineData(4095, true)]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(10_000, false)]
    public void Text_is_at_most_4096_long(int length, bool isAllowed) =>
        SendPolicy.Decide(null, Circumstances("", isOpen: true), new TextContent(new string('a', length)))
            .Should().Be(isAllowed ? new Allowed() : new Invalid(InvalidReason.TooLong, length));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void Empty_text_is_refused(string body) =>
        SendPolicy.Decide(null, Circumstances("", isOpen: true), new TextContent(body)).Should().Be(new Invalid(InvalidReason.Empty));

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void Kinds_that_we_cannot_send_are_refused(string row) =>
        SendPolicy.Decide(null, Circumstances("", isOpen: true), Conversations.MessageContentRows.All[row].Content)
            .Should().Be(new Invalid(InvalidReason.NotSendable));

    [Fact]
    public void What_only_customers_and_the_platform_say_cannot_be_sent() =>
        Unsendable.Select(row => Conversations.MessageContentRows.All[row.Data].Content.GetType()).Distinct().Should().Contain(
        [
            typeof(ButtonReplyContent), typeof(ListReplyContent), typeof(FlowReplyContent), typeof(CallPermissionReplyContent),
            typeof(TemplateButtonContent), typeof(OrderContent), typeof(SystemContent), typeof(EditContent), typeof(RevokeContent), typeof(UnsupportedContent),
        ]);

    [Fact]
    public void Nothing_is_sent_into_a_group()
    {
        var circumstances = Circumstances("given", isOpen: true) with
        {
            Conversation = Conversation.Start(Given.Workspace, 3, 5, Given.Noon, isGroup: true),
        };

        foreach (var what in new[] { "reply", "utility", "marketing", "question" })
        {
            SendPolicy.Decide(Asha(Role.Admin), circumstances, Content(what)).Should().Be(new GroupIsReadOnly());
        }
    }

    [Fact]
    public void Closed_window_says_when_it_closed()
    {
        var closed = Circumstances("", isOpen: false);

        SendPolicy.Decide(null, closed, null).Should().Be(new NeedsTemplate(closed.Conversation.Window.ClosesAt));
        SendPolicy.Decide(null, closed with { Conversation = Given.Conversation() }, null).Should().Be(new NeedsTemplate(null));
        SendPolicy.Decide(null, closed with { Origin = MessageOrigin.StopConfirmation }, null)
            .Should().Be(new NeedsTemplate(closed.Conversation.Window.ClosesAt));
    }

    [Fact]
    public void Window_is_asked_at_the_moment_of_sending()
    {
        var circumstances = Circumstances("", isOpen: true);
        var closesAt = circumstances.Conversation.Window.ClosesAt!.Value;

        SendPolicy.Decide(null, circumstances with { Now = closesAt.AddTicks(-1) }, null).IsAllowed.Should().BeTrue();
        SendPolicy.Decide(null, circumstances with { Now = closesAt }, null).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void Opt_out_says_since_when()
    {
        SendPolicy.DecideTemplate(ConsentTests.After("given, all stop").Consent, TemplateCategory.Utility)
            .Should().Be(new OptedOut(Given.Second(2), OptOutReason.AllStopped));
        SendPolicy.DecideTemplate(ConsentTests.After("given, platform stop").Consent, TemplateCategory.Marketing)
            .Should().Be(new OptedOut(Given.Second(2), OptOutReason.MarketingStopped));
        SendPolicy.DecideTemplate(ConsentTests.After("person stop, platform resume").Consent, TemplateCategory.Marketing)
            .Should().Be(new OptedOut(Given.Second(1), OptOutReason.MarketingStopped));
        SendPolicy.DecideTemplate(ConsentTests.After("").Consent, TemplateCategory.Marketing)
            .Should().Be(new OptedOut(null, OptOutReason.NoMarketingConsent));
        SendPolicy.Decide(null, Circumstances("all stop", isOpen: true), null)
            .Should().Be(new OptedOut(Given.Second(1), OptOutReason.AllStopped));
    }

    [Theory]
    [InlineData("Asha", null)]
    [InlineData("four    spaces", null)]
    [InlineData("five     spaces", InvalidReason.TemplateValueNotAllowed)]
    [InlineData("a\nb", InvalidReason.TemplateValueNotAllowed)]
    [InlineData("a\rb", InvalidReason.TemplateValueNotAllowed)]
    [InlineData("a\tb", InvalidReason.TemplateValueNotAllowed)]
    [InlineData("", InvalidReason.TemplateValueMissing)]
    [InlineData("  ", InvalidReason.TemplateValueMissing)]
    public void Values_of_a_template_are_checked(string value, InvalidReason? reason) =>
        SendPolicy.CheckTemplate(TemplateTests.Positional("{{1}} {{2}}"), Filled("Asha", value))
            .Should().Be(reason is { } wrong ? new Invalid(wrong) : null);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Template_needs_a_value_for_each_variable(int count) =>
        SendPolicy.CheckTemplate(TemplateTests.Positional("{{1}} {{2}}"), Filled([.. Enumerable.Repeat("A", count)]))
            .Should().Be(new Invalid(InvalidReason.TemplateValueMissing));

    [Fact]
    public void Template_must_be_approved() =>
        SendPolicy.CheckTemplate(TemplateTests.Positional("{{1}}") with { Status = "PAUSED" }, Filled())
            .Should().Be(new Invalid(InvalidReason.TemplateNotApproved));

    [Fact]
    public void Template_without_variables_needs_no_values() =>
        SendPolicy.CheckTemplate(TemplateTests.Positional("Hello"), Filled()).Should().BeNull();

    private static TemplateContent Filled(params string[] values) => new("order_sent", "en", TemplateCategory.Utility, values, string.Join(' ', values), []);

    [Fact]
    public void Values_of_a_template_are_checked_again_at_dispatch()
    {
        var template = (TemplateContent)Content("utility")!;

        SendPolicy.Decide(null, Circumstances("", isOpen: false), template with { BodyParameters = ["a\nb"] })
            .Should().Be(new Invalid(InvalidReason.TemplateValueNotAllowed));
    }

    [Fact]
    public void Only_one_decision_allows()
    {
        SendDecision[] refusals =
        [
            new NeedsTemplate(null), new OptedOut(null, OptOutReason.AllStopped), new NotPermitted(), new Restricted(true),
            new ConnectionNotReady(ConnectionState.Paused), new Invalid(InvalidReason.Empty), new GroupIsReadOnly(),
            new ColleagueAnswered(Given.Asha, 1, 1, Given.Noon),
        ];

        refusals.Should().OnlyContain(d => !d.IsAllowed);
        new Allowed(IsMarked: true).IsAllowed.Should().BeTrue();
        typeof(SendDecision).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SendDecision))).Should().HaveCount(refusals.Length + 1);
    }

    private static IEnumerable<string> MessageContentRowsOf(Func<MessageContent, bool> isMeant) =>
        Conversations.MessageContentRows.All.Where(r => isMeant(r.Value.Content)).Select(r => r.Key);

    private static Actor Asha(Role role) => new(Given.Workspace, Given.Asha, "Asha", role, AgentSettings.Default);

    private static SendCircumstances Circumstances(string history, bool isOpen)
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hello", Given.Noon), 1);
        var now = isOpen ? Given.Noon.AddHours(1) : Given.Noon.AddHours(25);
        return new SendCircumstances(conversation, ConsentTests.After(history), ConnectionState.Ready, MessageOrigin.Person, now);
    }

    private static MessageContent? Content(string what) => what switch
    {
        "question" => null,
        "reply" or "confirmation" => new TextContent("Hello"),
        _ => new TemplateContent("t", "en", Enum.Parse<TemplateCategory>(what, ignoreCase: true), ["Asha"], "Hi Asha", []),
    };

    private static string Name(SendDecision decision) => decision switch
    {
        Allowed { IsMarked: true } => "Allowed*",
        OptedOut opted => opted.Reason.ToString(),
        _ => decision.GetType().Name,
    };
}
