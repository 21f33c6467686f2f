using System.Globalization;
using Weflux.Domain.Contacts;

namespace Weflux.Domain.Sending;

/// <summary>What the platform would refuse in a template, found before it is asked.</summary>
/// <remarks>Platform rule: "Message templates", limits of names, components and variables.</remarks>
public static class TemplateDraftRules
{
    private const int LongestLanguage = 15;

    /// <summary>Everything that is wrong; empty if nothing is known to be.</summary>
    public static IReadOnlyList<DraftFault> Check(TemplateDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var template = draft.Template;
        IEnumerable<DraftFault> faults = [.. CheckName(template), .. template.IsCode ? CheckCode(draft.Code) : CheckParts(draft)];
        return [.. faults];
    }

    /// <summary>Whether a name is one that the platform takes.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= TemplateLimits.Name && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
    }

    private static IEnumerable<DraftFault> CheckName(Template template)
    {
        if (template.Name.Length == 0)
        {
            yield return new DraftFault("name", DraftFaultKind.Missing);
        }
        else if (template.Name.Length > TemplateLimits.Name)
        {
            yield return new DraftFault("name", DraftFaultKind.TooLong, TemplateLimits.Name);
        }
        else if (!IsName(template.Name))
        {
            yield return new DraftFault("name", DraftFaultKind.NotAllowed);
        }

        if (template.Language.Length is 0 or > LongestLanguage || !template.Language.All(c => char.IsAsciiLetter(c) || c == '_'))
        {
            yield return new DraftFault("language", template.Language.Length == 0 ? DraftFaultKind.Missing : DraftFaultKind.NotAllowed);
        }
    }

    private static IEnumerable<DraftFault> CheckCode(CodeChoices? code)
    {
        if (code?.ExpiresAfterMinutes is { } minutes && minutes is < 1 or > CodeChoices.MostMinutes)
        {
            yield return new DraftFault("code.minutes", DraftFaultKind.OutOfRange, CodeChoices.MostMinutes);
        }

        if (code is null || string.IsNullOrWhiteSpace(code.ButtonText))
        {
            yield return new DraftFault("code.button", DraftFaultKind.Missing);
        }
        else if (code.ButtonText.Length > TemplateLimits.Label)
        {
            yield return new DraftFault("code.button", DraftFaultKind.TooLong, TemplateLimits.Label);
        }
    }

    private static IEnumerable<DraftFault> CheckParts(TemplateDraft draft)
    {
        var template = draft.Template;
        return
        [
            .. CheckHeader(template.Header, draft.HeaderHandle, template.HasNamedParameters, ""),
            .. CheckText("body", template.Body, TemplateLimits.Body, template.HasNamedParameters),
            .. CheckFooter(template.Footer),
            .. TemplateButtonRules.Check(template.Buttons, ""),
            .. CheckCards(draft),
            .. CheckExamples(template),
        ];
    }

    private static IEnumerable<DraftFault> CheckHeader(TemplateHeader? header, string? handle, bool named, string prefix)
    {
        if (header is { IsFile: true } && string.IsNullOrEmpty(handle))
        {
            yield return new DraftFault(prefix + "header", DraftFaultKind.Missing);
        }

        if (header is not { Format: TemplateHeaderFormat.Text })
        {
            yield break;
        }

        var text = header.Text ?? "";
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return new DraftFault(prefix + "header", DraftFaultKind.Missing);
        }
        else if (text.Length > TemplateLimits.Header)
        {
            yield return new DraftFault(prefix + "header", DraftFaultKind.TooLong, TemplateLimits.Header);
        }
        else if (text.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            yield return new DraftFault(prefix + "header", DraftFaultKind.NotAllowed);
        }
        else if (TemplateText.Names(text, named).Count > 1)
        {
            yield return new DraftFault(prefix + "header", DraftFaultKind.TooManyVariables, 1);
        }
        else if (CheckVariables(text, named) is { } fault)
        {
            yield return new DraftFault(prefix + "header", fault);
        }
    }

    private static IEnumerable<DraftFault> CheckText(string field, string text, int most, bool named)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return new DraftFault(field, DraftFaultKind.Missing);
        }
        else if (text.Length > most)
        {
            yield return new DraftFault(field, DraftFaultKind.TooLong, most);
        }
        else if (CheckVariables(text, named) is { } broken)
        {
            yield return new DraftFault(field, broken);
        }
        else if (CheckPlaces(text) is { } place)
        {
            yield return new DraftFault(field, place);
        }
    }

    private static DraftFaultKind? CheckVariables(string text, bool named)
    {
        var names = TemplateText.Names(text, named);
        var rest = TemplateText.Fill(text, _ => "");
        if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
        {
            return DraftFaultKind.BrokenVariable;
        }

        if (named)
        {
            return names.Any(name => !IsName(name) || char.IsAsciiDigit(name[0])) ? DraftFaultKind.BrokenVariable : null;
        }

        return names.Any(name => !name.All(char.IsAsciiDigit)) ? DraftFaultKind.BrokenVariable
            : names.Where((name, i) => !string.Equals(name, (i + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).Any() ? DraftFaultKind.PositionsWithGaps
            : null;
    }

    private static DraftFaultKind? CheckPlaces(string text)
    {
        var trimmed = text.Trim();
        var places = TemplateText.Places(trimmed).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        if (places[0].Start == 0 || places[^1].End == trimmed.Length)
        {
            return DraftFaultKind.VariableAtTheEdge;
        }

        return places.Zip(places.Skip(1)).Any(pair => string.IsNullOrWhiteSpace(trimmed[pair.First.End..pair.Second.Start]))
            ? DraftFaultKind.VariablesSideBySide
            : null;
    }

    private static IEnumerable<DraftFault> CheckFooter(string? footer)
    {
        if (footer is { Length: > TemplateLimits.Footer })
        {
            yield return new DraftFault("footer", DraftFaultKind.TooLong, TemplateLimits.Footer);
        }
        else if (footer is not null && footer.Contains("{{", StringComparison.Ordinal))
        {
            yield return new DraftFault("footer", DraftFaultKind.TooManyVariables);
        }
    }

    private static IEnumerable<DraftFault> CheckCards(TemplateDraft draft)
    {
        var cards = draft.Template.Cards ?? [];
        if (cards.Count == 0)
        {
            yield break;
        }

        if (cards.Count < TemplateLimits.FewestCards)
        {
            yield return new DraftFault("cards", DraftFaultKind.TooFew, TemplateLimits.FewestCards);
        }

        if (cards.Count > TemplateLimits.MostCards)
        {
            yield return new DraftFault("cards", DraftFaultKind.TooMany, TemplateLimits.MostCards);
        }

        if (cards.Any(c => c.Header?.Format != cards[0].Header?.Format || !c.Buttons.Select(b => b.Kind).SequenceEqual(cards[0].Buttons.Select(b => b.Kind))))
        {
            yield return new DraftFault("cards", DraftFaultKind.CardsDiffer);
        }

        for (var i = 0; i < cards.Count; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"card.{i}.");
            foreach (var fault in CheckCard(cards[i], draft.CardHandles?.ElementAtOrDefault(i), draft.Template.HasNamedParameters, prefix))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<DraftFault> CheckCard(TemplateCard card, string? handle, bool named, string prefix) =>
    [
        .. card.Header is { Format: TemplateHeaderFormat.Image or TemplateHeaderFormat.Video } && !string.IsNullOrEmpty(handle)
            ? Array.Empty<DraftFault>()
            : [new DraftFault(prefix + "header", DraftFaultKind.Missing)],
        .. CheckText(prefix + "body", card.Body, TemplateLimits.CardBody, named),
        .. TemplateButtonRules.Check(card.Buttons, prefix),
    ];

    private static IEnumerable<DraftFault> CheckExamples(Template template)
    {
        foreach (var slot in template.Slots().Where(s => s.Kind is TemplateSlotKind.Text or TemplateSlotKind.UrlEnding or TemplateSlotKind.Coupon))
        {
            var example = template.Examples?.GetValueOrDefault(slot.Id);
            if (string.IsNullOrWhiteSpace(example))
            {
                yield return new DraftFault("example." + slot.Id, DraftFaultKind.Missing);
            }
            else if (!Template.IsOneLine(example) || (slot.Kind != TemplateSlotKind.Text && example.Trim().Any(char.IsWhiteSpace)))
            {
                yield return new DraftFault("example." + slot.Id, DraftFaultKind.NotAllowed);
            }
        }
    }
}

/// <summary>What the platform would refuse in the buttons of a template.</summary>
internal static class TemplateButtonRules
{
    public static IEnumerable<DraftFault> Check(IReadOnlyList<TemplateButton> buttons, string prefix)
    {
        foreach (var (most, count) in Counts(buttons))
        {
            if (count > most)
            {
                yield return new DraftFault(prefix + "buttons", DraftFaultKind.TooMany, most);
                yield break;
            }
        }

        if (buttons.Zip(buttons.Skip(1)).Count(p => IsQuick(p.First) != IsQuick(p.Second)) > 1)
        {
            yield return new DraftFault(prefix + "buttons", DraftFaultKind.Mixed);
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"{prefix}button.{i}.");
            if (CheckLabel(buttons[i].Text) is { } label)
            {
                yield return new DraftFault(field + "text", label, TemplateLimits.Label);
            }
            else if (buttons.Take(i).Any(b => string.Equals(b.Text, buttons[i].Text, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new DraftFault(field + "text", DraftFaultKind.SameLabel);
            }

            if (CheckTarget(buttons[i]) is { } target)
            {
                yield return new DraftFault(field + target.Field, target.Kind, target.Most);
            }
        }
    }

    private static IEnumerable<(int Most, int Count)> Counts(IReadOnlyList<TemplateButton> buttons) =>
    [
        (TemplateLimits.UrlButtons, buttons.Count(b => b.Kind == TemplateButtonKind.Url)),
        (TemplateLimits.PhoneButtons, buttons.Count(b => b.Kind == TemplateButtonKind.Phone)),
        (TemplateLimits.PhoneButtons, buttons.Count(b => b.Kind == TemplateButtonKind.CopyCode)),
        (TemplateLimits.Buttons, buttons.Count),
    ];

    private static bool IsQuick(TemplateButton button) => button.Kind == TemplateButtonKind.QuickReply;

    private static DraftFaultKind? CheckLabel(string label) =>
        string.IsNullOrWhiteSpace(label) ? DraftFaultKind.Missing
        : label.Length > TemplateLimits.Label ? DraftFaultKind.TooLong
        : label.Contains("{{", StringComparison.Ordinal) || label.AsSpan().ContainsAny('\n', '\r', '\t') ? DraftFaultKind.NotAllowed
        : null;

    private static DraftFault? CheckTarget(TemplateButton button) => button.Kind switch
    {
        TemplateButtonKind.Url => CheckUrl(button.Url ?? ""),
        TemplateButtonKind.Phone when string.IsNullOrWhiteSpace(button.Phone) => new DraftFault("phone", DraftFaultKind.Missing),
        TemplateButtonKind.Phone => button.Phone.TrimStart().StartsWith('+') && PhoneNumber.TryParse(button.Phone, out _)
            ? null
            : new DraftFault("phone", DraftFaultKind.NotAPhone),
        TemplateButtonKind.Flow when string.IsNullOrWhiteSpace(button.FlowId) => new DraftFault("flow", DraftFaultKind.Missing),
        _ => null,
    };

    private static DraftFault? CheckUrl(string url)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return new DraftFault("url", DraftFaultKind.Missing);
        }

        if (url.Length > TemplateLimits.Url)
        {
            return new DraftFault("url", DraftFaultKind.TooLong, TemplateLimits.Url);
        }

        var places = TemplateText.Places(url).ToList();
        if (places.Count > 1)
        {
            return new DraftFault("url", DraftFaultKind.TooManyVariables, 1);
        }

        if (places is [{ Name: not "1" }])
        {
            return new DraftFault("url", DraftFaultKind.BrokenVariable);
        }

        if (places is [var place] && place.End != url.Length)
        {
            return new DraftFault("url", DraftFaultKind.VariableNotAtTheEnd);
        }

        var filled = TemplateText.Fill(url, _ => "x");
        return !filled.Any(char.IsWhiteSpace)
            && !filled.Contains("{{", StringComparison.Ordinal)
            && Uri.TryCreate(filled, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
                ? null
                : new DraftFault("url", DraftFaultKind.NotALink);
    }
}
