using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Later;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Media;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox;

/// <summary>One conversation with its messages. What the reader may not see is answered as if it did not exist.</summary>
public sealed partial class ThreadQuery(WefluxDatabase database, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>With more changes than this at once, a thread is opened anew.</summary>
    public const int MostChanges = 200;

    private readonly ThreadReads _reads = new();

    /// <summary>Opens a thread; null if there is none that the reader may see.</summary>
    public async Task<ThreadView?> GetAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var counter = await db.ReadCounterAsync(cancellationToken);
        if (await HeadAsync(db, actor, conversationId, cancellationToken) is not var (head, draft))
        {
            return null;
        }

        var newest = await _reads.NewestAsync(db, conversationId, PageSize + 1, cancellationToken);
        var hasOlder = newest.Count > PageSize;
        newest.Reverse();
        var messages = await BubblesAsync(db, actor, hasOlder ? newest[1..] : newest, cancellationToken);

        // Each screen sends under an id of its own: two tabs that show one draft may send two messages.
        return new ThreadView(head, messages, hasOlder, new DraftView(Guid.CreateVersion7(), draft.Text, draft.KnownSequence), counter);
    }

    /// <summary>The messages before a place; empty if the reader may not see the thread.</summary>
    public async Task<OlderMessages> OlderAsync(
        Actor actor, long conversationId, ThreadCursor before, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        if (!await MaySeeAsync(db, actor, conversationId, cancellationToken))
        {
            return new OlderMessages([], HasOlder: false);
        }

        var older = await _reads.OlderAsync(db, conversationId, before, PageSize + 1, cancellationToken);
        var hasOlder = older.Count > PageSize;
        older.Reverse();
        return new OlderMessages(await BubblesAsync(db, actor, hasOlder ? older[1..] : older, cancellationToken), hasOlder);
    }

    /// <summary>What happened since; null if the reader may not see the thread any more.</summary>
    public async Task<ThreadChanges?> ChangesAsync(
        Actor actor, long conversationId, long afterChangeSequence, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var counter = await db.ReadCounterAsync(cancellationToken);
        if (await HeadAsync(db, actor, conversationId, cancellationToken) is not var (head, _))
        {
            return null;
        }

        var changed = await db.Set<Message>()
            .Where(m => m.ConversationId == conversationId && m.ChangeSequence > afterChangeSequence)
            .OrderBy(m => m.ChangeSequence).Take(MostChanges + 1).AsNoTracking().ToListAsync(cancellationToken);
        if (changed.Count > MostChanges || head.LastTakenBack > afterChangeSequence)
        {
            return new ThreadChanges(head, [], counter) { IsTooMuch = true };
        }

        changed = [.. changed.OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence)];
        changed.AddRange(await TargetsAsync(db, changed, cancellationToken));
        return new ThreadChanges(head, await BubblesAsync(db, actor, changed, cancellationToken), counter);
    }

    /// <summary>Whether a draft has already become a message: a screen that kept its text must not offer it again.</summary>
    public async Task<bool> WasSentAsync(Actor actor, long conversationId, Guid draftId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        return await MaySeeAsync(db, actor, conversationId, cancellationToken)
            && await db.Set<Message>().AnyAsync(m => m.DraftId == draftId && m.ConversationId == conversationId, cancellationToken);
    }

    /// <summary>What somebody wrote in a message of ours, or beside its file, in order to write it anew; null if there is none for this reader.</summary>
    public async Task<string?> WordsAsync(Actor actor, long conversationId, long messageId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var message = await MaySeeAsync(db, actor, conversationId, cancellationToken)
            ? await db.Set<Message>().AsNoTracking()
                .SingleOrDefaultAsync(m => m.Id == messageId && m.ConversationId == conversationId && m.Direction == MessageDirection.Out, cancellationToken)
            : null;
        return message?.Content switch
        {
            null => null,
            TemplateContent or ReactionContent => "",
            var content => content.Text,
        };
    }

    /// <summary>A message of ours that went wrong, in order to send it again at a time; null if there is none for this reader.</summary>
    public async Task<RepeatView?> RepeatAsync(Actor actor, long conversationId, long messageId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var message = await MaySeeAsync(db, actor, conversationId, cancellationToken)
            ? await db.Set<Message>().AsNoTracking()
                .SingleOrDefaultAsync(m => m.Id == messageId && m.ConversationId == conversationId && m.Direction == MessageDirection.Out, cancellationToken)
            : null;
        return message is not null && WayOn.CodeOf(message) is { } code
            ? new RepeatView(message.Id, message.Content, await SendAgain.QuotedIdAsync(db, message, cancellationToken), message.StatusAt + PlatformErrors.Of(code).Wait)
            : null;
    }

    /// <summary>What a message was that Weflux could not show whole, as it came; null if there is none, or the reader may not open it.</summary>
    public async Task<string?> RawAsync(Actor actor, long messageId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeDeliveries))
        {
            return null;
        }

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        return await db.Set<Message>().Where(m => m.Id == messageId).Select(m => m.Raw).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The messages that reactions, edits and withdrawals among these are about: they look different now.</summary>
    private static async Task<List<Message>> TargetsAsync(WefluxDbContext db, List<Message> changed, CancellationToken cancellationToken)
    {
        var known = changed.Select(m => m.WhatsAppId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var ids = changed.Select(m => m.TargetWhatsAppId).OfType<string>().Where(id => !known.Contains(id)).Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var (connectionId, conversationId) = (changed[0].ConnectionId, changed[0].ConversationId);
        return await db.Set<Message>()
            .Where(m => m.ConnectionId == connectionId && m.ConversationId == conversationId && EF.Parameter(ids).Contains(m.WhatsAppId!))
            .AsNoTracking().ToListAsync(cancellationToken);
    }

    private static async Task<bool> MaySeeAsync(WefluxDbContext db, Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        var found = await db.Set<Conversation>().Where(c => c.Id == conversationId)
            .Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && actor.MaySee(found.Holding);
    }

    /// <summary>The head, and beside it what the reader has typed and not sent.</summary>
    private async Task<(ThreadHead Head, TypedDraft Draft)?> HeadAsync(WefluxDbContext db, Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        var (me, workspace) = (actor.User, actor.Workspace);
        var found = await (
            from c in db.Set<Conversation>()
            join contact in db.Set<Contact>() on c.ContactId equals contact.Id
            join connection in db.Set<Connection>() on c.ConnectionId equals connection.Id
            where c.Id == conversationId
            from draft in db.Set<Draft>().Where(d => d.ConversationId == c.Id && d.UserId == me).DefaultIfEmpty()
            select new
            {
                Conversation = c,
                Contact = contact,
                connection.Name,
                connection.DisplayPhoneNumber,
                connection.State,
                Text = (string?)draft.Text,
                KnownSequence = (long?)draft.KnownSequence,
                IsLabelled = db.Set<ConversationLabel>().Any(l => l.ConversationId == c.Id),
                CatalogId = db.Set<Workspace>().Where(w => w.Id == workspace).Max(w => w.CatalogId),
            }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !actor.MaySee(found.Conversation.Holding))
        {
            return null;
        }

        var (c2, person) = (found.Conversation, found.Contact);
        var colleagues = await SharedRows.ColleaguesAsync(db, [c2.AssigneeId, .. c2.Participants.Members], cancellationToken);
        var circumstances = new SendCircumstances(c2, person, found.State, MessageOrigin.Person, time.GetUtcNow());
        var head = new ThreadHead(
            c2.Id,
            c2.Version,
            Show(person, actor.May(Permission.SeePhoneNumbers), actor.May(Permission.RevealPhoneNumber)),
            found.Name,
            found.DisplayPhoneNumber,
            c2.State,
            c2.AssigneeId,
            c2.AssigneeId is { } assignee ? colleagues.GetValueOrDefault(assignee.Value) : null,
            c2.NeedsReply,
            c2.InboundCount,
            c2.Window.ClosesAt,
            SendPolicy.Decide(actor, circumstances, content: null),
            c2.IsGroup ? new GroupIsReadOnly() : SendPolicy.DecideTemplate(person.Consent, TemplateCategory.Utility))
        {
            IsGroup = c2.IsGroup,
            LastTakenBack = c2.LastTakenBack,
            SnoozedUntil = c2.SnoozedUntil,
            LastWorkSequence = c2.LastWorkSequence,
            Holding = c2.Holding,
            TeamId = c2.TeamId,
            TeamName = c2.TeamId is { } team ? await db.Set<WorkTeam>().Where(t => t.Id == team).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken) : null,
            HandOver = await HandOverView.ReadAsync(db, actor, c2, cancellationToken),
            Participants = [.. c2.Participants.Members.Where(m => colleagues.ContainsKey(m.Value)).Select(m => new ParticipantView(m, colleagues[m.Value]))],
            LabelIds = found.IsLabelled ? await WornLabels.OfAsync(db, c2.Id, cancellationToken) : [],
            CatalogId = found.CatalogId,
        };
        return (head, new TypedDraft(found.Text ?? "", found.KnownSequence ?? 0));
    }

    private static ContactView Show(Contact contact, bool seesNumbers, bool mayReveal) => new(
        contact.Id,
        ContactNames.Show(contact.DisplayName, contact.Phone, seesNumbers),
        ContactNames.Show(contact.ProfileName, seesNumbers),
        contact.Username is { } user ? ContactNames.Show(user, seesNumbers) : null,
        seesNumbers ? contact.Phone?.E164 : contact.Phone?.Masked,
        !seesNumbers && contact.Phone is not null,
        contact.FirstSeenAt,
        contact.Consent.AllStoppedAt,
        contact.Consent.IsMarketingStopped,
        contact.Consent.MarketingGivenAt,
        contact.RestrictedAt is not null,
        contact.BlockedAt is not null)
    {
        MayReveal = contact.Phone is not null && !seesNumbers && mayReveal,
    };

    private static async Task<IReadOnlyList<ThreadMessage>> BubblesAsync(
        WefluxDbContext db, Actor actor, List<Message> messages, CancellationToken cancellationToken)
    {
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        var colleagues = await SharedRows.ColleaguesAsync(db, messages.Select(m => m.AuthorId), cancellationToken);
        var others = await OthersAsync(db, messages, cancellationToken);
        var files = await MediaViews.ReadAsync(db, messages, cancellationToken);
        var about = await ThreadReads.AboutAsync(db, [.. messages, .. others.Values], cancellationToken);
        var ways = await WayOn.ReadAsync(db, actor, messages, cancellationToken);
        var arrived = await ArrivedAsync(db, messages, cancellationToken);
        var opensRaw = actor.May(Permission.SeeDeliveries);
        var held = await HeldAsync(db, actor, messages, cancellationToken);
        return [.. messages.Select(m => new ThreadMessage(
            m.Id,
            m.WhatsAppId,
            m.Direction,
            m.Origin,
            ContactNames.Show(m.Content, seesNumbers),
            ContactNames.Show(m.Context, seesNumbers),
            m.Context?.QuotedWhatsAppId is { } quote ? Quoted(quote) : null,
            m.SaidAt,
            m.Sequence,
            m.ChangeSequence,
            m.Status,
            m.StatusAt,
            m.AuthorId is { } author ? colleagues.GetValueOrDefault(author.Value)?.Name : null,
            m.Fault,
            m.Fault is { } fault ? PlatformErrors.Explain(fault.Code) : null,
            m.ResendOfId)
        {
            Files = [.. files[m.Id]],
            Marks = Marks(m),
            IsRefused = m.Content is EditContent or RevokeContent && others.TryGetValue(m.TargetWhatsAppId ?? "", out var target) && !target.IsOfSame(m),
            Participant = m.Context?.Participant is { } participant ? ContactNames.Show(participant, seesNumbers) : null,
            MayOpenRaw = opensRaw && m.Raw is not null,
            MayTakeBack = held.Contains(m.Id),
            Way = ways.GetValueOrDefault(m.Id),
            IsRepeatOfArrived = m.ResendOfId is { } first && arrived.Contains(first) && m.Status.HasArrived(),
        })];

        MessageMarks Marks(Message message) =>
            message.WhatsAppId is { } id ? MessageMarks.Of(message, about[id], seesNumbers) : MessageMarks.None;

        QuotedMessage Quoted(string id) => others.TryGetValue(id, out var known)
            ? QuotedMessage.Of(known, Marks(known), seesNumbers)
            : new QuotedMessage(id, IsKnown: false, MessageDirection.In, "");
    }

    /// <summary>Those of the reader's own that wait for second thoughts.</summary>
    private static async Task<HashSet<long>> HeldAsync(WefluxDbContext db, Actor actor, List<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Where(m => m.Status == DeliveryStatus.Queued && m.AuthorId == actor.User).Select(m => m.Id).ToList();
        return ids.Count == 0 ? [] : await db.Set<OutboundMessage>()
            .Where(o => ids.Contains(o.MessageId) && o.State == OutboundState.Waiting && o.AttemptId == null && o.Refusals == 0 && o.Before != null)
            .Select(o => o.MessageId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Of the messages that these repeat, those that arrived after all.</summary>
    private static async Task<HashSet<long>> ArrivedAsync(WefluxDbContext db, List<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(m => m.ResendOfId).OfType<long>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var conversationId = messages[0].ConversationId;
        return [.. await db.Set<Message>()
            .Where(m => m.ConversationId == conversationId && ids.Contains(m.Id) && (m.Status == DeliveryStatus.Sent || m.Status >= DeliveryStatus.Delivered))
            .Select(m => m.Id).ToListAsync(cancellationToken)];
    }

    /// <summary>The messages of the thread that these quote, edit or withdraw, by the platform's id.</summary>
    private static async Task<IReadOnlyDictionary<string, Message>> OthersAsync(
        WefluxDbContext db, List<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(m => m.Context?.QuotedWhatsAppId)
            .Concat(messages.Where(m => m.Content is EditContent or RevokeContent).Select(m => m.TargetWhatsAppId))
            .OfType<string>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return new Dictionary<string, Message>();
        }

        var conversationId = messages[0].ConversationId;
        var connectionId = messages[0].ConnectionId;
        return await db.Set<Message>()
            .Where(m => m.ConnectionId == connectionId && m.ConversationId == conversationId && EF.Parameter(ids).Contains(m.WhatsAppId!))
            .AsNoTracking().ToDictionaryAsync(m => m.WhatsAppId!, cancellationToken);
    }

    /// <summary>What a reader has typed and not sent.</summary>
    private readonly record struct TypedDraft(string Text, long KnownSequence);
}
