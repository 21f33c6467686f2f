using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>How long webhooks that were signed with the old secret are taken.</summary>
public enum SecretOverlap
{
    Hour = 1,
    Day = 2,
    Week = 3,
}

/// <summary>
/// Puts a new app secret in the place of the old one, once the platform has confirmed that it is the app's. The old one
/// counts for a while longer, so that no webhook under way is lost.
/// </summary>
public sealed class RotateAppSecret(
    WefluxDatabase database, PlatformCheck platform, SecretProtector protector, PublicAddress address, AuditLog audit, MetaAppCatalog catalog, TimeProvider time)
{
    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(
        Actor actor, long connectionId, string secret, SecretOverlap overlap, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections) || await FindAsync(actor, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var typed = secret.Trim();
        if (NumberRules.WrongSecret(typed, "app secret") is { } wrong)
        {
            return new Outcome(IsDone: false, wrong);
        }

        if (IsStored(number.App, typed))
        {
            return new Outcome(IsDone: false, "This is the app secret that is in use already.", "Reset it at Meta first: App settings > Basic > App secret > Reset.");
        }

        var report = await platform.WholeAsync(number.Subject(protector, address, secret: typed), CheckKind.Secret, cancellationToken);
        if (report.Of(CheckKind.Secret) is not { State: CheckState.Good } line)
        {
            var refused = report.Of(CheckKind.Secret);
            return new Outcome(IsDone: false, $"The old app secret stays. {refused?.Words ?? "The Meta app id of this number is not known."}", refused?.WayOut ?? "Connect the number again to enter it.");
        }

        var until = time.GetUtcNow() + Length(overlap);
        await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, number, typed, until, cancellationToken), cancellationToken);
        catalog.Forget();
        return new Outcome(IsDone: true, $"{line.Words} It is in use, and the old one counts for {Words(overlap)} more.");
    }

    public static TimeSpan Length(SecretOverlap overlap) => overlap switch
    {
        SecretOverlap.Hour => TimeSpan.FromHours(1),
        SecretOverlap.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };

    public static string Words(SecretOverlap overlap) => overlap switch
    {
        SecretOverlap.Hour => "1 hour",
        SecretOverlap.Week => "7 days",
        _ => "1 day",
    };

    private bool IsStored(MetaApp app, string typed)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(protector.Unprotect(app.AppSecret, MetaApp.SecretContext(app.AppKey)), Encoding.UTF8.GetBytes(typed));
        }
        catch (CryptographicException)
        {
            // What cannot be read any more is what is being replaced.
            return false;
        }
    }

    private async Task<StoredNumber?> FindAsync(Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await StoredNumber.FindAsync(db, connectionId, cancellationToken) is { Connection.DisconnectedAt: null } number ? number : null;
    }

    private async Task<bool> StoreAsync(
        WefluxDbContext db, Actor actor, StoredNumber number, string secret, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var id = number.App.Id;
        var app = await db.Set<MetaApp>().SingleAsync(a => a.Id == id, cancellationToken);
        KeepOld(app, until);
        var before = app.SecretEnding;
        app.AppSecret = protector.ProtectText(secret, MetaApp.SecretContext(app.AppKey));
        app.SecretEnding = NumberRules.Ending(secret);
        db.Add(new ConnectionEvent
        {
            WorkspaceId = actor.Workspace,
            ConnectionId = number.Connection.Id,
            At = time.GetUtcNow(),
            Words = $"{actor.Name} entered a new app secret.",
        });
        await audit.AddAsync(
            db,
            actor,
            AuditActions.AppSecretRotated,
            AuditFacts.Changed(number.Connection.DisplayPhoneNumber, ("Secret ends with", before, app.SecretEnding), ("Old secret counts until", null, until.ToString("u"))),
            cancellationToken);
        return true;
    }

    private void KeepOld(MetaApp app, DateTimeOffset until)
    {
        try
        {
            app.OldAppSecret = protector.Protect(protector.Unprotect(app.AppSecret, MetaApp.SecretContext(app.AppKey)), MetaApp.OldSecretContext(app.AppKey));
            app.OldSecretUntil = until;
        }
        catch (CryptographicException)
        {
            // It signs nothing any more: without its key nobody could check.
            (app.OldAppSecret, app.OldSecretUntil) = (null, null);
        }
    }
}
