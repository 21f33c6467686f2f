using System.Collections;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Isolation;

/// <summary>
/// Every road to data by an id, tried by everybody of another workspace. The roads are listed by the program itself: a
/// new endpoint, hub method, query or use case that nobody tries here fails by name.
/// </summary>
public sealed class IsolationTests(TwoWorkspaces world) : IClassFixture<TwoWorkspaces>
{
    public static TheoryData<string> Methods => [.. Crossings.All.Select(c => c.Method)];

    /// <summary>How each endpoint with a parameter is addressed with what belongs to the first workspace.</summary>
    private static readonly Dictionary<string, Func<TwoWorkspaces, string>> Addresses = new(StringComparer.Ordinal)
    {
        ["/api/v1/conversations/{id:long}"] = w => $"/api/v1/conversations/{w.Conversation}",
        ["/api/v1/conversations/{id:long}/assign"] = w => $"/api/v1/conversations/{w.Conversation}/assign",
        ["/api/v1/conversations/{id:long}/close"] = w => $"/api/v1/conversations/{w.Conversation}/close",
        ["/api/v1/conversations/{id:long}/reopen"] = w => $"/api/v1/conversations/{w.Conversation}/reopen",
        ["/api/v1/conversations/{id:long}/snooze"] = w => $"/api/v1/conversations/{w.Conversation}/snooze",
        ["/api/v1/conversations/{id:long}/no-reply-needed"] = w => $"/api/v1/conversations/{w.Conversation}/no-reply-needed",
        ["/api/v1/conversations/{id:long}/labels/{label:long}"] = w => $"/api/v1/conversations/{w.Conversation}/labels/{w.Label}",
        ["/api/v1/conversations/{id:long}/notes"] = w => $"/api/v1/conversations/{w.Conversation}/notes",
        ["/api/v1/contacts/{id:long}"] = w => $"/api/v1/contacts/{w.Contact}",
        ["/api/v1/contacts/{id:long}/consents"] = w => $"/api/v1/contacts/{w.Contact}/consents",
        ["/api/v1/webhooks/{id:long}/events"] = w => $"/api/v1/webhooks/{w.Webhook}/events",
        ["/api/v1/webhooks/{id:long}/replay"] = w => $"/api/v1/webhooks/{w.Webhook}/replay",
        ["/api/v1/events/{id:long}/replay"] = w => $"/api/v1/events/{w.Event}/replay",
        ["/w/{Workspace}/settings/api-keys"] = _ => "/w/demo/settings/api-keys",
        ["/w/{Workspace}/settings/webhooks"] = _ => "/w/demo/settings/webhooks",
        ["/w/{Workspace}/settings/webhooks/{Id:long}"] = w => $"/w/demo/settings/webhooks/{w.Webhook}",
        ["/api/v1/webhook-deliveries/{id:long}/replay"] = w => $"/api/v1/webhook-deliveries/{w.Delivery}/replay",
        ["/api/v1/media/{id:long}"] = w => $"/api/v1/media/{w.File}",
        ["/api/v1/media/{id:long}/content"] = w => $"/api/v1/media/{w.File}/content",
        ["/w/{workspace}/media"] = _ => "/w/demo/media",
        ["/w/{workspace}/media/{file:long}"] = w => $"/w/demo/media/{w.File}",
        ["/w/{workspace}/media/{file:long}/thumbnail"] = w => $"/w/demo/media/{w.File}/thumbnail",
        ["/w/{Workspace}/inbox/{ConversationId:long?}"] = w => $"/w/demo/inbox/{w.Conversation}",
        ["/w/{Workspace}/inbox/search/{ConversationId:long?}"] = w => $"/w/demo/inbox/search/{w.Conversation}?q=canary",
        ["/w/{Workspace}/views"] = _ => "/w/demo/views",
        ["/w/{Workspace}/failed"] = _ => "/w/demo/failed",
        ["/w/{Workspace}/floor/{ConversationId:long?}"] = w => $"/w/demo/floor/{w.Conversation}",
        ["/w/{Workspace}/contacts"] = _ => "/w/demo/contacts",
        ["/w/{Workspace}/contacts/{Id:long}"] = w => $"/w/demo/contacts/{w.Contact}",
        ["/w/{Workspace}/settings/contact-fields"] = _ => "/w/demo/settings/contact-fields",
        ["/w/{Workspace}/leave"] = _ => "/w/demo/leave",
        ["/w/{Workspace}/settings/audit"] = _ => "/w/demo/settings/audit",
        ["/w/{Workspace}/settings/billing"] = _ => "/w/demo/settings/billing",
        ["/w/{Workspace}/settings/general"] = _ => "/w/demo/settings/general",
        ["/w/{Workspace}/settings/people"] = _ => "/w/demo/settings/people",
        ["/w/{workspace}/settings/audit/export.{format}"] = _ => "/w/demo/settings/audit/export.csv",
        ["/w/{workspace}/settings/export/{ticket}"] = w => $"/w/demo/settings/export/{w.Ticket}",
        ["/invitation/{Token}"] = _ => $"/invitation/{new string('a', 43)}",
        ["/w/{Workspace}/settings"] = _ => "/w/demo/settings",
        ["/w/{Workspace}/start"] = _ => "/w/demo/start",
        ["/people/{person:long}/picture"] = w => $"/people/{w.Owner.User}/picture",
        ["/w/{Workspace}/settings/sending"] = _ => "/w/demo/settings/sending",
        ["/w/{Workspace}/settings/numbers"] = _ => "/w/demo/settings/numbers",
        ["/w/{Workspace}/settings/numbers/new"] = _ => "/w/demo/settings/numbers/new",
        ["/w/{Workspace}/settings/numbers/{Id:long}"] = w => $"/w/demo/settings/numbers/{w.Number}",
        ["/w/{Workspace}/scheduled"] = _ => "/w/demo/scheduled",
        ["/w/{Workspace}/new"] = _ => "/w/demo/new",
        ["/w/{Workspace}/drafts"] = _ => "/w/demo/drafts",
        ["/w/{Workspace}/settings/replies"] = _ => "/w/demo/settings/replies",
        ["/w/{Workspace}/settings/assignment"] = _ => "/w/demo/settings/assignment",
        ["/w/{Workspace}/settings/labels"] = _ => "/w/demo/settings/labels",
        ["/w/{Workspace}/settings/teams"] = _ => "/w/demo/settings/teams",
        ["/w/{Workspace}/settings/templates"] = _ => "/w/demo/settings/templates",
        ["/w/{Workspace}/settings/templates/new"] = _ => "/w/demo/settings/templates/new",
        ["/w/{Workspace}/settings/templates/{Id:long}"] = w => $"/w/demo/settings/templates/{w.Template}",
        ["/w/{Workspace}/settings/templates/{Id:long}/edit"] = w => $"/w/demo/settings/templates/{w.Template}/edit",
        ["/api/{**rest}"] = _ => "/api/v1/nothing",
        ["/webhooks/whatsapp/{appKey}"] = _ => "/webhooks/whatsapp/demo",
    };

