using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Webhooks;

/// <summary>A Meta app with its secrets in the clear, in memory only.</summary>
/// <param name="AppSecret">Signs webhooks.</param>
/// <param name="VerifyToken">Proves the platform's GET.</param>
/// <param name="OldSecret">The secret before, while webhooks signed with it are still taken.</param>
/// <param name="OldSecretUntil">When that ends.</param>
public sealed record KnownMetaApp(
    long Id, WorkspaceId Workspace, string AppKey, byte[] AppSecret, byte[] VerifyToken, byte[]? OldSecret = null, DateTimeOffset OldSecretUntil = default);

/// <summary>
/// The Meta apps of the installation by the key in their webhook address. Read again at most once a second, and at
/// least every few: a webhook must not wait for the database to learn whose it is.
/// </summary>
public sealed partial class MetaAppCatalog(
    WefluxDatabase database, SecretProtector protector, TimeProvider time, ILogger<MetaAppCatalog> logger) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private Snapshot? _snapshot;

    /// <summary>The app with this key; null if there is none.</summary>
    /// <exception cref="JournalUnavailableException">There is one, but its secrets cannot be read.</exception>
    public async ValueTask<KnownMetaApp?> FindAsync(string appKey, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || time.GetElapsedTime(snapshot.ReadAt) > Freshness)
        {
            snapshot = await ReadAsync(Freshness, cancellationToken);
        }

        if (!snapshot.Apps.TryGetValue(appKey, out var app) && time.GetElapsedTime(snapshot.ReadAt) > Rest)
        {
            snapshot = await ReadAsync(Rest, cancellationToken);
            snapshot.Apps.TryGetValue(appKey, out app);
        }

        return app is null && snapshot.Apps.ContainsKey(appKey)
            ? throw new JournalUnavailableException("The app's secrets cannot be read.", null)
            : app;
    }

    /// <summary>
    /// The app with this key as it is now, for a body that its secrets do not fit: another node may have stored a new one.
    /// What is younger than a second is not read again, so that whoever signs badly costs nothing.
    /// </summary>
    public async ValueTask<KnownMetaApp?> FindAgainAsync(string appKey, CancellationToken cancellationToken) =>
        (await ReadAsync(Rest, cancellationToken)).Apps.GetValueOrDefault(appKey);

    /// <summary>Reads again at the next question: an app was added or its secrets changed.</summary>
    public void Forget() => Volatile.Write(ref _snapshot, null);

    public void Dispose() => _reading.Dispose();

    private async Task<Snapshot> ReadAsync(TimeSpan freshEnough, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } fresh && time.GetElapsedTime(fresh.ReadAt) <= freshEnough)
            {
                return fresh;
            }

            var readAt = time.GetTimestamp();
            await using var db = database.OpenForSystem();
            var rows = await db.Set<MetaApp>().AcrossWorkspaces().AsNoTracking().ToListAsync(cancellationToken);
            var apps = rows.ToDictionary(row => row.AppKey, Open, StringComparer.Ordinal);
            return _snapshot = new Snapshot(apps, readAt);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>One secret that cannot be read is its own app's trouble alone.</summary>
    private KnownMetaApp? Open(MetaApp row)
    {
        try
        {
            return new KnownMetaApp(
                row.Id,
                row.WorkspaceId,
                row.AppKey,
                protector.Unprotect(row.AppSecret, MetaApp.SecretContext(row.AppKey)),
                protector.Unprotect(row.VerifyToken, MetaApp.VerifyTokenContext(row.AppKey)),
                row.OldAppSecret is { } old && row.OldSecretUntil > time.GetUtcNow() ? protector.Unprotect(old, MetaApp.OldSecretContext(row.AppKey)) : null,
                row.OldSecretUntil ?? default);
        }
        catch (CryptographicException exception)
        {
            SecretUnreadable(exception, row.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The secrets of Meta app {MetaAppId} cannot be decrypted; its webhooks are answered with 503")]
    private partial void SecretUnreadable(Exception exception, long metaAppId);

    private sealed record Snapshot(Dictionary<string, KnownMetaApp?> Apps, long ReadAt);
}
