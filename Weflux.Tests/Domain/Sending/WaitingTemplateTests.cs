using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

/// <summary>A template message that waited: its template is looked at once more before it leaves.</summary>
public sealed class WaitingTemplateTests
{
    private static readonly Template Written = TemplateTests.Positional("Hi {{1}}, it is ready.");

    private static readonly TemplateContent Waiting = Written.Fill(new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { ["body.1"] = new TextValue("Asha") });

    [Theory]
    [InlineData("PAUSED", OwnFaults.TemplatePaused)]
    [InlineData("paused", OwnFaults.TemplatePaused)]
    [InlineData("DISABLED", OwnFaults.TemplateDisabled)]
    [InlineData("REJECTED", OwnFaults.TemplateRejected)]
    [InlineData("DELETED", OwnFaults.TemplateDeleted)]
    [InlineData("PENDING_DELETION", OwnFaults.TemplateDeleted)]
    [InlineData("PENDING", OwnFaults.TemplateNotApproved)]
    [InlineData("SOMETHING_NEW", OwnFaults.TemplateNotApproved)]
    public void What_became_of_the_template_is_the_reason(string status, int code) =>
        SendPolicy.CheckWaiting(Written with { Status = status }, Waiting, new Consent())!.Code.Should().Be(code);

    [Fact]
    public void A_template_that_is_not_there_any_more_was_deleted() =>
        SendPolicy.CheckWaiting(null, Waiting, new Consent())!.Code.Should().Be(OwnFaults.TemplateDeleted);

    [Fact]
    public void A_template_with_other_variables_was_changed() =>
        SendPolicy.CheckWaiting(Written with { Body = "Hi {{1}}, {{2}} is ready." }, Waiting, new Consent())!.Code.Should().Be(OwnFaults.TemplateChanged);

    [Fact]
    public void A_template_that_is_as_it_was_may_leave() => SendPolicy.CheckWaiting(Written, Waiting, new Consent()).Should().BeNull();

    [Fact]
    public void One_that_became_marketing_leaves_only_to_who_agreed_to_that()
    {
        var marketing = Written with { Category = TemplateCategory.Marketing };
        var agreed = Given.Contact();
        agreed.Record(ConsentPurpose.Marketing, ConsentDecision.Given, "On paper", Given.Asha, Given.Noon);

        SendPolicy.CheckWaiting(marketing, Waiting, new Consent())!.Code.Should().Be(OwnFaults.TemplateNowMarketing);
        SendPolicy.CheckWaiting(marketing, Waiting, agreed.Consent).Should().BeNull();
    }
}
