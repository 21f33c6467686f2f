using Microsoft.EntityFrameworkCore;
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

    /// <summary>Where its webhooks should go.</summary>
    public static Uri Callback(PublicAddress address, MetaApp app) => address.At($"/webhooks/whatsapp/{app.AppKey}");

    public string Token(SecretProtector protector) =>
        protector.UnprotectText(Connection.AccessToken, Connection.TokenContext(Connection.PhoneNumberId));

    public string Secret(SecretProtector protector) => protector.UnprotectText(App.AppSecret, MetaApp.SecretContext(App.AppKey));

    public string VerifyToken(SecretProtector protector) => protector.UnprotectText(App.VerifyToken, MetaApp.VerifyTokenContext(App.AppKey));

    /// <exception cref="System.Security.Cryptography.CryptographicException">A secret cannot be read with the key ring.</exception>
    public CheckSubject Subject(SecretProtector protector, PublicAddress address, string? token = null, string? secret = null) => new()
    {
        Kind = Connection.Kind,
        WabaId = Connection.WabaId,
        PhoneNumberId = Connection.PhoneNumberId,
        AppId = App.AppId,
        Token = token ?? Token(protector),
        AppSecret = secret ?? Secret(protector),
        Callback = Callback(address, App),
    };
}
