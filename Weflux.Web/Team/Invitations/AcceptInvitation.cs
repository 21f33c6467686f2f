using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Invitations;

/// <summary>Somebody who has an account accepts an invitation with it.</summary>
public sealed class AcceptInvitation(
    WefluxDatabase database, AuditLog audit, AccessWatch access, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <param name="user">Who is signed in.</param>
    /// <param name="token">What stands in the link.</param>
    /// <param name="from">The network address the person acts from.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<AcceptResult> ExecuteAsync(UserId user, string? token, string? from, CancellationToken cancellationToken = default)
    {
        AcceptResult result = new(AcceptOutcome.NotFound);
        await database.WriteForSystemAsync(
            async db => result = await TakeAsync(db, token, from, _ => db.Set<WefluxUser>().SingleOrDefaultAsync(u => u.Id == user.Value, cancellationToken), cancellationToken),
            cancellationToken);
        if (result.Outcome == AcceptOutcome.Joined)
        {
            access.Tell(user);
        }

        return result;
    }

    /// <summary>Takes the invitation for an account that <paramref name="accountAsync"/> finds or makes, once all else is in order.</summary>
    internal async Task<AcceptResult> TakeAsync(
        WefluxDbContext db, string? token, string? from, Func<Invitation, Task<WefluxUser?>> accountAsync, CancellationToken cancellationToken)
    {
        if (InvitationToken.HashOf(token) is not { } hash
            || await db.Set<Invitation>().AcrossWorkspaces().Where(i => i.TokenHash == hash).Select(i => (long?)i.WorkspaceId.Value).SingleOrDefaultAsync(cancellationToken)
                is not { } id)
        {
            return new AcceptResult(AcceptOutcome.NotFound);
        }

        // Under the lock of the workspace one of many that come at once is first, and the others see what it did.
        var workspaceId = new WorkspaceId(id);
        await db.Set<WorkspaceCounter>().AcrossWorkspaces().Where(c => c.WorkspaceId == workspaceId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, c => c.Sequence), cancellationToken);
        var invitation = await db.Set<Invitation>().AcrossWorkspaces().SingleAsync(i => i.TokenHash == hash, cancellationToken);
        var workspace = await db.Set<Workspace>().SingleAsync(w => w.Id == workspaceId, cancellationToken);
        if (workspace.ErasingSince is not null)
        {
            return new AcceptResult(AcceptOutcome.NotFound);
        }

        return invitation.StateAt(time.GetUtcNow()) switch
        {
            InvitationState.Used => new AcceptResult(AcceptOutcome.Used),
            InvitationState.Revoked => new AcceptResult(AcceptOutcome.Revoked),
            InvitationState.Expired => new AcceptResult(AcceptOutcome.Expired),
            _ => await accountAsync(invitation) is { } account
                ? await JoinAsync(db, workspace, invitation, account, from, cancellationToken)
                : new AcceptResult(AcceptOutcome.EmailTaken),
        };
    }

    private async Task<AcceptResult> JoinAsync(
        WefluxDbContext db, Workspace workspace, Invitation invitation, WefluxUser account, string? from, CancellationToken cancellationToken)
    {
        if (invitation.Email is not null && normalizer.NormalizeEmail(invitation.Email) != account.NormalizedEmail)
        {
            return new AcceptResult(AcceptOutcome.WrongAccount);
        }

        var user = new UserId(account.Id);
        if (await db.Set<Membership>().AcrossWorkspaces().AnyAsync(m => m.WorkspaceId == workspace.Id && m.UserId == user, cancellationToken))
        {
            return new AcceptResult(AcceptOutcome.AlreadyMember, workspace.Slug);
        }

        var now = time.GetUtcNow();
        (invitation.AcceptedAt, invitation.AcceptedBy, invitation.Token) = (now, user, null);
        db.Add(new Membership { WorkspaceId = workspace.Id, UserId = user, Role = invitation.Role, JoinedAt = now });
        access.Record(db, user);
        await audit.AddAsync(
            db,
            new Actor(workspace.Id, user, account.Name, invitation.Role, workspace.AgentSettings) { From = from },
            AuditActions.MemberJoined,
            AuditFacts.Made(account.Name, ("Role", invitation.Role.ToString()), ("Invited as", invitation.Email ?? "Whoever has the link")),
            cancellationToken);
        return new AcceptResult(AcceptOutcome.Joined, workspace.Slug, account);
    }
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Slug">The workspace to go to; null if there is none.</param>
/// <param name="Account">The account that joined; null if none did.</param>
public sealed record AcceptResult(AcceptOutcome Outcome, string? Slug = null, WefluxUser? Account = null);

public enum AcceptOutcome
{
    Joined,
    NotFound,
    Used,
    Revoked,
    Expired,

    /// <summary>The invitation is for another address than the account's.</summary>
    WrongAccount,
    AlreadyMember,

    /// <summary>There is an account for the address already: sign in with it.</summary>
    EmailTaken,
}
