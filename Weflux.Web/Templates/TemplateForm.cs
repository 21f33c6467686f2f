using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>A template while somebody writes it.</summary>
public sealed class TemplateForm
{
    public string WabaId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Language { get; set; } = "en";

    public TemplateCategory Category { get; set; } = TemplateCategory.Utility;

    public bool HasNamedParameters { get; set; }

    /// <summary>The kind of header; null for none.</summary>
    public TemplateHeaderFormat? Header { get; set; }

    public string HeaderText { get; set; } = "";

    public SampleFile HeaderSample { get; set; } = new();

    public string Body { get; set; } = "";

    public string Footer { get; set; } = "";

    public List<ButtonForm> Buttons { get; } = [];

    public List<CardForm> Cards { get; } = [];

    public Dictionary<string, string> Examples { get; } = new(StringComparer.Ordinal);

    public bool WarnsNotToShare { get; set; } = true;

    /// <summary>Parts of the template that it comes from which this form does not hold.</summary>
    public IReadOnlyList<string> Unwritable { get; private set; } = [];

    public int? ExpiresAfterMinutes { get; set; } = 10;

    public string CodeButton { get; set; } = "Copy code";

    /// <summary>The form of a template that exists. Sample files are asked for anew: the platform tells none of them back.</summary>
    public static TemplateForm Of(string wabaId, Template template)
    {
        var form = new TemplateForm
        {
            WabaId = wabaId,
            Name = template.Name,
            Language = template.Language,
            Category = template.Category,
            HasNamedParameters = template.HasNamedParameters,
            Header = template.Header?.Format,
            HeaderText = template.Header?.Text ?? "",
            Body = template.Body,
            Footer = template.Footer ?? "",
            WarnsNotToShare = template.WarnsNotToShare ?? true,
            Unwritable = [.. template.Strange ?? [], .. template.Unwritable ?? []],
        };
        form.Buttons.AddRange(template.Buttons.Select(ButtonForm.Of));
        form.Cards.AddRange((template.Cards ?? []).Select(CardForm.Of));
        foreach (var (slot, example) in template.Examples ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            form.Examples[slot] = example;
        }

        if (template.IsCode)
        {
            form.CodeButton = template.Buttons is [var button, ..] ? button.Text : form.CodeButton;
            form.ExpiresAfterMinutes = template.Footer is { } footer && int.TryParse(string.Concat(footer.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture, out var minutes) ? minutes : null;
        }

        return form;
    }

    public TemplateDraft ToDraft()
    {
        var isCode = Category == TemplateCategory.Authentication;
        var template = new Template(
            Name.Trim(),
            Language,
            Category,
            "",
            isCode || Header is not { } format ? null : new TemplateHeader(format, format == TemplateHeaderFormat.Text ? HeaderText : null),
            isCode ? CodeText : Body.ReplaceLineEndings("\n"),
            isCode ? (ExpiresAfterMinutes is { } minutes ? $"This code expires in {minutes} minutes." : null) : string.IsNullOrWhiteSpace(Footer) ? null : Footer.Trim(),
            isCode ? [new TemplateButton(TemplateButtonKind.OneTimeCode, CodeButton)] : [.. Buttons.Select(b => b.ToButton())],
            !isCode && HasNamedParameters,
            isCode ? [] : [.. Cards.Select(c => c.ToCard())]);
        var wanted = template.Slots().Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return new TemplateDraft(
            template with
            {
                Examples = Examples.Where(e => wanted.Contains(e.Key)).ToDictionary(StringComparer.Ordinal),
                Unwritable = Unwritable,
                WarnsNotToShare = isCode ? WarnsNotToShare : null,
            },
            HeaderSample.Handle,
            [.. Cards.Select(c => c.Sample.Handle)],
            isCode ? new CodeChoices(WarnsNotToShare, ExpiresAfterMinutes, CodeButton) : null);
    }

    /// <summary>The name of the next variable.</summary>
    public string NextVariable()
    {
        var names = TemplateText.Names(Body, HasNamedParameters);
        return HasNamedParameters
            ? Enumerable.Range(1, 99).Select(i => i == 1 ? "name" : FormattableString.Invariant($"value_{i}")).First(n => !names.Contains(n, StringComparer.Ordinal))
            : FormattableString.Invariant($"{names.Count + 1}");
    }

    // English stands for the platform's own words, which are in the template's language.
    private string CodeText => "*{{1}}* is your verification code." + (WarnsNotToShare ? " For your security, do not share this code." : "");
}

/// <summary>A sample file that was handed to the platform.</summary>
public sealed class SampleFile
{
    public string? Handle { get; set; }

    /// <summary>What the file is called on the person's own machine, to be recognised.</summary>
    public string? Name { get; set; }

    public string? Fault { get; set; }

    public bool IsBusy { get; set; }
}

/// <summary>A button while somebody writes it.</summary>
public sealed class ButtonForm
{
    public TemplateButtonKind Kind { get; set; } = TemplateButtonKind.QuickReply;

    public string Text { get; set; } = "";

    public string Url { get; set; } = "";

    public string Phone { get; set; } = "";

    public string FlowId { get; set; } = "";

    public static ButtonForm Of(TemplateButton button) => new()
    {
        Kind = button.Kind,
        Text = button.Text,
        Url = button.Url ?? "",
        Phone = button.Phone ?? "",
        FlowId = button.FlowId ?? "",
    };

    public TemplateButton ToButton() => new(
        Kind,
        Kind == TemplateButtonKind.CopyCode && Text.Length == 0 ? "Copy offer code" : Text,
        Kind == TemplateButtonKind.Url ? Url.Trim() : null,
        Kind == TemplateButtonKind.Phone ? Phone.Trim() : null,
        Kind == TemplateButtonKind.Flow ? FlowId.Trim() : null);
}

/// <summary>A card of a carousel while somebody writes it.</summary>
public sealed class CardForm
{
    public TemplateHeaderFormat Header { get; set; } = TemplateHeaderFormat.Image;

    public SampleFile Sample { get; set; } = new();

    public string Body { get; set; } = "";

    public List<ButtonForm> Buttons { get; } = [new()];

    public static CardForm Of(TemplateCard card)
    {
        var form = new CardForm { Header = card.Header?.Format ?? TemplateHeaderFormat.Image, Body = card.Body };
        form.Buttons.Clear();
        form.Buttons.AddRange(card.Buttons.Select(ButtonForm.Of));
        return form;
    }

    public TemplateCard ToCard() => new(new TemplateHeader(Header), Body.ReplaceLineEndings("\n"), [.. Buttons.Select(b => b.ToButton())]);
}
