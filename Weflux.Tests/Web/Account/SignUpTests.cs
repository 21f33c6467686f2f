using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Account;

public sealed class SignUpTests
{
    [Fact]
    public async Task The_first_person_of_an_installation_is_led_to_make_the_first_workspace()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Demo:Enabled"] = "false");
        using var client = host.NewClient();
        using var door = await client.GetAsync("/sign-in");
        door.Location().Should().Be("/sign-up");

        using var answer = await client.SignUpAsync("ana@example.com", "corner-bakery");

        answer.Location().Should().Be("/w/corner-bakery/start");
        using var start = await client.GetAsync("/w/corner-bakery/start");
        start.StatusCode.Should().Be(HttpStatusCode.OK);
        var actor = await Given.ActorAsync(host, "ana@example.com", "corner-bakery");
        actor.Role.Should().Be(Role.Admin);
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().Open(actor.Workspace);
        (await db.Set<AuditEntry>().SingleAsync()).Action.Should().Be(AuditActions.WorkspaceCreated);
        (await db.Set<WorkspaceCounter>().CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task A_workspace_begins_in_the_time_zone_of_the_browser_that_made_it()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var answer = await client.PostFormAsync(
            "/sign-up",
            "sign-up",
            ("Input.Name", "Ana Lima"),
            ("Input.Email", "ana@example.com"),
            ("Input.Password", AccountForms.GoodPassword),
            ("Input.Organisation", "Corner Bakery"),
            ("Input.Slug", "corner-bakery"),
            ("Input.TimeZone", "Asia/Calcutta"));

        answer.Location().Should().Be("/w/corner-bakery/start");
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        (await db.Set<Workspace>().SingleAsync(w => w.Slug == "corner-bakery")).TimeZone.Should().Be("Asia/Kolkata");
    }

    [Fact]
    public async Task After_the_first_workspace_the_door_is_closed_and_says_so()
    {
        await using var host = await WefluxHost.StartAsync();
        using var first = await host.NewPersonAsync("ana@example.com", "corner-bakery");
        using var late = host.NewClient();

        using var page = await late.GetAsync("/sign-up");
        (await page.TextAsync()).Should().Contain("Nobody can sign up here");
        using var signIn = await late.GetAsync("/sign-in");
        (await signIn.TextAsync()).Should().NotContain("Create your own workspace");

        // The form of a page that was open before the door closed.
        using var scope = host.Services.CreateScope();
        var door = host.Services.GetRequiredService<SignUpDoor>();
        (await door.IsOpenAsync(CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task Of_many_first_people_at_once_one_gets_in()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:Passwords:Cost"] = "10");
        using var client = host.NewClient();
        var token = await WefluxHost.FormTokenAsync(client, "/sign-up");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await client.PostTokenAsync(
                "/sign-up", "sign-up", token,
                ("Input.Name", "Ana"), ("Input.Email", $"ana{i}@example.com"), ("Input.Password", AccountForms.GoodPassword),
                ("Input.Organisation", "Bakery"), ("Input.Slug", $"bakery-{i}"));
            return answer.Location();
        }));

