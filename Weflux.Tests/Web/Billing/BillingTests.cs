using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Billing;

namespace Weflux.Tests.Web.Billing;

public sealed class BillingTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task Details_are_saved_in_their_usual_form_and_the_change_is_on_record()
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        var answer = await SaveAsync(admin, new BillingInput
        {
            CompanyName = " Chai Private Limited ",
            Gstin = "27aapfu0939f1zv",
            Address = "1 Hill Road\r\nMumbai",
            InvoiceEmail = " accounts@example.com ",
            PlanName = "Team",
        });
        answer.Outcome.Should().Be(BillingOutcome.Saved);
        (await Host.Services.GetRequiredService<BillingQuery>().GetAsync(admin)).Should().Be(
            new BillingView("Chai Private Limited", "27AAPFU0939F1ZV", "1 Hill Road\nMumbai", "accounts@example.com", "Team", null));

        await SaveAsync(admin, new BillingInput { CompanyName = "Chai Private Limited", PlanName = "Team" });
        var line = (await Host.Services.GetRequiredService<AuditQuery>().GetAsync(admin, new AuditFilter(Action: AuditActions.BillingChanged), null))!.Lines[0];
        line.Facts.Should().Contain(new AuditFact("GSTIN", "27AAPFU0939F1ZV", null));
        (await Host.Services.GetRequiredService<BillingQuery>().GetAsync(await Host.ActorAsync("admin@demo-two.test", "demo-two")))!.CompanyName
            .Should().BeEmpty("each workspace has its own");
    }

    [Theory]
    [InlineData("27AAPFU0939F1Z", GstinFault.WrongLength)]
    [InlineData("X7AAPFU0939F1ZV", GstinFault.WrongShape)]
    [InlineData("99AAPFU0939F1ZV", GstinFault.WrongCheck)]
    [InlineData("00AAPFU0939F1ZV", GstinFault.UnknownState)]
    public async Task A_wrong_GSTIN_is_refused_with_its_reason_and_nothing_is_saved(string gstin, GstinFault fault)
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        var before = await Host.Services.GetRequiredService<BillingQuery>().GetAsync(admin);
        (await SaveAsync(admin, new BillingInput { CompanyName = "Other", Gstin = gstin })).Should().Be(new BillingAnswer(BillingOutcome.WrongGstin, fault));
        (await Host.Services.GetRequiredService<BillingQuery>().GetAsync(admin)).Should().Be(before);
    }

    [Theory]
    [InlineData("", "", BillingOutcome.WrongName)]
    [InlineData("Chai", "nonsense", BillingOutcome.WrongEmail)]
    public async Task What_is_missing_or_wrong_is_said(string company, string email, BillingOutcome outcome) =>
        (await SaveAsync(await Host.ActorAsync("admin@demo.test"), new BillingInput { CompanyName = company, InvoiceEmail = email })).Outcome.Should().Be(outcome);

    [Fact]
    public async Task A_partners_page_is_linked_when_one_is_configured()
    {
        await using var host = await WefluxHost.StartAsync(o => o.Settings["Weflux:Billing:CheckoutLink"] = "https://pay.example.com/weflux");
        var view = await host.Services.GetRequiredService<BillingQuery>().GetAsync(await host.ActorAsync("admin@demo.test"));
        view!.CheckoutLink.Should().Be(new Uri("https://pay.example.com/weflux"));
    }

    [Theory]
    [InlineData("http://pay.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("pay")]
    public async Task A_link_that_is_not_https_stops_the_start_with_a_sentence(string link)
    {
        var (exitCode, errors) = await WefluxProcess.RunAsync("Development", ("Weflux:Billing:CheckoutLink", link));
        exitCode.Should().Be(1);
        errors.Should().Contain("Weflux:Billing:CheckoutLink must be an address that begins with https://");
    }

    private Task<BillingAnswer> SaveAsync(Actor actor, BillingInput input) => Host.Services.GetRequiredService<SaveBillingDetails>().ExecuteAsync(actor, input);
}
