using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Account;

public sealed partial class SessionTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task Each_sign_in_is_a_session_that_its_person_sees_in_plain_words()
    {
        using var here = await Host.SignInAsync("manager@demo.test");
        using var there = Host.NewClient();
        there.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1");
        (await WefluxHost.PostSignInAsync(there, "manager@demo.test", Weflux.Web.Demo.DemoWorkspaces.Password)).Dispose();

        using var page = await here.GetAsync("/account/security");
        (await page.TextAsync()).Should().Contain("Safari on iPhone").And.Contain("This one").And.Contain("End all other sessions").And.Contain("from 127.0.0.1");
    }

    [Fact]
    public async Task Ending_one_session_ends_that_one_and_no_other()
    {
        using var here = await Host.SignInAsync("agent@demo.test");
        using var there = await Host.SignInAsync("agent@demo.test");
        var others = SessionId().Matches(await here.GetStringAsync("/account/security")).Select(m => m.Groups[1].Value).ToList();

        using var ended = await here.PostFormAsync("/account/security", "sessions", ("Session.End", others.Single()));

        ended.Location().Should().Be("/account/security?done=session");
        (await there.IsSignedInAsync()).Should().BeFalse();
        (await here.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Ending_all_others_leaves_this_one_alone()
    {
        using var here = await Host.SignInAsync("agent2@demo.test");
        using var second = await Host.SignInAsync("agent2@demo.test");
        using var third = await Host.SignInAsync("agent2@demo.test");

        (await here.PostFormAsync("/account/security", "sessions", ("Session.End", "others"))).Dispose();

        (await second.IsSignedInAsync()).Should().BeFalse();
        (await third.IsSignedInAsync()).Should().BeFalse();
        (await here.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        using var victim = await Host.SignInAsync("admin@demo.test");
        var person = await Given.UserIdAsync(Host, "admin@demo.test");
        var session = (await Sessions(person)).Single();
        using var attacker = await Host.SignInAsync("admin@demo-two.test");

        (await attacker.PostFormAsync("/account/security", "sessions", ("Session.End", session.Id.ToString()))).Dispose();

        (await victim.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_so_that_a_copy_of_the_cookie_is_worth_nothing()
    {
        var cookies = new CookieContainer();
        using var client = await Host.SignInAsync("manager@demo-two.test", cookies);
        using var thief = Host.NewClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(Host.Address));
        (await thief.IsSignedInAsync()).Should().BeTrue();

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = await WefluxHost.FormTokenAsync(client, "/account/security"),
        });
        (await client.PostAsync("/sign-out", form)).Dispose();

        (await thief.IsSignedInAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_session_outlives_the_renewal_of_its_cookie_and_is_seen_to_the_minute()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        var before = (await Sessions(person, host)).Single();

        // Longer than the stamp is trusted, so that the principal is made anew.
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.BeAsync(client.IsSignedInAsync);
        await Eventually.BeAsync(async () =>
        {
            (await client.IsSignedInAsync()).Should().BeTrue();
            return (await Sessions(person, host)).Single().LastSeenAt >= before.LastSeenAt + TimeSpan.FromMinutes(2);
        });

        var after = (await Sessions(person, host)).Single();
        after.Id.Should().Be(before.Id);
        after.CreatedAt.Should().Be(before.CreatedAt);
    }

    [Fact]
    public async Task An_end_on_another_node_is_heard_of_by_the_watch_of_this_one()
    {
        using var client = await Host.SignInAsync("agent@demo-two.test");
        var person = await Given.UserIdAsync(Host, "agent@demo-two.test");
        var watch = Host.Services.GetRequiredService<AccessWatch>();
        using var heard = new SemaphoreSlim(0);
        using var watching = watch.Watch(person, () => heard.Release());

        // Another node writes to the same database and tells nobody here.
        var database = Host.Services.GetRequiredService<WefluxDatabase>();
        using var elsewhere = new AccessWatch(database, Host.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AccessWatch>.Instance);
        var book = new SessionBook(database, elsewhere, Host.Clock);
        await database.WriteForSystemAsync(db => book.RemoveAsync(db, person, null, CancellationToken.None), CancellationToken.None);

        (await heard.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
        await Eventually.BeAsync(async () => !await client.IsSignedInAsync());
    }

    [Fact]
    public async Task A_change_of_this_node_is_told_here_once()
    {
        using var client = await Host.SignInAsync("agent@demo-two.test");
        var person = await Given.UserIdAsync(Host, "agent@demo-two.test");
        using var watch = new AccessWatch(
            Host.Services.GetRequiredService<WefluxDatabase>(), Host.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AccessWatch>.Instance);
        await watch.BeatAsync(CancellationToken.None);
        var told = 0;
        using var watching = watch.Watch(person, () => told++);
        var book = new SessionBook(Host.Services.GetRequiredService<WefluxDatabase>(), watch, Host.Clock);

        await book.EndAsync(person, Guid.NewGuid(), CancellationToken.None);
        await watch.BeatAsync(CancellationToken.None);
        await watch.BeatAsync(CancellationToken.None);

        told.Should().Be(1);
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_ends_the_session_before()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        var first = await Given.UserIdAsync(host, "agent@demo.test");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = await WefluxHost.FormTokenAsync(client, "/account/security"),
            ["email"] = "manager@demo.test",
        });
        (await client.PostAsync("/demo/sign-in", form)).Dispose();

        (await Sessions(first, host)).Should().BeEmpty();
        (await Sessions(await Given.UserIdAsync(host, "manager@demo.test"), host)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_page_that_is_open_counts_as_being_used()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        var session = (await Sessions(person, host)).Single();
        var book = host.Services.GetRequiredService<SessionBook>();

        host.Clock.Advance(TimeSpan.FromDays(7));
        (await book.IsInUseAsync(person, session.Id, CancellationToken.None)).Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromDays(2));
        await book.SweepAsync(CancellationToken.None);

        (await Sessions(person, host)).Single().LastSeenAt.Should().BeOnOrAfter(session.LastSeenAt + TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Expired_sessions_are_removed()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        host.Clock.Advance(SessionBook.Lifetime + TimeSpan.FromMinutes(1));

        await host.Services.GetRequiredService<SessionBook>().SweepAsync(CancellationToken.None);

        (await Sessions(person, host)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.5", "Unknown device")]
    [InlineData("", "Unknown device")]
    [InlineData(null, "Unknown device")]
    [InlineData("<script>alert(1)</script> Linux", "A program on Linux")]
    public void A_device_is_named_in_plain_words(string? userAgent, string expected) => Devices.Describe(userAgent).Should().Be(expected);

    private async Task<List<UserSession>> Sessions(UserId person, WefluxHost? host = null)
    {
        await using var db = (host ?? Host).Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return await db.Set<UserSession>().AsNoTracking().Where(s => s.UserId == person).ToListAsync();
    }

    [GeneratedRegex("name=\"Session.End\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex SessionId();
}
