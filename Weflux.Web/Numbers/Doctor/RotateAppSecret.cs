using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
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

    /// <summary>Somebody else knows it.</summary>
    None = 4,
}

/// <summary>
/// Puts a new app secret in the place of the old one, once the platform has confirmed that it is the app's. The old one
/// counts for a while longer, so that no webhook under way is lost, unless it leaked.
/// </summary>
public sealed class RotateAppSecret(
    WefluxDatabase database, PlatformCheck platform, SecretProtector protector, PublicAddress address, ReplaceSecret replace, MetaAppCatalog catalog, TimeProvider time)
{
    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(
        Actor actor, long connectionId, string secret, SecretOverlap overlap, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections)
            || await StoredNumber.FindUsableAsync(database, actor.Workspace, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var typed = secret.Trim();
        if (NumberRules.WrongSecret(typed, "app secret") is { } wrong)
        {
            return new Outcome(IsDone: false, wrong);
        }

        if (number.Secret(protector) is { } stored && ReplaceSecret.Same(stored, typed))
        {
            return InUseAlready();
        }

        var line = await platform.SecretAsync(number.Subject(protector, address, secret: typed), cancellationToken);
        if (line.State != CheckState.Good)
        {
            return number.App.AppId is null
                ? new Outcome(IsDone: false, "The old app secret stays. The Meta app id of this number is not known.", "Enter the Meta app id first.")
                : new Outcome(IsDone: false, $"The old app secret stays. {line.Words}", line.WayOut);
        }

        var replaced = await database.WriteAsync(
            actor.Workspace, db => StoreAsync(db, actor, number, typed, Length(overlap), cancellationToken), cancellationToken);
        catalog.Forget();
        return replaced switch
        {
            null => new Outcome(IsDone: false, "Somebody disconnected the number meanwhile. The app secret stays as it was."),
            { IsNew: false } => InUseAlready(),
            _ => new Outcome(IsDone: true, $"{line.Words} It is in use. {Fate(replaced, overlap)}", replaced.WasLost ? "Press “Set up webhooks”: Weflux made a new verify token as well, if the old one could not be decrypted either." : null),
        };
    }

    /// <summary>How long; null for not at all.</summary>
    public static TimeSpan? Length(SecretOverlap overlap) => overlap switch
    {
        SecretOverlap.None => null,
        SecretOverlap.Hour => TimeSpan.FromHours(1),
        SecretOverlap.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };

    public static string Words(SecretOverlap overlap) => overlap switch
    {
        SecretOverlap.None => "Not at all (the old one leaked)",
        SecretOverlap.Hour => "1 hour",
        SecretOverlap.Week => "7 days",
        _ => "1 day",
    };

    private static Outcome InUseAlready() =>
        new(IsDone: false, "This is the app secret that is in use already.", "Reset it at Meta first: App settings > Basic > App secret > Reset.");

    private static string Fate(ReplacedSecret replaced, SecretOverlap overlap) =>
        (replaced.WasLost ? "The old one could not be decrypted, so what is signed with it is refused."
            : replaced.OldUntil is null ? "The old one does not count any more."
            : $"The old one counts for {Words(overlap)} more.")
        + (replaced.EndedAnother ? " The one before that counted until now and does not any more." : "");

    private async Task<ReplacedSecret?> StoreAsync(
        WefluxDbContext db, Actor actor, StoredNumber before, string secret, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (await StoredNumber.FindAsync(db, before.Connection.Id, cancellationToken) is not { Connection.DisconnectedAt: null } number)
        {
            return null;
        }

        var replaced = await replace.ExecuteAsync(db, actor, number.App, number.Connection.DisplayPhoneNumber, secret, overlap, cancellationToken);
        if (replaced.IsNew)
        {
            db.Add(new ConnectionEvent
            {
                WorkspaceId = actor.Workspace,
                ConnectionId = number.Connection.Id,
                At = time.GetUtcNow(),
                Words = $"{actor.Name} entered a new app secret.",
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        return replaced;
    }
}
