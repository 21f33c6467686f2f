using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Search;

/// <summary>What is looked through.</summary>
public enum SearchKind
{
    /// <summary>Everything, the newest of each kind.</summary>
    All,

    Messages,

    /// <summary>Notes of conversations and of contacts.</summary>
    Notes,

    Contacts,
}

/// <summary>What somebody looks for; everything that is said must fit.</summary>
public sealed record SearchWish
{
    /// <summary>What was typed.</summary>
    public string Text { get; init; } = "";

    public SearchKind Kind { get; init; }

    /// <summary>Only conversations through this number.</summary>
    public long? ConnectionId { get; init; }

    /// <summary>Only conversations that this person holds; <see cref="Views.ViewFilter.Nobody"/> for those that nobody holds.</summary>
    public long? HolderId { get; init; }

    /// <summary>Only conversations with this label.</summary>
    public long? LabelId { get; init; }

    /// <summary>The first day, by the clock of the workspace.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only messages of the customer, or only those of the business.</summary>
    public MessageDirection? Direction { get; init; }

    /// <summary>Only what this person wrote.</summary>
    public long? AuthorId { get; init; }

    /// <summary>Whether only some conversations are looked through.</summary>
    public bool IsOfSome => ConnectionId is not null || HolderId is not null || LabelId is not null;

    /// <summary>Whether anything narrows what is found.</summary>
    public bool IsNarrowed => this != new SearchWish { Text = Text, Kind = Kind };

    /// <summary>Whether it asks for something that only messages and notes have.</summary>
    internal bool IsOfMoments => From is not null || To is not null || Direction is not null || AuthorId is not null;

    /// <summary>Everything but what was typed and where it is looked for.</summary>
    public SearchWish Plain() => new() { Text = Text, Kind = Kind };
}
