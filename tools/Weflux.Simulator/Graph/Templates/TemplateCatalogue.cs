using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>The templates of every simulated account: those that each begins with, and what became of them since.</summary>
internal sealed class TemplateCatalogue
{
    private const string Kind = "template";
    private const long FirstOwnId = 310_000_000_000_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OrderedDictionary<string, SimulatedTemplate>> _accounts = new(StringComparer.Ordinal);
    private readonly StateLog _log;
    private long _lastId = FirstOwnId;

    public TemplateCatalogue(SimulatorOptions options, StateLog log)
    {
        _log = log;
        var first = Read();
        foreach (var waba in options.Numbers.Select(number => number.WabaId).Distinct())
        {
            _accounts[waba] = new OrderedDictionary<string, SimulatedTemplate>(first.Select(t => KeyValuePair.Create(t.Id, t)), StringComparer.Ordinal);
        }

        foreach (var kept in log.Load<KeptTemplate>(Kind).Where(k => _accounts.ContainsKey(k.WabaId)))
        {
            if (long.TryParse(kept.Id, CultureInfo.InvariantCulture, out var id))
            {
                _lastId = Math.Max(_lastId, id);
            }

            if (kept.Template is { } template)
            {
                _accounts[kept.WabaId][kept.Id] = template;
            }
            else
            {
                _accounts[kept.WabaId].Remove(kept.Id);
            }
        }
    }

    public IReadOnlyList<SimulatedTemplate> Of(string waba)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(waba, out var account) ? [.. account.Values] : [];
        }
    }

    public SimulatedTemplate? Find(string waba, string name, string language) =>
        Of(waba).FirstOrDefault(template => template.Name == name && template.Language == language);

    public SimulatedTemplate? FindById(string waba, string id) => Of(waba).FirstOrDefault(template => template.Id == id);

    public string NextId()
    {
        lock (_gate)
        {
            return (++_lastId).ToString(CultureInfo.InvariantCulture);
        }
    }

    public SimulatedTemplate Put(string waba, SimulatedTemplate template)
    {
        lock (_gate)
        {
            _accounts[waba][template.Id] = template;
            Keep(waba, template.Id, template);
            return template;
        }
    }

    /// <summary>Changes a template, if it is still there.</summary>
    public SimulatedTemplate? Change(string waba, string id, Func<SimulatedTemplate, SimulatedTemplate> change)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(waba, out var account) && account.TryGetValue(id, out var template) ? Put(waba, change(template)) : null;
        }
    }

    public void Remove(string waba, string id)
    {
        lock (_gate)
        {
            _accounts[waba].Remove(id);
            Keep(waba, id, null);
        }
    }

    private void Keep(string waba, string id, SimulatedTemplate? template) => _log.Put(Kind, $"{waba}/{id}", new KeptTemplate(waba, id, template));

    private static List<SimulatedTemplate> Read()
    {
        using var stream = typeof(TemplateCatalogue).Assembly.GetManifestResourceStream("Templates/templates.json")!;
        return JsonSerializer.Deserialize<List<SimulatedTemplate>>(stream, SimulatorJson.Options)!;
    }

    /// <summary>A template as it outlives a restart; without one it was deleted.</summary>
    private sealed record KeptTemplate(string WabaId, string Id, SimulatedTemplate? Template);
}
