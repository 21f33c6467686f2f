using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Team.Invitations;

namespace Weflux.Web.Team.Members;

/// <summary>Who is in a workspace, and who is invited.</summary>
public sealed class PeopleQuery(WefluxDatabase database, TimeProvider time)
{
    /// <summary>How many invitations that lead nowhere any more are shown.</summary>
    private const int ShownPast = 20;

    /// <returns>Everybody; null if the reader may not see that.</returns>
    public async Task<PeopleView?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var places = await db.Set<Membership>().AsNoTracking().ToListAsync(cancellationToken);
        var ids = places.ConvertAll(p => p.UserId.Value);
        var users = await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email, u.PictureKey, u.TwoFactorEnabled })
            .ToDictionaryAsync(u => u.Id, cancellationToken);
        var held = await db.Set<Conversation>().Where(c => c.AssigneeId != null && c.State != ConversationState.Closed)
            .GroupBy(c => c.AssigneeId!.Value).Select(g => new { User = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var zone = await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.TimeZone).SingleAsync(cancellationToken);
        var now = time.GetUtcNow();
        var invitations = db.Set<Invitation>().AsNoTracking().OrderByDescending(i => i.Id);
        var open = await invitations.Where(i => i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now).ToListAsync(cancellationToken);
        var past = await invitations.Where(i => i.AcceptedAt != null || i.RevokedAt != null || i.ExpiresAt <= now).Take(ShownPast).ToListAsync(cancellationToken);
        return new PeopleView(
            [
                .. places.Select(p => new MemberRow(
                    p.UserId,
                    users[p.UserId.Value].Name,
                    users[p.UserId.Value].Email ?? "",
                    users[p.UserId.Value].PictureKey,
                    users[p.UserId.Value].TwoFactorEnabled,
                    p.Role,
                    p.IsActive,
                    p.LastSeenAt,
                    held.Find(h => h.User == p.UserId)?.Count ?? 0,
                    p.Capacity)).OrderByDescending(m => m.IsActive).ThenBy(m => m.Name, StringComparer.CurrentCultureIgnoreCase),
            ],
            open.ConvertAll(Row),
            past.ConvertAll(Row),
            zone);

        InvitationRow Row(Invitation i) => new(i.Id, i.Email, i.Role, i.StateAt(now), i.CreatedAt, i.ExpiresAt);
    }
}

/// <param name="Members">Active ones first, by name.</param>
/// <param name="Open">Invitations whose link still works.</param>
/// <param name="Past">The newest of those whose link does not.</param>
/// <param name="TimeZone">The clock of the workspace.</param>
public sealed record PeopleView(
    IReadOnlyList<MemberRow> Members, IReadOnlyList<InvitationRow> Open, IReadOnlyList<InvitationRow> Past, string TimeZone);

/// <summary>One member.</summary>
/// <param name="OpenConversations">How many conversations that are not closed they hold.</param>
/// <param name="Capacity">How many open ones they are given at most; null for no limit.</param>
public sealed record MemberRow(UserId User, string Name, string Email, Guid? Picture, bool HasSecondFactor, Role Role, bool IsActive, DateTimeOffset? LastSeenAt, int OpenConversations, int? Capacity = null);

/// <summary>One invitation, without its link.</summary>
public sealed record InvitationRow(long Id, string? Email, Role Role, InvitationState State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
