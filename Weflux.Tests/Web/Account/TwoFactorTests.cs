using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Account;

public sealed partial class TwoFactorTests
{
    private const string Person = "manager@demo.test";
    private const string NotRight = "That code is not right, or it was used already. Wait for the next one and try again.";

    [Fact]
    public async Task A_second_step_is_set_up_with_a_code_and_asked_for_from_then_on()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, codes) = await SetUpAsync(host);
        using var _ = client;
        codes.Should().HaveCount(10).And.OnlyHaveUniqueItems();
        (await client.IsSignedInAsync()).Should().BeTrue("the cookie of this session was made anew");

        using var other = host.NewClient();
        using var first = await WefluxHost.PostSignInAsync(other, Person, DemoWorkspaces.Password, "/w/demo/inbox");
        first.Location().Should().StartWith("/sign-in/second-step");
        (await other.IsSignedInAsync()).Should().BeFalse();

        using var wrong = await SecondStepAsync(other, "000000");
        (await WefluxHost.AlertAsync(wrong)).Should().Be(NotRight);
        using var right = await SecondStepAsync(other, await CodeAsync(host, seed));
        right.Location().Should().Be("/w/demo/inbox");
        (await other.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task A_code_that_was_used_is_not_right_any_more()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, _) = await SetUpAsync(host);
        client.Dispose();
        var code = await CodeAsync(host, seed);
        using var first = await FirstStepAsync(host);
        using (var once = await SecondStepAsync(first, code))
        {
            once.StatusCode.Should().Be(HttpStatusCode.Redirect);
        }

        using var second = await FirstStepAsync(host);
        using var twice = await SecondStepAsync(second, code);
        (await WefluxHost.AlertAsync(twice)).Should().Be(NotRight);
    }

    [Fact]
    public async Task Of_twenty_uses_of_one_code_at_once_one_counts()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, codes) = await SetUpAsync(host);
        client.Dispose();
        var person = await Given.UserIdAsync(host, Person);
        var factors = host.Services.GetRequiredService<SecondFactors>();
        var code = await CodeAsync(host, seed);

        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => factors.CheckAsync(person, code, CancellationToken.None)))).Count(r => r).Should().Be(1);
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => factors.CheckAsync(person, codes[0], CancellationToken.None)))).Count(r => r).Should().Be(1);
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_however_it_is_typed()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, _, codes) = await SetUpAsync(host);
        client.Dispose();
        using var first = await FirstStepAsync(host);
        using (var once = await SecondStepAsync(first, codes[3].Replace("-", " ").ToLowerInvariant()))
        {
            once.StatusCode.Should().Be(HttpStatusCode.Redirect);
        }

        using var second = await FirstStepAsync(host);
        using var twice = await SecondStepAsync(second, codes[3]);
        (await WefluxHost.AlertAsync(twice)).Should().Be(NotRight);
        using var page = await first.GetAsync("/account/security");
        (await page.TextAsync()).Should().Contain("9 of 10 recovery codes are left");
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_like_wrong_passwords()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, _) = await SetUpAsync(host);
        client.Dispose();
        using var first = await FirstStepAsync(host);
        for (var attempt = 1; attempt < Lockout.Tries; attempt++)
        {
            using var wrong = await SecondStepAsync(first, "000000");
            (await WefluxHost.AlertAsync(wrong)).Should().Be(NotRight);
        }

        using var locked = await SecondStepAsync(first, "000000");
        (await WefluxHost.AlertAsync(locked)).Should().Contain("Try again in 15 minutes");
        using var right = await SecondStepAsync(first, await CodeAsync(host, seed));
        (await WefluxHost.AlertAsync(right)).Should().Contain("Try again in");
    }

    [Fact]
    public async Task Of_many_wrong_codes_at_once_four_are_refused_and_the_others_locked_out()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:Passwords:Cost"] = "10");
        var (client, seed, _) = await SetUpAsync(host);
        client.Dispose();
        using var first = await FirstStepAsync(host);
        var token = await WefluxHost.FormTokenAsync(first, "/sign-in/second-step");

        var alerts = await Task.WhenAll(Enumerable.Range(0, 15).Select(async i =>
        {
            using var answer = await first.PostTokenAsync("/sign-in/second-step", "second-step", token, ("Input.Code", $"00000{i % 10}"));
            return await WefluxHost.AlertAsync(answer);
        }));

        alerts.Count(a => a == NotRight).Should().BeLessThan(Lockout.Tries);
        using var right = await SecondStepAsync(first, await CodeAsync(host, seed));
        (await WefluxHost.AlertAsync(right)).Should().Contain("Try again in");
    }

    [Fact]
    public async Task The_right_password_in_between_does_not_wipe_out_wrong_codes()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, _, _) = await SetUpAsync(host);
        client.Dispose();
        for (var attempt = 1; attempt < Lockout.Tries; attempt++)
        {
            using var again = await FirstStepAsync(host);
            using var wrong = await SecondStepAsync(again, "000000");
            (await WefluxHost.AlertAsync(wrong)).Should().Be(NotRight);
        }

        using var last = await FirstStepAsync(host);
        using var locked = await SecondStepAsync(last, "000000");
        (await WefluxHost.AlertAsync(locked)).Should().Contain("Try again in");
    }

    [Fact]
    public async Task The_key_is_shown_to_who_knows_the_password_and_made_anew_after_a_quarter_of_an_hour()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync(Person);
        Key().IsMatch(await client.GetStringAsync("/account/two-factor")).Should().BeFalse();
        using var wrong = await ShowKeyAsync(client, "not the password");
        (await WefluxHost.AlertAsync(wrong)).Should().Be("The current password is not right. Check it and try again.");
        Key().IsMatch(await wrong.Content.ReadAsStringAsync()).Should().BeFalse();

        using var first = await ShowKeyAsync(client);
        using var second = await ShowKeyAsync(client);
        var key = Key().Match(await first.Content.ReadAsStringAsync()).Groups[1].Value;
        Key().Match(await second.Content.ReadAsStringAsync()).Groups[1].Value.Should().Be(key, "the page may be loaded again");
        var token = await TokenAsync(second);
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        var raw = Decode(key.Replace(" ", "", StringComparison.Ordinal));
        using var late = await client.PostTokenAsync("/account/two-factor", "two-factor", token, ("Input.Code", Totp.Code(raw, Totp.StepAt(host.Clock.GetUtcNow()))));
        (await WefluxHost.AlertAsync(late)).Should().Be(OwnSecondFactor.WrongCode);
        Key().IsMatch(await late.Content.ReadAsStringAsync()).Should().BeFalse("a wrong code shows no key");

        using var third = await ShowKeyAsync(client);
        Key().Match(await third.Content.ReadAsStringAsync()).Groups[1].Value.Should().NotBe(key);
    }

    [Fact]
    public async Task Setting_it_up_ends_every_other_session()
    {
        await using var host = await WefluxHost.StartAsync();
        using var there = await host.SignInAsync(Person);
        var (here, _, _) = await SetUpAsync(host);
        using var _ = here;

        (await there.IsSignedInAsync()).Should().BeFalse();
        (await here.IsSignedInAsync()).Should().BeTrue();
        var person = await Given.UserIdAsync(host, Person);
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        (await db.Set<Weflux.Web.Account.Sessions.UserSession>().CountAsync(s => s.UserId == person)).Should().Be(1);
    }

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

    [Fact]
    public async Task Neither_seed_nor_codes_are_in_the_database_as_they_are()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, seed, codes) = await SetUpAsync(host);
        client.Dispose();
        var raw = Decode(seed);
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var factor = await db.Set<SecondFactor>().SingleAsync();
        factor.Seed.AsSpan().IndexOf(raw).Should().Be(-1);
        host.Services.GetRequiredService<SecretProtector>().Unprotect(factor.Seed, SecondFactor.SeedContext(factor.UserId)).Should().Equal(raw);
        (await db.UserTokens.CountAsync()).Should().Be(0);
        var bytes = await db.Set<RecoveryCode>().Select(c => c.Hash).ToListAsync();
        bytes.Should().HaveCount(10).And.OnlyContain(h => h.Length == 32);
        codes.Should().NotIntersectWith(bytes.Select(b => System.Text.Encoding.ASCII.GetString(b)));
    }

    [Fact]
    public async Task Turning_it_off_needs_the_password()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, _, _) = await SetUpAsync(host);
        using var _ = client;
        using var wrong = await client.PostFormAsync("/account/security", "factor", ("Factor.Password", "not the password"), ("Factor.Do", "off"));
        (await WefluxHost.AlertAsync(wrong)).Should().Be("The current password is not right. Check it and try again.");
        using var off = await client.PostFormAsync("/account/security", "factor", ("Factor.Password", DemoWorkspaces.Password), ("Factor.Do", "off"));
        off.Location().Should().Be("/account/security?done=factor-off");

        using var other = await host.SignInAsync(Person);
        (await other.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task New_recovery_codes_put_the_old_ones_out_of_use()
    {
        await using var host = await WefluxHost.StartAsync();
        var (client, _, codes) = await SetUpAsync(host);
        using var _ = client;
        using var renewed = await client.PostFormAsync("/account/security", "factor", ("Factor.Password", DemoWorkspaces.Password), ("Factor.Do", "codes"));
        var fresh = Codes().Matches(await renewed.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();

        fresh.Should().HaveCount(10).And.NotIntersectWith(codes);
        var person = await Given.UserIdAsync(host, Person);
        var factors = host.Services.GetRequiredService<SecondFactors>();
        (await factors.CheckAsync(person, codes[0], CancellationToken.None)).Should().BeFalse();
        (await factors.CheckAsync(person, fresh[0], CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task In_a_workspace_that_demands_it_a_member_without_it_is_nobody_until_it_is_set_up()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync(Person);
        var before = await Given.ActorAsync(host, Person);
        await host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            db => db.Set<Workspace>().Where(w => w.Id == before.Workspace).ExecuteUpdateAsync(set => set.SetProperty(w => w.RequiresTwoFactor, true)),
            CancellationToken.None);
        var actors = host.Services.GetRequiredService<Actors>();

        (await actors.FindAsync(before.User, "demo", CancellationToken.None)).Should().BeNull();
        (await actors.FindAsync(before.User, before.Workspace, CancellationToken.None)).Should().BeNull();
        (await actors.NeedsSecondFactorAsync(before.User, "demo", CancellationToken.None)).Should().BeTrue();
        (await actors.NeedsSecondFactorAsync(before.User, "demo-two", CancellationToken.None)).Should().BeFalse();

        await SetUpAsync(host, client);
        (await actors.FindAsync(before.User, "demo", CancellationToken.None)).Should().NotBeNull();
        (await actors.NeedsSecondFactorAsync(before.User, "demo", CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task The_second_step_alone_opens_nothing()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var page = await client.GetAsync("/sign-in/second-step");

        (await page.TextAsync()).Should().Contain("The first step was too long ago");
    }

    private static async Task<(HttpClient Client, string Seed, IReadOnlyList<string> Codes)> SetUpAsync(WefluxHost host, HttpClient? known = null)
    {
        var client = known ?? await host.SignInAsync(Person);
        using var shown = await client.PostFormAsync("/account/two-factor", "two-factor-password", ("Known.Password", DemoWorkspaces.Password));
        var key = Key().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var answer = await client.PostFormAsync("/account/two-factor", "two-factor", ("Input.Code", Totp.Code(Decode(key), Totp.StepAt(host.Clock.GetUtcNow()))));
        var codes = Codes().Matches(await answer.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value).ToList();
        codes.Should().NotBeEmpty();
        return (client, key, codes);
    }

    private static Task<HttpResponseMessage> ShowKeyAsync(HttpClient client, string password = DemoWorkspaces.Password) =>
        client.PostFormAsync("/account/two-factor", "two-factor-password", ("Known.Password", password));

    private static async Task<string> TokenAsync(HttpResponseMessage page) =>
        FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;

    /// <summary>A code that was not used yet: that of the set-up counts for its step.</summary>
    private static Task<string> CodeAsync(WefluxHost host, string seed)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        return Task.FromResult(Totp.Code(Decode(seed), Totp.StepAt(host.Clock.GetUtcNow())));
    }

    private static async Task<HttpClient> FirstStepAsync(WefluxHost host)
    {
        var client = host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, Person, DemoWorkspaces.Password);
        answer.Location().Should().StartWith("/sign-in/second-step");
        return client;
    }

    private static Task<HttpResponseMessage> SecondStepAsync(HttpClient client, string code, bool rememberDevice = false) => client.PostFormAsync(
        "/sign-in/second-step?returnUrl=%2Fw%2Fdemo%2Finbox", "second-step",
        ("Input.Code", code), ("Input.RememberDevice", rememberDevice ? "true" : "false"));

    private static byte[] Decode(string base32) => Base32.Decode(base32);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("data-key[^>]*>([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<code[^>]*>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>")]
    private static partial Regex Codes();
}
