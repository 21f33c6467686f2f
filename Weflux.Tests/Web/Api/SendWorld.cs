using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Api;

/// <summary>A customer who has just written, and a program that may send.</summary>
public abstract class SendWorld : IAsyncLifetime
{
    protected const string Phone = "919200000008";

    protected WefluxHost Host { get; private set; } = null!;

    protected HttpClient Program { get; private set; } = null!;

    protected long Conversation { get; private set; }

    /// <summary>What the customer wrote.</summary>
    protected long Heard { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        using var client = Host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.api.1", Phone, "hello", Host.Clock.GetUtcNow()));
        await Host.SettledAsync();
        var heard = (await Host.MessagesAsync()).Single();
        (Conversation, Heard) = (heard.ConversationId, heard.Id);
        await Host.ReadAsync(db => db.Set<Workspace>().ExecuteUpdateAsync(set => set.SetProperty(w => w.CatalogId, "77")));
        await Host.Services.GetRequiredService<TemplateSync>().RunAsync((await Host.ActorAsync()).Workspace, "100000000000001", CancellationToken.None);
        Program = Host.NewApiClient();
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<HttpResponseMessage> PostAsync(string body, string? key = null, HttpClient? program = null)
    {
        var filled = body.Replace(":C", $":{Conversation}", StringComparison.Ordinal).Replace(":M", $":{Heard}", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/messages");
        if (filled.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(filled));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await (program ?? Program).SendAsync(request);
    }

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