    /// <summary>What is sent to an endpoint that reads before it looks, so that it does look.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["/api/v1/conversations/{id:long}/assign"] = "{}",
        ["/api/v1/conversations/{id:long}/snooze"] = """{"until":"2099-01-01T00:00:00Z"}""",
        ["/api/v1/conversations/{id:long}/notes"] = """{"text":"mine"}""",
        ["/api/v1/contacts/{id:long}"] = """{"name":"mine"}""",
        ["/api/v1/contacts/{id:long}/consents"] = """{"purpose":"marketing","decision":"stopped","way":"shop","words":"mine","on":"2026-01-01"}""",
    };

    private static readonly (string Prefix, string Reason)[] ExemptRoutes =
    [
        ("/simulator/", "plays Meta and the customers' phones while the demo is on; it holds nothing of a workspace and asks nobody who they are"),
        ("/_framework/", "files of the framework"),
        ("/{**path:file}", "files that everybody gets; while developing, those not yet in the list of static assets too"),
        ("/_blazor/", "the circuit, whose pages read through the queries that are tried"),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_query_or_use_case_gives_a_stranger_nothing_and_changes_nothing(string method)
    {
        var before = await world.PictureAsync();
        foreach (var stranger in await world.StrangersAsync())
        {
            var got = await Crossings.All.Single(c => c.Method == method).TryAsync(world, stranger);
            IsNothing(got).Should().BeTrue("{0} gave {1} {2}", method, stranger.Name, got);
        }

        (await world.PictureAsync()).Should().Be(before);
    }

    [Fact]
    public async Task The_owner_gets_something_where_strangers_get_nothing()
    {
        // Otherwise a typing error in the table would look like isolation. Those that write are left out, and what is not in
        // this world: an item that is kept as it came, and a message that waits, which RoleMatrix tries.
        foreach (var crossing in Crossings.All.Where(c => c.Method.Contains("Query.", StringComparison.Ordinal)
            && !c.Method.StartsWith("TemplateList", StringComparison.Ordinal) && !c.Method.EndsWith(nameof(ThreadQuery.RawAsync), StringComparison.Ordinal)
            && !c.Method.StartsWith(nameof(Weflux.Web.Sending.QueueQuery), StringComparison.Ordinal)))
        {
            IsNothing(await crossing.TryAsync(world, world.Owner)).Should().BeFalse(crossing.Method);
        }
    }

    [Fact]
    public void Every_method_that_takes_somebody_or_a_workspace_is_tried()
    {
        var tried = Crossings.All.Select(c => c.Method.Split('(')[0]).Concat(Crossings.Exempt.Keys).ToHashSet(StringComparer.Ordinal);
        var there = TakersOf(typeof(WefluxDatabase).Assembly).ToHashSet(StringComparer.Ordinal);

        there.Except(tried, StringComparer.Ordinal).Should().BeEmpty("each needs a row in {0}", nameof(Crossings));
        tried.Except(there, StringComparer.Ordinal).Should().BeEmpty("a row without a method is out of date");
    }

    [Fact]
    public void A_method_that_nobody_tries_is_seen() =>
        TakersOf(typeof(IsolationTests).Assembly).Should().Contain("NewUseCase.ExecuteAsync");

    [Fact]
    public void Every_endpoint_with_a_parameter_is_tried()
    {
        var routes = Routes().Select(r => r.Pattern).Where(p => Array.TrueForAll(ExemptRoutes, e => !p.StartsWith(e.Prefix, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
        routes.Except(Addresses.Keys, StringComparer.Ordinal).Should().BeEmpty("each needs an address in {0}", nameof(Addresses));
        Addresses.Keys.Except(routes, StringComparer.Ordinal).Should().BeEmpty("a row without an endpoint is out of date");
    }

    [Fact]
    public async Task An_endpoint_gives_a_stranger_nothing_and_changes_nothing()
    {
        var clients = await ClientsAsync();
        var addresses = Addresses.ToDictionary(a => a.Key, a => a.Value(world), StringComparer.Ordinal);
        var before = await world.PictureAsync();

        // A page answers with its empty shell, which is the same for everybody.
        var pages = world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        foreach (var (pattern, methods) in Routes().Where(r => Addresses.ContainsKey(r.Pattern)))
        {
            foreach (var (who, client) in clients)
            {
                foreach (var method in methods)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), addresses[pattern]);
                    if (method != "GET" && Bodies.TryGetValue(pattern, out var body))
                    {
                        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                    }

                    using var answer = await client.SendAsync(request);
                    var text = await answer.Content.ReadAsStringAsync();
                    text.Should().NotContainAny(TwoWorkspaces.Canaries, $"{who} asked {method} {pattern}");
                    if (!pages.Contains(pattern))
                    {
                        answer.StatusCode.Should().BeOneOf(
                            [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Redirect], "{0} asked {1} {2}: {3}", who, method, pattern, text);
                        if (answer.StatusCode == HttpStatusCode.Redirect)
                        {
                            answer.Headers.Location!.ToString().Should().StartWith("/sign-in?", "{0} asked {1} {2}", who, method, pattern);
                        }
                    }
                }
            }
        }

        (await world.PictureAsync()).Should().Be(before);
        foreach (var (_, client) in clients)
        {
            client.Dispose();
        }
    }

    [Fact]
    public async Task A_page_of_another_workspace_is_the_same_as_one_of_a_workspace_that_does_not_exist()
    {
        using var stranger = await world.Host.SignInAsync("admin@demo-two.test");
        using var theirs = await stranger.GetAsync($"/w/demo/inbox/{world.Conversation}");
        using var nobodys = await stranger.GetAsync($"/w/nobody/inbox/{world.Conversation}");
        theirs.StatusCode.Should().Be(nobodys.StatusCode);
        Shape(await theirs.Content.ReadAsStringAsync()).Should().Be(Shape(await nobodys.Content.ReadAsStringAsync()));

        // What differs from answer to answer: nonces, tokens and the encrypted description of the circuit, in comments.
        static string Shape(string page) => System.Text.RegularExpressions.Regex.Replace(
            page, "<!--.*?-->|nonce=\"[^\"]*\"|value=\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_secret_of_one_workspace_signs_nothing_for_another()
    {
        var before = await world.PictureAsync();
        using var client = world.Host.NewClient();
        var forged = new MetaWebhooks(client, "demo", "demo-two-app-secret");
        (await forged.PostAsync(MetaWebhooks.TextFrom("wamid.forged", "919800000009", "forged", world.Host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.Unauthorized);

        // Signed rightly by the second workspace, but about the number of the first: parked there, and nothing arrives here.
        var crossing = new MetaWebhooks(client, "demo-two", "demo-two-app-secret");
        (await crossing.PostAsync(MetaWebhooks.TextFrom("wamid.crossing", "919899990001", "crossing", world.Host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.OK);
        await Eventually.BeAsync(async () => (await world.Host.ReadAsync(
            db => Task.FromResult(db.Set<Weflux.Web.Webhooks.WebhookDelivery>().ToList()), "demo-two")).All(d => d.State == Weflux.Web.Webhooks.WebhookDeliveryState.Parked));

        (await world.PictureAsync()).Should().Be(before);
    }

    [Fact]
    public async Task A_method_of_the_hub_lets_a_stranger_into_nothing()
    {
        var tries = new Dictionary<string, object?[]>(StringComparer.Ordinal) { [nameof(InboxHub.JoinWorkspace)] = ["demo"] };
        var methods = typeof(InboxHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition().DeclaringType == typeof(InboxHub)).Select(m => m.Name).ToList();
        methods.Should().BeEquivalentTo(tries.Keys, "each method of the hub is tried here");

        foreach (var email in TwoWorkspaces.Strangers)
        {
            var cookies = new CookieContainer();
            using var session = await world.Host.SignInAsync(email, cookies);
            await using var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(world.Host.Address, "/hubs/inbox"), o => o.Cookies = cookies).Build();
            var heard = 0;
            connection.On<JsonElement>(nameof(IInboxClient.Changed), _ => Interlocked.Increment(ref heard));
            await connection.StartAsync();
            foreach (var (method, arguments) in tries)
            {
                var got = await connection.InvokeCoreAsync<JsonElement>(method, arguments);
                got.ValueKind.Should().BeOneOf([JsonValueKind.False, JsonValueKind.Null, JsonValueKind.Undefined], "{0} asked {1}", email, method);
            }

            await world.Host.Services.GetRequiredService<InboxBroadcaster>().AnnounceAsync(world.Owner.Workspace,
                [ConversationChange.Of((await world.Host.ConversationsAsync()).Single(), null)]);
            (await connection.InvokeAsync<bool>(nameof(InboxHub.JoinWorkspace), "demo-two")).Should().BeTrue("what was sent before has arrived by now");
            heard.Should().Be(0);
        }
    }

    internal static bool IsNothing(object? got) => got is null or false or "" || (got is IEnumerable list && !list.Cast<object>().Any());

    internal static IEnumerable<string> TakersOf(Assembly assembly) => assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsNested: false } && (t.IsPublic || !t.IsAbstract) && !typeof(Delegate).IsAssignableFrom(t))
        .Where(t => !t.Name.StartsWith('<') && !t.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.IComponent)) && t.GetMethod("<Clone>$") is null)
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && m.GetParameters().Any(p => Speaks(p.ParameterType)))
            .Select(m => $"{t.Name}.{m.Name}"))
        .Distinct(StringComparer.Ordinal);

    private static bool Speaks(Type type) => type == typeof(Actor) || type == typeof(WorkspaceId) || type == typeof(UserId);

    private IEnumerable<(string Pattern, IReadOnlyList<string> Methods)> Routes() => world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.RoutePattern.Parameters.Count > 0)
        .GroupBy(e => "/" + e.RoutePattern.RawText!.TrimStart('/').TrimEnd('/'), StringComparer.Ordinal)
        .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Distinct(StringComparer.Ordinal)]));

    private async Task<List<(string Who, HttpClient Client)>> ClientsAsync()
    {
        var clients = new List<(string, HttpClient)> { ("anybody", world.Host.NewClient()), ("a key", world.Host.NewApiClient(ApiCalls.OtherDemoKey)) };
        foreach (var email in TwoWorkspaces.Strangers)
        {
            clients.Add((email, await world.Host.SignInAsync(email)));
            var both = await world.Host.SignInAsync(email);
            both.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiCalls.OtherDemoKey);
            clients.Add(($"{email} with a key", both));
        }

        return clients;
    }
}

/// <summary>What a use case looks like that somebody forgot to try.</summary>
public sealed class NewUseCase(TimeProvider time)
{
    public Task ExecuteAsync(Actor actor, long id) => Task.FromResult((actor, id, time));
}
