namespace Weflux.Web.Inbox;

/// <summary>The messages of a thread that one screen holds: everything from some message to the newest, oldest first.</summary>
public sealed class ThreadWindow
{
    private readonly List<ThreadMessage> _messages;

    public ThreadWindow(ThreadView view)
    {
        _messages = [.. view.Messages];
        _messages.Sort(Compare);
        HasOlder = view.HasOlder;
        ChangeSequence = view.ChangeSequence;
    }

    /// <summary>The messages by the time they were said.</summary>
    public IReadOnlyList<ThreadMessage> Messages => _messages;

    /// <summary>Whether there are older ones to read.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>Ask for changes after this.</summary>
    public long ChangeSequence { get; private set; }

    /// <summary>Where to read on into the past; null in an empty thread.</summary>
    public ThreadCursor? Oldest => _messages.Count == 0 ? null : _messages[0].Cursor;

    public ThreadMessage? Find(string whatsAppId) =>
        _messages.Find(m => string.Equals(m.WhatsAppId, whatsAppId, StringComparison.Ordinal));

    /// <summary>Takes in what happened since <see cref="ChangeSequence"/>.</summary>
    /// <returns>The messages that were not there before.</returns>
    public IReadOnlyList<ThreadMessage> Merge(ThreadChanges changes)
    {
        var added = new List<ThreadMessage>();
        foreach (var message in changes.Messages)
        {
            var known = _messages.FindIndex(m => m.Id == message.Id);
            if (known >= 0)
            {
                if (_messages[known].ChangeSequence <= message.ChangeSequence)
                {
                    _messages[known] = message;
                }
            }
            else if (!BelongsToThePast(message))
            {
                Insert(message);
                added.Add(message);
            }

            QuoteAnew(message);
        }

        ChangeSequence = Math.Max(ChangeSequence, changes.ChangeSequence);
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
        foreach (var message in older.Messages.Where(m => !_messages.Exists(known => known.Id == m.Id)))
        {
            Insert(message);
        }

        HasOlder = older.HasOlder;
    }

    // A late message older than everything loaded comes when that part of the past is read.
    private bool BelongsToThePast(ThreadMessage message) =>
        HasOlder && _messages.Count > 0 && Compare(message, _messages[0]) < 0;

    private void Insert(ThreadMessage message)
    {
        var at = _messages.BinarySearch(message, Comparer<ThreadMessage>.Create(Compare));
        _messages.Insert(at < 0 ? ~at : at, message);
    }

    private static int Compare(ThreadMessage a, ThreadMessage b)
    {
        var byTime = a.SaidAt.CompareTo(b.SaidAt);
        return byTime != 0 ? byTime : a.Sequence.CompareTo(b.Sequence);
    }
}
