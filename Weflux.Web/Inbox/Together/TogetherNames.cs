using System.Collections.Concurrent;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Together;

/// <summary>The names of those who are with conversations: only their numbers cross the hub. A name is read once in a while for all circuits of a node.</summary>
public sealed class TogetherNames(WefluxDatabase database, TimeProvider time)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<long, (Colleague Colleague, DateTimeOffset ReadAt)> _known = new();

    internal async Task<IReadOnlyDictionary<long, Colleague>> OfAsync(WorkspaceId workspace, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unknown = users.Where(u => !_known.TryGetValue(u.Value, out var known) || known.ReadAt + Kept < now).Select(u => (UserId?)u).ToList();
        if (unknown.Count > 0)
        {
            if (_known.Count > Capacity)
            {
                _known.Clear();
            }

            await using var db = database.Open(workspace);
            foreach (var (id, colleague) in await SharedRows.ColleaguesAsync(db, unknown, cancellationToken))
            {
                _known[id] = (colleague, now);
            }
        }

        return users.Where(u => _known.ContainsKey(u.Value)).Distinct().ToDictionary(u => u.Value, u => _known[u.Value].Colleague);
    }
}
