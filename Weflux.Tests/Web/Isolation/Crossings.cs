using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.Profile;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Api;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Sending;
using Weflux.Web.Start;
using Weflux.Web.Team;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Isolation;

/// <summary>
/// One way in which code reaches data by somebody or by an id, tried by a stranger with the ids of another workspace.
/// It returns what the stranger got, which must hold nothing.
/// </summary>
internal sealed record Crossing(string Method, Func<TwoWorkspaces, Actor, Task<object?>> TryAsync);

internal static partial class Crossings
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly PageRequest Whole = new(0, PageRequest.HighestLimit);

    public static IReadOnlyList<Crossing> All { get; } =
    [
        .. Numbers(),
        .. Media(),
        .. TheirTemplates(),
        .. Scheduling(),
        .. Failures(),
        .. Work(),
        .. Teams(),
        .. Views(),
        .. Hands(),
        .. Notices(),
        .. Search(),
        .. AddressBook(),
        .. Floor(),
        .. Events(),
        Of<ConversationListQuery>(nameof(ConversationListQuery.GetAsync), async (q, w, a) =>
            (await q.GetAsync(a, InboxView.Newest, null, PageDirection.After, 100)).Rows),
        Of<ConversationListQuery>(nameof(ConversationListQuery.ChangedAsync), async (q, w, a) =>
            (await q.ChangedAsync(a, InboxView.Default, [new RowVersion(w.Conversation, 0)])).Rows),
        Of<SharedRows>(nameof(SharedRows.GetAsync), async (q, w, a) => await q.GetAsync(a.Workspace, [new RowVersion(w.Conversation, 0)])),
        Of<ThreadQuery>(nameof(ThreadQuery.GetAsync), async (q, w, a) => await q.GetAsync(a, w.Conversation)),
        Of<ThreadQuery>(nameof(ThreadQuery.OlderAsync), async (q, w, a) =>
            (await q.OlderAsync(a, w.Conversation, new ThreadCursor(w.Host.Clock.GetUtcNow().AddDays(1), long.MaxValue))).Messages),
        Of<ThreadQuery>(nameof(ThreadQuery.ChangesAsync), async (q, w, a) => await q.ChangesAsync(a, w.Conversation, 0)),
        Of<ThreadQuery>(nameof(ThreadQuery.WasSentAsync), async (q, w, a) => await q.WasSentAsync(a, w.Conversation, w.DraftId)),
        Of<MarkSeen>(nameof(MarkSeen.ExecuteAsync), async (u, w, a) =>
        {
            await u.ExecuteAsync(a, w.Conversation, 1);
            return null;
        }),
        Of<SaveDraft>(nameof(SaveDraft.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation, Guid.CreateVersion7(), "mine")),
        Of<SendReply>(nameof(SendReply.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Conversation, new TextContent("mine"), Guid.CreateVersion7())),
        Of<ThreadQuery>(nameof(ThreadQuery.RawAsync), async (q, w, a) => await q.RawAsync(a, w.FailedMessage)),
        Of<SendReaction>(nameof(SendReaction.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.FailedMessage, "👍", Guid.CreateVersion7())),
        Of<SendByApi>(nameof(SendByApi.ExecuteAsync), async (u, w, a) =>
            await u.ExecuteAsync(a, new ApiOutgoing { ConversationId = w.Conversation, Type = "text", Text = new ApiText { Body = "mine" } }, null) as ApiSent),
        Of<ClaimIdempotencyKey>(nameof(ClaimIdempotencyKey.ExecuteAsync), async (u, _, a) =>
        {
            // What a key of another workspace calls its requests is its own.
            await u.ExecuteAsync(a, "mine", [1]);
            return null;
        }),
        Of<SendAgain>(nameof(SendAgain.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.FailedMessage, Guid.CreateVersion7())),
        Of<TemplateListQuery>(nameof(TemplateListQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, w.Conversation, Never)).Templates),
        Of<TemplateListQuery>(nameof(TemplateListQuery.VersionAsync), async (q, w, a) => await q.VersionAsync(a, w.Conversation, Never)),
        Of<ReplayDelivery>(nameof(ReplayDelivery.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Delivery)),
        Of<Actors>($"{nameof(Actors.FindAsync)}(slug)", async (q, w, a) => await q.FindAsync(a.User, "demo", Never)),
        Of<Actors>(nameof(Actors.FindMovedAsync), async (q, _, a) => await q.FindMovedAsync(a.User, TwoWorkspaces.FormerSlug, Never)),
        Of<Actors>(nameof(Actors.FindRecentAsync), async (q, w, a) => await q.FindRecentAsync(a.User, "demo", Never)),
        Of<Actors>($"{nameof(Actors.FindAsync)}(workspace)", async (q, w, a) => await q.FindAsync(a.User, w.Owner.Workspace, Never)),
        Of<Actors>(nameof(Actors.ListAsync), async (q, w, a) => (await q.ListAsync(a.User, Never)).Where(l => l.Slug == "demo").ToList()),
        Of<MessageStreamQuery>(nameof(MessageStreamQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, Whole))?.Data),
        Of<ConversationsQuery>(nameof(ConversationsQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, Whole))?.Data),
        Of<ConversationsQuery>(nameof(ConversationsQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Conversation)),
        Of<ContactsQuery>(nameof(ContactsQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a, Whole))?.Data.Where(c => c.Id == w.Contact).ToList()),
        Of<ContactsQuery>(nameof(ContactsQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Contact)),
        Of<DeliveriesQuery>(nameof(DeliveriesQuery.GetAsync), async (q, w, a) =>
            (await q.GetAsync(a, null, Whole))?.Data.Where(d => d.Id == w.Delivery).ToList()),
        Of<DeliveriesQuery>(nameof(DeliveriesQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Delivery)),
        Of<RevokeApiKey>(nameof(RevokeApiKey.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Key)),

        Of<Actors>(nameof(Actors.NeedsSecondFactorAsync), async (q, w, a) => await q.NeedsSecondFactorAsync(a.User, "demo", Never) ? "demanded" : null),
        Of<IssueResetLink>(nameof(IssueResetLink.ExecuteAsync), async (u, w, a) =>
            await u.ExecuteAsync(a, w.Owner.User, Never) is IssuedResetLink.Made made ? made : null),
        Of<PersonPictures>(nameof(PersonPictures.FindAsync), async (q, w, a) => await q.FindAsync(a.User, w.Owner.User, Never)),
        Of<SessionBook>(nameof(SessionBook.WasOpenAsync), async (q, w, a) => await q.WasOpenAsync(a.User, Guid.NewGuid(), null, Never) ? "open" : null),
        Of<SessionBook>(nameof(SessionBook.IsOpenAsync), async (q, w, a) => await q.IsOpenAsync(a.User, Guid.NewGuid(), Never) ? "open" : null),
        Of<CreateWorkspace>(nameof(CreateWorkspace.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a.User, "Theirs", "demo", null, null, Never) is WorkspaceOutcome.Made made ? made : null),

        // What a stranger makes is the stranger's own.
        Of<TakeTrialNumber>(nameof(TakeTrialNumber.ExecuteAsync), async (u, w, a) =>
        {
            await u.ExecuteAsync(a, Never);
            return null;
        }),
        Of<IssueApiKey>(nameof(IssueApiKey.ExecuteAsync), async (u, w, a) =>
        {
            await u.ExecuteAsync(a, "Theirs", ["*"], null);
            return null;
        }),
        .. People,
    ];

    /// <summary>Methods that take somebody or a workspace and that no stranger can call, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Exempt { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AccessWatch.Record"] = "writes down that somebody is to be looked at again, and says nothing of them",
        ["AccessWatch.Tell"] = "makes pages look again, and shows nothing",
        ["AccessWatch.Watch"] = "hears that somebody's access changed, and not what it is",
        ["AuditLog.AddAsync"] = "writes in the transaction of a use case that is tried",
        ["AccountLinks.IssueAsync"] = "part of use cases that are tried, and writes a link for the person they found",
        ["AccountLinks.IsFreshAsync"] = "part of a use case that answers everybody alike",
        ["AccountLinks.RevokeAsync"] = "part of use cases that are tried, and takes away",
        ["SignInTries.CountAsync"] = "counts a try to sign in as the person that somebody named",
        ["SignInTries.ForgiveAsync"] = "takes the count back from whoever was right",
        ["LockoutNotice.ExecuteAsync"] = "writes to the person that somebody tries to sign in as, and says nothing else",
        ["SetPassword.ApplyAsync"] = "part of use cases that prove the password or a link",
        ["PasswordProof.CheckAsync"] = "asks the person of the request for the password",
        ["ChangePassword.ExecuteAsync"] = "takes the person of the request; tried in PasswordTests",
        ["ChangeEmail.ExecuteAsync"] = "takes the person of the request; tried in ProfileTests",
        ["SaveProfile.ExecuteAsync"] = "takes the person of the request; tried in ProfileTests",
        ["ProfileQuery.GetAsync"] = "shows people themselves; its pages give it the person of the request",
        ["PersonPictures.SaveAsync"] = "takes the person of the request; tried in ProfileTests",
        ["PersonPictures.RemoveAsync"] = "takes the person of the request; tried in ProfileTests",
        ["CreateWorkspace.MayAsync"] = "says what people may themselves",
        ["OwnPasskeys.OptionsAsync"] = "takes the person of the request; tried in Journeys.AccountTests",
        ["OwnPasskeys.ListAsync"] = "takes the person of the request; tried in Journeys.AccountTests",
        ["OwnPasskeys.AddAsync"] = "takes the person of the request; tried in Journeys.AccountTests",
        ["OwnPasskeys.RenameAsync"] = "takes the person of the request; tried in Journeys.AccountTests",
        ["OwnPasskeys.RemoveAsync"] = "takes the person of the request; tried in Journeys.AccountTests",
        ["OwnSecondFactor.PrepareAsync"] = "takes the person of the request; tried in TwoFactorTests",
        ["OwnSecondFactor.ConfirmAsync"] = "takes the person of the request; tried in TwoFactorTests",
        ["OwnSecondFactor.RemoveAsync"] = "takes the person of the request; tried in TwoFactorTests",
        ["OwnSecondFactor.RenewCodesAsync"] = "takes the person of the request; tried in TwoFactorTests",
        ["SecondFactors.CheckAsync"] = "takes the person who has just shown the password; tried in SecondStepTests",
        ["SecondFactors.CountCodesAsync"] = "takes the person of the request",
        ["SessionBook.BeginAsync"] = "begins a session for whoever has just signed in",
        ["SessionBook.EndAsync"] = "ends a session of the person of the request alone; tried in SessionTests",
        ["SessionBook.EndQuietlyAsync"] = "ends the session of the request",
        ["EndOtherSessions.ExecuteAsync"] = "ends sessions of the person of the request alone; tried in SessionTests",
        ["SessionBook.IsInUseAsync"] = "looks at the session of the page that asks",
        ["SessionBook.Forget"] = "makes the next request look again, and shows nothing",
        ["SessionBook.RemoveAsync"] = "part of use cases that are tried",
        ["SessionBook.Record"] = "writes down that somebody is to be looked at again, and says nothing of them",
        ["SessionBook.Tell"] = "makes pages look again, and shows nothing",
        ["SessionsQuery.GetAsync"] = "shows people their own sessions; its page gives it the person of the request",
        ["WefluxSignIn.TellLater"] = "makes pages look again, and shows nothing",
        ["WefluxSignIn.RefreshAsync"] = "does something only for the person of the request",
        ["ChangeBeat.NudgeAsync"] = "tells screens to read again what they may see",
        ["MailTrouble.FindAsync"] = "tells of the installation's mail server, to Admins alone",
        ["WaitingResetsQuery.GetAsync"] = "reads the actor's workspace; tried with strangers in PasswordTests",
        ["StartQuery.GetAsync"] = "counts in a context of the actor's workspace",
        ["StartQuery.PhoneAsync"] = "finds a number in a context of the actor's workspace",
        ["TemplateSignals.Watch"] = "hears that templates of the workspace changed, and not which",
        ["TemplateSignals.Tell"] = "makes pages look again, and shows nothing",
        ["TemplateSync.RunAsync"] = "part of use cases that are tried, and of the watch; reads in a context of one workspace",
        ["ChangeBeat.Watch"] = "hears one number of the workspace that its caller was admitted to",
        ["AssignWaiting.RunAsync"] = "gives conversations of one workspace to its own people, in a context of it; tried in AssignWaitingTests",
        ["InboxBroadcaster.AnnounceAsync"] = "tells, and reads nothing; groups are tested in LiveTests",
        ["InboxBroadcaster.TellPersonAsync"] = "tells, and reads nothing",
        ["InboxBroadcaster.AnnouncePeopleAsync"] = "tells members who of them changed, and reads nothing",
        ["InboxBroadcaster.NoticedAsync"] = "tells that something changed, not what, and reads nothing",
        ["InboxBroadcaster.TellTogetherAsync"] = "tells ids to groups that may see the conversation, and reads nothing",
        ["Lookers.With"] = "ids of whom the circuits of this node heard; screens ask only about conversations that they show",
        ["Lookers.Conversations"] = "ids of whom the circuits of this node heard; screens ask only about conversations that they show",
        ["Lookers.Hear"] = "takes in what the hub told a member, and reads nothing",
        ["Seats.Take"] = "says what its own person does, to groups that may see the conversation; reads nothing",
        ["TogetherBoard.Conversations"] = "ids of whom the circuits of this node heard; screens ask only about conversations that they show",
        ["TogetherBoard.WithAsync"] = "names of colleagues in a context of the reader's workspace; screens ask only about conversations that they show",
        ["ConversationWithContact.Of"] = "a shape of what was read for one reader",
        ["HolderRange.Mine"] = "a condition for queries that are tried",
        ["WefluxDatabase.OpenForSeveralAsync"] = "opens a context of one workspace for queries that are tried",
        ["EventRun.ExecuteAsync"] = "sends what is due, in a context of one workspace, and shows nothing",
        ["EventResults.RecordAsync"] = "writes what came of sendings, in a context of one workspace",
        ["ReadReceiptSender.Answered"] = "tells the customer of a message that was sent, and shows nothing",
        ["ReadReceiptSender.Opened"] = "reads in a context of the actor's workspace and asks the rules; tried in ReadReceiptTests",
        ["ReadReceiptSender.Typing"] = "reads in a context of the actor's workspace and asks the rules; tried in ReadReceiptTests",
        ["ScheduledQuery.ZoneAsync"] = "says the zone of the actor's own workspace",
        ["SharedRows.Forget"] = "lets go of what was read, and shows nothing",
        ["InboxFeed.SubscribeAsync"] = "joins through the hub, whose methods are tried",
        ["LastSeen.Note"] = "writes down that the actor is here, and says nothing",
        ["LeaveWorkspace.ExecuteAsync"] = "takes nobody out but the actor; tried in MembersTests",
        ["SaveBillingDetails.ExecuteAsync"] = "writes the one row of the actor's own workspace; tried in BillingTests",
        ["ContactDirectory.Hear"] = "part of applying a signed webhook, in a context of one workspace",
        ["ContactDirectory.SuggestMergesAsync"] = "part of applying a signed webhook, in a context of one workspace",
        ["MediaFolder.Delete"] = "keeps bytes by keys that nobody is told; who may have them is decided by queries that are tried",
        ["MediaFolder.DeleteAll"] = "removes the bytes of a workspace that was erased",
        ["MediaFolder.OpenRead"] = "keeps bytes by keys that nobody is told; who may have them is decided by queries that are tried",
        ["MediaFolder.OpenThumbnail"] = "keeps bytes by keys that nobody is told; who may have them is decided by queries that are tried",
        ["MediaFolder.WriteAsync"] = "keeps bytes by keys that nobody is told",
        ["MediaFolder.WriteThumbnailAsync"] = "keeps bytes by keys that nobody is told",
        ["MediaFolder.WrittenBefore"] = "lists keys for the sweep, which looks for rows of the same workspace",
        ["MediaFile.IsOf"] = "compares, and reads nothing",
        ["PlatformUploads.PrepareAsync"] = "part of sending a message of the outbox, in a context of its workspace",
        ["WefluxDatabase.Open"] = "opens the scope that everything here is held to; tried in TenancyTests",
        ["WefluxDatabase.WriteAsync"] = "opens the scope that everything here is held to; tried in TenancyTests",
    };

    private static Crossing Of<T>(string method, Func<T, TwoWorkspaces, Actor, Task<object?>> tryAsync)
        where T : notnull =>
        new($"{typeof(T).Name}.{method}", (world, stranger) => tryAsync(world.Host.Services.GetRequiredService<T>(), world, stranger));
}
