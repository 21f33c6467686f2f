using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>Where templates are handed in, changed and taken away.</summary>
internal sealed class TemplateDesk(TemplateCatalogue catalogue, TemplateReview review, SampleShelf samples, TimeProvider time)
{
    private static readonly TimeSpan NameRest = TimeSpan.FromDays(30);
    private static readonly string[] Editable = ["APPROVED", "REJECTED", "PAUSED"];
    private readonly Dictionary<(string Waba, string Name), DateTimeOffset> _resting = [];

    public GraphAnswer Create(SimulatedNumber number, GraphRequest request)
    {
        if (request.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            return GraphError.Parameter("The parameter name is required.");
        }

        var (name, language) = (body.Text("name") ?? "", body.Text("language") ?? "");
        if (Refuse(number.WabaId, name, language) is { } refused)
        {
            return refused;
        }

        if (TemplateIntake.Read(body, samples, out var components) is { } wrong)
        {
            return wrong;
        }

        var template = catalogue.Put(number.WabaId, new SimulatedTemplate(
            catalogue.NextId(), name, language, "PENDING", body.Text("category")!.ToUpperInvariant(), body.Text("parameter_format")?.ToUpperInvariant() ?? "POSITIONAL", components, "UNKNOWN"));
        review.Begin(number, template);
        return GraphAnswer.Ok(new JsonObject { ["id"] = template.Id, ["status"] = template.Status, ["category"] = template.Category });
    }

    /// <summary>A request about one template; null if there is none such for the token.</summary>
    public GraphAnswer? Answer(IReadOnlyList<SimulatedNumber> opened, GraphRequest request)
    {
        foreach (var number in opened)
        {
            if (catalogue.FindById(number.WabaId, request.ObjectId) is { } template)
            {
                return (request.Method, request.Edge) switch
                {
                    ("GET", null) => GraphAnswer.Ok(TemplateList.Fields(template)),
                    ("POST", null) => Edit(number, template, request),
                    ("POST", "unpause") => Unpause(number, template),
                    _ => GraphError.UnknownPath(request.Path),
                };
            }
        }

        return null;
    }

    public GraphAnswer Delete(SimulatedNumber number, GraphRequest request)
    {
        var (name, id) = (request.Query("name"), request.Query("hsm_id"));
        var meant = catalogue.Of(number.WabaId).Where(t => t.Name == name && (id is null || t.Id == id)).ToList();
        if (meant.Count == 0)
        {
            return new GraphError(100, "(#100) Invalid parameter", "No template of this name was found.");
        }

        if (meant.Exists(t => t.Status == "DISABLED"))
        {
            return new GraphError(100, "(#100) Invalid parameter", "A disabled template cannot be deleted.");
        }

        meant.ForEach(t => catalogue.Remove(number.WabaId, t.Id));
        if (catalogue.Of(number.WabaId).All(t => t.Name != name))
        {
            _resting[(number.WabaId, name!)] = time.GetUtcNow() + NameRest;
        }

        return GraphAnswer.Success();
    }

    private GraphError? Refuse(string waba, string name, string language)
    {
        if (name.Length is 0 or > 512 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            return GraphError.Parameter("Param name must be at most 512 characters of a to z, 0 to 9 and _.");
        }

        if (language.Length == 0)
        {
            return GraphError.Parameter("The parameter language is required.");
        }

        return catalogue.Find(waba, name, language) is not null ? new GraphError(100, "(#100) Invalid parameter", "There is already a template of this name in this language.")
            : _resting.TryGetValue((waba, name), out var until) && until > time.GetUtcNow()
                ? new GraphError(100, "(#100) Invalid parameter", "A template of this name was deleted less than 30 days ago. Choose another name.")
            : null;
    }

    private GraphAnswer Edit(SimulatedNumber number, SimulatedTemplate template, GraphRequest request)
    {
        if (!Editable.Contains(template.Status))
        {
            return new GraphError(100, "(#100) Invalid parameter", "The template cannot be edited while it is in review.") { Subcode = 2388039 };
        }

        if (request.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            return GraphError.Parameter("The parameter components is required.");
        }

        if (template.Status == "APPROVED" && body.Text("category") is { } category && category != template.Category)
        {
            return new GraphError(100, "(#100) Invalid parameter", "The category of an approved template cannot be changed.");
        }

        var whole = JsonNode.Parse(body.GetRawText())!.AsObject();
        whole["category"] ??= template.Category;
        whole["parameter_format"] = template.ParameterFormat;
        if (TemplateIntake.Read(SimulatorJson.ToElement(whole), samples, out var components) is { } wrong)
        {
            return wrong;
        }

        var changed = catalogue.Change(number.WabaId, template.Id, t => t with { Status = "PENDING", Components = components, Category = whole["category"]!.GetValue<string>(), RejectedReason = null });
        review.Begin(number, changed!);
        return GraphAnswer.Success();
    }

    private GraphAnswer Unpause(SimulatedNumber number, SimulatedTemplate template)
    {
        catalogue.Change(number.WabaId, template.Id, t => t with { Status = "APPROVED" });
        return GraphAnswer.Success();
    }
}
