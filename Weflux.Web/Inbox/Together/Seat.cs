using Weflux.Domain.Team;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox.Together;

/// <summary>One screen that has one conversation open. It says what its person does there when that changes, and lapses when its browser falls silent.</summary>
public sealed class Seat
{
    private readonly Seats _seats;
    private readonly Lock _lock = new();
    private Doing _doing;
    private Holding _held;
    private DateTimeOffset _heardAt;

    internal Seat(Seats seats, WorkspaceId workspace, UserId user, long conversationId, Holding held, DateTimeOffset now) =>
        (_seats, Workspace, User, ConversationId, _held, _heardAt) = (seats, workspace, user, conversationId, held, now);

    internal WorkspaceId Workspace { get; }

    internal UserId User { get; }

    internal long ConversationId { get; }

    internal Guid Id { get; } = Guid.NewGuid();

    /// <summary>The browser says what the person does; it says so again from time to time.</summary>
    public Task ShowAsync(Doing doing) => _seats.TellAsync(this, Take(doing, isHeard: true));

    /// <summary>Others may see the conversation than before: whoever may not any more hears that the person is gone.</summary>
    public async Task MoveAsync(Holding held)
    {
        (TogetherHint Hint, Holding Held)? left = null;
        lock (_lock)
        {
            if (_held == held)
            {
                return;
            }

            if (_doing != Doing.Nothing)
            {
                left = (Hint(Doing.Nothing), _held);
            }

            _held = held;
        }

        // They come one after the other on each connection, so those who still may see it see no gap for long.
        await _seats.TellAsync(this, left);
        await _seats.TellAsync(this, Current());
    }

    /// <summary>The screen is gone.</summary>
    public Task LeaveAsync() => _seats.LeaveAsync(this);

    /// <summary>What is to be told of it now; null if that is nothing.</summary>
    internal (TogetherHint Hint, Holding Held)? Current()
    {
        lock (_lock)
        {
            return _doing == Doing.Nothing ? null : (Hint(_doing), _held);
        }
    }

    /// <summary>Ends what it shows.</summary>
    /// <returns>What is to be told; null if it showed nothing.</returns>
    internal (TogetherHint Hint, Holding Held)? Stop() => Take(Doing.Nothing, isHeard: false);

    internal bool IsSilentSince(DateTimeOffset before)
    {
        lock (_lock)
        {
            return _heardAt <= before;
        }
    }

    private (TogetherHint Hint, Holding Held)? Take(Doing doing, bool isHeard)
    {
        lock (_lock)
        {
            _heardAt = isHeard ? _seats.Now : _heardAt;
            if (_doing == doing)
            {
                return null;
            }

            _doing = doing;
            return (Hint(doing), _held);
        }
    }

    private TogetherHint Hint(Doing doing) => new(ConversationId, User.Value, Id, doing);
}
