using System.Text.Json.Nodes;
using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>Writes a template for the platform to review.</summary>
internal static class TemplateWriter
{
    public static JsonObject Create(TemplateDraft draft) => new()
    {
        ["name"] = draft.Template.Name,
        ["language"] = draft.Template.Language,
        ["category"] = Word(draft.Template.Category),
        ["parameter_format"] = draft.Template.HasNamedParameters ? "NAMED" : "POSITIONAL",
        ["components"] = Components(draft),
    };

    /// <summary>All components anew; the category of an approved template is fixed.</summary>
    public static JsonObject Edit(TemplateDraft draft, bool withCategory)
    {
        var body = new JsonObject { ["components"] = Components(draft) };
        if (withCategory)
        {
            body["category"] = Word(draft.Template.Category);
        }

        return body;
    }

    public static string Word(TemplateCategory category) => category.ToString().ToUpperInvariant();

    private static JsonArray Components(TemplateDraft draft)
    {
        if (draft.Code is { } code && draft.Template.IsCode)
        {
            return Code(code);
        }

        var template = draft.Template;
        var components = new JsonArray();
        if (template.Header is { } header)
        {
            components.Add(Header(header, draft.HeaderHandle, template, ""));
        }

        components.Add(Body(template.Body, template, ""));
        if (!string.IsNullOrWhiteSpace(template.Footer))
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = template.Footer });
        }

        if (template.Buttons.Count > 0)
        {
            components.Add(Buttons(template.Buttons, template, ""));
        }

        if (template.Cards is { Count: > 0 } cards)
        {
            components.Add(new JsonObject
            {
                ["type"] = "CAROUSEL",
                ["cards"] = new JsonArray([.. cards.Select((card, i) => Card(card, draft.CardHandles?.ElementAtOrDefault(i), template, FormattableString.Invariant($"card.{i}.")))]),
            });
        }

        return components;
    }

    private static JsonArray Code(CodeChoices code)
    {
        var components = new JsonArray(new JsonObject { ["type"] = "BODY", ["add_security_recommendation"] = code.WarnsNotToShare });
        if (code.ExpiresAfterMinutes is { } minutes)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["code_expiration_minutes"] = minutes });
        }

        components.Add(new JsonObject
        {
            ["type"] = "BUTTONS",
            ["buttons"] = new JsonArray(new JsonObject { ["type"] = "OTP", ["otp_type"] = "COPY_CODE", ["text"] = code.ButtonText.Trim() }),
        });
        return components;
    }

    private static JsonObject Card(TemplateCard card, string? handle, Template template, string prefix)
    {
        var components = new JsonArray();
        if (card.Header is { } header)
        {
            components.Add(Header(header, handle, template, prefix));
        }

        components.Add(Body(card.Body, template, prefix));
        if (card.Buttons.Count > 0)
        {
            components.Add(Buttons(card.Buttons, template, prefix));
        }

        return new JsonObject { ["components"] = components };
    }

    private static JsonObject Header(TemplateHeader header, string? handle, Template template, string prefix)
    {
        var written = new JsonObject { ["type"] = "HEADER", ["format"] = header.Format.ToString().ToUpperInvariant() };
        if (header.Format == TemplateHeaderFormat.Text)
        {
            written["text"] = header.Text;
            if (TemplateText.Names(header.Text ?? "", template.HasNamedParameters) is [var name, ..])
            {
                var example = Example(template, $"{prefix}header.{name}");
                written["example"] = template.HasNamedParameters
                    ? new JsonObject { ["header_text_named_params"] = new JsonArray(Named(name, example)) }
                    : new JsonObject { ["header_text"] = new JsonArray(example) };
            }
        }
        else if (header.IsFile)
        {
            written["example"] = new JsonObject { ["header_handle"] = new JsonArray(handle) };
        }

        return written;
    }

    private static JsonObject Body(string text, Template template, string prefix)
    {
        var written = new JsonObject { ["type"] = "BODY", ["text"] = text };
        var names = TemplateText.Names(text, template.HasNamedParameters);
        if (names.Count > 0)
        {
            var examples = names.Select(name => (Name: name, Text: Example(template, $"{prefix}body.{name}")));
            written["example"] = template.HasNamedParameters
                ? new JsonObject { ["body_text_named_params"] = new JsonArray([.. examples.Select(e => (JsonNode)Named(e.Name, e.Text))]) }
                : new JsonObject { ["body_text"] = new JsonArray(new JsonArray([.. examples.Select(e => (JsonNode)e.Text)])) };
        }

        return written;
    }

    private static JsonObject Buttons(IReadOnlyList<TemplateButton> buttons, Template template, string prefix) => new()
    {
        ["type"] = "BUTTONS",
        ["buttons"] = new JsonArray([.. buttons.Select((button, i) => (JsonNode)Button(button, Example(template, FormattableString.Invariant($"{prefix}button.{i}"))))]),
    };

    private static JsonObject Button(TemplateButton button, string example)
    {
        var written = new JsonObject { ["type"] = TypeOf(button.Kind) };
        if (button.Kind != TemplateButtonKind.CopyCode)
        {
            written["text"] = button.Text.Trim();
        }

        switch (button.Kind)
        {
            case TemplateButtonKind.Url:
                written["url"] = button.Url;
                if (button.HasVariable)
                {
                    written["example"] = new JsonArray(TemplateText.Fill(button.Url!, _ => example));
                }

                break;
            case TemplateButtonKind.Phone:
                written["phone_number"] = button.Phone;
                break;
            case TemplateButtonKind.CopyCode:
                written["example"] = example;
                break;
            case TemplateButtonKind.Flow:
                written["flow_id"] = button.FlowId;
                break;
        }

        return written;
    }

    private static string TypeOf(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => "QUICK_REPLY",
        TemplateButtonKind.Url => "URL",
        TemplateButtonKind.Phone => "PHONE_NUMBER",
        TemplateButtonKind.CopyCode => "COPY_CODE",
        TemplateButtonKind.Flow => "FLOW",
        TemplateButtonKind.RequestContact => "REQUEST_CONTACT_INFO",
        _ => throw new NotSupportedException($"A button of the kind {kind} cannot be written."),
    };

    private static JsonObject Named(string name, string example) => new() { ["param_name"] = name, ["example"] = example };

    private static string Example(Template template, string slotId) => template.Examples?.GetValueOrDefault(slotId)?.Trim() ?? "";
}
