using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Failures;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Failures;

/// <summary>The real program before a platform that refuses what begins with a code, such as <c>131026 hello</c>.</summary>
internal sealed class FailuresWorld : IAsyncDisposable
{
    private readonly MetaWebhooks _webhooks;
    private readonly HttpClient _client;

    private FailuresWorld(GraphStub graph, WefluxHost host)
    {
        (Graph, Host, _client) = (graph, host, host.NewClient());
        _webhooks = new MetaWebhooks(_client);
    }

    public GraphStub Graph { get; }

    public WefluxHost Host { get; }

    public Actor Agent { get; private set; } = null!;

    public Actor Manager { get; private set; } = null!;

    public FailuresQuery Query => Host.Services.GetRequiredService<FailuresQuery>();

    public static async Task<FailuresWorld> OpenAsync()
    {
        var graph = await GraphStub.StartAsync();
        graph.Answer = AnswerAsync;
        var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = graph.Address.ToString());
        await host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        return new FailuresWorld(graph, host)
        {
            Agent = await host.ActorAsync(),
            Manager = await host.ActorAsync("manager@demo.test"),
        };
    }

    /// <summary>Takes a message, or refuses it with the code that it begins with, or never answers one that begins with "lost".</summary>
    public static Task AnswerAsync(HttpContext context, JsonObject body, int nth)
    {
        var text = body["text"]?["body"]?.GetValue<string>() ?? "";
        if (text.StartsWith("lost", StringComparison.Ordinal))
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return int.TryParse(text.Split(' ')[0], out var code) ? GraphStub.RefuseAsync(context, code) : GraphStub.AcceptAsync(context, $"wamid.out.{nth}");
    }

    /// <summary>A customer writes.</summary>
    public async Task<long> MeetAsync(int nth)
    {
        var phone = $"9194000000{nth:00}";
        await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.in.{nth}.{Guid.NewGuid():N}", phone, "hello", Host.Clock.GetUtcNow(), $"Customer {nth}"));
        await Host.SettledAsync();
        return await Host.ReadAsync(db => db.Set<Conversation>().OrderByDescending(c => c.LastSequence).Select(c => c.Id).FirstAsync());
    }

    public async Task<long> SayAsync(Actor who, long conversation, string text) =>
        (await Host.Services.GetRequiredService<SendReply>().ExecuteAsync(who, conversation, new TextContent(text), Guid.CreateVersion7()))!.MessageId!.Value;

    /// <summary>Says something that goes wrong, and waits until it did.</summary>
    public async Task<long> FailAsync(Actor who, long conversation, string text = "131026 hello")
    {
        var id = await SayAsync(who, conversation, text);
        await SeeAsync(id, DeliveryStatus.Failed);
        return id;
    }

    /// <summary>A message whose answer was lost and that nobody confirmed in time.</summary>
    public async Task<long> LoseAsync(Actor who, long conversation)
    {
        var id = await SayAsync(who, conversation, "lost");
        await Eventually.BeAsync(() => Host.ReadAsync(db => db.Set<OutboundMessage>().AnyAsync(o => o.MessageId == id && o.State == OutboundState.Unknown)));
        Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await SeeAsync(id, DeliveryStatus.NotConfirmed);
        return id;
    }

    public Task SeeAsync(long id, DeliveryStatus status) =>
        Eventually.BeAsync(() => Host.ReadAsync(db => db.Set<Message>().AnyAsync(m => m.Id == id && m.Status == status)));

    /// <summary>The platform reports the status of a message.</summary>
    public async Task ReportAsync(long id, string status)
    {
        var attempt = await Host.ReadAsync(db => db.Set<SendAttempt>().Where(a => a.MessageId == id).Select(a => a.Id).FirstAsync());
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(
            MetaWebhooks.Status($"wamid.of.{id}", status, Host.Clock.GetUtcNow(), attempt.ToString("N")))));
        await Host.SettledAsync();
    }

    public Task<List<SendTrouble>> TroublesAsync() => Host.ReadAsync(db => db.Set<SendTrouble>().AsNoTracking().OrderBy(t => t.MessageId).ToListAsync());

    /// <summary>The messages of somebody's lane.</summary>
    public async Task<List<long>> LaneAsync(Actor who, bool isEverybodys = false) =>
        [.. (await Query.GetAsync(who, isEverybodys))!.Groups.SelectMany(g => g.Items).Select(i => i.Way.MessageId)];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
        await Graph.DisposeAsync();
    }
}