        answers.Count(a => a?.EndsWith("/start", StringComparison.Ordinal) == true).Should().Be(1);
    }

    [Fact]
    public async Task Where_people_come_by_invitation_nobody_signs_up()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:SignUp"] = "Invitation");
        using var client = host.NewClient();
        using var page = await client.GetAsync("/sign-up");

        (await page.TextAsync()).Should().Contain("Nobody can sign up here");
    }

    [Theory]
    [InlineData("Everybody", false)]
    [InlineData("", false)]
    [InlineData("open", true)]
    [InlineData("Invitation", true)]
    [InlineData("FirstRun", true)]
    public void The_setting_is_one_of_three(string setting, bool isKnown) => new SignUpOptions { SignUp = setting }.IsKnown.Should().Be(isKnown);

    [Theory]
    [InlineData("", "ana@example.com", "four plain words here", "Bakery", "bakery", "Enter your name, as colleagues should see it.")]
    [InlineData("Ana", "ana", "four plain words here", "Bakery", "bakery", "Enter your e-mail address, such as name@example.com.")]
    [InlineData("Ana", "ana@localhost", "four plain words here", "Bakery", "bakery", "Enter your e-mail address, such as name@example.com.")]
    [InlineData("Ana", "Ana <ana@example.com>", "four plain words here", "Bakery", "bakery", "Enter your e-mail address, such as name@example.com.")]
    [InlineData("Ana", "ana@example.com", "short", "Bakery", "bakery", "A password has at least 10 characters. A few words in a row are easy to remember.")]
    [InlineData("Ana", "ana@example.com", "password12", "Bakery", "bakery", "This password is among those that are tried first. Choose one that nobody else has.")]
    [InlineData("Ana", "ana@example.com", "ana@example.com", "Bakery", "bakery", "A password must not be your name, your e-mail address or the name of this program.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", " ", "bakery", "Enter the name of your organisation.")]
    [InlineData("Ana\r\nBcc: x", "ana@example.com", "four plain words here", "Bakery", "bakery", "A name is one line, without control characters. Type it again.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", "Bakery\n\nYour account was closed", "bakery", "The name of an organisation is one line, without control characters. Type it again.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", "Bakery", "ab", "An address has at least 3 characters.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", "Bakery", "my bakery", "An address has only the letters a to z, digits and hyphens.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", "Bakery", "-bakery", "Hyphens stand between letters or digits, one at a time.")]
    [InlineData("Ana", "ana@example.com", "four plain words here", "Bakery", "admin", "Weflux needs this word for itself. Choose another address.")]
    public void Each_fault_has_its_own_sentence(string name, string email, string password, string organisation, string slug, string sentence) =>
        SignUpReading.Faults(new SignUpRequest(name, email, password, organisation, slug), out _).Select(f => f.Words).Should().Equal(sentence);

    [Fact]
    public async Task Faults_stand_beside_their_fields_and_what_was_typed_stays_but_for_the_password()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        using var answer = await client.SignUpAsync("ana@example.com", "demo-two", password: "password12");
        var page = await answer.Content.ReadAsStringAsync();

        page.Should().Contain("value=\"ana@example.com\"").And.NotContain("password12");
        (await answer.TextAsync()).Should().Contain("Weflux needs this word for itself.").And.Contain("among those that are tried first");
    }

    [Fact]
    public async Task A_taken_address_is_said_and_the_live_check_knows_it_and_proposes_another()
    {
        await using var host = await OpenHostAsync();
        using var first = await host.NewPersonAsync("ana@example.com", "corner-bakery");
        using var client = host.NewClient();

        using var answer = await client.SignUpAsync("eva@example.com", "corner-bakery");
        (await answer.TextAsync()).Should().Contain("The address corner-bakery is taken. Choose another.");
        (await client.GetFromJsonAsync<SlugWords>("/sign-up/address?slug=Corner-Bakery"))!.Should().Be(new SlugWords("corner-bakery", false, "The address corner-bakery is taken. Choose another."));
        (await client.GetFromJsonAsync<SlugWords>("/sign-up/address?name=Corner%20Bakery"))!.Should().Be(new SlugWords("corner-bakery-2", true, "This address is free."));
        (await client.GetFromJsonAsync<SlugWords>("/sign-up/address?slug=admin"))!.IsFree.Should().BeFalse();
        (await client.GetFromJsonAsync<SlugWords>("/sign-up/address?name=%E2%98%95"))!.Slug.Should().BeNull();
    }

    [Fact]
    public async Task With_mail_the_answer_is_the_same_whether_the_address_has_an_account_or_not()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();

        using var known = await client.SignUpAsync("agent@demo.test", "first-bakery");
        using var unknown = await client.SignUpAsync("ana@example.com", "second-bakery");

        (await unknown.TextAsync()).Should().Be(await known.TextAsync()).And.Contain("Look into your mail");
        await smtp.MailAsync("agent@demo.test", "You already have a Weflux account");
        var link = SmtpStub.LinkIn(await smtp.MailAsync("ana@example.com", "/finish-sign-up"), "/finish-sign-up");
        (await client.IsSignedInAsync()).Should().BeFalse();

        using var weak = await client.PostFormAsync(link, "finish-sign-up", ("Input.Password", "password12"));
        (await WefluxHost.AlertAsync(weak)).Should().Contain("among those that are tried first");
        using var finished = await client.PostFormAsync(link, "finish-sign-up", ("Input.Password", AccountForms.GoodPassword));
        finished.Location().Should().Be("/w/second-bakery/start");
        (await client.IsSignedInAsync()).Should().BeTrue();
        using var other = host.NewClient();
        using var again = await other.GetAsync(link);
        (await again.TextAsync()).Should().Contain("This link does not work any more");
    }

    [Fact]
    public async Task With_mail_the_reader_of_the_mail_chooses_the_password_and_nobody_before()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var stranger = host.NewClient();
        (await stranger.GetStringAsync("/sign-up")).Should().NotContain("type=\"password\"");
        (await stranger.SignUpAsync("ana@example.com", "strange-bakery", password: "the stranger knows it")).Dispose();
        var link = SmtpStub.LinkIn(await smtp.MailAsync("ana@example.com", "/finish-sign-up"), "/finish-sign-up");

        using var ana = host.NewClient();
        using var finished = await ana.PostFormAsync(link, "finish-sign-up", ("Input.Password", AccountForms.GoodPassword));
        finished.Location().Should().Be("/w/strange-bakery/start");

        using var guess = await WefluxHost.PostSignInAsync(stranger, "ana@example.com", "the stranger knows it");
        guess.StatusCode.Should().Be(HttpStatusCode.OK);
        using var own = await WefluxHost.PostSignInAsync(host.NewClient(), "ana@example.com", AccountForms.GoodPassword);
        own.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_two_links_for_one_address_the_newer_one_works()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();
        (await client.SignUpAsync("ana@example.com", "first-bakery", organisation: "First Bakery")).Dispose();
        var first = SmtpStub.LinkIn(await smtp.MailAsync("ana@example.com", "First Bakery"), "/finish-sign-up");
        (await client.SignUpAsync("Ana@example.com", "second-bakery", organisation: "Second Bakery")).Dispose();
        var second = SmtpStub.LinkIn(await smtp.MailAsync("Ana@example.com", "Second Bakery"), "/finish-sign-up");

        using var old = await client.GetAsync(first);
        (await old.TextAsync()).Should().Contain("This link does not work any more");
        using var newer = await client.GetAsync(second);
        (await newer.TextAsync()).Should().Contain("Second Bakery");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_door_stays_closed_after_the_only_workspace_was_erased(bool isAccountGoneToo)
    {
        await using var host = await WefluxHost.StartAsync();
        (await host.NewPersonAsync("ana@example.com", "corner-bakery")).Dispose();
        var database = host.Services.GetRequiredService<WefluxDatabase>();
        await database.WriteForSystemAsync(
            db => db.Set<Workspace>().Where(w => w.Slug == "corner-bakery").ExecuteUpdateAsync(
                set => set.SetProperty(w => w.DeletionDueAt, host.Clock.GetUtcNow() - TimeSpan.FromDays(1))),
            CancellationToken.None);
        await host.Services.GetRequiredService<Weflux.Web.Team.Deletion.WorkspaceEraser>().EraseDueAsync(CancellationToken.None);
        if (isAccountGoneToo)
        {
            await database.WriteForSystemAsync(
                db => db.Set<Weflux.Web.Account.WefluxUser>().Where(u => u.Email == "ana@example.com").ExecuteDeleteAsync(), CancellationToken.None);
        }

        await using (var db = database.OpenForSystem())
        {
            (await db.Set<Workspace>().AnyAsync(w => w.Slug == "corner-bakery")).Should().BeFalse();
        }

        (await host.Services.GetRequiredService<SignUpDoor>().IsOpenAsync(CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task An_account_without_a_workspace_closes_the_door_of_the_first_run()
    {
        await using var host = await WefluxHost.StartAsync();
        var door = host.Services.GetRequiredService<SignUpDoor>();
        (await door.IsOpenAsync(CancellationToken.None)).Should().BeTrue();
        await Given.PersonWithoutWorkspaceAsync(host, "newcomer@example.com");

        (await door.IsOpenAsync(CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task The_demo_is_known_by_its_numbers_whatever_its_address_and_is_not_made_twice()
    {
        await using var first = await WefluxHost.StartAsync();
        await first.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            db => db.Set<Workspace>().Where(w => w.Slug == "demo").ExecuteUpdateAsync(set => set.SetProperty(w => w.Slug, "moved-demo")), CancellationToken.None);
        await using var host = await first.RestartAsync();

        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        (await db.Set<Workspace>().Select(w => w.Slug).ToListAsync()).Should().BeEquivalentTo("moved-demo", "demo-two");
        (await host.Services.GetRequiredService<SignUpDoor>().IsOpenAsync(CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task Which_addresses_are_taken_is_told_only_to_those_who_could_have_one()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:SignUp"] = "Invitation");
        using var stranger = host.NewClient();
        using var refused = await stranger.GetAsync("/sign-up/address?slug=demo-three");
        refused.StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var admin = await host.SignInAsync("admin@demo.test");
        (await admin.GetFromJsonAsync<SlugWords>("/sign-up/address?slug=demo-three"))!.IsFree.Should().BeTrue();
    }

    [Fact]
    public async Task An_address_that_was_taken_before_the_link_was_followed_gets_a_number()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await OpenHostAsync(smtp.Configure);
        using var client = host.NewClient();
        (await client.SignUpAsync("ana@example.com", "corner-bakery")).Dispose();
        (await client.SignUpAsync("eva@example.com", "corner-bakery")).Dispose();
        var first = SmtpStub.LinkIn(await smtp.MailAsync("ana@example.com", "/finish-sign-up"), "/finish-sign-up");
        var second = SmtpStub.LinkIn(await smtp.MailAsync("eva@example.com", "/finish-sign-up"), "/finish-sign-up");

        using var ana = host.NewClient();
        using var made = await ana.PostFormAsync(first, "finish-sign-up", ("Input.Password", AccountForms.GoodPassword));
        using var eva = host.NewClient();
        using var numbered = await eva.PostFormAsync(second, "finish-sign-up", ("Input.Password", AccountForms.GoodPassword));

        made.Location().Should().Be("/w/corner-bakery/start");
        numbered.Location().Should().Be("/w/corner-bakery-2/start");
    }

    [Fact]
    public async Task Without_mail_whoever_has_an_account_is_asked_to_sign_in_and_nothing_is_made()
    {
        await using var host = await OpenHostAsync();
        using var client = host.NewClient();
        using var answer = await client.SignUpAsync("agent@demo.test", "first-bakery");

        answer.Location().Should().Be("/sign-in?after=sign-up");
        (await client.IsSignedInAsync()).Should().BeFalse();
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        (await db.Set<Workspace>().AnyAsync(w => w.Slug == "first-bakery")).Should().BeFalse();
    }

    [Fact]
    public async Task An_Admin_makes_a_further_workspace_and_an_Agent_does_not()
    {
        await using var host = await WefluxHost.StartAsync();
        using var admin = await host.SignInAsync("admin@demo.test");
        using var made = await admin.PostFormAsync(
            "/account/new-workspace", "new-workspace", ("Input.Organisation", "Second shop"), ("Input.Slug", "second-shop"));
        made.Location().Should().Be("/w/second-shop/start");
        (await Given.ActorAsync(host, "admin@demo.test", "second-shop")).Role.Should().Be(Role.Admin);

        using var taken = await admin.PostFormAsync(
            "/account/new-workspace", "new-workspace", ("Input.Organisation", "Second shop"), ("Input.Slug", "second-shop"));
        (await taken.TextAsync()).Should().Contain("The address second-shop is taken");

        using var agent = await host.SignInAsync("agent@demo.test");
        using var page = await agent.GetAsync("/account/new-workspace");
        (await page.TextAsync()).Should().Contain("You cannot make workspaces here");
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        (await host.Services.GetRequiredService<CreateWorkspace>().ExecuteAsync(person, "Mine", "mine-now", null, null, CancellationToken.None))
            .Should().BeOfType<WorkspaceOutcome.MayNot>();
    }

    private static Task<WefluxHost> OpenHostAsync(Action<WefluxHostOptions>? configure = null) => WefluxHost.StartAsync(options =>
    {
        options.Settings["Weflux:SignUp"] = "Open";
        configure?.Invoke(options);
    });
}
