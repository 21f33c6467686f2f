using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Live;

/// <summary>A feed as a circuit of this person would have it, and what came of it.</summary>
internal sealed class Listener(InboxFeed feed)
{
    private readonly Lock _lock = new();
    private readonly List<FeedNews> _news = [];

    public InboxFeed Feed => feed;

    public FeedSubscription Subscription { get; private set; } = null!;

    public IReadOnlyList<FeedNews> News
    {
        get
        {
            lock (_lock)
            {
                return [.. _news];
            }
        }
    }

    public IEnumerable<ConversationHint> Hints => News.SelectMany(n => n.Hints);

    public bool HasHints => Hints.Any();

    public bool IsNoticed => News.Any(n => n.Noticed);

    public static async Task<Listener> OpenAsync(
        WefluxHost host, string email, string slug = "demo", Actor? pretended = null, bool hearsPeople = false, bool hearsNotices = false)
    {
        var own = email.Contains("demo-two", StringComparison.Ordinal) ? "demo-two" : "demo";
        var actor = await host.ActorAsync(email, own);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, actor.User.ToString())], "test");
        var feed = new InboxFeed(
            new FixedSignIn(new ClaimsPrincipal(identity)),
            host.Services.GetRequiredService<InProcessHubConnection>(),
            host.Services.GetRequiredService<ChangeBeat>(),
            TimeProvider.System,
            host.Services.GetRequiredService<ILogger<InboxFeed>>());
        var listener = new Listener(feed);
        listener.Subscription = await feed.SubscribeAsync(pretended ?? actor, slug, listener.TakeAsync, hearsPeople, hearsNotices);
        return listener;
    }

    private Task TakeAsync(FeedNews news)
    {
        lock (_lock)
        {
            _news.Add(news);
        }

        return Task.CompletedTask;
    }

    private sealed class FixedSignIn(ClaimsPrincipal principal) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(principal));
    }
}
