using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Team;

namespace Weflux.Web.Scheduling;

/// <summary>A scheduled message as somebody may see it.</summary>
/// <param name="Content">What it says.</param>
/// <param name="FileName">The name of its file; null if it has none.</param>
/// <param name="Fallback">The template for a closed window; null for none.</param>
/// <param name="WindowClosesAt">When the window closes as things are (UTC); null if it was never open.</param>
/// <param name="Why">Why it came back, in a plain sentence; null unless it did.</param>
/// <param name="ResendOfId">The message that went wrong and that it repeats; null if it repeats none.</param>
/// <param name="IsMine">Whether the reader wrote it.</param>
/// <param name="MayChange">Whether the reader may change, send or cancel it.</param>
public sealed record ScheduledView(
    long Id,
    long ConversationId,
    string ContactName,
    UserId AuthorId,
    string AuthorName,
    MessageContent Content,
    string? FileName,
    TemplateContent? Fallback,
    DateTimeOffset DueAt,
    bool CancelsWhenCustomerWrites,
    ScheduledState State,
    DateTimeOffset? SettledAt,
    DateTimeOffset? WindowClosesAt,
    string? Why,
    long? ResendOfId,
    bool IsMine,
    bool MayChange);

/// <summary>Scheduled messages for a list.</summary>
/// <param name="Rows">What is due first, first.</param>
/// <param name="IsMore">Whether there are more than were read.</param>
/// <param name="SeesAll">Whether the reader may look at those of everybody.</param>
/// <param name="Zone">The zone of the business's clock.</param>
/// <param name="ChangeSequence">The workspace's change counter.</param>
public sealed record ScheduledList(IReadOnlyList<ScheduledView> Rows, bool IsMore, bool SeesAll, TimeZoneInfo Zone, long ChangeSequence);

/// <summary>What waits to be sent later, and what came back: of one thread, of a person, or of everybody.</summary>
public sealed class ScheduledQuery(WefluxDatabase database)
{
    private const int Most = 200;

    /// <summary>Those of a thread, for everybody who may see it: due first. What stayed or came back is shown to its author and to Managers.</summary>
    public async Task<IReadOnlyList<ScheduledView>> OfThreadAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null)
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var rows = await ReadAsync(db, actor, db.Set<ScheduledMessage>().Where(s => s.ConversationId == conversationId), Most, cancellationToken);
        return [.. rows.Where(r => r.State == ScheduledState.Waiting || r.MayChange)];
    }

    /// <summary>Those of the reader, or of everybody for Managers; null for those who may not.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="ofEverybody">Whether to read those of everybody; counts for Managers only.</param>
    public async Task<ScheduledList?> ListAsync(Actor actor, bool ofEverybody, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null || !actor.May(Permission.SendMessages))
        {
            return null;
        }

        var seesAll = actor.May(Permission.AssignToOthers);
        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var me = actor.User;
        var all = db.Set<ScheduledMessage>();
        var rows = await ReadAsync(db, actor, ofEverybody && seesAll ? all : all.Where(s => s.AuthorId == me), Most + 1, cancellationToken);
        return new ScheduledList([.. rows.Take(Most)], rows.Count > Most, seesAll, await ZoneAsync(db, actor, cancellationToken), counter);
    }

    /// <summary>The zone of the business's clock; null for those who may send nothing.</summary>
    public async Task<TimeZoneInfo?> ZoneAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SendMessages))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await ZoneAsync(db, actor, cancellationToken);
    }

    private static async Task<TimeZoneInfo> ZoneAsync(WefluxDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var id = actor.Workspace;
        return WorkspaceTime.Find(await db.Set<Workspace>().Where(w => w.Id == id).Select(w => w.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? "");
    }

    private static async Task<IReadOnlyList<ScheduledView>> ReadAsync(
        WefluxDbContext db, Actor actor, IQueryable<ScheduledMessage> which, int most, CancellationToken cancellationToken)
    {
        var found = await (
            from scheduled in which
            join conversation in db.Set<Conversation>() on scheduled.ConversationId equals conversation.Id
            join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
            where scheduled.State == ScheduledState.Waiting || scheduled.State == ScheduledState.Returned || scheduled.State == ScheduledState.CancelledByCustomer
            orderby scheduled.DueAt, scheduled.Id
            select new { Scheduled = scheduled, Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants), conversation.LastCustomerActAt, Contact = contact })
            .AsNoTracking().Take(most).ToListAsync(cancellationToken);
        var authors = await SharedRows.ColleaguesAsync(db, found.Select(f => (UserId?)f.Scheduled.AuthorId), cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return [.. found.Where(f => actor.MaySee(f.Holding)).Select(f => new ScheduledView(
            f.Scheduled.Id,
            f.Scheduled.ConversationId,
            ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, seesNumbers),
            f.Scheduled.AuthorId,
            authors.GetValueOrDefault(f.Scheduled.AuthorId.Value)?.Name ?? "A former member",
            ContactNames.Show(f.Scheduled.Content, seesNumbers),
            (f.Scheduled.Content as DocumentContent)?.FileName,
            f.Scheduled.Fallback,
            f.Scheduled.DueAt,
            f.Scheduled.CancelsWhenCustomerWrites,
            f.Scheduled.State,
            f.Scheduled.SettledAt,
            new ServiceWindow(f.LastCustomerActAt).ClosesAt,
            f.Scheduled.Fault is { } fault ? PlatformErrors.Explain(fault.Code) : null,
            f.Scheduled.ResendOfId,
            f.Scheduled.AuthorId == actor.User,
            ScheduledAccess.MayChange(actor, f.Scheduled.AuthorId)))];
    }
}
