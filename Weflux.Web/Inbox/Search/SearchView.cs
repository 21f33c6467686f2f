using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Search;

/// <summary>What was found, kind by kind.</summary>
/// <param name="Contacts">Contacts; null if they were not looked for.</param>
/// <param name="Notes">Notes; null if they were not looked for.</param>
/// <param name="Messages">Messages; null if they were not looked for.</param>
public sealed record SearchResult(Found<ContactHit>? Contacts, Found<NoteHit>? Notes, Found<MessageHit>? Messages)
{
    /// <summary>How many are shown.</summary>
    public int Count => (Contacts?.Hits.Count ?? 0) + (Notes?.Hits.Count ?? 0) + (Messages?.Hits.Count ?? 0);

    /// <summary>Whether there may be more than is shown.</summary>
    public bool HasMore => Contacts?.Next is not null || Notes?.Next is not null || Messages?.Next is not null;
}

/// <summary>One page of a kind, the newest first.</summary>
/// <param name="Hits">What was found.</param>
/// <param name="Next">Where to go on; null if that is all.</param>
public sealed record Found<T>(IReadOnlyList<T> Hits, SearchCursor? Next)
{
    /// <summary>Whether looking stopped before the page was full: it can go on, and may find nothing more.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether there is no index, so that only the newest were gone through.</summary>
    public bool IsOfNewest { get; init; }

    /// <summary>The same with a page added.</summary>
    public Found<T> With(Found<T> more) => more with { Hits = [.. Hits, .. more.Hits] };
}

/// <summary>Where the next page begins. Notes of conversations and of contacts are two lists that are read side by side.</summary>
/// <param name="First">Numbers below this; 0 if that list is at its end.</param>
/// <param name="Second">The same of the other list.</param>
public sealed record SearchCursor(long First, long Second = 0);

/// <summary>A message in which something was found.</summary>
/// <param name="Who">Who said it; null for the customer.</param>
/// <param name="Kind">What it is, in a word or two; null for plain words.</param>
/// <param name="Snippet">What it says there.</param>
public sealed record MessageHit(
    long Id,
    long ConversationId,
    string ContactName,
    MessageDirection Direction,
    string? Who,
    string? Kind,
    DateTimeOffset At,
    ConversationState State,
    IReadOnlyList<SnippetPart> Snippet);

/// <summary>A note in which something was found.</summary>
/// <param name="ConversationId">The conversation that it stands in; null if it is about a contact.</param>
public sealed record NoteHit(
    long Id, long? ConversationId, long ContactId, string ContactName, string Author, DateTimeOffset At, IReadOnlyList<SnippetPart> Snippet);

/// <summary>A contact that was found.</summary>
/// <param name="Name">The name with what was looked for marked.</param>
/// <param name="Beside">What else is known, such as the number as the reader may see it; empty for nothing.</param>
/// <param name="ConversationId">The newest conversation that the reader may see; null if there is none.</param>
public sealed record ContactHit(long Id, IReadOnlyList<SnippetPart> Name, string Beside, long? ConversationId, DateTimeOffset LastSeenAt);
