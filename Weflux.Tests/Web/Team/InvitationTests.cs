using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Mail;
using Weflux.Web.Security;
using Weflux.Web.Team;
using Weflux.Web.Team.Invitations;

namespace Weflux.Tests.Web.Team;

public sealed partial class InvitationTests : IAsyncLifetime
{
    private const string NewPassword = "a long new password";
    private WefluxHost _host = null!;
    private Actor _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _admin = await _host.ActorAsync("admin@demo.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_newcomer_opens_the_link_makes_an_account_and_is_in_the_inbox()
    {
        var token = await InviteAsync("sana@example.com", Role.Manager);
        using var client = _host.NewClient();
        using var answer = await JoinAsync(client, token, "Sana Iqbal", email: null);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().EndWith("/w/demo/inbox");
        (await client.GetAsync("/w/demo/inbox")).StatusCode.Should().Be(HttpStatusCode.OK, "the cookie of the new account is set");
        var sana = await _host.ActorAsync("sana@example.com");
        (sana.Name, sana.Role).Should().Be(("Sana Iqbal", Role.Manager));
        (await EntriesAsync()).Should().ContainInOrder(AuditActions.MemberInvited, AuditActions.MemberJoined);
    }

    [Fact]
    public async Task Somebody_with_an_account_joins_with_one_click_and_has_both_workspaces()
    {
        var token = await InviteAsync(null, Role.Agent);
        using var client = await _host.SignInAsync("agent@demo-two.test");
        (await client.GetStringAsync($"/invitation/{token}")).Should().Contain("Join as agent@demo-two.test");
        using var answer = await PostAsync(client, token, "accept", []);

        answer.Headers.Location!.ToString().Should().EndWith("/w/demo/inbox");
        var sofia = await _host.ActorAsync("agent@demo-two.test", "demo");
        (await _host.Services.GetRequiredService<Actors>().ListAsync(sofia.User, default)).Select(w => w.Slug).Should().BeEquivalentTo("demo", "demo-two");
    }

    [Fact]
    public async Task Who_is_not_signed_in_can_sign_in_and_comes_back()
    {
        var token = await InviteAsync(null, Role.Agent);
        using var client = _host.NewClient();
        var page = await client.GetStringAsync($"/invitation/{token}");
        page.Should().Contain($"/sign-in?returnUrl={Uri.EscapeDataString($"/invitation/{token}")}");
        using var signedIn = await WefluxHost.PostSignInAsync(client, "agent@demo-two.test", DemoWorkspaces.Password, $"/invitation/{token}");

        signedIn.Headers.Location!.ToString().Should().EndWith($"/invitation/{token}");
    }

    [Fact]
    public async Task Of_twenty_who_accept_at_once_one_comes_in_and_the_others_leave_no_account_behind()
    {
        var token = await InviteAsync(null, Role.Agent);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var scope = _host.Services.CreateAsyncScope();
            var (result, faults) = await scope.ServiceProvider.GetRequiredService<AcceptAsNewPerson>()
                .ExecuteAsync(token, $"Person {i}", $"person{i}@example.com", NewPassword, new IPAddress([10, 1, (byte)i, 1]));
            faults.Should().BeEmpty();
            return result.Outcome;
        }));

        outcomes.Should().ContainSingle(o => o == AcceptOutcome.Joined);
        outcomes.Count(o => o == AcceptOutcome.Used).Should().Be(19);
        (await AccountsAsync("person")).Should().HaveCount(1);
    }

    [Fact]
    public async Task An_expired_a_revoked_and_a_used_link_each_say_so()
    {
        var (expired, revoked, used) = (await InviteAsync(null, Role.Agent), await InviteAsync(null, Role.Agent), await InviteAsync(null, Role.Agent));
        var ids = await _host.ReadAsync(db => db.Set<Invitation>().OrderBy(i => i.Id).Select(i => i.Id).ToListAsync());
        (await _host.Services.GetRequiredService<RevokeInvitation>().ExecuteAsync(_admin, ids[1])).Should().BeTrue();
        (await _host.Services.GetRequiredService<RevokeInvitation>().ExecuteAsync(_admin, ids[1])).Should().BeFalse("it is revoked already");
        var sofia = (await _host.ActorAsync("agent@demo-two.test", "demo-two")).User;
        (await AcceptAsync(sofia, used)).Outcome.Should().Be(AcceptOutcome.Joined);
        var tom = (await _host.ActorAsync("manager@demo-two.test", "demo-two")).User;
        (await AcceptAsync(tom, used)).Outcome.Should().Be(AcceptOutcome.Used);
        (await AcceptAsync(tom, revoked)).Outcome.Should().Be(AcceptOutcome.Revoked);
        _host.Clock.Advance(TimeSpan.FromDays(7));
        (await AcceptAsync(tom, expired)).Outcome.Should().Be(AcceptOutcome.Expired);

        using var client = _host.NewClient();
        (await client.GetStringAsync($"/invitation/{expired}")).Should().Contain("This invitation has expired").And.Contain("Ask Priya Nair of Chai &amp; Co. for a new one");
        (await client.GetStringAsync($"/invitation/{revoked}")).Should().Contain("This invitation was taken back");
        (await client.GetStringAsync($"/invitation/{used}")).Should().Contain("This invitation was used");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("%20")]
    [InlineData("%22%3E%3Cscript%3E")]
    public async Task A_link_that_opens_nothing_says_so(string token)
    {
        using var client = _host.NewClient();
        using var answer = await client.GetAsync($"/invitation/{token}");
        (await answer.Content.ReadAsStringAsync()).Should().Contain("This link opens nothing");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_empty_token_fits_nothing(string? token)
    {
        await InviteAsync(null, Role.Agent);
        (await AcceptAsync(_admin.User, token)).Outcome.Should().Be(AcceptOutcome.NotFound);
        (await _host.Services.GetRequiredService<InvitationQuery>().FindAsync(token, null)).Should().BeNull();
    }

    [Fact]
    public async Task An_invitation_by_mail_is_for_that_address_alone_and_says_how_to_come_with_it()
    {
        var token = await InviteAsync("sana@example.com", Role.Agent);
        using var client = await _host.SignInAsync("agent@demo-two.test");
        var page = await client.GetStringAsync($"/invitation/{token}");
        page.Should().Contain("sana@example.com").And.Contain("Sign out and come back here").And.NotContain("Join as");
        (await AcceptAsync((await _host.ActorAsync("agent@demo-two.test", "demo-two")).User, token)).Outcome.Should().Be(AcceptOutcome.WrongAccount);

        using var left = await PostAsync(client, token, "leave", []);
        left.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await client.GetStringAsync($"/invitation/{token}")).Should().Contain("Create account and join");
    }

    [Fact]
    public async Task A_member_who_opens_a_link_is_told_and_the_link_stays_open()
    {
        var token = await InviteAsync(null, Role.Agent);
        using var client = await _host.SignInAsync("agent@demo.test");
        (await client.GetStringAsync($"/invitation/{token}")).Should().Contain("You are a member of this workspace already");
        (await AcceptAsync((await _host.ActorAsync()).User, token)).Outcome.Should().Be(AcceptOutcome.AlreadyMember);
        (await AcceptAsync((await _host.ActorAsync("agent@demo-two.test", "demo-two")).User, token)).Outcome.Should().Be(AcceptOutcome.Joined);
    }

    [Fact]
    public async Task A_link_to_hand_over_says_five_times_who_has_an_account_and_is_then_taken_back()
    {
        var token = await InviteAsync(null, Role.Agent);
        foreach (var email in (string[])["admin@demo.test", "manager@demo.test", "agent@demo.test", "agent2@demo.test"])
        {
            (await NewcomerAsync(token, email)).Outcome.Should().Be(AcceptOutcome.EmailTaken);
        }

        (await _host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).RevokedAt.Should().BeNull();
        (await NewcomerAsync(token, "admin@demo-two.test")).Outcome.Should().Be(AcceptOutcome.EmailTaken);
        (await NewcomerAsync(token, "manager@demo-two.test")).Outcome.Should().Be(AcceptOutcome.Revoked);
        (await EntriesAsync()).Should().ContainInOrder(AuditActions.MemberInvited, AuditActions.InvitationRevoked);
    }

    [Fact]
    public async Task Where_mail_works_a_link_to_hand_over_answers_alike_and_the_reader_of_the_mail_joins()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        var link = (await host.Services.GetRequiredService<InviteMember>().ExecuteAsync(await host.ActorAsync("admin@demo.test"), null, Role.Agent)).Link!;
        using var client = host.NewClient();
        (await client.GetStringAsync(link.PathAndQuery)).Should().NotContain("type=\"password\"");

        using var known = await client.PostFormAsync(link.PathAndQuery, "join", ("Input.Name", "Sofia"), ("Input.Email", "agent@demo-two.test"));
        using var unknown = await client.PostFormAsync(link.PathAndQuery, "join", ("Input.Name", "Sana"), ("Input.Email", "sana@example.com"));

        (await unknown.TextAsync()).Should().Be(await known.TextAsync()).And.Contain("Look into your mail");
        await smtp.MailAsync("agent@demo-two.test", "You already have a Weflux account");
        var finish = SmtpStub.LinkIn(await smtp.MailAsync("sana@example.com", "/finish-joining"), "/finish-joining");
        using var weak = await client.PostFormAsync(finish, "finish-joining", ("Input.Password", "short"));
        (await WefluxHost.AlertAsync(weak)).Should().Contain("at least 10 characters");
        using var joined = await client.PostFormAsync(finish, "finish-joining", ("Input.Password", NewPassword));
        joined.Location().Should().Be("/w/demo/inbox");
        (await client.IsSignedInAsync()).Should().BeTrue();
        (await host.ActorAsync("sana@example.com")).Role.Should().Be(Role.Agent);
        using var fresh = host.NewClient();
        using var again = await fresh.GetAsync(finish);
        (await again.TextAsync()).Should().Contain("This link does not work any more");
    }

    [Fact]
    public async Task A_link_to_finish_joining_works_no_longer_than_its_invitation()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        var admin = await host.ActorAsync("admin@demo.test");
        var link = (await host.Services.GetRequiredService<InviteMember>().ExecuteAsync(admin, null, Role.Agent)).Link!;
        using var client = host.NewClient();
        (await client.PostFormAsync(link.PathAndQuery, "join", ("Input.Name", "Sana"), ("Input.Email", "sana@example.com"))).Dispose();
        var finish = SmtpStub.LinkIn(await smtp.MailAsync("sana@example.com", "/finish-joining"), "/finish-joining");
        var token = await WefluxHost.FormTokenAsync(client, finish);
        var id = (await host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).Id;
        (await host.Services.GetRequiredService<RevokeInvitation>().ExecuteAsync(admin, id)).Should().BeTrue();

        using var late = await client.PostTokenAsync(finish, "finish-joining", token, ("Input.Password", NewPassword));
        late.StatusCode.Should().NotBe(HttpStatusCode.Redirect);
        (await client.IsSignedInAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_workspace_mails_a_hundred_invitations_a_day_and_then_only_makes_links()
    {
        var revoke = _host.Services.GetRequiredService<RevokeInvitation>();
        for (var i = 0; i < InviteMember.MostMailsADay; i++)
        {
            await InviteAsync($"person{i}@example.com", Role.Agent);
            (await revoke.ExecuteAsync(_admin, (await _host.ReadAsync(db => db.Set<Invitation>().MaxAsync(n => n.Id))))).Should().BeTrue();
        }

        (await Invite().ExecuteAsync(_admin, "one-more@example.com", Role.Agent)).Outcome.Should().Be(InviteOutcome.TooManyMails);
        (await Invite().ExecuteAsync(_admin, null, Role.Agent)).Outcome.Should().Be(InviteOutcome.Invited);
        _host.Clock.Advance(TimeSpan.FromHours(25));
        (await Invite().ExecuteAsync(_admin, "one-more@example.com", Role.Agent)).Outcome.Should().Be(InviteOutcome.Invited);
    }

    [Fact]
    public async Task An_address_with_an_account_gets_no_second_one_and_the_way_to_sign_in()
    {
        var token = await InviteAsync("agent@demo-two.test", Role.Agent);
        using var client = _host.NewClient();
        using var answer = await JoinAsync(client, token, "Somebody", email: null);

        (await WefluxHost.AlertAsync(answer)).Should().Be("This address cannot get a new account here. If it is yours, sign in and come back here.");
        (await AccountsAsync("agent@demo-two")).Should().HaveCount(1);
    }

    [Theory]
    [InlineData("", "x@example.com", NewPassword, "Enter your name")]
    [InlineData("Sana\r\nBcc: victim@example.com", "x@example.com", NewPassword, "A name is one line")]
    [InlineData("Sana", "nonsense", NewPassword, "Enter an e-mail address")]
    [InlineData("Sana", "x@example.com", "short", "10")]
    public async Task What_a_newcomer_must_mend_is_said_and_the_link_stays_open(string name, string email, string password, string says)
    {
        var token = await InviteAsync(null, Role.Agent);
        using var client = _host.NewClient();
        using var answer = await JoinAsync(client, token, name, email, password);

        (await WefluxHost.AlertAsync(answer)).Should().Contain(says);
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().NotContain(password, "a password does not come back");
        (await AccountsAsync("x@example")).Should().BeEmpty();
        (await _host.ReadAsync(db => db.Set<Invitation>().SingleAsync())).AcceptedAt.Should().BeNull();
    }

    [Fact]
    public async Task A_password_that_is_too_long_is_refused_before_anything_is_hashed()
    {
        var token = await InviteAsync(null, Role.Agent);
        using var client = _host.NewClient();
        using var answer = await JoinAsync(client, token, "Sana", "x@example.com", new string('x', 257));
        (await WefluxHost.AlertAsync(answer)).Should().Contain("at most 256 characters");
    }

    [Fact]
    public async Task The_link_can_be_shown_again_while_it_is_open_and_stands_nowhere_in_the_clear()
    {
        var token = await InviteAsync(null, Role.Agent);
        var row = await _host.ReadAsync(db => db.Set<Invitation>().SingleAsync());
        var show = _host.Services.GetRequiredService<ShowInvitationLink>();
        (await show.ExecuteAsync(_admin, row.Id))!.ToString().Should().EndWith($"/invitation/{token}");
        Convert.ToHexString(row.Token!).Should().NotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(token)));
        (await _host.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Details).ToListAsync())).Should().NotContain(d => d!.Contains(token));

        _host.Clock.Advance(TimeSpan.FromDays(8));
        (await show.ExecuteAsync(_admin, row.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Who_is_invited_by_address_gets_a_mail_with_the_link_in_the_same_transaction()
    {
        var token = await InviteAsync("sana@example.com", Role.Agent);
        await using var db = _host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var mail = await db.Set<OutgoingMail>().OrderByDescending(m => m.Id).FirstAsync();
        var text = _host.Services.GetRequiredService<SecretProtector>().UnprotectText(mail.Text, OutgoingMail.TextContext(mail.Key));
        text.Should().Contain("sana@example.com").And.Contain($"/invitation/{token}").And.Contain("as Agent");
    }

    [Theory]
    [InlineData("not an address", InviteOutcome.NoAddress)]
    [InlineData("two@example.com, three@example.com", InviteOutcome.NoAddress)]
    [InlineData("AGENT@demo.test", InviteOutcome.AlreadyMember)]
    public async Task Who_cannot_be_invited_is_said(string email, InviteOutcome outcome) =>
        (await Invite().ExecuteAsync(_admin, email, Role.Agent)).Outcome.Should().Be(outcome);

    [Fact]
    public async Task An_address_that_is_invited_already_and_a_role_that_is_none_are_refused()
    {
        await InviteAsync("sana@example.com", Role.Agent);
        (await Invite().ExecuteAsync(_admin, "SANA@example.com", Role.Admin)).Outcome.Should().Be(InviteOutcome.AlreadyInvited);
        (await Invite().ExecuteAsync(_admin, null, (Role)4)).Outcome.Should().Be(InviteOutcome.UnknownRole);
        (await Invite().ExecuteAsync(_admin with { Role = Role.Manager }, null, Role.Agent)).Outcome.Should().Be(InviteOutcome.NotAllowed);
    }

    private async Task<AcceptResult> NewcomerAsync(string token, string email)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<AcceptAsNewPerson>().ExecuteAsync(token, "Somebody", email, NewPassword, null)).Result;
    }

    private InviteMember Invite() => _host.Services.GetRequiredService<InviteMember>();

    private async Task<string> InviteAsync(string? email, Role role) =>
        (await Invite().ExecuteAsync(_admin, email, role)).Link!.Segments[^1];

    private Task<AcceptResult> AcceptAsync(UserId user, string? token) =>
        _host.Services.GetRequiredService<AcceptInvitation>().ExecuteAsync(user, token, null);

    private static Task<HttpResponseMessage> JoinAsync(HttpClient client, string token, string name, string? email, string password = NewPassword)
    {
        var fields = new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = password };
        if (email is not null)
        {
            fields["Input.Email"] = email;
        }

        return PostAsync(client, token, "join", fields);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string token, string form, Dictionary<string, string> fields)
    {
        var page = $"/invitation/{token}";
        fields["_handler"] = form;
        fields["__RequestVerificationToken"] = FormToken().Match(await client.GetStringAsync(page)).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields);
        return await client.PostAsync(page, content);
    }

    private async Task<List<string?>> AccountsAsync(string start)
    {
        await using var db = _host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return await db.Set<WefluxUser>().Where(u => u.Email!.StartsWith(start)).Select(u => u.Email).ToListAsync();
    }

    private Task<List<string>> EntriesAsync() => _host.ReadAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Number).Select(e => e.Action).ToListAsync());

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
