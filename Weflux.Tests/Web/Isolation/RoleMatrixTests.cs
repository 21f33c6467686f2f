using System.Net;
using System.Reflection;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Isolation;

/// <summary>
/// Everything that somebody can do, tried by an Agent, a Manager and an Admin of the workspace, by the Admin of another
/// one, and by nobody. What there is to do is listed by the program itself, so nothing new stays untried.
/// </summary>
public sealed class RoleMatrixTests(TwoWorkspaces world) : IClassFixture<TwoWorkspaces>
{
    private static readonly (Who Who, string Email)[] People =
    [
        (Who.Agent, "agent@demo.test"),
        (Who.Manager, "manager@demo.test"),
        (Who.Admin, "admin@demo.test"),
        (Who.Nobody, "admin@demo-two.test"),
    ];

    private static readonly string[] Refusals = ["You may not see this", "There is nothing here"];

    public static TheoryData<string> Methods => [.. RoleMatrix.Methods.Select(r => r.Method)];

    public static TheoryData<string> Restricted => [.. RoleMatrix.Pages.Where(p => p.Value is not (Who.Anybody or Who.Member)).Select(p => p.Key)];

    public static TheoryData<string> Guarded => [.. RoleMatrix.Endpoints.Where(e => e.Value != Who.Anybody).Select(e => e.Key)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_use_case_or_query_works_for_its_roles_and_for_nobody_else(string method)
    {
        var row = RoleMatrix.Methods.Single(r => r.Method == method);
        foreach (var (who, email) in People)
        {
            await world.ResetAsync();
            var actor = await world.Host.ActorAsync(email, email.EndsWith("demo.test", StringComparison.Ordinal) ? "demo" : "demo-two");

            // The Admin of another workspace tries it here, with nothing but the name of the workspace.
            var here = who == Who.Nobody ? actor with { Workspace = world.Owner.Workspace, Role = default } : actor;
            (await row.WorkedAsync(world, here)).Should().Be(row.Who.HasFlag(who) && who != Who.Nobody, "{0} tried {1}", email, method);
        }

        await world.ResetAsync();
    }

    [Fact]
    public void Every_use_case_and_query_has_its_row()
    {
        var rows = RoleMatrix.Methods.Select(r => r.Method).ToList();
        rows.Should().OnlyHaveUniqueItems();
        var known = rows.Concat(RoleMatrix.SameForAll.Keys).Concat(Crossings.Exempt.Keys.Except(rows)).ToHashSet(StringComparer.Ordinal);
        var there = IsolationTests.TakersOf(typeof(WefluxDatabase).Assembly).ToHashSet(StringComparer.Ordinal);

        there.Except(known, StringComparer.Ordinal).Should().BeEmpty("each needs a row in {0}", nameof(RoleMatrix));
        known.Except(there, StringComparer.Ordinal).Should().BeEmpty("a row without a method is out of date");
        IsolationTests.TakersOf(typeof(RoleMatrixTests).Assembly).Except(known, StringComparer.Ordinal).Should().Contain("NewUseCase.ExecuteAsync", "it has no row");
    }

    [Fact]
    public void Every_page_has_its_row()
    {
        var pages = typeof(WefluxDatabase).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).ToList();
        pages.Should().BeEquivalentTo(RoleMatrix.Pages.Keys, "each page needs a row in {0}", nameof(RoleMatrix));
    }

