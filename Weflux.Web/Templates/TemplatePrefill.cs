using System.Text.RegularExpressions;
using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>Guesses which values a template wants of what is known of the customer. The person sees and can change each.</summary>
public static partial class TemplatePrefill
{
    public static Dictionary<string, TemplateValue> Guess(Template template, string? contactName)
    {
        var values = new Dictionary<string, TemplateValue>(StringComparer.Ordinal);
        var name = contactName is null ? "" : Spaces().Replace(contactName, " ").Trim();
        if (name.Length == 0)
        {
            return values;
        }

        foreach (var slot in template.Slots().Where(s => s.Kind == TemplateSlotKind.Text))
        {
            if (Wants(template, slot) is { } whole)
            {
                values[slot.Id] = new TextValue(whole ? name : name.Split(' ')[0]);
            }
        }

        return values;
    }

    /// <summary>Whether a slot wants the whole name or the first one; null for neither.</summary>
    private static bool? Wants(Template template, TemplateSlot slot)
    {
        if (template.HasNamedParameters)
        {
            return slot.Name switch
            {
                "name" or "full_name" or "customer_name" or "client_name" or "customer" => true,
                "first_name" or "firstname" or "given_name" => false,
                _ => null,
            };
        }

        // "Hi {{1}}," is a greeting in most of the languages that templates are written in.
        var text = slot.IsInHeader ? template.Header?.Text ?? "" : template.Body;
        return slot.Card is null && Greeting().IsMatch(text) && slot.Name == "1" ? false : null;
    }

    [GeneratedRegex(
        @"^\W*(hi|hello|hey|dear|good (morning|afternoon|evening)|hola|olá|oi|bonjour|salut|hallo|liebe[rs]?|ciao|halo|namaste|नमस्ते|प्रिय|مرحبا|مرحبًا)\s+\W*\{\{\s*1\s*\}\}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 500)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Spaces();
}
