using System.Net;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;
using Weflux.Web.Security;
using Weflux.Web.Sending.Watch;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Data;

/// <summary>What stands in for the parts that these tests are not about.</summary>
internal static class Stand
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly SecretProtector Protector = new(KeyRing.Load(
        new KeyRingOptions { Current = "test", Ring = { ["test"] = Convert.ToBase64String(new byte[32]) } },
        Directory(Path.Combine(Path.GetTempPath(), "weflux-tests")),
        mayGenerate: false));

    public static DataDirectory Directory(string path) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Weflux:DataDirectory"] = path }).Build());

    public static SendingMeter Meter() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    public static InboxBroadcaster Broadcaster() => new(new DeafHub(), NullLogger<InboxBroadcaster>.Instance);

    /// <summary>A journal that nobody appends to.</summary>
    public static WebhookJournal Journal(WefluxDatabase database, LaneSignals lanes, TimeProvider time) =>
        new(database, Protector, lanes, time, NullLogger<WebhookJournal>.Instance);

    public static Actor Actor(
        WorkspaceId workspace, UserId user, Role role, AgentVisibility visibility = AgentVisibility.OwnAndUnassigned, bool mask = true) =>
        new(workspace, user, "Somebody", role, new AgentSettings(visibility, mask, MayReveal: false));

    /// <summary>A client whose every call gets this answer.</summary>
    public static CloudApiClient CloudApi(HttpStatusCode status, string body) => CloudApi(_ => (status, body));

    /// <summary>A client that is answered as the test says.</summary>
    public static CloudApiClient CloudApi(Func<Uri, (HttpStatusCode Status, string Body)> answer)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Protector);
        services.AddCloudApi(new ConfigurationBuilder().Build());
        services.AddHttpClient(CloudApiClient.ClientName).ConfigurePrimaryHttpMessageHandler(() => new Answers(answer));
        return services.BuildServiceProvider().GetRequiredService<CloudApiClient>();
    }

    private sealed class Answers(Func<Uri, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            var (status, body) = answer(request.RequestUri!);
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }

    /// <summary>Uploads that a platform takes which takes everything.</summary>
    public static PlatformUploads Uploads(WefluxDatabase database, TimeProvider time) =>
        new(database, CloudApi(HttpStatusCode.OK, """{"id":"77"}"""), Files(), time);

    /// <summary>A folder of its own for files.</summary>
    public static MediaFolder Files() => new(Directory(Path.Combine(Path.GetTempPath(), "weflux-tests", Guid.NewGuid().ToString("N"))));

    /// <summary>A hub with nobody listening.</summary>
    private sealed class DeafHub : IHubContext<InboxHub, IInboxClient>, IHubClients<IInboxClient>, IInboxClient
    {
        public IHubClients<IInboxClient> Clients => this;

        public IGroupManager Groups => throw new NotSupportedException();

        IInboxClient IHubClients<IInboxClient>.All => this;

        public Task Changed(IReadOnlyList<ConversationHint> hints) => Task.CompletedTask;

        public Task People(IReadOnlyList<long> members) => Task.CompletedTask;

        public Task Noticed() => Task.CompletedTask;

        public Task Together(IReadOnlyList<TogetherHint> hints) => Task.CompletedTask;

        public IInboxClient AllExcept(IReadOnlyList<string> excludedConnectionIds) => this;

        public IInboxClient Client(string connectionId) => this;

        public IInboxClient Group(string groupName) => this;

        public IInboxClient GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => this;

        public IInboxClient User(string userId) => this;

        public IInboxClient Users(IReadOnlyList<string> userIds) => this;

        IInboxClient IHubClients<IInboxClient>.Clients(IReadOnlyList<string> connectionIds) => this;

        IInboxClient IHubClients<IInboxClient>.Groups(IReadOnlyList<string> groupNames) => this;
    }
}
