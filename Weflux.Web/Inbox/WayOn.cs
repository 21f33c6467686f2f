using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>What one reader can do about a message that did not go out, or that may have.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="ConversationId">Its thread.</param>
/// <param name="ConnectionId">Its number.</param>
/// <param name="Remedy">What helps.</param>
public sealed record WayOn(long MessageId, long ConversationId, long ConnectionId, FaultRemedy Remedy)
{
    /// <summary>When sending again has a chance (UTC); null if no time is known.</summary>
    public DateTimeOffset? BetterAt { get; init; }

    /// <summary>Whether it is one that can be sent again as it is.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether the reader may have it sent again at a time.</summary>
    public bool MaySchedule { get; init; }

    /// <summary>Whether it still waits for somebody's decision.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What an Admin does about it; null if the reader is none, or it is nothing for Admins.</summary>
    public string? Advice { get; init; }

    /// <summary>Whom to ask, if the reader is no Admin and it is something for Admins; else empty.</summary>
    public string Admins { get; init; } = "";

    /// <summary>Whether the reader may unblock customers.</summary>
    public bool MayUnblock { get; init; }

    /// <summary>How a message of ours that went wrong goes on for this reader; null if it did not.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="message">The message.</param>
    /// <param name="isOpen">Whether it waits for somebody's decision.</param>
    /// <param name="admins">The names of the Admins, if they may be needed.</param>
    internal static WayOn? Of(Actor actor, Message message, bool isOpen, string admins)
    {
        if (CodeOf(message) is not { } code)
        {
            return null;
        }

        var error = PlatformErrors.Of(code);
        var isForAdmins = IsForAdmins(error.Remedy);
        var mayMend = actor.May(Permission.ManageConnections);
        return new WayOn(message.Id, message.ConversationId, message.ConnectionId, error.Remedy)
        {
            BetterAt = message.StatusAt + error.Wait,
            MayRepeat = message.Origin is MessageOrigin.Person or MessageOrigin.Api,
            MaySchedule = actor.Key is null && actor.May(Permission.SendMessages),
            IsOpen = isOpen,
            Advice = isForAdmins && mayMend ? AdminAdvice.Of(code) : null,
            Admins = isForAdmins && !mayMend ? admins : "",
            MayUnblock = actor.May(Permission.CurateContacts),
        };
    }

    /// <summary>What went wrong with a message, as a code of the table; null if nothing did.</summary>
    internal static int? CodeOf(Message message) => message.Status switch
    {
        DeliveryStatus.NotConfirmed => OwnFaults.NotConfirmed,
        DeliveryStatus.Failed when message.Direction == MessageDirection.Out => message.Fault?.Code ?? OwnFaults.UnknownReason,
        _ => null,
    };

    /// <summary>How messages of a thread go on for a reader, by their ids.</summary>
    internal static async Task<IReadOnlyDictionary<long, WayOn>> ReadAsync(
        WefluxDbContext db, Actor actor, IReadOnlyCollection<Message> messages, CancellationToken cancellationToken)
    {
        var troubled = messages.Where(m => CodeOf(m) is not null).ToList();
        if (troubled.Count == 0)
        {
            return new Dictionary<long, WayOn>();
        }

        var ids = troubled.Select(m => m.Id).ToList();
        var conversationId = troubled[0].ConversationId;
        var open = await db.Set<SendTrouble>().Where(t => t.ConversationId == conversationId && ids.Contains(t.MessageId)).Select(t => t.MessageId).ToListAsync(cancellationToken);
        var admins = await AdminsAsync(db, actor, troubled.Select(m => CodeOf(m)!.Value), cancellationToken);
        return troubled.ToDictionary(m => m.Id, m => Of(actor, m, open.Contains(m.Id), admins)!);
    }

    /// <summary>The names of those who can mend what went wrong; empty if nobody else is needed.</summary>
    internal static async Task<string> AdminsAsync(WefluxDbContext db, Actor actor, IEnumerable<int> codes, CancellationToken cancellationToken)
    {
        if (actor.May(Permission.ManageConnections) || !codes.Any(c => IsForAdmins(PlatformErrors.Of(c).Remedy)))
        {
            return "";
        }

        var ids = await db.Set<Membership>().Where(m => m.Role == Role.Admin && m.IsActive).Select(m => m.UserId).ToListAsync(cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, ids.Select(i => (UserId?)i), cancellationToken);
        return string.Join(", ", people.Values.Select(p => p.Name).Order(StringComparer.CurrentCulture));
    }

    private static bool IsForAdmins(FaultRemedy remedy) => remedy is FaultRemedy.FixNumber or FaultRemedy.AskAdmin;
}
