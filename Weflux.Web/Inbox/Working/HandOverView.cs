using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Working;

/// <summary>A hand-over that waits for an answer, as one reader sees it.</summary>
/// <param name="Giver">Who asks.</param>
/// <param name="IsByMe">Whether the reader asks.</param>
/// <param name="To">The member or the team that is asked, by name.</param>
/// <param name="IsTeam">Whether it is a team.</param>
/// <param name="IsForMe">Whether the reader can accept.</param>
/// <param name="Reason">Why; null if that is not known.</param>
/// <param name="Until">Until when it can be accepted (UTC).</param>
public sealed record HandOverView(string Giver, bool IsByMe, string To, bool IsTeam, bool IsForMe, string? Reason, DateTimeOffset Until)
{
    /// <returns>Null if nobody is asked.</returns>
    internal static async Task<HandOverView?> ReadAsync(WefluxDbContext db, Actor actor, Conversation conversation, CancellationToken cancellationToken)
    {
        if (conversation is not { AskedUntil: { } until, AssigneeId: { } giver })
        {
            return null;
        }

        var (id, member, team) = (conversation.Id, conversation.AskedMemberId?.Value, conversation.AskedTeamId);
        long[] people = [giver.Value, member ?? 0];
        var names = await db.Set<WefluxUser>().Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var teamName = team is null ? null : await db.Set<WorkTeam>().Where(t => t.Id == team).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken);
        var reason = (await db.Set<ConversationEvent>()
            .Where(e => e.ConversationId == id && (e.Kind == ConversationEventKind.AskedMember || e.Kind == ConversationEventKind.AskedTeam))
            .OrderByDescending(e => e.Sequence).Select(e => e.Words).Take(1).ToListAsync(cancellationToken)).FirstOrDefault();
        return new HandOverView(
            names.GetValueOrDefault(giver.Value) ?? "A former member",
            giver == actor.User,
            teamName ?? names.GetValueOrDefault(member ?? 0) ?? "a former member",
            team is not null,
            conversation.AskedMemberId == actor.User || (giver != actor.User && actor.Teams.Has(team)),
            reason is not null && !actor.May(Permission.SeePhoneNumbers) ? PhoneNumber.MaskIn(reason) : reason,
            until);
    }
}
