using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.TwoFactor;
using static Weflux.Tests.Web.Account.SecondSteps;

namespace Weflux.Tests.Web.Account;

/// <summary>Codes of the second step: each counts once, and wrong ones lock.</summary>
public sealed class SecondStepTests
{
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
    public async Task The_second_step_alone_opens_nothing()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var page = await client.GetAsync("/sign-in/second-step");

        (await page.TextAsync()).Should().Contain("The first step was too long ago");
    }
}
