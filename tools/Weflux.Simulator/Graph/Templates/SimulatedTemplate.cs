using System.Text.Json;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>A message template as the Graph API lists it.</summary>
internal sealed record SimulatedTemplate(
    string Id,
    string Name,
    string Language,
    string Status,
    string Category,
    string ParameterFormat,
    JsonElement Components,
    string? Quality = null,
    string? RejectedReason = null)
{
    public bool IsNamed => ParameterFormat == "NAMED";

    public JsonElement? Component(string type) =>
        Components.EnumerateArray().Where(component => component.Text("type") == type).Select(component => (JsonElement?)component).FirstOrDefault();

    public IReadOnlyList<JsonElement> Buttons => Component("BUTTONS")?.Items("buttons") ?? [];

    public IReadOnlyList<JsonElement> Cards => Component("CAROUSEL")?.Items("cards") ?? [];

    /// <summary>What Meta thinks of it when nobody has said otherwise.</summary>
    public string QualityScore => Quality ?? (Status == "PAUSED" ? "RED" : "GREEN");
}
