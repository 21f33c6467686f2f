namespace Weflux.Domain.Sending;

/// <summary>A button as the customer sees it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Text">Its label.</param>
/// <param name="Target">The address it opens, the number it calls or the code it copies; null if it does none of that.</param>
public sealed record TemplateLabel(TemplateButtonKind Kind, string Text, string? Target = null);

/// <summary>A card of a carousel as the customer sees it.</summary>
/// <param name="Header">The kind of file on it; null if none.</param>
/// <param name="Body">Its words.</param>
/// <param name="Buttons">Its buttons.</param>
public sealed record TemplateFrameCard(TemplateHeaderFormat? Header, string Body, IReadOnlyList<TemplateLabel> Buttons);

/// <summary>What stands around the body of a template, filled in, as the customer sees it.</summary>
/// <param name="Header">What stands above; null if nothing does.</param>
/// <param name="HeaderText">The words above, or the name of the file or place; null if there are none.</param>
/// <param name="Footer">The words below; null if none.</param>
/// <param name="Buttons">The buttons.</param>
/// <param name="Cards">The cards of a carousel.</param>
public sealed record TemplateFrame(
    TemplateHeaderFormat? Header,
    string? HeaderText,
    string? Footer,
    IReadOnlyList<TemplateLabel> Buttons,
    IReadOnlyList<TemplateFrameCard> Cards);

/// <summary>A template as the customer will see it.</summary>
public sealed record TemplatePicture(string Body, TemplateFrame Frame);

/// <summary>The header's value in a send.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="ParameterName">The variable's name, for a template with named variables; null for positions and files.</param>
public sealed record TemplateHeaderValue(TemplateHeaderFormat Format, TemplateValue Value, string? ParameterName = null);

/// <summary>A button's value in a send.</summary>
/// <param name="Index">Its place among all buttons, from 0.</param>
/// <param name="Kind">What the button does.</param>
/// <param name="Value">The end of its address, its coupon or its one-time code; empty for a Flow.</param>
public sealed record TemplateButtonValue(int Index, TemplateButtonKind Kind, string Value);

/// <summary>A card's values in a send.</summary>
/// <param name="Header">Its file; null if it has none.</param>
/// <param name="BodyParameters">What fills its words, in order.</param>
/// <param name="Buttons">What fills its buttons.</param>
public sealed record TemplateCardValue(TemplateHeaderValue? Header, IReadOnlyList<string> BodyParameters, IReadOnlyList<TemplateButtonValue> Buttons)
{
    /// <summary>The names of the body's variables, in the order of the values; empty if they are positions.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];
}
