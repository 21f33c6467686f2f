using Weflux.Simulator.People;
using Weflux.Simulator.Phone;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Chats;

/// <summary>All chats. Every change gets a new version and is told to the phones that show the chat.</summary>
internal sealed class ChatBook
{
    private const string Kind = "message";
    private static readonly TimeSpan WindowLength = TimeSpan.FromHours(24);
    private readonly Lock _gate = new();
    private readonly Dictionary<ChatKey, OrderedDictionary<string, ChatMessage>> _chats = [];
    private readonly Dictionary<string, ChatKey> _chatOf = [];
    private readonly StateLog _log;
    private readonly PhoneFeed _feed;
    private long _version;

    public ChatBook(StateLog log, PhoneFeed feed)
    {
        (_log, _feed) = (log, feed);
        foreach (var message in log.Load<ChatMessage>(Kind))
        {
            Keep(message);
            _version = Math.Max(_version, message.Version);
        }
    }

    public void Add(ChatMessage message)
    {
        lock (_gate)
        {
            Change(message);
        }
    }

    public ChatMessage? Find(string wamid)
    {
        lock (_gate)
        {
            return _chatOf.TryGetValue(wamid, out var chat) ? _chats[chat][wamid] : null;
        }
    }

    public IReadOnlyList<ChatMessage> Of(ChatKey chat)
    {
        lock (_gate)
        {
            return _chats.TryGetValue(chat, out var messages) ? [.. messages.Values] : [];
        }
    }

    /// <summary>Moves a message forward; null when it was already there or beyond.</summary>
    public ChatMessage? Advance(string wamid, MessageStatus status, int? errorCode = null)
    {
        lock (_gate)
        {
            if (!_chatOf.TryGetValue(wamid, out var chat) || _chats[chat][wamid] is not { } message || message.Status >= status)
            {
                return null;
            }

            return Change(message with { Status = status, ErrorCode = errorCode });
        }
    }

    /// <summary>Half-open: exactly 24 hours after the customer's last message the window is closed.</summary>
    public bool IsWindowOpen(ChatKey chat, DateTimeOffset now, bool ifNeverHeard)
    {
        var last = Of(chat).Where(message => message.FromCustomer && message.Type != "reaction").MaxBy(message => message.At);
        return last is null ? ifNeverHeard : now < last.At + WindowLength;
    }

    private ChatMessage Change(ChatMessage message)
    {
        var changed = message with { Version = ++_version };
        Keep(changed);
        _log.Put(Kind, changed.Wamid, changed);
        if (PhoneView.IsOnPhone(changed))
        {
            _feed.Tell(changed.Chat, PhoneView.SignalOf(changed));
        }

        return changed;
    }

    private void Keep(ChatMessage message)
    {
        if (!_chats.TryGetValue(message.Chat, out var messages))
        {
            _chats[message.Chat] = messages = [];
        }

        messages[message.Wamid] = message;
        _chatOf[message.Wamid] = message.Chat;
    }
}
