namespace Weflux.Web.Inbox;

/// <summary>
/// The messages of a thread that one screen holds, oldest first: everything from some message to the newest, or to another one if
/// somebody looks at a place further back.
/// </summary>
public sealed class ThreadWindow
{
    /// <summary>So many are kept of a thread that goes on and on; older ones are read again when somebody looks back.</summary>
    public const int Capacity = 500;

    private readonly List<ThreadMessage> _messages;
    private readonly HashSet<long> _ids = [];
    private readonly Dictionary<string, ThreadMessage> _byWhatsAppId = new(StringComparer.Ordinal);

    public ThreadWindow(ThreadView view)
    {
        _messages = [.. view.Messages];
        _messages.Sort(Compare);
        _messages.ForEach(Remember);
        HasOlder = view.HasOlder;
        ChangeSequence = view.ChangeSequence;
    }

    /// <summary>A part around a place in the thread.</summary>
    public ThreadWindow(MessagesAround around)
    {
        _messages = [.. around.Messages];
        _messages.Sort(Compare);
        _messages.ForEach(Remember);
        (HasOlder, HasNewer, ChangeSequence) = (around.HasOlder, around.HasNewer, around.ChangeSequence);
    }

    /// <summary>The messages by the time they were said.</summary>
    public IReadOnlyList<ThreadMessage> Messages => _messages;

    /// <summary>Whether there are older ones to read.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>Whether there are newer ones that are not here, so that what comes in is not shown.</summary>
    public bool HasNewer { get; private set; }

    /// <summary>Ask for changes after this.</summary>
    public long ChangeSequence { get; private set; }

    /// <summary>Where to read on into the past; null in an empty thread.</summary>
    public ThreadCursor? Oldest => _messages.Count == 0 ? null : _messages[0].Cursor;

    /// <summary>Where to read on towards the present; null in an empty thread.</summary>
    public ThreadCursor? Newest => _messages.Count == 0 ? null : _messages[^1].Cursor;

    public bool Has(long messageId) => _ids.Contains(messageId);

    public ThreadMessage? Find(string whatsAppId) => _byWhatsAppId.GetValueOrDefault(whatsAppId);

    /// <summary>Whether somebody sent a message that had failed once more; its later copy is always here too.</summary>
    public bool WasSentAgain(long messageId) => _messages.Exists(m => m.ResendOfId == messageId);

    /// <summary>Takes in what happened since <see cref="ChangeSequence"/>.</summary>
    /// <param name="changes">What happened.</param>
    /// <param name="mayLetGo">Whether the reader is at the newest message, so that the oldest may go beyond <see cref="Capacity"/>.</param>
    /// <returns>The messages that were not there before.</returns>
    public IReadOnlyList<ThreadMessage> Merge(ThreadChanges changes, bool mayLetGo = false)
    {
        var added = new List<ThreadMessage>();
        foreach (var message in changes.Messages)
        {
            if (_ids.Contains(message.Id))
            {
                Replace(message);
            }
            else if (!BelongsToThePast(message) && !BelongsToTheFuture(message))
            {
                Insert(message);
                added.Add(message);
            }

            QuoteAnew(message);
        }

        ChangeSequence = Math.Max(ChangeSequence, changes.ChangeSequence);
        if (mayLetGo && _messages.Count > Capacity)
        {
            LetGo(_messages.Count - Capacity);
        }

        return added;
    }

    /// <summary>Where a message is quoted, it says there what it says now.</summary>
    private void QuoteAnew(ThreadMessage message)
    {
        for (var i = 0; i < _messages.Count; i++)
        {
            if (_messages[i].Quoted is { IsKnown: true } quoted && string.Equals(quoted.WhatsAppId, message.WhatsAppId, StringComparison.Ordinal)
                && quoted.Of(message) is var now && now != quoted)
            {
                _messages[i] = _messages[i] with { Quoted = now };
            }
        }
    }

    /// <summary>Adds messages read before <see cref="Oldest"/>.</summary>
    public void Prepend(OlderMessages older)
    {
        foreach (var message in older.Messages.Where(m => !_ids.Contains(m.Id)))
        {
            Insert(message);
        }

        HasOlder = older.HasOlder;
    }

    /// <summary>Adds messages read behind <see cref="Newest"/>.</summary>
    public void Append(NewerMessages newer)
    {
        foreach (var message in newer.Messages.Where(m => !_ids.Contains(m.Id)))
        {
            Insert(message);
        }

        HasNewer = newer.HasNewer;
    }

    private bool BelongsToTheFuture(ThreadMessage message) => HasNewer && _messages.Count > 0 && Compare(message, _messages[^1]) > 0;

    // A late message older than everything loaded comes when that part of the past is read.
    private bool BelongsToThePast(ThreadMessage message) =>
        HasOlder && _messages.Count > 0 && Compare(message, _messages[0]) < 0;

    private void Insert(ThreadMessage message)
    {
        var at = _messages.BinarySearch(message, Comparer<ThreadMessage>.Create(Compare));
        _messages.Insert(at < 0 ? ~at : at, message);
        Remember(message);
    }

    private void Replace(ThreadMessage message)
    {
        var known = _messages.FindIndex(m => m.Id == message.Id);
        if (_messages[known].ChangeSequence <= message.ChangeSequence)
        {
            _messages[known] = message;
            Remember(message);
        }
    }

    private void LetGo(int count)
    {
        foreach (var message in _messages[..count])
        {
            _ids.Remove(message.Id);
            if (message.WhatsAppId is { } id)
            {
                _byWhatsAppId.Remove(id);
            }
        }

        _messages.RemoveRange(0, count);
        HasOlder = true;
    }

    private void Remember(ThreadMessage message)
    {
        _ids.Add(message.Id);
        if (message.WhatsAppId is { } id)
        {
            _byWhatsAppId[id] = message;
        }
    }

    private static int Compare(ThreadMessage a, ThreadMessage b)
    {
        var byTime = a.SaidAt.CompareTo(b.SaidAt);
        return byTime != 0 ? byTime : a.Sequence.CompareTo(b.Sequence);
    }
}
