using System.Globalization;
using System.Text.Json.Serialization;
using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>What kind of value a template needs in a place.</summary>
public enum TemplateSlotKind
{
    /// <summary>Words in one line.</summary>
    Text = 1,

    /// <summary>A picture.</summary>
    Image = 2,

    /// <summary>A film.</summary>
    Video = 3,

    /// <summary>A file.</summary>
    Document = 4,

    /// <summary>A place.</summary>
    Location = 5,

    /// <summary>What comes at the end of a button's address.</summary>
    UrlEnding = 6,

    /// <summary>A coupon code to copy.</summary>
    Coupon = 7,

    /// <summary>A one-time code.</summary>
    Code = 8,
}

/// <summary>A place of a template that needs a value with every send.</summary>
/// <param name="Id">Its name among the template's slots, such as <c>body.1</c>, <c>header</c>, <c>button.0</c> or <c>card.2.body.day</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Name">The variable's name or number; empty for what is no variable.</param>
/// <param name="Card">The card it is on, from 0; null if on none.</param>
/// <param name="Button">The button it is in, from 0; null if in none.</param>
/// <param name="IsInHeader">Whether it is in a header.</param>
public sealed record TemplateSlot(string Id, TemplateSlotKind Kind, string Name, int? Card = null, int? Button = null, bool IsInHeader = false)
{
    /// <summary>Whether it takes a file.</summary>
    public bool IsFile => Kind is TemplateSlotKind.Image or TemplateSlotKind.Video or TemplateSlotKind.Document;
}

/// <summary>What fills a slot: a closed family.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TextValue), "text")]
[JsonDerivedType(typeof(FileValue), "file")]
[JsonDerivedType(typeof(LocationValue), "location")]
public abstract record TemplateValue
{
    private protected TemplateValue()
    {
    }
}

/// <summary>Words.</summary>
public sealed record TextValue(string Text) : TemplateValue;

/// <summary>A file: one of our own, one that the platform keeps, or one that it fetches.</summary>
/// <param name="Media">Which file; null if there is a link.</param>
/// <param name="Link">Where the platform fetches it, by https; null if there is a file.</param>
/// <param name="FileName">What a document is called for the customer; null if nothing.</param>
public sealed record FileValue(MediaReference? Media, string? Link, string? FileName = null) : TemplateValue;

/// <summary>A place, in degrees.</summary>
public sealed record LocationValue(double Latitude, double Longitude, string? Name, string? Address) : TemplateValue;

public sealed partial record Template
{
    /// <summary>The id of the slot of a one-time code.</summary>
    public const string CodeSlot = "code";

    private const string HeaderPart = "header";
    private const string BodyPart = "body";

    /// <summary>Every value that a send needs, in the order in which a person fills them in.</summary>
    public IReadOnlyList<TemplateSlot> Slots() => IsCode
        ? [.. Variables().Take(1).Select(_ => new TemplateSlot(CodeSlot, TemplateSlotKind.Code, ""))]
        :
        [
            .. HeaderSlots(Header, "", null),
            .. Variables().Select(name => new TemplateSlot($"{BodyPart}.{name}", TemplateSlotKind.Text, name)),
            .. ButtonSlots(Buttons, "", null),
            .. (Cards ?? []).SelectMany(CardSlots),
        ];

    private IEnumerable<TemplateSlot> CardSlots(TemplateCard card, int index)
    {
        var prefix = Prefix(index);
        return
        [
            .. HeaderSlots(card.Header, prefix, index),
            .. TemplateText.Names(card.Body, HasNamedParameters).Select(name => new TemplateSlot($"{prefix}{BodyPart}.{name}", TemplateSlotKind.Text, name, index)),
            .. ButtonSlots(card.Buttons, prefix, index),
        ];
    }

    private IEnumerable<TemplateSlot> HeaderSlots(TemplateHeader? header, string prefix, int? card) => header switch
    {
        null => [],
        { Format: TemplateHeaderFormat.Text } => TemplateText.Names(header.Text ?? "", HasNamedParameters)
            .Select(name => new TemplateSlot($"{prefix}{HeaderPart}.{name}", TemplateSlotKind.Text, name, card, IsInHeader: true)),
        _ => [new TemplateSlot(prefix + HeaderPart, FileKind(header.Format), "", card, IsInHeader: true)],
    };

    private static IEnumerable<TemplateSlot> ButtonSlots(IReadOnlyList<TemplateButton> buttons, string prefix, int? card)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            if (buttons[i] is { Kind: TemplateButtonKind.Url, HasVariable: true })
            {
                yield return new TemplateSlot(ButtonId(prefix, i), TemplateSlotKind.UrlEnding, "", card, i);
            }
            else if (buttons[i].Kind == TemplateButtonKind.CopyCode)
            {
                yield return new TemplateSlot(ButtonId(prefix, i), TemplateSlotKind.Coupon, "", card, i);
            }
        }
    }

    private static TemplateSlotKind FileKind(TemplateHeaderFormat format) => format switch
    {
        TemplateHeaderFormat.Image => TemplateSlotKind.Image,
        TemplateHeaderFormat.Video => TemplateSlotKind.Video,
        TemplateHeaderFormat.Document => TemplateSlotKind.Document,
        _ => TemplateSlotKind.Location,
    };

    private static string Prefix(int card) => string.Create(CultureInfo.InvariantCulture, $"card.{card}.");

    private static string ButtonId(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}button.{index}");
}
