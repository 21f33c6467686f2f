using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Web.Assigning;

/// <summary>
/// Has what waits given to people: at once when a conversation or the presence of somebody changed on this node, and every
/// few seconds in case nobody told. Every node does it; the transaction decides.
/// </summary>
public sealed class AutomaticAssignment(
    WefluxDatabase database, AssignWaiting assign, InboxBroadcaster broadcaster, PresenceNews presence, TimeProvider time, ILogger<AutomaticAssignment> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>However much happens, a workspace is looked at no more often than this.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<WorkspaceId, bool> _news = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile FrozenSet<WorkspaceId> _ruled = FrozenSet<WorkspaceId>.Empty;

    /// <summary>Looks at every workspace that has rules.</summary>
    /// <returns>How many conversations were given to people.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using (var db = database.OpenForSystem())
        {
            var erasing = db.Set<Workspace>().Where(w => w.ErasingSince != null).Select(w => w.Id);
            _ruled = (await db.Set<AssignmentRule>().AcrossWorkspaces()
                .Where(r => r.Mode != AssignmentMode.Off && !erasing.Contains(r.WorkspaceId)).Select(r => r.WorkspaceId).Distinct()
                .ToListAsync(cancellationToken)).ToFrozenSet();
        }

        var count = 0;
        await Rounds.EachAsync(_ruled, async workspace => count += await assign.RunAsync(workspace, cancellationToken), logger);
        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Hear(object? sender, AnnouncedEventArgs announced) => Wake(announced.Workspace);
        broadcaster.Announced += Hear;
        using var listening = presence.Listen(change =>
        {
            Wake(change.Workspace);
            return Task.CompletedTask;
        });
        try
        {
            await Task.WhenAll(
                Rounds.RunAsync(SweepAsync, Interval, time, logger, stoppingToken),
                Rounds.RunAsync(HandleNewsAsync, _signal.Reader.ReadAsync, logger, stoppingToken));
        }
        finally
        {
            broadcaster.Announced -= Hear;
        }
    }

    private void Wake(WorkspaceId workspace)
    {
        if (_ruled.Contains(workspace))
        {
            _news[workspace] = true;
            _signal.Writer.TryWrite(true);
        }
    }

    private async Task HandleNewsAsync(CancellationToken cancellationToken)
    {
        await Rounds.EachAsync(_news.Keys.Where(w => _news.TryRemove(w, out _)), workspace => assign.RunAsync(workspace, cancellationToken), logger);
        await Task.Delay(Rest, time, cancellationToken);
    }
}
