using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>What the platform takes of messages with buttons, lists and links. Lengths are in UTF-16 units.</summary>
/// <remarks>Platform rule: "Send messages", interactive types.</remarks>
public static class InteractiveLimits
{
    /// <summary>The longest header.</summary>
    public const int Header = 60;

    /// <summary>The longest footer.</summary>
    public const int Footer = 60;

    /// <summary>The longest words of a message with buttons, a link, a request or products.</summary>
    public const int Body = 1024;

    /// <summary>The longest words of a message with a list.</summary>
    public const int ListBody = 4096;

    /// <summary>The most buttons.</summary>
    public const int MostButtons = 3;

    /// <summary>The longest title of a button.</summary>
    public const int ButtonTitle = 20;

    /// <summary>The longest id of a button.</summary>
    public const int ButtonId = 256;

    /// <summary>The longest title of the button that opens a list.</summary>
    public const int ListButton = 20;

    /// <summary>The most sections of a list.</summary>
    public const int MostSections = 10;

    /// <summary>The most lines of a list, all sections together.</summary>
    public const int MostRows = 10;

    /// <summary>The longest title of a section.</summary>
    public const int SectionTitle = 24;

    /// <summary>The longest title of a line.</summary>
    public const int RowTitle = 24;

    /// <summary>The longest id of a line.</summary>
    public const int RowId = 200;

    /// <summary>The longest description of a line.</summary>
    public const int RowDescription = 72;

    /// <summary>The longest title of the button that opens a link.</summary>
    public const int LinkLabel = 20;

    /// <summary>The longest address behind a button.</summary>
    public const int Link = 2000;

    /// <summary>Whether an address is a whole one of http or https.</summary>
    public static bool IsWebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    internal static Invalid? Check(ButtonsContent content) =>
        Frame(content.Frame, Body)
        ?? Count(content.Buttons.Count, MostButtons, InvalidReason.NoButtons, InvalidReason.TooManyButtons)
        ?? First(content.Buttons, b =>
            Words(b.Title, ButtonTitle, InvalidReason.ButtonTitleMissing, InvalidReason.ButtonTitleTooLong)
            ?? Words(b.Id, ButtonId, InvalidReason.IdMissing, InvalidReason.IdTooLong))
        ?? Unique(content.Buttons.Select(b => b.Title.Trim()), InvalidReason.ButtonTitlesEqual)
        ?? Unique(content.Buttons.Select(b => b.Id), InvalidReason.IdsEqual);

    internal static Invalid? Check(ListContent content) =>
        Frame(content.Frame, ListBody)
        ?? Words(content.Button, ListButton, InvalidReason.ListButtonMissing, InvalidReason.ListButtonTooLong)
        ?? Count(content.Sections.Count, MostSections, InvalidReason.NoRows, InvalidReason.TooManySections)
        ?? Sections(content.Sections, s => s.Title)
        ?? (content.Sections.Any(s => s.Rows.Count == 0) ? new Invalid(InvalidReason.NoRows) : null)
        ?? Count(content.Sections.Sum(s => s.Rows.Count), MostRows, InvalidReason.NoRows, InvalidReason.TooManyRows)
        ?? First(content.Sections.SelectMany(s => s.Rows), Row)
        ?? Unique(content.Sections.SelectMany(s => s.Rows).Select(r => r.Id), InvalidReason.IdsEqual);

    internal static Invalid? Check(LinkButtonContent content) =>
        Frame(content.Frame, Body)
        ?? Words(content.Label, LinkLabel, InvalidReason.LinkLabelMissing, InvalidReason.LinkLabelTooLong)
        ?? Length(content.Url, Link, InvalidReason.LinkTooLong)
        ?? (IsWebAddress(content.Url) ? null : new Invalid(InvalidReason.LinkNotWeb));

    internal static Invalid? Check(LocationRequestContent content) =>
        Words(content.Body, Body, InvalidReason.BodyMissing, InvalidReason.BodyTooLong);

    internal static Invalid? Frame(MessageFrame frame, int body) =>
        Words(frame.Body, body, InvalidReason.BodyMissing, InvalidReason.BodyTooLong)
        ?? Length(frame.Header, Header, InvalidReason.HeaderTooLong)
        ?? Length(frame.Footer, Footer, InvalidReason.FooterTooLong);

    internal static Invalid? Sections<T>(IReadOnlyList<T> sections, Func<T, string> title) =>
        First(sections, s => Length(title(s), SectionTitle, InvalidReason.SectionTitleTooLong))
        ?? (sections.Count > 1 && sections.Any(s => title(s).IsBlank()) ? new Invalid(InvalidReason.SectionTitleMissing) : null);

    internal static Invalid? Count(int count, int most, InvalidReason none, InvalidReason many) =>
        count == 0 ? new Invalid(none) : count > most ? new Invalid(many, count, most) : null;

    internal static Invalid? Length(string? text, int most, InvalidReason tooLong) =>
        text?.Length > most ? new Invalid(tooLong, text.Length, most) : null;

    internal static Invalid? Words(string text, int most, InvalidReason missing, InvalidReason tooLong) =>
        text.IsBlank() ? new Invalid(missing) : Length(text, most, tooLong);

    private static Invalid? Row(ListRow row) =>
        Words(row.Title, RowTitle, InvalidReason.RowTitleMissing, InvalidReason.RowTitleTooLong)
        ?? Words(row.Id, RowId, InvalidReason.IdMissing, InvalidReason.IdTooLong)
        ?? Length(row.Description, RowDescription, InvalidReason.RowDescriptionTooLong);

    private static Invalid? Unique(IEnumerable<string> texts, InvalidReason equal)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return texts.All(seen.Add) ? null : new Invalid(equal);
    }

    private static Invalid? First<T>(IEnumerable<T> items, Func<T, Invalid?> check) => items.Select(check).FirstOrDefault(i => i is not null);
}
