using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

public sealed partial record Template
{
    /// <summary>
    /// Whether the customer would read what the sender saw: words around the values may have changed although their
    /// number did not. A message that shows nothing but its words was written by a program, which saw nothing.
    /// </summary>
    private bool ReadsAs(TemplateContent content)
    {
        if (content.Frame is not { } frame)
        {
            return true;
        }

        var cards = Cards ?? [];
        return Filled(Body, content.BodyParameters) == content.RenderedText
            && frame.Header == Header?.Format
            && (Header is not { Format: TemplateHeaderFormat.Text } header || frame.HeaderText == HeaderRead(header, content.Header))
            && frame.Footer == Footer
            && AreLabels(Buttons, frame.Buttons)
            && frame.Cards.Count == cards.Count
            && cards.Select((card, i) => IsCard(card, frame.Cards[i], content.Cards![i])).All(isSo => isSo);
    }

    private bool IsCard(TemplateCard card, TemplateFrameCard shown, TemplateCardValue values) =>
        shown.Header == card.Header?.Format && shown.Body == Filled(card.Body, values.BodyParameters) && AreLabels(card.Buttons, shown.Buttons);

    private string Filled(string text, IReadOnlyList<string> values)
    {
        string[] names = [.. TemplateText.Names(text, HasNamedParameters)];
        return TemplateText.Fill(text, name => values[Array.IndexOf(names, name)]);
    }

    private static string HeaderRead(TemplateHeader header, TemplateHeaderValue? value) =>
        TemplateText.Fill(header.Text ?? "", _ => (value?.Value as TextValue)?.Text ?? "");

    private static bool AreLabels(IReadOnlyList<TemplateButton> buttons, IReadOnlyList<TemplateLabel> labels) =>
        buttons.Count == labels.Count && buttons.Zip(labels).All(pair => IsLabel(pair.First, pair.Second));

    private static bool IsLabel(TemplateButton button, TemplateLabel label) =>
        button.Kind == label.Kind && button.Text == label.Text && button.Kind switch
        {
            TemplateButtonKind.Url when button.HasVariable => label.Target?.StartsWith(TemplateText.Fill(button.Url!, _ => ""), StringComparison.Ordinal) != false,
            TemplateButtonKind.Url => label.Target == button.Url,
            TemplateButtonKind.Phone => label.Target == button.Phone,
            _ => true,
        };
}
