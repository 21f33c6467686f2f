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
                Keep(id, colleague, now);
            }
        }

        var found = new Dictionary<long, Colleague>();
        foreach (var user in users)
        {
            if (_known.TryGetValue(user.Value, out var known))
            {
                found[user.Value] = known.Colleague;
            }
        }

        return found;
    }

    /// <summary>Of two answers under way at once, the one that was asked for later stays, whichever comes first.</summary>
    internal void Keep(long user, Colleague colleague, DateTimeOffset askedAt) =>
        _known.AddOrUpdate(user, (colleague, askedAt), (_, known) => known.ReadAt > askedAt ? known : (colleague, askedAt));
}
