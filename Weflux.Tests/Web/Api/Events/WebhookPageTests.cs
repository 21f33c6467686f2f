using System.Data.Common;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>What Admins see of webhooks, as components on the services of the real program.</summary>
public sealed class WebhookPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_link_from_one_webhook_to_another_takes_nothing_along()
    {
        await using var host = await WefluxHost.StartAsync();
        var admin = await host.ActorAsync("admin@demo.test");
        var (shop, desk) = (await MakeAsync(host, admin, "Shop"), await MakeAsync(host, admin, "Helpdesk"));
        await using var scope = host.Services.CreateAsyncScope();
        await using var context = Context(host, scope, admin);
        var page = context.Render<WebhookPage>(p => p.Add(w => w.Workspace, "demo").Add(w => w.Id, shop).AddCascadingValue(admin));
        await page.WaitForAssertionAsync(() => page.Find("#edit-name").GetAttribute("value").Should().Be("Shop"), Patience);
        await page.Find("#edit-name").InputAsync(new ChangeEventArgs { Value = "Half typed" });
        await page.FindAll("button").Single(b => b.TextContent == "Delete webhook").ClickAsync();
        page.FindAll("span").Should().Contain(s => s.TextContent == "Delete “Shop”?");

        page.Render(p => p.Add(w => w.Id, desk));

        await page.WaitForAssertionAsync(() => page.Find("h1").TextContent.Should().Be("Helpdesk"), Patience);
        page.Find("#edit-name").GetAttribute("value").Should().Be("Helpdesk");
        page.FindAll("button").Should().NotContain(b => b.TextContent == "Delete it", "that question was about the other one");
        await page.Find("form").SubmitAsync(EventArgs.Empty);
        await page.WaitForAssertionAsync(() => page.Find("form .set-done").TextContent.Should().Be("Saved"), Patience);
        (await host.ReadAsync(db => db.Set<EventEndpoint>().OrderBy(e => e.Id).Select(e => e.Name).ToListAsync())).Should().Equal("Shop", "Helpdesk");
    }

    [Fact]
    public async Task The_notice_goes_on_after_the_database_could_not_be_read()
    {
        var broken = new BrokenReading();
        await using var host = await WefluxHost.StartAsync(options => options.Services = services => services.AddSingleton<IInterceptor>(broken));
        var admin = await host.ActorAsync("admin@demo.test");
        await MakeAsync(host, admin, "Shop");
        await using var scope = host.Services.CreateAsyncScope();
        await using var context = Context(host, scope, admin);
        var notice = context.Render<WebhookNotice>(p => p.Add(n => n.Slug, "demo").AddCascadingValue(admin));
        await Eventually.BeAsync(() => Task.FromResult(broken.Seen > 0));

        broken.IsBroken = true;
        await PassAsync(host, () => broken.Refused > 0);
        broken.IsBroken = false;
        await host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, EventEndpointState.GivenUp).SetProperty(e => e.WhyOff, "It said that nobody is there any more.")));

        await PassAsync(host, () => notice.Markup.Contains("nobody is there any more", StringComparison.Ordinal));
        notice.Markup.Should().Contain("Shop");
    }

    /// <summary>Time passes until it is so.</summary>
    private static Task PassAsync(WefluxHost host, Func<bool> isSo) => Eventually.BeAsync(() =>
    {
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        return Task.FromResult(isSo());
    });

    private static async Task<long> MakeAsync(WefluxHost host, Actor admin, string name)
    {
        var made = await host.Services.GetRequiredService<MakeEventEndpoint>().ExecuteAsync(
            admin, new EventEndpointInput(name, "https://example.com/hook", [EventTypes.ContactCreated], HasText: false, HasNumbers: false));
        made.Words.Should().BeNull();
        return made.Id!.Value;
    }

    private static BunitContext Context(WefluxHost host, AsyncServiceScope scope, Actor admin)
    {
        var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        var signedIn = new SignedIn(admin.User);
        context.Services.AddSingleton<AuthenticationStateProvider>(signedIn);
        context.Services.AddSingleton(new CurrentActor(signedIn, host.Services.GetRequiredService<Actors>()));
        context.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        return context;
    }

    /// <summary>A database that answers what the notice asks with an error, as long as a test says so.</summary>
    private sealed class BrokenReading : DbCommandInterceptor
    {
        private int _seen;
        private int _refused;

        public bool IsBroken { get; set; }

        public int Seen => Volatile.Read(ref _seen);

        public int Refused => Volatile.Read(ref _refused);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            // Nobody else reads these words without the secret beside them.
            if (command.CommandText.Contains("\"WhyOff\"", StringComparison.Ordinal) && !command.CommandText.Contains("\"Secret\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _seen);
                if (IsBroken)
                {
                    Interlocked.Increment(ref _refused);
                    throw new SqliteException("The disk is away.", 10);
                }
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class SignedIn(UserId user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"))));
    }
}
