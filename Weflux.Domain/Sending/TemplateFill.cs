using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

public sealed partial record Template
{
    /// <summary>The message that the template makes with these values.</summary>
    /// <exception cref="ArgumentException">The values do not fit; <see cref="Check"/> says why.</exception>
    public TemplateContent Fill(IReadOnlyDictionary<string, TemplateValue> values)
    {
        if (Check(values) is [var fault, ..])
        {
            throw new ArgumentException($"The value of {fault.SlotId} does not fit ({fault.Kind}).", nameof(values));
        }

        var picture = Picture(values);
        var names = Variables();
        return new TemplateContent(
            Name,
            Language,
            Category,
            [.. names.Select(name => BodyValue(values, "", name))],
            picture.Body,
            HasNamedParameters ? names : [])
        {
            Header = HeaderValue(Header, values, ""),
            ButtonValues = ButtonValues(Buttons, values, ""),
            Cards = [.. (Cards ?? []).Select((card, i) => CardValue(card, values, Prefix(i)))],
            Frame = picture.Frame,
        };
    }

    /// <summary>How the customer will see it. What has no value yet shows its name in brackets.</summary>
    public TemplatePicture Picture(IReadOnlyDictionary<string, TemplateValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var frame = new TemplateFrame(
            Header?.Format,
            HeaderWords(values),
            Footer,
            Labels(Buttons, values, ""),
            [.. (Cards ?? []).Select((card, i) => new TemplateFrameCard(
                card.Header?.Format,
                TemplateText.Fill(card.Body, name => Shown(values, $"{Prefix(i)}{BodyPart}.{name}", name)),
                Labels(card.Buttons, values, Prefix(i))))]);
        return new TemplatePicture(TemplateText.Fill(Body, name => Shown(values, IsCode ? CodeSlot : $"{BodyPart}.{name}", name)), frame);
    }

    /// <summary>Whether a message was made from this template as it is now, so that the platform's count of its values will be ours.</summary>
    public bool Fits(TemplateContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var names = Variables();
        return content.BodyParameters.Count == names.Count
            && (HasNamedParameters ? content.ParameterNames.SequenceEqual(names, StringComparer.Ordinal) : content.ParameterNames.Count == 0)
            && FitsHeader(Header, content.Header)
            && FitsButtons(Buttons, content.ButtonValues ?? [])
            && (content.Cards ?? []).Count == (Cards ?? []).Count
            && (Cards ?? []).Zip(content.Cards ?? []).All(pair =>
                FitsHeader(pair.First.Header, pair.Second.Header)
                && TemplateText.Names(pair.First.Body, HasNamedParameters).Count == pair.Second.BodyParameters.Count
                && (!HasNamedParameters || TemplateText.Names(pair.First.Body, named: true).SequenceEqual(pair.Second.ParameterNames ?? [], StringComparer.Ordinal))
                && FitsButtons(pair.First.Buttons, pair.Second.Buttons))
            && ReadsAs(content);
    }

    private static bool FitsHeader(TemplateHeader? header, TemplateHeaderValue? value) => header switch
    {
        null => value is null,
        { Format: TemplateHeaderFormat.Text } => TemplateText.Names(header.Text ?? "", named: true).Count == 0
            ? value is null
            : value is { Format: TemplateHeaderFormat.Text, Value: TextValue },
        _ => value?.Format == header.Format,
    };

    private static bool FitsButtons(IReadOnlyList<TemplateButton> buttons, IReadOnlyList<TemplateButtonValue> values) =>
        buttons.Select((button, i) => (Button: button, Index: i)).Where(b => NeedsValue(b.Button)).Select(b => (b.Index, b.Button.Kind))
            .SequenceEqual(values.OrderBy(v => v.Index).Select(v => (v.Index, v.Kind)));

