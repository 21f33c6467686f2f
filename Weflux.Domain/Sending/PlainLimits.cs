using System.Globalization;
using System.Text;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>What the platform takes of places, contact cards and reactions.</summary>
/// <remarks>Platform rule: "Send messages", free-form types.</remarks>
public static class PlainLimits
{
    /// <summary>The most contact cards in one message.</summary>
    public const int MostCards = 257;

    /// <summary>The longest name and the longest address of a place. The platform names no limit; nobody reads more.</summary>
    public const int PlaceText = 1000;

    /// <summary>The longest name, number, address or company on a contact card. The platform names no limit; phones keep no more.</summary>
    public const int CardText = 256;

    /// <summary>The most phone numbers of a card, and the most e-mail addresses.</summary>
    public const int MostCardLines = 20;

    /// <summary>How far a latitude goes, to the north and to the south.</summary>
    public const double HighestLatitude = 90;

    /// <summary>How far a longitude goes, to the east and to the west.</summary>
    public const double HighestLongitude = 180;

    private const int LongestEmoji = 64;

    /// <summary>How old a message may be that is reacted to.</summary>
    public static readonly TimeSpan ReactWithin = TimeSpan.FromDays(30);

    /// <summary>Whether a text is one single emoji, whatever its parts.</summary>
    public static bool IsEmoji(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > LongestEmoji || StringInfo.GetNextTextElementLength(text) != text.Length)
        {
            return false;
        }

        // Digits, # and * are emoji only with the enclosing keycap; some signs only with the mark that asks for colour.
        return text.Contains('\u20E3', StringComparison.Ordinal)
            || text.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.OtherSymbol)
            || (text.Contains('\uFE0F', StringComparison.Ordinal) && !char.IsLetterOrDigit(text[0]) && text[0] is not ('#' or '*'));
    }

    internal static Invalid? Check(LocationContent location) =>
        !(Math.Abs(location.Latitude) <= HighestLatitude) ? new Invalid(InvalidReason.LatitudeOutOfRange)
        : !(Math.Abs(location.Longitude) <= HighestLongitude) ? new Invalid(InvalidReason.LongitudeOutOfRange)
        : InteractiveLimits.Length(location.Name, PlaceText, InvalidReason.PlaceTooLong)
            ?? InteractiveLimits.Length(location.Address, PlaceText, InvalidReason.PlaceTooLong);

    internal static Invalid? Check(ContactCardsContent content)
    {
        if (content.Cards.Count is 0 or > MostCards)
        {
            return content.Cards.Count == 0 ? new Invalid(InvalidReason.NoCards) : new Invalid(InvalidReason.TooManyCards, content.Cards.Count, MostCards);
        }

        return content.Cards.Any(c => c.Name.IsBlank()) ? new Invalid(InvalidReason.CardNameMissing)
            : content.Cards.Any(c => c.Phones.Count == 0 || !c.Phones.All(HasCountryCode)) ? new Invalid(InvalidReason.CardPhoneInvalid)
            : content.Cards.Select(Check).FirstOrDefault(i => i is not null);
    }

    private static Invalid? Check(ContactCard card)
    {
        var lines = Math.Max(card.Phones.Count, card.Emails.Count);
        return lines > MostCardLines ? new Invalid(InvalidReason.TooManyCardLines, lines, MostCardLines)
            : new[] { card.Name, card.Organization }.Concat(card.Phones).Concat(card.Emails)
                .Select(text => InteractiveLimits.Length(text, CardText, InvalidReason.CardTooLong)).FirstOrDefault(i => i is not null);
    }

    /// <summary>Whether a number says its country: without it the customer would write to a stranger in another country.</summary>
    private static bool HasCountryCode(string phone) =>
        (phone.TrimStart().StartsWith('+') || phone.TrimStart().StartsWith("00", StringComparison.Ordinal)) && PhoneNumber.TryParse(phone, out _);

    internal static Invalid? Check(ReactionContent reaction) =>
        reaction.Emoji is { } emoji && !IsEmoji(emoji) ? new Invalid(InvalidReason.NotAnEmoji)
        : string.IsNullOrWhiteSpace(reaction.MessageId) ? new Invalid(InvalidReason.ReactionTargetUnknown)
        : null;
}
