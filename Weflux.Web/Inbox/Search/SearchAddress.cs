using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox.Search;

/// <summary>How a search stands in the address, so that reloading, Back and links work. Numbers do not: addresses end up in logs.</summary>
public static class SearchAddress
{
    public const string Text = "q";
    public const string Kind = "in";
    public const string Direction = "by";
    public const string Author = "author";
    public const string Message = "message";
    public const string Note = "note";

    /// <summary>Says that what was typed is not in the address because it may be a number.</summary>
    public const string Typed = "typed";

    private const int FewestDigits = 4;

    /// <summary>The page, with a conversation beside what was found.</summary>
    /// <param name="workspace">The workspace's slug.</param>
    /// <param name="conversationId">The conversation; null for none.</param>
    /// <param name="wish">What is looked for.</param>
    /// <param name="place">The message or note of the conversation that is looked at; null for none.</param>
    public static string Of(string workspace, long? conversationId, SearchWish wish, ThreadWish? place = null)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal);
        Say(Text, wish.Text.Length > 0 && !IsPrivate(wish.Text) ? wish.Text : null);
        Say(Typed, IsPrivate(wish.Text) ? "1" : null);
        Say(Kind, wish.Kind == SearchKind.All ? null : NameOf(wish.Kind));
        Say(ViewAddress.Number, Number(wish.ConnectionId));
        Say(ViewAddress.Assignee, Number(wish.HolderId));
        Say(ViewAddress.Label, Number(wish.LabelId));
        Say(ViewAddress.From, ViewAddress.Text(wish.From));
        Say(ViewAddress.To, ViewAddress.Text(wish.To));
        Say(Direction, wish.Direction is { } direction ? NameOf(direction) : null);
        Say(Author, Number(wish.AuthorId));
        Say(Message, place is { Kind: ThreadWish.Message } ? Number(place.MessageId) : null);
        Say(Note, place is { Kind: ThreadWish.Note } ? Number(place.MessageId) : null);
        var conversation = conversationId is { } id ? FormattableString.Invariant($"/{id}") : "";
        return QueryHelpers.AddQueryString($"/w/{Uri.EscapeDataString(workspace)}/inbox/search{conversation}", parts);

        void Say(string name, string? value)
        {
            if (value is not null)
            {
                parts[name] = value;
            }
        }
    }

    /// <summary>What an address asks for. What makes no sense there is passed over.</summary>
    /// <param name="of">The value of a part of the address; null if it has none.</param>
    public static SearchWish Read(Func<string, string?> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return new SearchWish
        {
            Text = of(Text) ?? "",
            Kind = Array.Find(Enum.GetValues<SearchKind>(), k => NameOf(k) == of(Kind)),
            ConnectionId = ViewAddress.Id(of(ViewAddress.Number)),
            HolderId = ViewAddress.Id(of(ViewAddress.Assignee)),
            LabelId = ViewAddress.Id(of(ViewAddress.Label)),
            From = ViewAddress.Day(of(ViewAddress.From)),
            To = ViewAddress.Day(of(ViewAddress.To)),
            Direction = Enum.GetValues<MessageDirection>().Select(d => (MessageDirection?)d).FirstOrDefault(d => NameOf(d!.Value) == of(Direction)),
            AuthorId = ViewAddress.Id(of(Author)),
        };
    }

    /// <summary>The place in the thread that an address names; null for none.</summary>
    public static ThreadWish? Place(Func<string, string?> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return ViewAddress.Id(of(Message)) is { } message ? new ThreadWish(ThreadWish.Message, message)
            : ViewAddress.Id(of(Note)) is { } note ? new ThreadWish(ThreadWish.Note, note)
            : null;
    }

    /// <summary>Whether the search is meant, and not the list of conversations.</summary>
    /// <param name="path">An address without the server, as far as it goes.</param>
    public static bool IsSearch(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Split('?', '#')[0].Split('/') is ["w", _, "inbox", "search", ..];
    }

    /// <summary>Whether somebody's number may stand in it.</summary>
    public static bool IsPrivate(string text) => text.Count(char.IsDigit) >= FewestDigits;

    private static string? Number(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(SearchKind kind) => kind switch
    {
        SearchKind.Messages => "messages",
        SearchKind.Notes => "notes",
        SearchKind.Contacts => "contacts",
        _ => "all",
    };

    private static string NameOf(MessageDirection direction) => direction == MessageDirection.In ? "customer" : "us";
}
