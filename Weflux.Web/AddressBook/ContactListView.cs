using Weflux.Domain.Contacts;
using Weflux.Web.Contacts;

namespace Weflux.Web.AddressBook;

public enum ContactOrder
{
    /// <summary>By name; those without one last.</summary>
    Name,

    /// <summary>Who wrote last comes first.</summary>
    LastSeen,
}

/// <summary>What somebody wants to see of the contacts.</summary>
public sealed record ContactWish
{
    /// <summary>The beginning of words of a name, a user name, or digits of a number; empty for all.</summary>
    public string Search { get; init; } = "";

    public long? StageId { get; init; }

    public string? Tag { get; init; }

    /// <summary>Those who have a thread with this number.</summary>
    public long? ConnectionId { get; init; }

    public ConsentStanding? Standing { get; init; }

    /// <summary>Those who have an open conversation.</summary>
    public bool HasOpen { get; init; }

    public ContactOrder Order { get; init; }

    /// <summary>The contact after which the page begins; null for the top.</summary>
    public long? After { get; init; }

    /// <summary>The contact before which the page ends; it counts if there is no other.</summary>
    public long? Before { get; init; }

    /// <summary>Whether not everybody is wanted.</summary>
    public bool IsNarrowed => Search.Length > 0 || StageId is not null || Tag is not null || ConnectionId is not null || Standing is not null || HasOpen;
}

/// <summary>One line of the list, as the reader may see it.</summary>
public sealed record ContactRow(
    long Id,
    string Name,
    string? Phone,
    string? Username,
    string? Stage,
    IReadOnlyList<string> Tags,
    ConsentStanding Standing,
    DateTimeOffset LastSeenAt,
    bool IsBlocked,
    bool IsGroup);

/// <summary>One page of contacts.</summary>
/// <param name="Rows">The lines, in order.</param>
/// <param name="Before">For the page before: the contact before which it ends; null at the top.</param>
/// <param name="After">For the next page: the contact after which it begins; null at the end.</param>
/// <param name="LookedThrough">How many were looked through when the looking was cut short; null if it was not.</param>
public sealed record ContactListPage(IReadOnlyList<ContactRow> Rows, long? Before, long? After, int? LookedThrough);

/// <summary>What can be chosen above the list.</summary>
public sealed record ContactChoices(IReadOnlyList<StageChoice> Stages, IReadOnlyList<StageChoice> Numbers, IReadOnlyList<string> Tags);
