using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Invitations;

/// <summary>An Admin invites somebody: by e-mail, or with a link to hand over. The role is fixed with it.</summary>
public sealed class InviteMember(
    WefluxDatabase database,
    SecretProtector protector,
    AuditLog audit,
    MailQueue mail,
    PublicAddress address,
    ILookupNormalizer normalizer,
    TimeProvider time)
{
    /// <summary>How many invitations of a workspace may be open at once.</summary>
    public const int MostOpen = 200;

    /// <summary>How many invitations a workspace mails in a day: mails to strangers, with words that the workspace chose.</summary>
    public const int MostMailsADay = 100;

    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <param name="actor">Who invites.</param>
    /// <param name="email">Whom; null or empty for whoever gets the link.</param>
    /// <param name="role">As what.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<InviteResult> ExecuteAsync(Actor actor, string? email, Role role, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManagePeople))
        {
            return new InviteResult(InviteOutcome.NotAllowed);
        }

        if (role is not (Role.Agent or Role.Manager or Role.Admin))
        {
            return new InviteResult(InviteOutcome.UnknownRole);
        }

        var to = string.IsNullOrWhiteSpace(email) ? null : EmailAddress.Read(email);
        return to is null && !string.IsNullOrWhiteSpace(email)
            ? new InviteResult(InviteOutcome.NoAddress)
            : await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, to, role, cancellationToken), cancellationToken);
    }

    private async Task<InviteResult> StoreAsync(WefluxDbContext db, Actor actor, string? email, Role role, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await RefusalAsync(db, actor, email, now, cancellationToken) is { } refusal)
        {
            return new InviteResult(refusal);
        }

        var token = InvitationToken.New();
        var key = Guid.CreateVersion7(now);
        var invitation = new Invitation
        {
            WorkspaceId = actor.Workspace,
            Key = key,
            Email = email,
            Role = role,
            TokenHash = InvitationToken.HashOf(token)!,
            Token = protector.ProtectText(token, Invitation.TokenContext(key)),
            CreatedAt = now,
            CreatedBy = actor.User,
            ExpiresAt = now + Lasts,
        };
        db.Add(invitation);
        var link = address.At(InvitationToken.PathOf(token));
        var workspace = await db.Set<Workspace>().SingleAsync(w => w.Id == actor.Workspace, cancellationToken);
        if (email is not null)
        {
            mail.Add(db, MailOf(actor, workspace, email, role, link, invitation.ExpiresAt));
        }

        await audit.AddAsync(
            db,
            actor,
            AuditActions.MemberInvited,
            AuditFacts.Made(invitation.For, ("Role", role.ToString()), ("Until", invitation.ExpiresAt.ToString("u", CultureInfo.InvariantCulture))),
            cancellationToken);
        return new InviteResult(InviteOutcome.Invited, link, mail.IsConfigured ? email : null);
    }

    private async Task<InviteOutcome?> RefusalAsync(WefluxDbContext db, Actor actor, string? email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.StillMayAsync(actor, Permission.ManagePeople, cancellationToken))
        {
            return InviteOutcome.NotAllowed;
        }

        if (email is not null && await IsActiveAsync(db, email, cancellationToken) is { } isActive)
        {
            return isActive ? InviteOutcome.AlreadyMember : InviteOutcome.Deactivated;
        }

        var open = await db.Set<Invitation>().Where(i => i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
            .Select(i => i.Email).ToListAsync(cancellationToken);
        if (open.Count >= MostOpen || email is null)
        {
            return open.Count >= MostOpen ? InviteOutcome.TooMany : null;
        }

        if (open.Contains(email, StringComparer.OrdinalIgnoreCase))
        {
            return InviteOutcome.AlreadyInvited;
        }

        var yesterday = now - TimeSpan.FromDays(1);
        return await db.Set<Invitation>().CountAsync(i => i.Email != null && i.CreatedAt > yesterday, cancellationToken) >= MostMailsADay
            ? InviteOutcome.TooManyMails
            : null;
    }

    /// <returns>Whether the member of that address is active; null if there is none.</returns>
    private async Task<bool?> IsActiveAsync(WefluxDbContext db, string email, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email);
        var ids = await db.Set<WefluxUser>().Where(u => u.NormalizedEmail == normalized).Select(u => u.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return null;
        }

        var users = ids.ConvertAll(id => new UserId(id));
        var places = await db.Set<Membership>().Where(m => users.Contains(m.UserId)).Select(m => m.IsActive).ToListAsync(cancellationToken);
        return places.Count == 0 ? null : places.Contains(true);
    }

    private static MailText MailOf(Actor actor, Workspace workspace, string email, Role role, Uri link, DateTimeOffset until) => new(
        email,
        null,
        $"{actor.Name} invites you to “{workspace.Name}” on Weflux",
        $"""
        Hello,

        {actor.Name} invites you to answer the WhatsApp messages of “{workspace.Name}” together, as {role}.

        Open this link to accept. It works once, until {TimeZoneInfo.ConvertTime(until, WorkspaceTime.Find(workspace.TimeZone)).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} ({workspace.TimeZone}):

        {link}

        If you do not know {actor.Name}, ignore this mail. Nothing happens then.
        """);
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Link">The link to hand over; null if there is no invitation.</param>
/// <param name="MailedTo">The address that it is mailed to; null if it is not mailed.</param>
public sealed record InviteResult(InviteOutcome Outcome, Uri? Link = null, string? MailedTo = null);

public enum InviteOutcome
{
    Invited,
    NotAllowed,
    NoAddress,
    AlreadyMember,

    /// <summary>There is a member of that address, and their access was taken away.</summary>
    Deactivated,
    AlreadyInvited,
    TooMany,

    /// <summary>The workspace has mailed so many today that more would be a nuisance. A link to hand over can still be made.</summary>
    TooManyMails,
    UnknownRole,
}
