using System.Globalization;
using System.Text.Json.Nodes;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>Changes of templates as Meta reports them by webhook.</summary>
internal sealed class TemplateNews(TemplateCatalogue catalogue, WebhookQueue webhooks)
{
    public SimulatedTemplate? Decide(SimulatedNumber number, string id, string status, string? reason = null, string? title = null, string? recommendation = null)
    {
        var changed = catalogue.Change(number.WabaId, id, template => template with
        {
            Status = status,
            RejectedReason = status == "REJECTED" ? reason ?? "INVALID_FORMAT" : null,
            Quality = status == "PAUSED" ? "RED" : template.Quality,
        });
        if (changed is null)
        {
            return null;
        }

        var value = new JsonObject { ["event"] = status };
        Name(value, changed);
        value["message_template_category"] = changed.Category;
        value["reason"] = changed.RejectedReason ?? "NONE";
        if (title is not null)
        {
            value["other_info"] = new JsonObject { ["title"] = title, ["description"] = "Customers gave this template negative feedback." };
        }

        if (recommendation is not null)
        {
            value["rejection_info"] = new JsonObject { ["reason"] = changed.RejectedReason, ["recommendation"] = recommendation };
        }

        webhooks.Enqueue(number, value, field: "message_template_status_update");
        return changed;
    }

    public SimulatedTemplate? Rate(SimulatedNumber number, string id, string quality)
    {
        if (catalogue.FindById(number.WabaId, id) is not { } before
            || catalogue.Change(number.WabaId, id, template => template with { Quality = quality }) is not { } changed)
        {
            return null;
        }

        var value = new JsonObject { ["previous_quality_score"] = before.QualityScore, ["new_quality_score"] = quality };
        Name(value, changed);
        webhooks.Enqueue(number, value, field: "message_template_quality_update");
        return changed;
    }

    /// <summary>Tells a day before that the category will change, or changes it.</summary>
    public SimulatedTemplate? Recategorise(SimulatedNumber number, string id, string category, bool isNotice)
    {
        if (catalogue.FindById(number.WabaId, id) is not { } before)
        {
            return null;
        }

        var value = isNotice
            ? new JsonObject { ["new_category"] = before.Category, ["correct_category"] = category }
            : new JsonObject { ["previous_category"] = before.Category, ["new_category"] = category };
        Name(value, before);
        var changed = isNotice ? before : catalogue.Change(number.WabaId, id, template => template with { Category = category });
        webhooks.Enqueue(number, value, field: "template_category_update");
        return changed;
    }

    private static void Name(JsonObject value, SimulatedTemplate template)
    {
        value["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture);
        value["message_template_name"] = template.Name;
        value["message_template_language"] = template.Language;
    }
}
