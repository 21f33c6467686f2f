using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Mail;

public sealed class MailSenderTests
{
    private static readonly MailText Letter = new("ana@example.com", "Ana Lima", "Grüße", "Guten Tag,\n\nhttps://inbox.example.com/a-link");

    [Fact]
    public async Task A_mail_arrives_and_its_text_is_forgotten()
    {
        await using var smtp = SmtpStub.Start();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        await AddAsync(host);

        var mail = await smtp.MailAsync("ana@example.com", "https://inbox.example.com/a-link");

        mail.Should().Contain("From: \"Weflux\" <inbox@weflux.test>").And.Contain("Subject: Grüße");
        var row = await Eventually.SeeAsync(() => RowAsync(host), r => r.SentAt is not null);
        row.Text.Should().BeNull();
        row.NextTryAt.Should().BeNull();
        row.Fault.Should().BeNull();
    }

    [Fact]
    public async Task A_server_that_is_down_and_comes_back_gets_the_mail_later()
    {
        await using var smtp = SmtpStub.Start();
        await smtp.StopAsync();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        await AddAsync(host);
        var waiting = await Eventually.SeeAsync(() => RowAsync(host), r => r is { Fault: not null, Text: not null });
        waiting.Fault.Should().NotContain("ana@example.com").And.NotContain("a-link");
        waiting.SentAt.Should().BeNull();

        smtp.Open();
        host.Clock.Advance(TimeSpan.FromHours(2));

        await smtp.MailAsync("ana@example.com", "a-link");
        (await Eventually.SeeAsync(() => RowAsync(host), r => r.SentAt is not null)).Fault.Should().BeNull();
        smtp.Mails.Should().ContainSingle();
    }

    [Fact]
    public async Task After_three_days_a_mail_is_given_up_and_says_why()
    {
        await using var smtp = SmtpStub.Start();
        await smtp.StopAsync();
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        await AddAsync(host);
        await Eventually.SeeAsync(() => RowAsync(host), r => r.Fault is not null);

        host.Clock.Advance(MailSender.Patience);

        var row = await Eventually.SeeAsync(() => RowAsync(host), r => r.NextTryAt is null);
        row.SentAt.Should().BeNull();
        row.Text.Should().BeNull();
        row.Fault.Should().Contain("could not be reached");
        smtp.Open();
    }

    [Fact]
    public async Task An_address_that_the_server_refuses_for_good_is_not_tried_again()
    {
        await using var smtp = SmtpStub.Start();
        smtp.RecipientAnswer = "550 no such mailbox ana@example.com";
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        await AddAsync(host);

        var row = await Eventually.SeeAsync(() => RowAsync(host), r => r.NextTryAt is null);
        row.Fault.Should().Be("The mail server refused it with 550 (RecipientNotAccepted)");
        row.Tries.Should().Be(1);
    }

    [Fact]
    public async Task An_address_that_is_refused_for_now_is_tried_again()
    {
        await using var smtp = SmtpStub.Start();
        smtp.RecipientAnswer = "450 try later";
        await using var host = await WefluxHost.StartAsync(smtp.Configure);
        await AddAsync(host);
        await Eventually.SeeAsync(() => RowAsync(host), r => r.Fault is not null);

        smtp.RecipientAnswer = "250 fine";
        host.Clock.Advance(TimeSpan.FromHours(2));

        await smtp.MailAsync("ana@example.com", "a-link");
    }

    [Fact]
    public async Task Of_two_nodes_one_sends_each_mail()
    {
        await using var smtp = SmtpStub.Start();

        // Nothing leaves this host by itself, so that both senders begin together.
        await using var host = await WefluxHost.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await AddAsync(host, Letter with { Subject = $"Letter {i}" });
        }

        var now = host.Clock.GetUtcNow();
        await host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            db => db.Set<OutgoingMail>().ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, now)), CancellationToken.None);

        await Task.WhenAll(Sender(host, smtp).BeatAsync(CancellationToken.None), Sender(host, smtp).BeatAsync(CancellationToken.None));

        smtp.Mails.Should().HaveCount(12);
        smtp.Mails.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_ever_tried_and_after_three_days_the_text_is_forgotten()
    {
        await using var host = await WefluxHost.StartAsync();
        host.Services.GetRequiredService<MailQueue>().IsConfigured.Should().BeFalse();
        await AddAsync(host);
        var sender = host.Services.GetRequiredService<MailSender>();
        await sender.BeatAsync(CancellationToken.None);
        (await RowAsync(host)).Should().Match<OutgoingMail>(r => r.Tries == 0 && r.Text != null && r.NextTryAt == null);

        host.Clock.Advance(TimeSpan.FromDays(4));
        await Eventually.SeeAsync(() => RowAsync(host), r => r.Text is null);
        (await RowAsync(host)).Fault.Should().Be("No mail server was set up");
    }

    [Fact]
    public void The_wait_doubles_and_never_exceeds_two_hours()
    {
        var waits = Enumerable.Range(1, 60).Select(MailSender.WaitAfter).ToList();
        waits[0].Should().Be(TimeSpan.FromSeconds(30));
        waits[1].Should().Be(TimeSpan.FromMinutes(1));
        waits.Should().BeInAscendingOrder();
        waits[^1].Should().Be(TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("mail.example.com", 587, "StartTls", null, null, "Weflux <a@example.com>", null)]
    [InlineData("mail.example.com", 0, "StartTls", null, null, "a@example.com", "Weflux:Mail:Port must be between 1 and 65535.")]
    [InlineData("mail.example.com", 587, "Ssl3", null, null, "a@example.com", "Weflux:Mail:Security must be StartTls, Tls or None.")]
    [InlineData("mail.example.com", 587, "Tls", "me", null, "a@example.com", "Weflux:Mail:User and Weflux:Mail:Password belong together: set both or neither.")]
    [InlineData("mail.example.com", 587, "Tls", null, null, "nobody", "Weflux:Mail:From must be an address that mails come from, such as Weflux <inbox@example.com>.")]
    [InlineData(null, 587, "Tls", null, null, "a@example.com", "Weflux:Mail:Host is missing. Name the SMTP server, or remove the rest of Weflux:Mail.")]
    [InlineData(null, 587, "StartTls", null, null, null, null)]
    public void Settings_are_checked_at_start(string? host, int port, string security, string? user, string? password, string? from, string? fault)
    {
        var result = new MailOptionsCheck().Validate(null, new MailOptions { Host = host, Port = port, Security = security, User = user, Password = password, From = from });
        (result.Failures ?? []).Should().Equal(fault is null ? [] : [fault]);
    }

    private static MailSender Sender(WefluxHost host, SmtpStub smtp)
    {
        var options = Options.Create(new MailOptions { Host = "127.0.0.1", Port = smtp.Port, Security = "None", From = "inbox@weflux.test" });
        return new MailSender(
            host.Services.GetRequiredService<WefluxDatabase>(), host.Services.GetRequiredService<SecretProtector>(), new MailServer(options), options,
            host.Clock, NullLogger<MailSender>.Instance);
    }

    private static Task AddAsync(WefluxHost host, MailText? letter = null) => host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
        async db =>
        {
            host.Services.GetRequiredService<MailQueue>().Add(db, letter ?? Letter);
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    private static async Task<OutgoingMail> RowAsync(WefluxHost host)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return await db.Set<OutgoingMail>().AsNoTracking().SingleAsync();
    }
}
