using System.Text.Json;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>The templates of every simulated account.</summary>
internal sealed class TemplateCatalogue
{
    public IReadOnlyList<SimulatedTemplate> All { get; } = Read();

    public SimulatedTemplate? Find(string name, string language) =>
        All.FirstOrDefault(template => template.Name == name && template.Language == language);

    private static List<SimulatedTemplate> Read()
    {
        using var stream = typeof(TemplateCatalogue).Assembly.GetManifestResourceStream("Templates/templates.json")!;
        return JsonSerializer.Deserialize<List<SimulatedTemplate>>(stream, SimulatorJson.Options)!;
    }
}
