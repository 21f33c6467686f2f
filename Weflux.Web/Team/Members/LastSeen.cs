using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Members;

/// <summary>
/// Writes down when members were last here, every few seconds for all who came meanwhile: a page never waits for it, and
/// a crowd that comes back at once is a handful of writes.
/// </summary>
public sealed class LastSeen(WefluxDatabase database, TimeProvider time, ILogger<LastSeen> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(WorkspaceId Workspace, UserId User), DateTimeOffset> _seen = new();

    /// <summary>The actor has a page of the workspace open.</summary>
    public void Note(Actor actor) => _seen[(actor.Workspace, actor.User)] = time.GetUtcNow();

    /// <summary>Writes down what was noted until now.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var workspace in _seen.Keys.Select(k => k.Workspace).Distinct().ToList())
        {
            var noted = _seen.Where(s => s.Key.Workspace == workspace).ToList();
            await database.WriteAsync(
                workspace,
                async db =>
                {
                    foreach (var ((_, user), at) in noted)
                    {
                        await db.Set<Membership>().Where(m => m.UserId == user)
                            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSeenAt, at), cancellationToken);
                    }
                },
                cancellationToken);
            foreach (var written in noted)
            {
                _seen.TryRemove(written);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(WriteAsync, Interval, time, logger, stoppingToken);
}
