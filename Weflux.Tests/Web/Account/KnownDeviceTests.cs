using System.Net;
using Weflux.Tests.Support;
using Weflux.Web.Demo;
using static Weflux.Tests.Web.Account.SecondSteps;

namespace Weflux.Tests.Web.Account;

/// <summary>Devices that are not asked for the second step again.</summary>
public sealed class KnownDeviceTests
{
    [Fact]
    public async Task Ending_all_other_sessions_forgets_known_devices()
    {
        await using var host = await WefluxHost.StartAsync();
        var (here, seed, _) = await SetUpAsync(host);
        using var _ = here;
        var cookies = new CookieContainer();
        using var device = host.NewClient(cookies);
        (await WefluxHost.PostSignInAsync(device, Person, DemoWorkspaces.Password)).Dispose();
        (await SecondStepAsync(device, await CodeAsync(host, seed), rememberDevice: true)).Dispose();
        cookies.GetAllCookies().Single(c => c.Name == "weflux").Expired = true;

        (await here.PostFormAsync("/account/security", "sessions", ("Session.End", "others"))).Dispose();

        (await here.IsSignedInAsync()).Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await here.IsSignedInAsync()).Should().BeTrue("its cookie carries the new stamp");
        using var again = await WefluxHost.PostSignInAsync(device, Person, DemoWorkspaces.Password);
        again.Location().Should().StartWith("/sign-in/second-step");
    }

    [Fact]
    public async Task A_device_is_known_for_two_weeks()
    {
        await using var host = await WefluxHost.StartAsync();
        var (here, seed, _) = await SetUpAsync(host);
        here.Dispose();
        var cookies = new CookieContainer();
        using var device = host.NewClient(cookies);
        (await WefluxHost.PostSignInAsync(device, Person, DemoWorkspaces.Password)).Dispose();
        (await SecondStepAsync(device, await CodeAsync(host, seed), rememberDevice: true)).Dispose();

        var known = cookies.GetAllCookies().Single(c => c.Name == "weflux-known-device");
        known.Expires.ToUniversalTime().Should().BeCloseTo(host.Clock.GetUtcNow().UtcDateTime.AddDays(14), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_known_device_is_not_asked_again_until_the_second_step_changes()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, _) = await SetUpAsync(host);
        using var _ = client;
        var cookies = new CookieContainer();
        using var device = host.NewClient(cookies);
        (await WefluxHost.PostSignInAsync(device, Person, DemoWorkspaces.Password)).Dispose();
        (await SecondStepAsync(device, await CodeAsync(host, seed), rememberDevice: true)).Dispose();
        cookies.GetAllCookies().Single(c => c.Name == "weflux").Expired = true;

        using var again = await WefluxHost.PostSignInAsync(device, Person, DemoWorkspaces.Password);
        again.Location().Should().Be("/");
    }
}
