using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers;

/// <summary>What became of the secret that an app had.</summary>
/// <param name="IsNew">Whether the one that was entered is another than the one that was stored.</param>
/// <param name="OldUntil">Until when the one before still counts; null if it does not.</param>
/// <param name="WasLost">Whether the one before could not be decrypted, so that nothing of it can count.</param>
/// <param name="EndedAnother">Whether there was one before that, which stopped counting now.</param>
internal sealed record ReplacedSecret(bool IsNew, DateTimeOffset? OldUntil, bool WasLost, bool EndedAnother);

/// <summary>
/// Puts a new secret in the place of an app's old one, on record and inside the transaction of whoever enters it, who
/// has locked the workspace and read the app since: two people who enter the same one must not lose the old one.
/// </summary>
public sealed class ReplaceSecret(SecretProtector protector, AuditLog audit, TimeProvider time)
{
    /// <param name="db">The context of the running transaction.</param>
    /// <param name="actor">Who entered it.</param>
    /// <param name="app">Whose secret it is.</param>
    /// <param name="number">The number on whose page it was entered.</param>
    /// <param name="secret">The new one, confirmed by the platform.</param>
    /// <param name="overlap">How long the old one still counts; null for not at all.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<ReplacedSecret> ExecuteAsync(
        WefluxDbContext db, Actor actor, MetaApp app, string number, string secret, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        var stored = StoredNumber.Secret(protector, app);
        if (stored is not null && Same(stored, secret))
        {
            return new ReplacedSecret(IsNew: false, app.OldSecretUntil, WasLost: false, EndedAnother: false);
        }

        var now = time.GetUtcNow();
        var endedAnother = app.OldSecretUntil > now;
        var counts = stored is not null && overlap is not null;
        app.OldAppSecret = counts ? protector.ProtectText(stored!, MetaApp.OldSecretContext(app.AppKey)) : null;
        app.OldSecretUntil = counts ? now + overlap : null;
        var before = app.SecretEnding;
        app.AppSecret = protector.ProtectText(secret, MetaApp.SecretContext(app.AppKey));
        app.SecretEnding = NumberRules.Ending(secret);
        if (StoredNumber.VerifyToken(protector, app) is null)
        {
            // It was lost with the same key. Nobody types it: the platform is told the new one with “Set up webhooks”.
            app.VerifyToken = NewVerifyToken(protector, app.AppKey);
        }

        // From here on is counted how the new one fares; what was refused before it says nothing about it.
        await db.Set<SignatureCount>().Where(c => c.MetaAppId == app.Id).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Good, 0).SetProperty(c => c.Old, 0).SetProperty(c => c.Bad, 0).SetProperty(c => c.LastBadAt, (DateTimeOffset?)null),
            cancellationToken);
        await audit.AddAsync(
            db,
            actor,
            AuditActions.AppSecretRotated,
            AuditFacts.Changed(number, ("Secret ends with", before ?? "not known", app.SecretEnding ?? "not shown"), ("Old secret counts until", null, app.OldSecretUntil?.ToString("u") ?? "not any more")),
            cancellationToken);
        return new ReplacedSecret(IsNew: true, app.OldSecretUntil, stored is null, endedAnother);
    }

    internal static byte[] NewVerifyToken(SecretProtector protector, string appKey) =>
        protector.ProtectText(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), MetaApp.VerifyTokenContext(appKey));

    internal static bool Same(string stored, string typed) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.UTF8.GetBytes(stored), System.Text.Encoding.UTF8.GetBytes(typed));
}
