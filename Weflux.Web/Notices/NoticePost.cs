using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Notices;

/// <summary>
/// Tells screens after the commit that their people's notices changed. One person's at once; what concerns everybody at
/// most once in some seconds, because then every screen of the workspace reads again.
/// </summary>
public sealed class NoticePost(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<WorkspaceId, bool> _resting = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        database.Committed += Carry;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        database.Committed -= Carry;
        return Task.CompletedTask;
    }

    private void Carry(object? sender, CommittedEventArgs committed)
    {
        foreach (var workspace in committed.News.OfType<NoticeHint>().GroupBy(h => h.Workspace, h => h.Person))
        {
            var people = workspace.Where(p => p != Notice.Everybody).Distinct().ToList();
            if (people.Count > 0)
            {
                _ = broadcaster.NoticedAsync(workspace.Key, people);
            }

            if (workspace.Contains(Notice.Everybody) && MayTellAll(workspace.Key))
            {
                _ = TellAllAsync(workspace.Key);
            }
        }
    }

    /// <summary>Whether nobody is telling everybody of this workspace; whoever is tells once more when the rest is over.</summary>
    private bool MayTellAll(WorkspaceId workspace)
    {
        lock (_lock)
        {
            var isResting = _resting.ContainsKey(workspace);
            _resting[workspace] = isResting;
            return !isResting;
        }
    }

    // The broadcaster lets nothing out but what ends the process.
    private async Task TellAllAsync(WorkspaceId workspace)
    {
        for (var hasMore = true; hasMore;)
        {
            await broadcaster.NoticedAsync(workspace);
            await Task.Delay(Rest, time);
            lock (_lock)
            {
                hasMore = _resting[workspace];
                _resting[workspace] = false;
                if (!hasMore)
                {
                    _resting.Remove(workspace);
                }
            }
        }
    }
}
