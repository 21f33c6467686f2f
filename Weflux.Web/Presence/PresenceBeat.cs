using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Presence;

/// <summary>
/// Writes down who is here on this node: at once for those who come, and then one statement for all of them together every
/// few seconds. It also notices those who have gone, on this node or with another one that died.
/// </summary>
public sealed class PresenceBeat(WefluxDatabase database, OpenPages pages, PresenceEdits edits, TimeProvider time, ILogger<PresenceBeat> logger) : BackgroundService
{
    /// <summary>Two beats may get lost before somebody's time is over.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Those who came since: written down and told.</summary>
    public Task WelcomeAsync(CancellationToken cancellationToken) => Rounds.EachAsync(
        pages.Arrivals().GroupBy(v => v.Workspace, v => v.User),
        async place =>
        {
            var people = place.ToList();
            var rows = await edits.ApplyAsync(place.Key, people, Come, cancellationToken);
            people.ForEach(user => pages.Wrote((place.Key, user), rows.TryGetValue(user, out var row) ? row : null));
        },
        logger);

    /// <summary>One beat.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await WelcomeAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
        await LookAroundAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Rounds.RunAsync(BeatAsync, Interval, time, logger, stoppingToken),
        Rounds.RunAsync(WelcomeAsync, pages.WaitAsync, logger, stoppingToken));

    private bool Come(StoredPresence row, DateTimeOffset now)
    {
        (row.OpenAt, row.UsedAt, row.Node) = (now, now, pages.Node);
        return false;
    }

    /// <summary>Everybody's facts, in one statement however many workspaces they are in.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (open, used) = pages.Beat();
        if (open.Count == 0)
        {
            return;
        }

        var (now, node) = (time.GetUtcNow(), pages.Node);
        await database.WriteForSystemAsync(
            db => db.Set<StoredPresence>().AcrossWorkspaces().Where(p => open.Contains(p.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.OpenAt, (DateTimeOffset?)now).SetProperty(p => p.Node, node)
                    .SetProperty(p => p.UsedAt, p => used.Contains(p.Id) ? (DateTimeOffset?)now : p.UsedAt),
                cancellationToken),
            cancellationToken);
    }

    /// <summary>Whoever is not any more what was told last.</summary>
    private async Task LookAroundAsync(CancellationToken cancellationToken)
    {
        List<StoredPresence> here;
        await using (var db = database.OpenForSystem())
        {
            here = await db.Set<StoredPresence>().AcrossWorkspaces().AsNoTracking().Where(p => p.State != MemberPresence.Offline).ToListAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        await Rounds.EachAsync(
            here.Where(p => pages.Fresh(p, now).At(now) != p.State).GroupBy(p => p.WorkspaceId, p => p.UserId),
            place => edits.ApplyAsync(place.Key, [.. place], (_, _) => false, cancellationToken),
            logger);
    }
}
