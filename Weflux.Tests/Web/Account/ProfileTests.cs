using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Notices;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.Profile;
using Weflux.Web.Demo;

namespace Weflux.Tests.Web.Account;

public sealed class ProfileTests
{
    [Fact]
    public async Task A_profile_is_saved_as_it_was_chosen()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        using var saved = await client.PostFormAsync(
            "/account/profile", "profile",
            ("Input.Name", " Meera S. "), ("Input.Language", "en"), ("Input.TimeZone", "Asia/Kolkata"), ("Input.ShowText", "true"),
            ("Input.Notices", "1.1"), ("Input.Notices", "1.4"), ("Input.Notices", "13.4"), ("Input.Notices", "99.1"),
            ("Input.HasQuietHours", "true"), ("Input.QuietFrom", "22:30"), ("Input.QuietTo", "06:15"), ("Input.QuietDays", "0"), ("Input.QuietDays", "5"));
        saved.Location().Should().Be("/account/profile?done=saved");

        var person = await Given.UserIdAsync(host, "agent@demo.test");
        var view = await host.Services.GetRequiredService<ProfileQuery>().GetAsync(person, CancellationToken.None);
        view!.Name.Should().Be("Meera S.");
        view.TimeZone.Should().Be("Asia/Kolkata");
        var choices = NoticeChoices.Of(kind => kind switch
        {
            NoticeKind.NewMessage => NoticeWays.Bell | NoticeWays.Sound,
            NoticeKind.OthersMessage => NoticeWays.Sound,
            _ => NoticeWays.None,
        });
        view.Preferences.Should().Be(new PersonPreferences(
            DesktopNotices: false, Sound: true, ShowText: true, OnlyMine: false, ProductNews: false, IsQuietOnNumbers: true, HasKeysOff: true,
            Notices: choices, Quiet: new QuietHours((22 * 60) + 30, (6 * 60) + 15, Weekdays.Sunday | Weekdays.Friday)));

