using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Invitations;

/// <summary>What the page behind an invitation's link shows: to whoever has the link, and nobody else.</summary>
public sealed class InvitationQuery(WefluxDatabase database, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <param name="token">What stands in the link.</param>
    /// <param name="visitor">Who is signed in; null if nobody is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The invitation; null if there is none of that token.</returns>
    public async Task<InvitationView?> FindAsync(string? token, UserId? visitor, CancellationToken cancellationToken = default)
    {
        if (InvitationToken.HashOf(token) is not { } hash)
        {
            return null;
        }

        await using var db = database.OpenForSystem();
        var found = await (
            from invitation in db.Set<Invitation>().AcrossWorkspaces()
            join workspace in db.Set<Workspace>() on invitation.WorkspaceId equals workspace.Id
            where invitation.TokenHash == hash && workspace.ErasingSince == null
            select new { Invitation = invitation, workspace.Slug, workspace.Name, workspace.TimeZone }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var inviter = found.Invitation.CreatedBy.Value;
        var inviterName = await db.Set<WefluxUser>().Where(u => u.Id == inviter).Select(u => u.Name).SingleOrDefaultAsync(cancellationToken);
        var view = new InvitationView(
            found.Invitation.StateAt(time.GetUtcNow()),
            found.Name,
            found.Slug,
            found.Invitation.Role,
            found.Invitation.Email,
            inviterName ?? found.Name,
            TimeZoneInfo.ConvertTime(found.Invitation.ExpiresAt, WorkspaceTime.Find(found.TimeZone)),
            VisitorKind.Nobody,
            null);
        if (visitor is not { } user)
        {
            return view;
        }

        var account = await db.Set<WefluxUser>().Where(u => u.Id == user.Value).Select(u => new { u.NormalizedEmail, u.Email }).SingleAsync(cancellationToken);
        var workspaceId = found.Invitation.WorkspaceId;
        var isActive = await db.Set<Membership>().AcrossWorkspaces().Where(m => m.WorkspaceId == workspaceId && m.UserId == user)
            .Select(m => (bool?)m.IsActive).SingleOrDefaultAsync(cancellationToken);
        return view with
        {
            VisitorEmail = account.Email,
            Visitor = isActive == true ? VisitorKind.Member
                : isActive == false ? VisitorKind.Deactivated
                : view.Email is not null && normalizer.NormalizeEmail(view.Email) != account.NormalizedEmail ? VisitorKind.SomebodyElse
                : VisitorKind.Invited,
        };
    }
}

/// <param name="State">Whether the link still works.</param>
/// <param name="WorkspaceName">Where it leads.</param>
/// <param name="Slug">The workspace in addresses.</param>
/// <param name="Role">As what.</param>
/// <param name="Email">Whom it is for; null if whoever has it.</param>
/// <param name="InvitedBy">By whom.</param>
/// <param name="ExpiresAt">Until when, on the workspace's clock.</param>
/// <param name="Visitor">Who is looking.</param>
/// <param name="VisitorEmail">The address of who is signed in.</param>
public sealed record InvitationView(
    InvitationState State,
    string WorkspaceName,
    string Slug,
    Role Role,
    string? Email,
    string InvitedBy,
    DateTimeOffset ExpiresAt,
    VisitorKind Visitor,
    string? VisitorEmail);

public enum VisitorKind
{
    /// <summary>Nobody is signed in.</summary>
    Nobody,

    /// <summary>Somebody who may accept.</summary>
    Invited,

    /// <summary>The invitation is for another address.</summary>
    SomebodyElse,

    /// <summary>Somebody who is in the workspace already.</summary>
    Member,

    /// <summary>Somebody whose access to the workspace was taken away.</summary>
    Deactivated,
}