    private static bool NeedsValue(TemplateButton button) =>
        button.Kind is TemplateButtonKind.CopyCode or TemplateButtonKind.Flow or TemplateButtonKind.OneTimeCode
        || button is { Kind: TemplateButtonKind.Url, HasVariable: true };

    private TemplateCardValue CardValue(TemplateCard card, IReadOnlyDictionary<string, TemplateValue> values, string prefix) => new(
        HeaderValue(card.Header, values, prefix),
        [.. TemplateText.Names(card.Body, HasNamedParameters).Select(name => BodyValue(values, prefix, name))],
        ButtonValues(card.Buttons, values, prefix))
    {
        ParameterNames = HasNamedParameters ? TemplateText.Names(card.Body, named: true) : [],
    };

    private string BodyValue(IReadOnlyDictionary<string, TemplateValue> values, string prefix, string name) =>
        Words(values, IsCode ? CodeSlot : $"{prefix}{BodyPart}.{name}");

    private TemplateHeaderValue? HeaderValue(TemplateHeader? header, IReadOnlyDictionary<string, TemplateValue> values, string prefix)
    {
        if (header is null)
        {
            return null;
        }

        if (header.Format != TemplateHeaderFormat.Text)
        {
            return values.GetValueOrDefault(prefix + HeaderPart) is { } file ? new TemplateHeaderValue(header.Format, file) : null;
        }

        return TemplateText.Names(header.Text ?? "", HasNamedParameters) is [var name, ..]
            ? new TemplateHeaderValue(header.Format, new TextValue(Words(values, $"{prefix}{HeaderPart}.{name}")), HasNamedParameters ? name : null)
            : null;
    }

    private static List<TemplateButtonValue> ButtonValues(IReadOnlyList<TemplateButton> buttons, IReadOnlyDictionary<string, TemplateValue> values, string prefix) =>
        [.. buttons.Select((button, i) => (Button: button, Index: i)).Where(b => NeedsValue(b.Button))
            .Select(b => new TemplateButtonValue(b.Index, b.Button.Kind, ButtonValue(b.Button, values, ButtonId(prefix, b.Index))))];

    private static string ButtonValue(TemplateButton button, IReadOnlyDictionary<string, TemplateValue> values, string slotId) =>
        button.Kind == TemplateButtonKind.Flow ? ""
        : values.ContainsKey(slotId) ? Words(values, slotId)
        : Words(values, CodeSlot);

    private string? HeaderWords(IReadOnlyDictionary<string, TemplateValue> values) => Header switch
    {
        null => null,
        { Format: TemplateHeaderFormat.Text } => TemplateText.Fill(Header.Text ?? "", name => Shown(values, $"{HeaderPart}.{name}", name)),
        _ => values.GetValueOrDefault(HeaderPart) switch
        {
            FileValue file => file.FileName,
            LocationValue place => place.Name ?? place.Address,
            _ => null,
        },
    };

    private static List<TemplateLabel> Labels(IReadOnlyList<TemplateButton> buttons, IReadOnlyDictionary<string, TemplateValue> values, string prefix) =>
        [.. buttons.Select((button, i) => new TemplateLabel(button.Kind, button.Text, Target(button, values, ButtonId(prefix, i))))];

    private static string? Target(TemplateButton button, IReadOnlyDictionary<string, TemplateValue> values, string slotId) => button.Kind switch
    {
        TemplateButtonKind.Url when button.HasVariable =>
            values.ContainsKey(slotId) ? TemplateText.Fill(button.Url!, _ => Words(values, slotId)) : null,
        TemplateButtonKind.Url => button.Url,
        TemplateButtonKind.Phone => button.Phone,
        TemplateButtonKind.CopyCode => values.ContainsKey(slotId) ? Words(values, slotId) : null,
        _ => null,
    };

    private static string Shown(IReadOnlyDictionary<string, TemplateValue> values, string slotId, string name) =>
        Words(values, slotId) is { Length: > 0 } words ? words : $"[{name}]";
}