        using var page = await client.GetAsync("/account/profile");
        (await page.Content.ReadAsStringAsync()).Should().MatchRegex("value=\"1\\.4\"[^>]* checked").And.NotMatchRegex("value=\"1\\.2\"[^>]* checked").And.Contain("value=\"22:30\"");
    }

    [Theory]
    [InlineData("", "07:00", "1")]
    [InlineData("22:00", "25:00", "1")]
    [InlineData("22:00", "07:00", "")]
    public async Task Quiet_hours_that_make_no_sense_are_refused_and_nothing_typed_is_lost(string from, string to, string day)
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        List<(string, string)> fields = [("Input.Name", "Typed Name"), ("Input.Language", "en"), ("Input.HasQuietHours", "true"), ("Input.QuietFrom", from), ("Input.QuietTo", to)];
        fields.AddRange(day.Length > 0 ? [("Input.QuietDays", day)] : []);
        using var refused = await client.PostFormAsync("/account/profile", "profile", [.. fields]);

        (await refused.Content.ReadAsStringAsync()).Should().Contain("Give the quiet hours a beginning and an end, such as 22:00 and 07:00, and at least one day.").And.Contain("Typed Name");
        (await host.Services.GetRequiredService<ProfileQuery>().GetAsync(await Given.UserIdAsync(host, "agent@demo.test"), CancellationToken.None))!
            .Preferences.Quiet.Should().BeNull();
    }

    [Theory]
    [InlineData("", "en", "", "Enter your name, as colleagues should see it.")]
    [InlineData("Meera", "xx", "", "Choose one of the languages.")]
    [InlineData("Meera", "en", "Mars/Olympus", "Choose one of the time zones.")]
    public async Task A_fault_of_a_profile_has_its_own_sentence(string name, string language, string zone, string sentence)
    {
        await using var host = await WefluxHost.StartAsync();
        var person = await Given.UserIdAsync(host, "agent@demo.test");
        (await host.Services.GetRequiredService<SaveProfile>().ExecuteAsync(person, name, language, zone, PersonPreferences.Default, CancellationToken.None))
            .Should().Be(sentence);
    }

    [Fact]
    public async Task A_picture_is_seen_by_colleagues_and_by_nobody_else()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        using (var saved = await PostPictureAsync(client, PictureFileTests.Png(text: "taken at home")))
        {
            saved.Location().Should().Be("/account/profile?done=picture");
        }

        var person = await Given.UserIdAsync(host, "agent@demo.test");
        using var colleague = await host.SignInAsync("manager@demo.test");
        using var seen = await colleague.GetAsync($"/people/{person}/picture");
        seen.StatusCode.Should().Be(HttpStatusCode.OK);
        seen.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
        seen.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        seen.Headers.CacheControl!.Private.Should().BeTrue();
        System.Text.Encoding.Latin1.GetString(await seen.Content.ReadAsByteArrayAsync()).Should().NotContain("taken at home");

        using var stranger = await host.SignInAsync("manager@demo-two.test");
        (await stranger.GetAsync($"/people/{person}/picture")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var nobody = host.NewClient();
        (await nobody.GetAsync($"/people/{person}/picture")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        (await client.PostFormAsync("/account/profile", "no-picture")).Dispose();
        (await colleague.GetAsync($"/people/{person}/picture")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_in_words()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        using var page = await PostPictureAsync(client, "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray());
        (await WefluxHost.AlertAsync(page)).Should().Be("This file is no picture that can be used. Choose a PNG, JPEG or WebP file.");
        using var large = await PostPictureAsync(client, new byte[PictureFile.Largest + 1]);
        (await WefluxHost.AlertAsync(large)).Should().Be(PictureFile.TooLarge);
    }

    [Fact]
    public async Task Another_address_counts_once_it_is_confirmed_and_both_addresses_hear_of_it()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        using var client = await host.SignInAsync("agent@demo.test");
        using var wrong = await AskAsync(client, "meera@example.com", "not the password");
        (await WefluxHost.AlertAsync(wrong)).Should().Be("The current password is not right. Check it and try again.");

        using var asked = await AskAsync(client, "meera@example.com", DemoWorkspaces.Password);
        asked.Location().Should().Be("/account/profile?done=email");
        await smtp.MailAsync("agent@demo.test", "about to change");
        var link = SmtpStub.LinkIn(await smtp.MailAsync("meera@example.com", "/confirm-email"), "/confirm-email");
        using (var old = await host.SignInAsync("agent@demo.test"))
        {
            (await old.IsSignedInAsync()).Should().BeTrue("nothing is changed before it is confirmed");
        }

        using var confirmed = await client.PostFormAsync(link, "confirm-email");
        confirmed.Location().Should().Be("/account/profile?done=email-confirmed");
        await smtp.MailAsync("agent@demo.test", "no longer uses this address");
        using var renewed = await host.SignInAsync("meera@example.com");
        (await renewed.IsSignedInAsync()).Should().BeTrue();
        using var again = await client.GetAsync(link);
        (await WefluxHost.AlertAsync(again)).Should().Contain("does not work any more");
    }

    [Fact]
    public async Task An_address_that_somebody_has_gets_the_same_answer_and_another_mail()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        using var client = await host.SignInAsync("agent@demo.test");
        using var asked = await AskAsync(client, "manager@demo.test", DemoWorkspaces.Password);

        asked.Location().Should().Be("/account/profile?done=email");
        var mail = await smtp.MailAsync("manager@demo.test", "You already have a Weflux account");
        mail.Should().NotContain("/confirm-email");
    }

    [Fact]
    public async Task Without_mail_the_address_stays_and_the_page_says_why()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = await host.SignInAsync("agent@demo.test");
        using var page = await client.GetAsync("/account/profile");

        (await page.TextAsync()).Should().Contain(ChangeEmail.NoMail);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string email, string password) =>
        client.PostFormAsync("/account/profile", "email", ("Email.Address", email), ("Email.Password", password));

    private static async Task<HttpResponseMessage> PostPictureAsync(HttpClient client, byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("picture"), "_handler" },
            { new StringContent(await WefluxHost.FormTokenAsync(client, "/account/profile")), "__RequestVerificationToken" },
        };
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(content, "Picture.File", "picture.png");
        return await client.PostAsync("/account/profile", form);
    }
}
