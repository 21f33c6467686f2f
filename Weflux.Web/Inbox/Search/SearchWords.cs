using System.Globalization;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox.Search;

/// <summary>What the search says.</summary>
public static class SearchWords
{
    public static string Of(SearchKind kind) => kind switch
    {
        SearchKind.Messages => "Messages",
        SearchKind.Notes => "Notes",
        SearchKind.Contacts => "Contacts",
        _ => "Everything",
    };

    /// <summary>What was found, to be read out.</summary>
    public static string Count(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var count = result.Count switch
        {
            0 => "Nothing found",
            1 => "1 result",
            var many => string.Create(CultureInfo.InvariantCulture, $"{many} results"),
        };
        return result.HasMore ? $"{count}, there may be more" : count;
    }

    public static string Of(MessageDirection direction) => direction == MessageDirection.In ? "From customers" : "From us";

    /// <summary>What narrows the search, each thing for itself so that it can be taken off.</summary>
    public static IEnumerable<(string Words, SearchWish Without)> Chips(SearchWish wish, ViewChoices? choices)
    {
        ArgumentNullException.ThrowIfNull(wish);

        // What a view and a search have in common is said alike.
        var shared = new ViewFilter { ConnectionId = wish.ConnectionId, AssigneeId = wish.HolderId, LabelId = wish.LabelId, From = wish.From, To = wish.To };
        foreach (var chip in FilterChips.Of(shared, choices))
        {
            var left = chip.Without;
            yield return (chip.Words, wish with { ConnectionId = left.ConnectionId, HolderId = left.AssigneeId, LabelId = left.LabelId, From = left.From, To = left.To });
        }

        if (wish.Direction is { } direction)
        {
            yield return (Of(direction), wish with { Direction = null });
        }

        if (wish.AuthorId is { } author)
        {
            yield return ($"Written by {(choices is null ? "…" : choices.Holders.FirstOrDefault(c => c.Id == author)?.Name ?? "somebody else")}", wish with { AuthorId = null });
        }
    }
}