    [Fact]
    public async Task A_page_for_members_sends_everybody_else_to_the_sign_in()
    {
        using var nobody = world.Host.NewClient();
        foreach (var (page, who) in RoleMatrix.Pages)
        {
            using var answer = await nobody.GetAsync(AddressOf(page));
            if (who == Who.Anybody)
            {
                answer.StatusCode.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.NotFound], page);
            }
            else
            {
                answer.StatusCode.Should().Be(HttpStatusCode.Redirect, page);
                answer.Headers.Location!.ToString().Should().StartWith("/sign-in", page);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Restricted))]
    public async Task A_restricted_page_shows_itself_to_its_roles_and_a_refusal_to_the_others(string page)
    {
        foreach (var (who, email) in People)
        {
            var actor = await world.Host.ActorAsync(email, email.EndsWith("demo.test", StringComparison.Ordinal) ? "demo" : "demo-two");
            await using var scope = world.Host.Services.CreateAsyncScope();
            await using var context = new BunitContext();
            context.JSInterop.Mode = JSRuntimeMode.Loose;
            var signedIn = new SignedIn(actor.User);
            context.Services.AddSingleton<AuthenticationStateProvider>(signedIn);
            context.Services.AddSingleton(new CurrentActor(signedIn, world.Service<Actors>()));
            context.Services.AddScoped(_ => ActivatorUtilities.CreateInstance<InboxFeed>(scope.ServiceProvider, signedIn));
            context.Services.AddFallbackServiceProvider(scope.ServiceProvider);
            context.Services.GetRequiredService<NavigationManager>().NavigateTo(AddressOf(page));
            var type = typeof(WefluxDatabase).Assembly.GetTypes().Single(t => t.GetCustomAttributes<RouteAttribute>().Any(r => r.Template == page));

            var shown = context.Render(builder =>
            {
                builder.OpenComponent<CascadingValue<Actor>>(0);
                builder.AddComponentParameter(1, "Value", actor);
                builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
                {
                    inner.OpenComponent(0, type);
                    inner.AddComponentParameter(1, "Workspace", "demo");
                    if (page.Contains("{Id:long}", StringComparison.Ordinal))
                    {
                        inner.AddComponentParameter(2, "Id", world.Number);
                    }

                    inner.CloseComponent();
                }));
                builder.CloseComponent();
            });

            await shown.WaitForAssertionAsync(() => shown.FindAll("h1").Should().NotBeEmpty(), TimeSpan.FromSeconds(20));
            Refusals.Contains(shown.Find("h1").TextContent).Should().NotBe(RoleMatrix.Pages[page].HasFlag(who) && who != Who.Nobody, "{0} looked at {1}", email, page);
        }
    }

    [Fact]
    public void Every_endpoint_has_its_row() =>
        Endpoints().Should().BeEquivalentTo(RoleMatrix.Endpoints.Keys, "each endpoint needs a row in {0}", nameof(RoleMatrix));

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task An_endpoint_answers_its_roles_and_nobody_else(string endpoint)
    {
        await world.ResetAsync();
        var (method, pattern) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        var address = pattern.Replace("{workspace}", "demo", StringComparison.Ordinal).Replace("{format}", "csv", StringComparison.Ordinal)
            .Replace("{ticket}", world.Ticket, StringComparison.Ordinal).Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{label:long}", "1", StringComparison.Ordinal)
            .Replace("{file:long}", world.File.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{**rest}", "v1/nothing", StringComparison.Ordinal);
        foreach (var (who, email) in People.Append((Who.Nobody, "")))
        {
            using var client = email.Length == 0 ? world.Host.NewClient() : await world.Host.SignInAsync(email);
            using var request = new HttpRequestMessage(new HttpMethod(method == "ANY" ? "GET" : method), address);
            using var answer = await client.SendAsync(request);
            if (RoleMatrix.Endpoints[endpoint].HasFlag(who) && who != Who.Nobody)
            {
                answer.IsSuccessStatusCode.Should().BeTrue("{0} asked {1} and got {2}", email, endpoint, answer.StatusCode);
            }
            else
            {
                answer.StatusCode.Should().BeOneOf(
                    [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Redirect], "{0} asked {1}", email, endpoint);
                answer.Headers.Location?.ToString().Should().StartWith("/sign-in", "{0} asked {1}", email, endpoint);
            }
        }
    }

    [Fact]
    public async Task The_hub_takes_members_in_and_nobody_else()
    {
        typeof(InboxHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition().DeclaringType == typeof(InboxHub)).Select(m => m.Name)
            .Should().Equal([nameof(InboxHub.JoinWorkspace)], "each method of the hub is tried here");
        foreach (var (who, email) in People)
        {
            var cookies = new CookieContainer();
            using var session = await world.Host.SignInAsync(email, cookies);
            await using var connection = Connect(cookies);
            await connection.StartAsync();
            (await connection.InvokeAsync<bool>(nameof(InboxHub.JoinWorkspace), "demo")).Should().Be(who != Who.Nobody, email);
        }

        await using var stranger = Connect(new CookieContainer());
        await stranger.Awaiting(s => s.StartAsync()).Should().ThrowAsync<HttpRequestException>().Where(e => e.StatusCode == HttpStatusCode.Unauthorized);
    }

    private HubConnection Connect(CookieContainer cookies) =>
        new HubConnectionBuilder().WithUrl(new Uri(world.Host.Address, "/hubs/inbox"), o => o.Cookies = cookies).Build();

    private IEnumerable<string> Endpoints() => world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is null && !IsFile(e))
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/').TrimEnd('/')}"))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Files and the simulator are the same for everybody, and the circuit draws pages, which have rows of their own.</summary>
    private static bool IsFile(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        return endpoint.Metadata.Any(m => m.GetType().Name is "StaticAssetDescriptor")
            || path.Contains(":file}", StringComparison.Ordinal)
            || Array.Exists(["/simulator", "/_framework/", "/_blazor", "/_content/"], prefix => path.StartsWith(prefix, StringComparison.Ordinal));
    }

    private string AddressOf(string page) => page.Replace("{Workspace}", "demo", StringComparison.Ordinal)
        .Replace("{Id:long}", world.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("/{ConversationId:long?}", "", StringComparison.Ordinal).Replace("{Token}", new string('a', 43), StringComparison.Ordinal);

    private sealed class SignedIn(UserId user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"))));
    }
}
