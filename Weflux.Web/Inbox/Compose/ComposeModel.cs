using System.Globalization;
using System.Text.RegularExpressions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox.Compose;

/// <summary>What is typed into the form of a message, and the message it makes.</summary>
public sealed partial class ComposeModel
{
    public string Body { get; set; } = "";

    public string Header { get; set; } = "";

    public string Footer { get; set; } = "";

    public string Name { get; set; } = "";

    public string Address { get; set; } = "";

    public string Latitude { get; set; } = "";

    public string Longitude { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Email { get; set; } = "";

    public string Organization { get; set; } = "";

    public string Label { get; set; } = "";

    public string Url { get; set; } = "";

    public string ListButton { get; set; } = "";

    /// <summary>The retailer's ids, one a line.</summary>
    public string Products { get; set; } = "";

    public List<TypedLine> Buttons { get; } = [new()];

    public List<TypedSection> Sections { get; } = [new()];

    public MessageContent Build(ComposeKind kind, string? catalogId) => kind switch
    {
        ComposeKind.Location => new LocationContent(Degrees(Latitude), Degrees(Longitude), Some(Name), Some(Address), null),
        ComposeKind.ContactCard => new ContactCardsContent(
            [new ContactCard(Name.Trim(), Several(Phone), Several(Email), Some(Organization))], IsOwnNumber: false),
        ComposeKind.Buttons => new ButtonsContent(Frame(), [.. Buttons.Select((b, nth) => new ReplyButton(Id(nth, b.Title), b.Title.Trim()))]),
        ComposeKind.List => new ListContent(Frame(), ListButton.Trim(), [.. Sections.Select(Section)]),
        ComposeKind.Link => new LinkButtonContent(Frame(), Label.Trim(), Url.Trim()),
        ComposeKind.LocationRequest => new LocationRequestContent(Body.Trim()),
        _ => ProductsOf(catalogId ?? ""),
    };

    /// <summary>Somebody put both numbers of a place into one field, as maps copy them.</summary>
    public void SplitCoordinates()
    {
        if (TwoNumbers().Match(Latitude) is { Success: true } both)
        {
            (Latitude, Longitude) = (both.Groups["first"].Value, both.Groups["second"].Value);
        }
    }

    private MessageContent ProductsOf(string catalogId)
    {
        var ids = Products.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ids.Length <= 1
            ? new ProductContent(catalogId, ids.Length == 1 ? ids[0] : "", Some(Body), Some(Footer))
            : new ProductListContent(Frame(), catalogId, [new ProductSection(Shorten(Header.Trim(), InteractiveLimits.SectionTitle), ids)]);
    }

    // The header may be longer than the title of a section.
    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)].TrimEnd() + "…";

    private ListSection Section(TypedSection section, int nth) => new(
        section.Title.Trim(), [.. section.Rows.Select((r, row) => new ListRow(Id((nth * 100) + row, r.Title), r.Title.Trim(), Some(r.Description)))]);

    private MessageFrame Frame() => new(Body.Trim(), Some(Header), Some(Footer));

    // What comes back with the tap tells people who read the raw answer which one it was.
    private static string Id(int nth, string title) => string.Create(CultureInfo.InvariantCulture, $"{nth + 1}-{title.Trim()}");

    private static double Degrees(string text) =>
        double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    // "12,9" is one number with the comma of half the world; two numbers have a space between them, or points of their own.
    [GeneratedRegex(
        @"^\s*(?<first>[+-]?\d{1,3}([.,]\d+)?)(\s*[;]\s*|\s*,\s+|\s+|(?<=\.\d+),(?=[+-]?\d{1,3}\.\d))(?<second>[+-]?\d{1,3}([.,]\d+)?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 500)]
    private static partial Regex TwoNumbers();

    private static string? Some(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Several(string text) => text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A button or line as it is typed.</summary>
public sealed class TypedLine
{
    public string Title { get; set; } = "";

    public string Description { get; set; } = "";
}

/// <summary>A section as it is typed.</summary>
public sealed class TypedSection
{
    public string Title { get; set; } = "";

    public List<TypedLine> Rows { get; } = [new()];
}
