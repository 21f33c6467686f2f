using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers;

/// <summary>A number with its Meta app, as stored.</summary>
internal sealed record StoredNumber(Connection Connection, MetaApp App)
{
    public static async Task<StoredNumber?> FindAsync(WefluxDbContext db, long connectionId, CancellationToken cancellationToken)
    {
        var found = await (
            from connection in db.Set<Connection>()
            join app in db.Set<MetaApp>() on connection.MetaAppId equals app.Id
            where connection.Id == connectionId
            select new { connection, app }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new StoredNumber(found.connection, found.app);
    }

    /// <summary>The number as it is now, for somebody who is about to do something with it; null if there is none that is not disconnected.</summary>
    public static async Task<StoredNumber?> FindUsableAsync(WefluxDatabase database, WorkspaceId workspace, long connectionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        return await FindAsync(db, connectionId, cancellationToken) is { Connection.DisconnectedAt: null } number ? number : null;
    }

    /// <summary>Where its webhooks should go.</summary>
    public static Uri Callback(PublicAddress address, MetaApp app) => address.At($"/webhooks/whatsapp/{app.AppKey}");

    /// <summary>The token; null if it cannot be decrypted.</summary>
    public string? Token(SecretProtector protector) => Read(protector, Connection.AccessToken, Connection.TokenContext(Connection.PhoneNumberId));

    /// <summary>The app's secret; null if it cannot be decrypted.</summary>
    public string? Secret(SecretProtector protector) => Secret(protector, App);

    /// <inheritdoc cref="Secret(SecretProtector)"/>
    public static string? Secret(SecretProtector protector, MetaApp app) => Read(protector, app.AppSecret, MetaApp.SecretContext(app.AppKey));

    /// <summary>The verify token; null if it cannot be decrypted.</summary>
    public string? VerifyToken(SecretProtector protector) => VerifyToken(protector, App);

    /// <inheritdoc cref="VerifyToken(SecretProtector)"/>
    public static string? VerifyToken(SecretProtector protector, MetaApp app) => Read(protector, app.VerifyToken, MetaApp.VerifyTokenContext(app.AppKey));

    /// <summary>The number to look at, with what is stored or with what is to be tried in its place.</summary>
    public CheckSubject Subject(SecretProtector protector, PublicAddress address, string? token = null, string? secret = null, string? appId = null)
    {
        var known = secret ?? Secret(protector);
        return new CheckSubject
        {
            Kind = Connection.Kind,
            WabaId = Connection.WabaId,
            PhoneNumberId = Connection.PhoneNumberId,
            AppId = appId ?? App.AppId,
            Token = token ?? Token(protector),
            AppSecret = known,
            IsSecretLost = known is null,
            Callback = Callback(address, App),
        };
    }

    /// <summary>A key that is not in the ring is something to be told, not a fault.</summary>
    private static string? Read(SecretProtector protector, byte[] value, string context)
    {
        try
        {
            return protector.UnprotectText(value, context);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
