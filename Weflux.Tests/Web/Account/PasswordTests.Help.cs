using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Account;

/// <summary>Ways back in with help: of an Admin, of the operator; and what a new password takes away.</summary>
public sealed partial class PasswordTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Passkeys_go_with_the_old_password_if_the_person_says_so(bool remove, int left)
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WefluxUser>>();
        var user = (await users.FindByIdAsync(person.ToString()))!;
        var passkey = new UserPasskeyInfo(RandomNumberGenerator.GetBytes(16), [1], host.Clock.GetUtcNow(), 0, null, true, true, true, [2], [3]);
        (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded.Should().BeTrue();
        using var client = host.NewClient();
        (await AskAsync(client, "agent@demo.test")).Dispose();
        var link = SmtpStub.LinkIn(await smtp.MailAsync("agent@demo.test", "/reset-password"), "/reset-password");
        using (var page = await client.GetAsync(link))
        {
            (await page.Content.ReadAsStringAsync()).Should().Contain("Also remove the passkey of this account");
        }

        (string, string)[] fields = remove ? [("Input.Password", Next), ("Input.RemovePasskeys", "true")] : [("Input.Password", Next)];
        (await client.PostFormAsync(link, "reset-password", fields)).Dispose();

        (await users.GetPasskeysAsync(user)).Should().HaveCount(left);
        (await smtp.MailAsync("agent@demo.test", "was changed")).Should().Contain(remove ? "It has no passkeys." : "Its passkey still signs you in.");
    }

    [Fact]
    public async Task Without_mail_the_admins_of_the_person_see_who_waits_and_make_the_link()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        (await AskAsync(client, "agent@demo.test")).Dispose();
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        var waiting = host.Services.GetRequiredService<WaitingResetsQuery>();

        (await waiting.GetAsync(await Given.ActorAsync(host, "admin@demo.test"), CancellationToken.None)).Single().Person.Should().Be(person);
        (await waiting.GetAsync(await Given.ActorAsync(host, "agent2@demo.test"), CancellationToken.None)).Should().BeEmpty();
        (await waiting.GetAsync(await Given.ActorAsync(host, "admin@demo-two.test", "demo-two"), CancellationToken.None)).Should().BeEmpty();

        var issue = host.Services.GetRequiredService<IssueResetLink>();
        var admin = await Given.ActorAsync(host, "admin@demo.test");
        var made = (await issue.ExecuteAsync(admin, person, CancellationToken.None)).Should().BeOfType<IssuedResetLink.Made>().Subject;
        (await waiting.GetAsync(admin, CancellationToken.None)).Should().BeEmpty();
        using var set = await client.PostFormAsync(made.Link.PathAndQuery, "reset-password", ("Input.Password", Next));
        set.Location().Should().Be("/sign-in?after=reset");
    }

    [Fact]
    public async Task An_admin_makes_no_link_for_strangers_for_oneself_and_for_people_of_other_workspaces()
    {
        await using var host = await WefluxHost.StartAsync();
        var issue = host.Services.GetRequiredService<IssueResetLink>();
        var admin = await Given.ActorAsync(host, "admin@demo.test");
        var stranger = await Given.UserIdAsync(host, "agent@demo-two.test");
        var agent = await Given.UserIdAsync(host, "agent@demo.test");

        (await issue.ExecuteAsync(admin, stranger, CancellationToken.None)).Should().BeOfType<IssuedResetLink.NotFound>();
        (await issue.ExecuteAsync(admin, admin.User, CancellationToken.None)).Should().BeOfType<IssuedResetLink.Oneself>();
        (await issue.ExecuteAsync(await Given.ActorAsync(host, "manager@demo.test"), agent, CancellationToken.None))
            .Should().BeOfType<IssuedResetLink.NotFound>();

        // An Admin who invites somebody must not get into the other workspaces of that person.
        await host.Services.GetRequiredService<WefluxDatabase>().WriteAsync(
            admin.Workspace,
            async db =>
            {
                db.Add(new Membership { WorkspaceId = admin.Workspace, UserId = stranger, Role = Role.Agent, JoinedAt = host.Clock.GetUtcNow() });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        (await issue.ExecuteAsync(admin, stranger, CancellationToken.None)).Should().BeOfType<IssuedResetLink.WorksElsewhere>();
    }

    [Fact]
    public async Task The_operator_makes_a_link_from_the_command_line()
    {
        await using var host = await WefluxHost.StartAsync();
        var command = host.Services.GetServices<ICommand>().Single(c => c.Name == "reset-link");
        using var output = new StringWriter();

        (await command.RunAsync(["admin@demo.test"], output, CancellationToken.None)).Should().Be(0);
        output.ToString().Should().Contain("/reset-password?token=");
        (await command.RunAsync(["nobody@demo.test"], output, CancellationToken.None)).Should().Be(1);
        (await command.RunAsync([], output, CancellationToken.None)).Should().Be(2);
    }

    [Fact]
    public async Task Somebody_without_phone_and_recovery_codes_gets_back_in_with_the_operators_help()
    {
        await using var host = await WefluxHost.StartAsync();
        using var signedIn = await host.SignInAsync("agent@demo.test");
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        var factors = host.Services.GetRequiredService<SecondFactors>();
        var key = (await factors.PrepareAsync(person, CancellationToken.None))!.Key;
        (await factors.ConfirmAsync(person, null, Totp.Code(Base32.Decode(key), Totp.StepAt(host.Clock.GetUtcNow())), CancellationToken.None)).Should().NotBeNull();
        var mails = await QueuedAsync(host);

        var link = await LinkAsync(host, "agent@demo.test", ResetLinkCommand.WithoutStep);

        using var client = host.NewClient();
        (await client.PostFormAsync(link, "reset-password", ("Input.Password", Next))).Dispose();
        using var back = await SignInAsync(host, "agent@demo.test", Next);
        (await back.IsSignedInAsync()).Should().BeTrue();
        (await signedIn.IsSignedInAsync()).Should().BeFalse();
        (await factors.CountCodesAsync(person, CancellationToken.None)).Should().Be(0);
        (await QueuedAsync(host)).Should().Be(mails + 2, "the person is told of the second step and of the password");
        var entry = (await host.Services.GetRequiredService<AuditQuery>().GetAsync(
            await Given.ActorAsync(host, "admin@demo.test"), new AuditFilter(Action: AuditActions.SecondStepRemoved), null))!.Lines.Single();
        (entry.Subject, entry.Actor).Should().Be(("Meera Shah", "Whoever runs this Weflux"));
    }

    [Theory]
    [InlineData("--without-second-step")]
    [InlineData("agent@demo.test", "--without-second-stepp")]
    [InlineData("agent@demo.test", "admin@demo.test")]
    public async Task A_command_that_is_not_understood_changes_nothing(params string[] arguments)
    {
        await using var host = await WefluxHost.StartAsync();
        using var output = new StringWriter();
        (await host.Services.GetServices<ICommand>().Single(c => c.Name == "reset-link").RunAsync(arguments, output, CancellationToken.None)).Should().Be(2);
        output.ToString().Should().Contain("reset-link <e-mail address> [--without-second-step]").And.NotContain("token");
    }
}
