using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Account;

public sealed partial class PasswordTests
{
    private const string Next = "seven quiet rivers";
    private const string Neutral = "If this address has an account";

    [Theory]
    [InlineData("123456789", PasswordLimit.TooShort)]
    [InlineData("", PasswordLimit.TooShort)]
    [InlineData(null, PasswordLimit.TooShort)]
    [InlineData("1234567890", PasswordRules.Common)]
    [InlineData("password12", PasswordRules.Common)]
    [InlineData("P@ssw0rd!!!!", PasswordRules.Common)]
    [InlineData("qwertyuiop", PasswordRules.Common)]
    [InlineData("QWERTYUIOP", PasswordRules.Common)]
    [InlineData("aaaaaaaaaaaa", PasswordRules.Common)]
    [InlineData("abcabcabcabc", PasswordRules.Common)]
    [InlineData("sunshinesunshine", PasswordRules.Common)]
    [InlineData("ana@example.com", PasswordRules.OwnName)]
    [InlineData("bernadette2026", PasswordRules.OwnName)]
    [InlineData("Bernadette Lima", PasswordRules.OwnName)]
    [InlineData("WefluxWeflux", PasswordRules.OwnName)]
    [InlineData("weflux123456", PasswordRules.OwnName)]
    [InlineData(AccountForms.GoodPassword, null)]
    [InlineData("zzqxv kkpwm", null)]
    [InlineData("पासवर्ड बहुत लंबा", null)]
    public void Passwords_are_refused_for_what_is_wrong_with_them(string? password, string? fault) =>
        PasswordRules.Refuse(password, "ana@example.com", "Bernadette Lima").Should().Be(fault);

    [Fact]
    public void Ten_characters_are_enough_256_are_allowed_and_257_are_not()
    {
        var words = string.Concat(Enumerable.Range(0, 64).Select(i => $"w{i:x2} "));
        PasswordRules.Refuse(words[..10], null, null).Should().BeNull();
        PasswordRules.Refuse(words[..256], null, null).Should().BeNull();
        PasswordRules.Refuse(words[..256] + "x", null, null).Should().Be(PasswordLimit.TooLong);
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_old_one_and_signs_out_everywhere_else()
    {
        await using var host = await OpenHostAsync();
        using var here = await host.NewPersonAsync("ana@example.com", "ana-bakery");
        using var there = await SignInAsync(host, "ana@example.com", AccountForms.GoodPassword);

        (await AlertAsync(here, "not the old one", Next)).Should().Be("The current password is not right. Check it and try again.");
        (await AlertAsync(here, AccountForms.GoodPassword, "short")).Should().Be(PasswordLimit.TooShort);
        (await AlertAsync(here, AccountForms.GoodPassword, new string('x', 257))).Should().Be(PasswordLimit.TooLong);
        (await AlertAsync(here, AccountForms.GoodPassword, AccountForms.GoodPassword)).Should().Be("The new password is the old one. Choose another.");
        (await there.IsSignedInAsync()).Should().BeTrue();

        using var changed = await ChangeAsync(here, AccountForms.GoodPassword, Next);
        changed.Location().Should().Be("/account/security?done=password");
        (await there.IsSignedInAsync()).Should().BeFalse();
        (await here.IsSignedInAsync()).Should().BeTrue();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await here.IsSignedInAsync()).Should().BeTrue("the cookie of this session was made anew with the new stamp");
        (await QueuedAsync(host)).Should().Be(1, "a notice waits for a mail server");

        using var old = await WefluxHost.PostSignInAsync(host.NewClient(), "ana@example.com", AccountForms.GoodPassword);
        old.StatusCode.Should().Be(HttpStatusCode.OK);
        using var renewed = await SignInAsync(host, "ana@example.com", Next);
        (await renewed.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Who_forgot_the_password_gets_a_link_by_mail_that_works_once()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var signedIn = await host.SignInAsync("manager@demo.test");
        using var client = host.NewClient();

        using var asked = await AskAsync(client, "Manager@demo.test");
        (await asked.TextAsync()).Should().Contain(Neutral);
        var link = SmtpStub.LinkIn(await smtp.MailAsync("manager@demo.test", "/reset-password"), "/reset-password");

        using var weak = await client.PostFormAsync(link, "reset-password", ("Input.Password", "password12"));
        (await WefluxHost.AlertAsync(weak)).Should().Be(PasswordRules.Common);
        using var set = await client.PostFormAsync(link, "reset-password", ("Input.Password", Next));
        set.Location().Should().Be("/sign-in?after=reset");
        (await signedIn.IsSignedInAsync()).Should().BeFalse();
        using var again = await client.GetAsync(link);
        (await WefluxHost.AlertAsync(again)).Should().Be(ResetPassword.Expired);
        await smtp.MailAsync("manager@demo.test", "The password of your Weflux account was changed");
        using var back = await SignInAsync(host, "manager@demo.test", Next);
        (await back.IsSignedInAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task A_link_works_for_an_hour_and_a_newer_one_puts_it_out_of_use()
    {
        await using var host = await WefluxHost.StartAsync();
        var first = await LinkAsync(host, "agent@demo.test");
        var second = await LinkAsync(host, "agent@demo.test");
        using var client = host.NewClient();
        using (var old = await client.GetAsync(first))
        {
            (await WefluxHost.AlertAsync(old)).Should().Be(ResetPassword.Expired);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(59));
        using (var open = await client.GetAsync(second))
        {
            (await open.Content.ReadAsStringAsync()).Should().Contain("Set the password");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var late = await client.GetAsync(second);
        (await WefluxHost.AlertAsync(late)).Should().Be(ResetPassword.Expired);
    }

    [Fact]
    public async Task Of_twenty_at_once_one_sets_the_password()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:Passwords:Cost"] = "10");
        var link = await LinkAsync(host, "agent@demo.test");
        using var client = host.NewClient();
        var token = await WefluxHost.FormTokenAsync(client, link);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await client.PostTokenAsync(link, "reset-password", token, ("Input.Password", $"{Next} number {i}"));
            return answer.Location();
        }));

        answers.Count(a => a == "/sign-in?after=reset").Should().Be(1);
    }

