using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>The real program, and another one that is told of events.</summary>
public sealed class EventWorld : IAsyncLifetime
{
    private HttpClient _client = null!;
    private int _customers;
    private int _paths;

    internal WefluxHost Host { get; private set; } = null!;

    internal EventReceiver Receiver { get; private set; } = null!;

    internal Actor Admin { get; private set; } = null!;

    internal Actor Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Receiver = await EventReceiver.StartAsync();
        Host = await WefluxHost.StartAsync();
        _client = Host.NewClient();
        Admin = await Host.ActorAsync("admin@demo.test");
        Agent = await Host.ActorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    internal T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>A webhook at a path of its own.</summary>
    internal async Task<Listening> ListenAsync(IReadOnlyCollection<string> types, bool hasText = true, bool hasNumbers = true, Uri? address = null)
    {
        var path = $"/hook-{Interlocked.Increment(ref _paths)}";
        var input = new EventEndpointInput(path, (address ?? new Uri(Receiver.Address, path)).ToString(), types, hasText, hasNumbers);
        var made = await Get<MakeEventEndpoint>().ExecuteAsync(Admin, input);
        made.Words.Should().BeNull();
        return new Listening(made.Id!.Value, path, made.Secret!);
    }

    internal Task<Listening> ListenToAllAsync(bool hasText = true, bool hasNumbers = true) =>
        ListenAsync([.. EventTypes.All.Select(t => t.Name)], hasText, hasNumbers);

    /// <summary>A customer writes for the first time.</summary>
    /// <returns>The conversation.</returns>
    internal async Task<long> MeetAsync(string words = "hello", string name = "Asha")
    {
        Phone = $"9195550002{Interlocked.Increment(ref _customers):00}";
        await SayAsync(words, name);
        return await Host.ReadAsync(db => db.Set<Conversation>().OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());
    }

    /// <summary>The number of the customer who was met last.</summary>
    internal string Phone { get; private set; } = "";

    internal async Task SayAsync(string words, string name = "Asha")
    {
        await new MetaWebhooks(_client).PostAsync(MetaWebhooks.TextFrom($"wamid.{Guid.NewGuid():N}", Phone, words, Host.Clock.GetUtcNow(), name));
        await Host.SettledAsync();
    }

    internal Task<List<EventDelivery>> RowsAsync(long endpoint) =>
        Host.ReadAsync(db => db.Set<EventDelivery>().AsNoTracking().Where(d => d.EndpointId == endpoint).OrderBy(d => d.Id).ToListAsync());

    internal Task<EventDelivery> SettledAsync(long endpoint, EventDeliveryState state) => OneAsync(endpoint, rows => rows is [var one] && one.State == state);

    internal async Task<EventDelivery> OneAsync(long endpoint, Func<List<EventDelivery>, bool> isSo) =>
        (await Eventually.SeeAsync(() => RowsAsync(endpoint), isSo)).Single();

    internal Task<EventEndpoint> EndpointAsync(long id) => Host.ReadAsync(db => db.Set<EventEndpoint>().AsNoTracking().SingleAsync(e => e.Id == id));

    /// <summary>Nobody holds the address any more, so that what is due is sent at the next look.</summary>
    internal Task QuietAsync(long endpoint) => Eventually.BeAsync(async () => (await EndpointAsync(endpoint)).LeaseId is null);
}

/// <summary>A webhook of a test.</summary>
internal sealed record Listening(long Id, string Path, string Secret);
