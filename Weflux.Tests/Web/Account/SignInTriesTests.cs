using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Demo;

namespace Weflux.Tests.Web.Account;

public sealed class SignInTriesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Theory]
    [InlineData("o'brien@example.com")]
    [InlineData("müller@example.com")]
    [InlineData("a/b@example.com")]
    public async Task Wrong_passwords_count_whatever_signs_an_address_has(string email)
    {
        await Given.PersonWithoutWorkspaceAsync(Host, email);
        using var client = Host.NewClient();
        (await WefluxHost.PostSignInAsync(client, email, "wrong")).Dispose();
        await using (var db = Host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem())
        {
            (await db.Set<WefluxUser>().SingleAsync(u => u.Email == email)).AccessFailedCount.Should().Be(1);
        }

        var last = "";
        for (var attempt = 1; attempt < Lockout.Tries; attempt++)
        {
            using var answer = await WefluxHost.PostSignInAsync(client, email, "wrong");
            last = await WefluxHost.AlertAsync(answer);
        }

        last.Should().Contain("Try again in 15 minutes");
    }

    [Theory]
    [InlineData("o'dowd@example.com")]
    [InlineData("jäger@example.com")]
    public async Task A_weak_hash_is_made_strong_and_passkeys_are_stored_whatever_signs_an_address_has(string email)
    {
        await Given.PersonWithoutWorkspaceAsync(Host, email);
        var person = await Given.UserIdAsync(Host, email);
        var digest = Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(DemoWorkspaces.Password)));
        var weak = BCrypt.Net.BCrypt.HashPassword(digest, 10);
        var database = Host.Services.GetRequiredService<WefluxDatabase>();
        await database.WriteForSystemAsync(
            db => db.Set<WefluxUser>().Where(u => u.Email == email).ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, weak)), CancellationToken.None);

        using var client = Host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, email, DemoWorkspaces.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await using (var db = database.OpenForSystem())
        {
            (await db.Set<WefluxUser>().SingleAsync(u => u.Email == email)).PasswordHash.Should().StartWith("$2a$12$");
        }

        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WefluxUser>>();
        var user = (await users.FindByIdAsync(person.ToString()))!;
        var passkey = new UserPasskeyInfo(RandomNumberGenerator.GetBytes(16), [1], Host.Clock.GetUtcNow(), 0, null, true, true, true, [2], [3]);
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Ten_wrong_passwords_at_once_count_one_by_one()
    {
        const string email = "crowd@example.com";
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:Passwords:Cost"] = "10");
        await Given.PersonWithoutWorkspaceAsync(host, email);
        foreach (var name in (string[])[email, "no-crowd@example.com"])
        {
            using var client = host.NewClient();
            var token = await WefluxHost.FormTokenAsync(client, "/sign-in");
            var alerts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
            {
                using var answer = await client.PostTokenAsync("/sign-in", "sign-in", token, ("Input.Email", name), ("Input.Password", $"wrong {i}"));
                return await WefluxHost.AlertAsync(answer);
            }));

            alerts.Count(a => a.Contains("do not match")).Should().Be(Lockout.Tries - 1, "the account {0} is locked from the fifth on", name);
        }
    }

    [Fact]
    public async Task The_right_password_on_the_last_try_is_let_in_and_holds_nothing_against_the_person()
    {
        const string email = "careful@example.com";
        await Given.PersonWithoutWorkspaceAsync(Host, email);
        using var client = Host.NewClient();
        for (var attempt = 1; attempt < Lockout.Tries; attempt++)
        {
            (await WefluxHost.PostSignInAsync(client, email, "wrong")).Dispose();
        }

        using var right = await WefluxHost.PostSignInAsync(client, email, DemoWorkspaces.Password);
        right.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await using var db = Host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Email == email);
        (user.AccessFailedCount, user.LockoutEnd).Should().Be((0, null));
    }

    [Theory]
    [InlineData("/sign-in", "sign-in", HttpStatusCode.OK)]
    [InlineData("/forgot-password", "forgot-password", HttpStatusCode.OK)]
    public async Task An_address_longer_than_any_is_refused_and_not_remembered(string page, string form, HttpStatusCode status)
    {
        using var client = Host.NewClient();
        using var answer = await client.PostFormAsync(page, form, ("Input.Email", new string('x', 20_000) + "@example.com"), ("Input.Password", "wrong"));
        answer.StatusCode.Should().Be(status);
        (await WefluxHost.AlertAsync(answer)).Should().NotBeEmpty();
        using var huge = await client.PostFormAsync(page, form, ("Input.Email", new string('x', 1_000_000)), ("Input.Password", "wrong"));
        huge.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }
}
