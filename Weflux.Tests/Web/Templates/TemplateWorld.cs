using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Templates;

/// <summary>A host whose templates were read from the simulator once.</summary>
public sealed class TemplateWorld : IAsyncLifetime
{
    public const string Waba = "100000000000001";

    public WefluxHost Host { get; private set; } = null!;

    public Actor Manager { get; private set; } = null!;

    public Actor Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        await Host.TemplateAsync("visit_reminder", "en");
        Manager = await Host.ActorAsync("manager@demo.test");
        Agent = await Host.ActorAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public Task<StoredTemplate?> FindAsync(string name, string language = "en") => Host.ReadAsync(db =>
        db.Set<StoredTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.Name == name && t.Language == language));

    public Task<List<TemplateEvent>> HistoryAsync(string name) => Host.ReadAsync(db =>
        db.Set<TemplateEvent>().AsNoTracking().Where(e => e.Name == name).OrderBy(e => e.Id).ToListAsync());

    public Task<StoredTemplate?> SeeAsync(string name, Func<StoredTemplate?, bool> isSo, string language = "en") =>
        Eventually.SeeAsync(() => FindAsync(name, language), isSo);

    /// <summary>Decides as Meta would, in the simulator.</summary>
    public async Task DecideAsync(string name, string language, object change)
    {
        using var client = Host.NewClient();
        using var answer = await client.PostAsJsonAsync($"/simulator/api/accounts/{Waba}/templates/{name}/{language}", change);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the platform has.</summary>
    public async Task<JsonElement> PlatformAsync(string name)
    {
        using var client = Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "demo-access-token");
        var list = await client.GetFromJsonAsync<JsonElement>($"/simulator/graph/v26.0/{Waba}/message_templates?name={name}&fields=id,name,language,status,category,parameter_format,components");
        return list.GetProperty("data");
    }

    public static TemplateDraft Draft(string name, Func<Template, Template>? change = null)
    {
        var template = new Template(
            name, "en", TemplateCategory.Utility, "", null, "Hi {{1}}, your order {{2}} is on its way.", "Chai & Co.",
            [new TemplateButton(TemplateButtonKind.QuickReply, "Thanks"), new TemplateButton(TemplateButtonKind.Url, "Track", "https://chai.example/t/{{1}}")],
            HasNamedParameters: false,
            Examples: new Dictionary<string, string>(StringComparer.Ordinal) { ["body.1"] = "Asha", ["body.2"] = "#1042", ["button.1"] = "1042" });
        return new TemplateDraft(change is null ? template : change(template));
    }
}
