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
    /// <summary>How often a link to hand over says that an address has an account.</summary>
    internal const int MostTaken = 5;

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
        if (await FindAsync(db, token, cancellationToken) is not ({ } workspace, { } invitation))
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
                : await TakenAsync(db, workspace, invitation, from, cancellationToken),
        };
    }

    /// <summary>The invitation of a token and its workspace, under the lock of that: of many that come at once one is first, and the others see what it did.</summary>
    internal static async Task<(Workspace? Workspace, Invitation? Invitation)> FindAsync(WefluxDbContext db, string? token, CancellationToken cancellationToken)
    {
        if (InvitationToken.HashOf(token) is not { } hash
            || await db.Set<Invitation>().AcrossWorkspaces().Where(i => i.TokenHash == hash).Select(i => (long?)i.WorkspaceId.Value).SingleOrDefaultAsync(cancellationToken)
                is not { } id)
        {
            return (null, null);
        }

        var workspaceId = new WorkspaceId(id);
        await db.Set<WorkspaceCounter>().AcrossWorkspaces().Where(c => c.WorkspaceId == workspaceId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, c => c.Sequence), cancellationToken);
        var invitation = await db.Set<Invitation>().AcrossWorkspaces().SingleAsync(i => i.TokenHash == hash, cancellationToken);
        var workspace = await db.Set<Workspace>().SingleAsync(w => w.Id == workspaceId, cancellationToken);
        return workspace.ErasingSince is null ? (workspace, invitation) : (null, null);
    }

    /// <summary>
    /// Without mail nothing but this answer can say that an address has an account. A link to hand over gives it a few
    /// times and is then taken back, so that nobody goes through a list of addresses with it.
    /// </summary>
    private async Task<AcceptResult> TakenAsync(
        WefluxDbContext db, Workspace workspace, Invitation invitation, string? from, CancellationToken cancellationToken)
    {
        if (invitation.Email is null)
        {
            await CountAsync(db, workspace, invitation, MostTaken, from, cancellationToken);
        }

        return new AcceptResult(AcceptOutcome.EmailTaken);
    }

    /// <summary>Counts a use of the link that told something of an address, and takes the link back after the last one.</summary>
    internal async Task CountAsync(
        WefluxDbContext db, Workspace workspace, Invitation invitation, int most, string? from, CancellationToken cancellationToken)
    {
        invitation.Tries++;
        if (invitation.Tries >= most)
        {
            invitation.Revoke(time.GetUtcNow());
            await audit.AddAsync(
                db,
                new Actor(workspace.Id, default, "Weflux", default, workspace.AgentSettings) { From = from },
                AuditActions.InvitationRevoked,
                AuditFacts.Gone(invitation.For, ("Role", invitation.Role.ToString()), ("Tried with other people's addresses", $"{invitation.Tries} times")),
                cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
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

    /// <summary>A mail tells how it goes on: with a link, or with the news that the address has an account.</summary>
    SeeMail,

    /// <summary>Too many attempts; nothing was done.</summary>
    TooManyTries,
}
