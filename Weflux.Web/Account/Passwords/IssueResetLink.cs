using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>What came of asking for a link with which a member can choose a new password.</summary>
public abstract record IssuedResetLink
{
    private IssuedResetLink()
    {
    }

    /// <summary>Shown once, to the Admin who asked.</summary>
    public sealed record Made(Uri Link, DateTimeOffset ExpiresAt) : IssuedResetLink;

    /// <summary>There is no such member, or the actor may not.</summary>
    public sealed record NotFound : IssuedResetLink;

    /// <summary>One's own password is changed in one's own account.</summary>
    public sealed record Oneself : IssuedResetLink;

    /// <summary>The person also works in a workspace that is none of the actor's, and the link would open that too.</summary>
    public sealed record WorksElsewhere : IssuedResetLink;
}

/// <summary>
/// Makes a link with which a member can choose a new password, for installations without mail. The link opens the
/// person's account as a whole, so it is made only if the actor is Admin of every workspace that the person is in.
/// </summary>
public sealed class IssueResetLink(
    WefluxDatabase database,
    AccountLinks links,
    MailQueue mails,
    AccountMails texts,
    AuditLog audit,
    PublicAddress address,
    TimeProvider time)
{
    public Task<IssuedResetLink> ExecuteAsync(Actor actor, UserId userId, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return Task.FromResult<IssuedResetLink>(new IssuedResetLink.NotFound());
        }

        return actor.User == userId
            ? Task.FromResult<IssuedResetLink>(new IssuedResetLink.Oneself())
            : database.WriteAsync(actor.Workspace, db => IssueAsync(db, actor, userId, cancellationToken), cancellationToken);
    }

    private async Task<IssuedResetLink> IssueAsync(WefluxDbContext db, Actor actor, UserId userId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (!await db.StillMayAsync(actor, Permission.ManagePeople, cancellationToken)
            || !await db.Set<Membership>().AnyAsync(m => m.UserId == userId && m.IsActive, cancellationToken))
        {
            return new IssuedResetLink.NotFound();
        }

        var elsewhere = await db.Set<Membership>().AcrossWorkspaces().AnyAsync(
            m => m.UserId == userId && !db.Set<Membership>().AcrossWorkspaces().Any(
                own => own.WorkspaceId == m.WorkspaceId && own.UserId == actor.User && own.IsActive && own.Role == Role.Admin),
            cancellationToken);
        if (elsewhere)
        {
            return new IssuedResetLink.WorksElsewhere();
        }

        await db.Set<WefluxUser>().Where(u => u.Id == userId.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ResetAskedAt, (DateTimeOffset?)null), cancellationToken);
        var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == userId.Value, cancellationToken);
        var secret = await links.IssueAsync(db, AccountLinkKind.PasswordReset, userId, null, ForgetPassword.LinkLives, cancellationToken);
        mails.Add(db, texts.ResetLinkIssued(user, actor.Name));
        await audit.AddAsync(db, actor, AuditActions.ResetLinkIssued, AuditFacts.Made(user.Name), cancellationToken);
        return new IssuedResetLink.Made(address.At($"/reset-password?token={secret}"), time.GetUtcNow() + ForgetPassword.LinkLives);
    }
}
