using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Weflux.Web.Inbox;

namespace Weflux.Web.AddressBook;

/// <summary>What is wanted of the contacts stands in the address, so that Back and links work. Numbers do not: addresses end up in logs.</summary>
internal static class ContactAddress
{
    public const string Seen = "seen";

    public static string Of(string workspace, ContactWish wish)
    {
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal);
        Add("q", wish.Search.Length > 0 && !IsPrivate(wish.Search) ? wish.Search : null);
        Add("stage", wish.StageId?.ToString(CultureInfo.InvariantCulture));
        Add("tag", wish.Tag);
        Add("number", wish.ConnectionId?.ToString(CultureInfo.InvariantCulture));
        Add("consent", wish.Standing is { } standing ? ((int)standing).ToString(CultureInfo.InvariantCulture) : null);
        Add("open", wish.HasOpen ? "true" : null);
        Add("sort", wish.Order == ContactOrder.LastSeen ? Seen : null);
        Add("after", wish.After?.ToString(CultureInfo.InvariantCulture));
        Add("before", wish.Before?.ToString(CultureInfo.InvariantCulture));
        return QueryHelpers.AddQueryString(Address.Contacts(workspace), parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts[name] = value;
            }
        }
    }

    /// <summary>Whether somebody's number may stand in it.</summary>
    public static bool IsPrivate(string search) => search.Count(char.IsAsciiDigit) >= ContactFilter.FewestDigits;
}
