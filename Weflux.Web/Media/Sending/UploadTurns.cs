using Weflux.Domain.Team;

namespace Weflux.Web.Media.Sending;

/// <summary>How many uploads are taken at once: few of one person or key, and not many in all. Who comes on top waits.</summary>
public sealed class UploadTurns : IDisposable
{
    private const int MostOfOne = 3;
    private const int MostInAll = 12;

    /// <summary>More than anybody drops on a thread at once.</summary>
    private const int MostWaiting = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(WorkspaceId, UserId?, long?), Place> _places = [];
    private readonly SemaphoreSlim _all = new(MostInAll, MostInAll);
    private readonly Lock _lock = new();

    /// <summary>Waits for a turn.</summary>
    /// <returns>What is disposed when the upload is over; null if too many wait already.</returns>
    internal async Task<IDisposable?> EnterAsync(Actor actor, CancellationToken cancellationToken)
    {
        var who = (actor.Workspace, actor.Key is null ? actor.User : (UserId?)null, actor.Key?.Id.Value);
        if (Join(who) is not { } place)
        {
            return null;
        }

        var (hasPlace, hasRoom) = (false, false);
        try
        {
            hasPlace = await place.Room.WaitAsync(Patience, cancellationToken);
            hasRoom = hasPlace && await _all.WaitAsync(Patience, cancellationToken);
            return hasRoom ? new Turn(this, who, place) : null;
        }
        finally
        {
            if (!hasRoom)
            {
                Leave(who, place, hasPlace);
            }
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var place in _places.Values)
        {
            place.Room.Dispose();
        }
    }

    private Place? Join((WorkspaceId, UserId?, long?) who)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(who, out var place))
            {
                _places[who] = place = new Place();
            }

            if (place.Count >= MostOfOne + MostWaiting)
            {
                return null;
            }

            place.Count++;
            return place;
        }
    }

    private void Leave((WorkspaceId, UserId?, long?) who, Place place, bool hadPlace)
    {
        lock (_lock)
        {
            if (hadPlace)
            {
                place.Room.Release();
            }

            place.Count--;
            if (place.Count == 0)
            {
                _places.Remove(who);
                place.Room.Dispose();
            }
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Room { get; } = new(MostOfOne, MostOfOne);

        public int Count { get; set; }
    }

    private sealed class Turn(UploadTurns turns, (WorkspaceId, UserId?, long?) who, Place place) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                turns._all.Release();
                turns.Leave(who, place, hadPlace: true);
            }
        }
    }
}
