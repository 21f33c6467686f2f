using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Control;

/// <summary>What Meta's reviewers and its quality checks do to the templates of an account.</summary>
internal static class TemplateEndpoints
{
    private static readonly string[] Statuses =
        ["APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "ARCHIVED", "PENDING_DELETION", "DELETED"];

    public static void Map(IEndpointRouteBuilder simulator)
    {
        var api = simulator.MapGroup("/api/accounts/{wabaId}/templates").AddEndpointFilter(new JsonOnly());
        api.MapGet("/", (string wabaId, TemplateCatalogue catalogue) =>
            ControlAnswer.List(catalogue.Of(wabaId).Select(t => new { t.Id, t.Name, t.Language, t.Status, t.Category, Quality = t.QualityScore, t.RejectedReason })));
        api.MapPost("/{name}/{language}", ChangeAsync);
    }

    /// <summary>Any of: a status with its reason, a quality, a category and whether that is only announced.</summary>
    private static async Task<IResult> ChangeAsync(
        string wabaId, string name, string language, HttpRequest request, SimulatorOptions options, TemplateCatalogue catalogue, TemplateNews news)
    {
        if (options.Numbers.FirstOrDefault(n => n.WabaId == wabaId) is not { } number || catalogue.Find(wabaId, name, language) is not { } template)
        {
            return ControlAnswer.NotFound("template");
        }

        if (await ControlAnswer.BodyAsync(request) is not { } body)
        {
            return ControlAnswer.Refused("Say what changes, such as { \"status\": \"PAUSED\" }.");
        }

        if (body.Text("status") is { } status)
        {
            if (!Statuses.Contains(status))
            {
                return ControlAnswer.Refused($"A status is one of {string.Join(", ", Statuses)}.");
            }

            template = news.Decide(number, template.Id, status, body.Text("reason"), body.Text("title"), body.Text("recommendation")) ?? template;
        }

        if (body.Text("quality") is { } quality)
        {
            template = news.Rate(number, template.Id, quality) ?? template;
        }

        if (body.Text("category") is { } category)
        {
            template = news.Recategorise(number, template.Id, category, body.Flag("announced") == true) ?? template;
        }

        return ControlAnswer.Json(new { template.Status, Quality = template.QualityScore, template.Category });
    }
}
