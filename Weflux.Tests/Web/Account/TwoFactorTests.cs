using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Security;
using Weflux.Web.Team;
using static Weflux.Tests.Web.Account.SecondSteps;

namespace Weflux.Tests.Web.Account;

/// <summary>Setting up the second step, demanding it, and taking it away.</summary>
public sealed class TwoFactorTests
{
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
}
