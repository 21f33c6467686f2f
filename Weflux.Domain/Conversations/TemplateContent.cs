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
    /// <summary>Every file that goes with it, header first, so that whoever sends can hand them to the platform first.</summary>
    public IEnumerable<MediaReference> Files() => FileHeaders().Select(h => ((FileValue)h.Value).Media!);

    /// <summary>The headers that are filled with a file of ours or the platform's: its own first, then those of its cards.</summary>
    public IEnumerable<TemplateHeaderValue> FileHeaders() =>
        new[] { Header }.Concat((Cards ?? []).Select(c => c.Header)).OfType<TemplateHeaderValue>().Where(h => h.Value is FileValue { Media: not null });

    /// <summary>The same message with each file replaced, such as by one that names the platform's id.</summary>
    public TemplateContent WithFiles(Func<MediaReference, MediaReference> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        return WithFileValues((_, file) => file with { Media = replace(file.Media!) });
    }

    /// <summary>The same message with each file and its name replaced.</summary>
    /// <param name="replace">Given what the header is and its file, the file to take its place.</param>
    public TemplateContent WithFileValues(Func<TemplateHeaderFormat, FileValue, FileValue> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        var header = Replace(Header, replace);
        return this with
        {
            Header = header,
            Cards = Cards is null ? null : [.. Cards.Select(c => c with { Header = Replace(c.Header, replace) })],
            Frame = Frame is { } frame && header?.Value is FileValue { Media: not null, FileName: var name } ? frame with { HeaderText = name } : Frame,
        };
    }

    private protected override string SpelledKind => "template";

    private protected override string Words => RenderedText;

    private static TemplateHeaderValue? Replace(TemplateHeaderValue? header, Func<TemplateHeaderFormat, FileValue, FileValue> replace) =>
        header?.Value is FileValue { Media: not null } file ? header with { Value = replace(header.Format, file) } : header;
}
