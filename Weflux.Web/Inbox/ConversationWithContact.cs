using System.Collections.Frozen;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Inbox;

/// <summary>A conversation as it is read for the list.</summary>
internal sealed class ConversationWithContact
{
    public required Conversation Conversation { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>Whether one reader's own is here too.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How many of the customer's messages there were when the reader last looked; null if never.</summary>
    public int? ReadCount { get; init; }

    public string? Draft { get; init; }

    /// <summary>Whether it carries a label.</summary>
    public bool IsLabelled { get; init; }

    public IReadOnlyDictionary<UserId, ReaderFacts> Of(UserId reader) => ReadCount is null && Draft is null
        ? FrozenDictionary<UserId, ReaderFacts>.Empty
        : new Dictionary<UserId, ReaderFacts> { [reader] = new(ReadCount ?? 0, Draft is null ? null : SharedRows.Brief(Draft)) };
}
