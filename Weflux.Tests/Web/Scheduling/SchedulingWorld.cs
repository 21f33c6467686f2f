using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Scheduling;

/// <summary>A host whose platform is a stub, with one customer who has just written.</summary>
public abstract class SchedulingWorld : IAsyncLifetime
{
    protected const string Phone = "919200000007";
    protected static readonly TemplateContent Reminder = new(
        "visit_reminder", "en", TemplateCategory.Utility, ["Asha", "Friday"], "Hi Asha, your tasting is booked for Friday", ["first_name", "day"]);

    private int _heard;

    protected GraphStub Graph { get; private set; } = null!;

    protected WefluxHost Host { get; private set; } = null!;

    protected Actor Agent { get; private set; } = null!;

    protected Actor Manager { get; private set; } = null!;

    protected long Conversation { get; private set; }

    protected DateTimeOffset Now => Host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Graph = await GraphStub.StartAsync();
        Host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = Graph.Address.ToString());
        await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        await HearAsync("hello");
        Conversation = (await Host.ConversationsAsync()).Single().Id;
        (Agent, Manager) = (await Host.ActorAsync(), await Host.ActorAsync("manager@demo.test"));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Graph.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected T The<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    protected async Task HearAsync(string words)
    {
        using var client = Host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom($"wamid.in.{++_heard}", Phone, words, Now, "Asha"));
        await Host.SettledAsync();
    }

    protected Task<ScheduleAnswer> PlanAsync(string words, TimeSpan ahead, TemplateContent? fallback = null, bool cancels = true, Guid? draft = null) =>
        PlanAsync(new TextContent(words), ahead, fallback, cancels, draft);

    protected Task<ScheduleAnswer> PlanAsync(MessageContent content, TimeSpan ahead, TemplateContent? fallback = null, bool cancels = true, Guid? draft = null) =>
        The<ScheduleMessage>().ExecuteAsync(Agent, Conversation, content, new SchedulePlan(Now + ahead, fallback, cancels), draft ?? Guid.CreateVersion7());

    protected Task<List<ScheduledMessage>> ScheduledAsync() =>
        Host.ReadAsync(db => db.Set<ScheduledMessage>().AsNoTracking().OrderBy(s => s.DueAt).ThenBy(s => s.Id).ToListAsync());

    protected async Task<ScheduledMessage> SettledAsync(ScheduledState state) =>
        (await Eventually.SeeAsync(ScheduledAsync, all => all.Exists(s => s.State == state))).First(s => s.State == state);

    protected async Task<Message> SentAsync(string words) =>
        (await Eventually.SeeAsync(Host.MessagesAsync, all => all.Exists(m => m.Content.Text == words && m.Status == DeliveryStatus.Sent)))
            .Single(m => m.Content.Text == words && m.Status == DeliveryStatus.Sent);

    protected string[] Words() => [.. Graph.Sends.Select(s => s["text"]?["body"]?.GetValue<string>() ?? s["template"]!["name"]!.GetValue<string>())];

    protected Task<List<OutboundMessage>> OutboxAsync() => Host.ReadAsync(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync());

    /// <summary>The agent wants five seconds.</summary>
    protected Task WantSecondThoughtsAsync() => Host.ReadAsync(async db =>
    {
        var id = Agent.User.Value;
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == id);
        user.Preferences = user.Preferences with { WaitsBeforeSending = true };
        return await db.SaveChangesAsync();
    });

    protected async Task RestartAsync(TimeSpan away)
    {
        await Host.StopKeepingDataAsync();
        Host.Clock.Advance(away);
        Host = await Host.StartAgainAsync();
    }
}
