namespace Weflux.Domain.Sending;

/// <summary>What is wrong with the value of a slot.</summary>
public enum SlotFaultKind
{
    /// <summary>There is none.</summary>
    Missing = 1,

    /// <summary>It holds a line break, a tab, more than four spaces in a row, or, at the end of an address, any space.</summary>
    NotAllowed = 2,

    /// <summary>With it the text is longer than the platform takes.</summary>
    TooLong = 3,

    /// <summary>It is no address that begins with https.</summary>
    NotALink = 4,

    /// <summary>It is no place on earth.</summary>
    NoSuchPlace = 5,

    /// <summary>It is of another kind than the slot, or there is no such slot.</summary>
    NotWanted = 6,
}

/// <summary>Something that is wrong with the values of a template.</summary>
/// <param name="SlotId">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="Most">The most characters there may be, if it is too long.</param>
public sealed record SlotFault(string SlotId, SlotFaultKind Kind, int Most = 0);

public sealed partial record Template
{
    /// <summary>Everything that is wrong with these values; empty if the template can be filled in with them.</summary>
    /// <param name="values">The values by the id of their slot.</param>
    public IReadOnlyList<SlotFault> Check(IReadOnlyDictionary<string, TemplateValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var slots = Slots();
        var known = slots.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var faults = slots.Select(s => CheckSlot(s, values.GetValueOrDefault(s.Id))).OfType<SlotFault>().ToList();
        faults.AddRange(values.Keys.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal).Select(id => new SlotFault(id, SlotFaultKind.NotWanted)));
        return faults.Count > 0 ? faults : [.. CheckLengths(slots, values)];
    }

    private static SlotFault? CheckSlot(TemplateSlot slot, TemplateValue? value)
    {
        var kind = (slot.Kind, value) switch
        {
            (_, null) => SlotFaultKind.Missing,
            (TemplateSlotKind.Location, LocationValue place) => IsOnEarth(place) ? default : SlotFaultKind.NoSuchPlace,
            (_, FileValue file) when slot.IsFile => CheckFile(file),
            (_, TextValue text) when !slot.IsFile && slot.Kind != TemplateSlotKind.Location => CheckWords(slot.Kind, text.Text),
            _ => SlotFaultKind.NotWanted,
        };
        return kind == default ? null : new SlotFault(slot.Id, kind);
    }

    private static bool IsOnEarth(LocationValue place) => Math.Abs(place.Latitude) <= 90 && Math.Abs(place.Longitude) <= 180;

    private static SlotFaultKind CheckFile(FileValue file) => (file.Media, file.Link) switch
    {
        (null, null or "") => SlotFaultKind.Missing,
        (not null, null or "") => file.Media.Id.Length == 0 && file.Media.FileId is null ? SlotFaultKind.Missing : default,
        (null, { } link) => IsLink(link) ? default : SlotFaultKind.NotALink,
        _ => SlotFaultKind.NotWanted,
    };

    private static bool IsLink(string link) =>
        link.Length <= TemplateLimits.Url
        && Uri.TryCreate(link, UriKind.Absolute, out var address)
        && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    private static SlotFaultKind CheckWords(TemplateSlotKind kind, string text) =>
        string.IsNullOrWhiteSpace(text) ? SlotFaultKind.Missing
        : !IsOneLine(text) || (kind != TemplateSlotKind.Text && text.Any(char.IsWhiteSpace)) ? SlotFaultKind.NotAllowed
        : default;

    /// <summary>Whether the platform would take the value: no line break, no tab, no row of spaces.</summary>
    internal static bool IsOneLine(string value) =>
        !value.AsSpan().ContainsAny('\n', '\r', '\t') && !value.Contains(new string(' ', TemplateLimits.Spaces + 1), StringComparison.Ordinal);

    private IEnumerable<SlotFault> CheckLengths(IReadOnlyList<TemplateSlot> slots, IReadOnlyDictionary<string, TemplateValue> values)
    {
        foreach (var slot in slots.Where(s => Longest(s) is { } most && Filled(s, values).Length > most))
        {
            yield return new SlotFault(slot.Id, SlotFaultKind.TooLong, Longest(slot)!.Value);
        }
    }

    private static int? Longest(TemplateSlot slot) => slot switch
    {
        { Kind: TemplateSlotKind.Code } => TemplateLimits.Code,
        { Kind: TemplateSlotKind.UrlEnding } => TemplateLimits.Url,
        { Kind: not TemplateSlotKind.Text } => null,
        { IsInHeader: true } => TemplateLimits.Header,
        { Card: not null } => TemplateLimits.CardBody,
        _ => TemplateLimits.Body,
    };

    /// <summary>The text in which the slot stands, with every value in its place.</summary>
    private string Filled(TemplateSlot slot, IReadOnlyDictionary<string, TemplateValue> values)
    {
        var prefix = slot.Card is { } at ? Prefix(at) : "";
        var card = slot.Card is { } index ? Cards![index] : null;
        return slot switch
        {
            { Kind: TemplateSlotKind.Code } => Words(values, CodeSlot),
            { Button: { } button } => TemplateText.Fill((card?.Buttons ?? Buttons)[button].Url ?? "", _ => Words(values, slot.Id)),
            { IsInHeader: true } => TemplateText.Fill((card?.Header ?? Header)?.Text ?? "", name => Words(values, $"{prefix}{HeaderPart}.{name}")),
            _ => TemplateText.Fill(card?.Body ?? Body, name => Words(values, $"{prefix}{BodyPart}.{name}")),
        };
    }

    private static string Words(IReadOnlyDictionary<string, TemplateValue> values, string slotId) =>
        values.GetValueOrDefault(slotId) is TextValue text ? text.Text.Trim() : "";
}