    [Theory]
    [InlineData("no-such-token")]
    [InlineData("")]
    [InlineData("%00%ff")]
    public async Task A_made_up_link_opens_nothing(string token)
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var page = await client.GetAsync($"/reset-password?token={token}");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await WefluxHost.AlertAsync(page)).Should().Be(ResetPassword.Expired);
    }

    [Fact]
    public async Task Asking_tells_nobody_whether_there_is_such_an_account_neither_in_words_nor_in_time()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();
        (await AskAsync(client, "warm@demo.test")).Dispose();

        var (known, knownTook) = await AskTimedAsync(client, "admin@demo.test");
        var (unknown, unknownTook) = await AskTimedAsync(client, "nobody@demo.test");

        unknown.Should().Be(known);
        knownTook.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(490));
        unknownTook.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(490));
    }

    [Fact]
    public async Task Asking_again_within_minutes_sends_no_second_mail_and_leaves_the_first_link_working()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();
        (await AskAsync(client, "manager@demo.test")).Dispose();
        var link = SmtpStub.LinkIn(await smtp.MailAsync("manager@demo.test", "/reset-password"), "/reset-password");
        var links = await LinksAsync(host);

        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await AskTimedAsync(client, "manager@demo.test")).Text));
        again.Should().OnlyContain(text => text.Contains(Neutral));
        (await LinksAsync(host)).Should().Be(links);
        using (var page = await client.GetAsync(link))
        {
            (await page.Content.ReadAsStringAsync()).Should().Contain("Set the password");
        }

        host.Clock.Advance(ForgetPassword.Quiet + TimeSpan.FromSeconds(1));
        (await AskAsync(client, "manager@demo.test")).Dispose();
        (await LinksAsync(host)).Should().Be(links + 1);
    }

    [Fact]
    public async Task A_locked_person_is_told_once_for_each_lockout()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();
        for (var attempt = 0; attempt < Lockout.Tries + 3; attempt++)
        {
            (await WefluxHost.PostSignInAsync(client, "agent@demo.test", $"wrong {attempt}")).Dispose();
        }

        await smtp.MailAsync("agent@demo.test", "Your account is locked for a while");
        (await QueuedAsync(host)).Should().Be(1);
    }

    private static Task<WefluxHost> OpenHostAsync(Action<WefluxHostOptions>? configure = null) => WefluxHost.StartAsync(options =>
    {
        options.Settings["Weflux:SignUp"] = configure is null ? "Open" : "FirstRun";
        configure?.Invoke(options);
    });

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string email) =>
        client.PostFormAsync("/forgot-password", "forgot-password", ("Input.Email", email));

    private static async Task<(string Text, TimeSpan Took)> AskTimedAsync(HttpClient client, string email)
    {
        var token = await WefluxHost.FormTokenAsync(client, "/forgot-password");
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostTokenAsync("/forgot-password", "forgot-password", token, ("Input.Email", email));
        return (await answer.TextAsync(), Stopwatch.GetElapsedTime(started));
    }

    private static async Task<HttpClient> SignInAsync(WefluxHost host, string email, string password)
    {
        var client = host.NewClient();
        using var answer = await WefluxHost.PostSignInAsync(client, email, password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return client;
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string next) =>
        client.PostFormAsync("/account/security", "password", ("Password.Current", current), ("Password.Next", next));

    private static async Task<string> AlertAsync(HttpClient client, string current, string next)
    {
        using var answer = await ChangeAsync(client, current, next);
        return await WefluxHost.AlertAsync(answer);
    }

    private static async Task<string> LinkAsync(WefluxHost host, params string[] arguments)
    {
        using var output = new StringWriter();
        await host.Services.GetServices<ICommand>().Single(c => c.Name == "reset-link").RunAsync(arguments, output, CancellationToken.None);
        return "/reset-password" + output.ToString().Trim().Split("/reset-password")[1];
    }

    private static async Task<int> QueuedAsync(WefluxHost host)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return await db.Set<OutgoingMail>().CountAsync();
    }

    private static async Task<int> LinksAsync(WefluxHost host)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return await db.Set<AccountLink>().CountAsync();
    }

}
