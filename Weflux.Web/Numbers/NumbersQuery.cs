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
        var checkups = await db.Set<ConnectionCheckup>().AsNoTracking().ToDictionaryAsync(c => c.ConnectionId, cancellationToken);
        return
        [
            .. numbers.OrderBy(c => c.State == ConnectionState.Disconnected).Select(c => new NumberRow(
                c.Id, c.Name, c.DisplayPhoneNumber, c.Kind, c.State, c.BrokenReason, checkups.GetValueOrDefault(c.Id)?.Facts ?? NumberFacts.Unknown)),
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

/// <summary>A number that stopped working.</summary>
public sealed record BrokenNumber(long Id, string DisplayPhoneNumber, string Reason);

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
        return await db.Set<Connection>().Where(c => c.State == ConnectionState.Broken).OrderBy(c => c.Id)
            .Select(c => new BrokenNumber(c.Id, c.DisplayPhoneNumber, c.BrokenReason ?? "")).ToListAsync(cancellationToken);
    }
}
