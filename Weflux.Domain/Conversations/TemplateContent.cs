using Weflux.Domain.Sending;

namespace Weflux.Domain.Conversations;

/// <summary>A pre-approved message that we send, filled in. <see cref="Template.Fill"/> makes one.</summary>
/// <param name="Name">The template's name.</param>
/// <param name="Language">Its language code; <c>en</c> and <c>en_US</c> are different templates.</param>
/// <param name="Category">Its category at the time of writing.</param>
/// <param name="BodyParameters">What fills the body's variables, in order.</param>
/// <param name="RenderedText">The words as the customer reads them.</param>
/// <param name="ParameterNames">The variables' names, in the same order, for a template with named variables; empty for positions.</param>
/// <param name="Header">What fills the header; null if it needs nothing.</param>
/// <param name="ButtonValues">What fills the buttons; null or empty if they need nothing.</param>
/// <param name="Cards">What fills the cards of a carousel; null or empty if it is none.</param>
/// <param name="Frame">What stands around the body; null for messages from before it was kept.</param>
public sealed record TemplateContent(
    string Name,
    string Language,
    TemplateCategory Category,
    IReadOnlyList<string> BodyParameters,
    string RenderedText,
    IReadOnlyList<string> ParameterNames,
    TemplateHeaderValue? Header = null,
    IReadOnlyList<TemplateButtonValue>? ButtonValues = null,
    IReadOnlyList<TemplateCardValue>? Cards = null,
    TemplateFrame? Frame = null) : MessageContent
{
    /// <summary>Every file that goes with it, so that whoever sends can hand them to the platform first.</summary>
    public IEnumerable<MediaReference> Files() =>
        new[] { Header }.Concat((Cards ?? []).Select(c => c.Header))
            .Select(h => (h?.Value as FileValue)?.Media).OfType<MediaReference>();

    /// <summary>The same message with each file replaced, such as by one that names the platform's id.</summary>
    public TemplateContent WithFiles(Func<MediaReference, MediaReference> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        return this with
        {
            Header = Replace(Header, replace),
            Cards = Cards is null ? null : [.. Cards.Select(c => c with { Header = Replace(c.Header, replace) })],
        };
    }

    private protected override string SpelledKind => "template";

    private protected override string Words => RenderedText;

    private static TemplateHeaderValue? Replace(TemplateHeaderValue? header, Func<MediaReference, MediaReference> replace) =>
        header?.Value is FileValue { Media: { } media } file ? header with { Value = file with { Media = replace(media) } } : header;
}
