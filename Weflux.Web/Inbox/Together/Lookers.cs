using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox.Together;

/// <summary>Somebody who is with a conversation now.</summary>
/// <param name="User">Who.</param>
/// <param name="IsWriting">Whether they write; else they look.</param>
public readonly record struct Looker(UserId User, bool IsWriting);

/// <summary>Others are with a conversation than before, or do something else there.</summary>
public sealed class TogetherChangedEventArgs(WorkspaceId workspace, long conversationId) : EventArgs
{
    public WorkspaceId Workspace => workspace;

    public long ConversationId => conversationId;
}

/// <summary>
/// Who is with which conversation, on all nodes, as the circuits of this node heard it. Everything in it lapses unless it is
/// said again. It is no permission: screens ask it only about conversations that their reader sees.
/// </summary>
public sealed class Lookers(TimeProvider time, ILogger<Lookers> logger) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<(WorkspaceId Workspace, long Conversation), Dictionary<Guid, Entry>> _with = [];

    /// <summary>Raised when others are with a conversation than before, or do something else.</summary>
    public event EventHandler<TogetherChangedEventArgs>? Changed;

    /// <summary>Who is with a conversation: each person once, those who write first.</summary>
    public IReadOnlyList<Looker> With(WorkspaceId workspace, long conversationId)
    {
        lock (_lock)
        {
            return _with.TryGetValue((workspace, conversationId), out var there) ? People(there) : [];
        }
    }

    /// <summary>The conversations of a workspace that somebody is with.</summary>
    public IReadOnlyList<long> Conversations(WorkspaceId workspace)
    {
        lock (_lock)
        {
            return [.. _with.Keys.Where(k => k.Workspace == workspace).Select(k => k.Conversation)];
        }
    }

    /// <summary>Takes in what the hub said; every circuit hears the same, so mostly it is known already.</summary>
    public void Hear(WorkspaceId workspace, IReadOnlyList<TogetherHint> hints)
    {
        var until = time.GetUtcNow() + Seats.Lapse;
        Change(hints.Select(h => (workspace, h.ConversationId)).Distinct(), (key, there) =>
        {
            foreach (var hint in hints.Where(h => h.ConversationId == key.Conversation))
            {
                if (hint.Doing == Doing.Nothing)
                {
                    there.Remove(hint.Seat);
                }
                else
                {
                    there[hint.Seat] = new Entry(new UserId(hint.UserId), hint.Doing == Doing.Writing, until);
                }
            }
        });
    }

    /// <summary>Forgets those of whom nothing was heard for too long.</summary>
    public void Forget()
    {
        var now = time.GetUtcNow();
        List<(WorkspaceId, long)> keys;
        lock (_lock)
        {
            keys = [.. _with.Where(w => w.Value.Values.Any(e => e.Until <= now)).Select(w => w.Key)];
        }

        Change(keys, (_, there) =>
        {
            foreach (var seat in there.Where(e => e.Value.Until <= now).Select(e => e.Key).ToList())
            {
                there.Remove(seat);
            }
        });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(
        _ =>
        {
            Forget();
            return Task.CompletedTask;
        },
        Sweep,
        time,
        logger,
        stoppingToken);

    private void Change(
        IEnumerable<(WorkspaceId Workspace, long Conversation)> keys, Action<(WorkspaceId Workspace, long Conversation), Dictionary<Guid, Entry>> change)
    {
        foreach (var key in keys)
        {
            bool isOther;
            lock (_lock)
            {
                var there = _with.TryGetValue(key, out var known) ? known : (_with[key] = []);
                var before = People(there);
                change(key, there);
                if (there.Count == 0)
                {
                    _with.Remove(key);
                }

                isOther = !before.SequenceEqual(People(there));
            }

            if (isOther)
            {
                Changed?.Invoke(this, new TogetherChangedEventArgs(key.Workspace, key.Conversation));
            }
        }
    }

    private static IReadOnlyList<Looker> People(Dictionary<Guid, Entry> there) =>
    [
        .. there.Values.GroupBy(e => e.User).Select(g => new Looker(g.Key, g.Any(e => e.IsWriting)))
            .OrderByDescending(l => l.IsWriting).ThenBy(l => l.User.Value),
    ];

    private readonly record struct Entry(UserId User, bool IsWriting, DateTimeOffset Until);
}
