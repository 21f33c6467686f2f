using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Webhooks.Reading;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Web.Webhooks;

/// <summary>The numbers and accounts that a Meta app's webhooks may speak of, and the workspace that they belong to.</summary>
public sealed class AppRoutes
{
    // Real time: it bounds how long a change of the workspace goes unnoticed.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private readonly long _readAt = TimeProvider.System.GetTimestamp();
    private readonly Dictionary<string, Connection> _byNumber;
    private readonly ILookup<string, Connection> _byAccount;

    private AppRoutes(Workspace workspace, IReadOnlyList<Connection> connections)
    {
        Workspace = workspace;
        ConnectionIds = [.. connections.Select(c => c.Id)];
        _byNumber = connections.ToDictionary(c => c.PhoneNumberId, StringComparer.Ordinal);
        _byAccount = connections.ToLookup(c => c.WabaId, StringComparer.Ordinal);
    }

    /// <summary>Whether it was read so lately that a batch need not read it again.</summary>
    public bool IsFresh => TimeProvider.System.GetElapsedTime(_readAt) < Freshness;

    /// <summary>The lane's version when it was read: a later one means that its numbers have changed.</summary>
    public long Version { get; init; }

    public Workspace Workspace { get; }

    public IReadOnlyList<long> ConnectionIds { get; }

    public static async Task<AppRoutes> ReadAsync(
        WefluxDbContext db, ReceiveQueries queries, long metaAppId, CancellationToken cancellationToken, long version = 0) => new(
        await queries.Workspaces(db, db.CurrentWorkspace).SingleAsync(cancellationToken),
        await queries.Connections(db, metaAppId).ToListAsync(cancellationToken))
        {
            Version = version,
        };

    /// <summary>The number that an item came to; null if it is not one of this app.</summary>
    public Connection? ConnectionOf(ItemRoute route) =>
        route.PhoneNumberId is { } id ? _byNumber.GetValueOrDefault(id) : null;

    /// <summary>Any number of the account, for what speaks of the whole account; null if the account is not one of this app.</summary>
    public Connection? ConnectionOfAccount(ItemRoute route) => ConnectionOf(route) ?? _byAccount[route.WabaId].FirstOrDefault();

    /// <summary>Why an item belongs to nobody here; null if it does belong.</summary>
    public BrokenItem? Refuse(WebhookItem item) => item switch
    {
        MessageItem message => RefuseNumber(message.Route),
        StatusItem status => RefuseNumber(status.Route),
        MarketingPreferenceItem preference => RefuseAccount(preference.Route),
        UserIdChangeItem change => RefuseAccount(change.Route),
        OtherItem other => RefuseAccount(other.Route),
        _ => null,
    };

    private BrokenItem? RefuseNumber(ItemRoute route) =>
        route.PhoneNumberId is null ? new BrokenItem("The item does not say which number it belongs to.")
        : ConnectionOf(route) is not null ? null
        : new BrokenItem("The number is not one of this Meta app's connections.");

    private BrokenItem? RefuseAccount(ItemRoute route) =>
        ConnectionOfAccount(route) is not null ? null : new BrokenItem("The account is not one of this Meta app's connections.");
}
