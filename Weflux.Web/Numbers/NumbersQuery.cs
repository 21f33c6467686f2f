using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Numbers;

/// <summary>A number in the list.</summary>
public sealed record NumberRow(
    long Id,
    string Name,
    string DisplayPhoneNumber,
    ConnectionKind Kind,
    ConnectionState State,
    string? BrokenReason,
    bool IsDeaf,
    NumberFacts Facts);

/// <summary>A Meta app that is known already: its secret need not be entered again.</summary>
public sealed record KnownApp(string AppId, string? SecretEnding);

/// <summary>The numbers of a workspace, for those who may connect them.</summary>
public sealed class NumbersQuery(WefluxDatabase database)
{
    /// <returns>The numbers; null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<NumberRow>?> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var numbers = await db.Set<Connection>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var deaf = await DeafApps.ListAsync(db, cancellationToken);
        var checkups = await db.Set<ConnectionCheckup>().AsNoTracking().ToDictionaryAsync(c => c.ConnectionId, cancellationToken);
        return
        [
            .. numbers.OrderBy(c => c.State == ConnectionState.Disconnected).Select(c => new NumberRow(
                c.Id, c.Name, c.DisplayPhoneNumber, c.Kind, c.State, c.BrokenReason, DeafApps.Silence(c, deaf), checkups.GetValueOrDefault(c.Id)?.Facts ?? NumberFacts.Unknown)),
        ];
    }

    /// <returns>The Meta apps whose secrets are stored; null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<KnownApp>?> AppsAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await db.Set<MetaApp>().Where(a => a.AppId != null).OrderBy(a => a.Id)
            .Select(a => new KnownApp(a.AppId!, a.SecretEnding)).ToListAsync(cancellationToken);
    }
}

/// <summary>A number that stopped working; a deaf one sends, but what customers write does not arrive.</summary>
public sealed record BrokenNumber(long Id, string DisplayPhoneNumber, bool IsDeaf, string Reason);

/// <summary>What the notice above every page tells those who can mend it.</summary>
public sealed class BrokenNumbers(WefluxDatabase database)
{
    /// <returns>The numbers that stopped working; none for those who cannot mend them.</returns>
    public async Task<IReadOnlyList<BrokenNumber>> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var deaf = await DeafApps.ListAsync(db, cancellationToken);
        var numbers = await db.Set<Connection>().AsNoTracking()
            .Where(c => c.State == ConnectionState.Broken || deaf.Contains(c.MetaAppId)).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return
        [
            .. numbers.Where(c => c.State == ConnectionState.Broken || DeafApps.Silence(c, deaf)).Select(c => new BrokenNumber(
                c.Id, c.DisplayPhoneNumber, DeafApps.Silence(c, deaf), c.State == ConnectionState.Broken ? c.BrokenReason ?? "" : DeafApps.Reason)),
        ];
    }
}

/// <summary>Meta apps whose webhooks are refused, because the secret was reset at Meta and not yet entered here.</summary>
internal static class DeafApps
{
    public const string Reason = "Meta signs with another app secret, so what customers write is refused. Enter the new one; Meta sends it again for days.";

    public static async Task<IReadOnlyList<long>> ListAsync(WefluxDbContext db, CancellationToken cancellationToken) =>
    [
        .. (await db.Set<SignatureCount>().AsNoTracking().Where(c => c.LastBadAt != null).ToListAsync(cancellationToken))
            .Where(c => c.IsRefusing).Select(c => c.MetaAppId),
    ];

    public static bool Silence(Connection number, IReadOnlyList<long> deaf) => CouldHear(number) && deaf.Contains(number.MetaAppId);

    /// <summary>Before its first message a number says by itself what is missing, and one that does not work says that first.</summary>
    public static bool CouldHear(Connection number) => number.State is ConnectionState.Ready or ConnectionState.Paused;
}
