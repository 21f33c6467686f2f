using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

/// <summary>What a person is offered for a message that went wrong.</summary>
public sealed class RemediesTests : BunitContext
{
    private static readonly WayOn Open = new(7, 5, 3, FaultRemedy.LeaveIt) { MayRepeat = true, IsOpen = true };
    private readonly List<string> _done = [];

    public RemediesTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Rows.Noon));

    public static TheoryData<FaultRemedy, string> Offers => new()
    {
        { FaultRemedy.RetryNow, "Send again, Leave it" },
        { FaultRemedy.RetryLater, "Send again, Leave it" },
        { FaultRemedy.PickTemplate, "Choose a template, Leave it" },
        { FaultRemedy.Rewrite, "Write it anew, Leave it" },
        { FaultRemedy.ReplaceFile, "Attach another file, Leave it" },
        { FaultRemedy.FixNumber, "Send again, Leave it" },
        { FaultRemedy.AskAdmin, "Send again, Leave it" },
        { FaultRemedy.Unblock, "Send again, Leave it" },
        { FaultRemedy.OtherWay, "Leave it" },
        { FaultRemedy.LeaveIt, "Leave it" },
    };

    [Theory]
    [MemberData(nameof(Offers))]
    public void Each_remedy_has_its_button(FaultRemedy remedy, string offers) =>
        Said(Show(Open with { Remedy = remedy })).Should().Be(offers);

    [Fact]
    public void What_should_wait_says_until_when_and_may_be_sent_at_once()
    {
        var today = Show(Open with { Remedy = FaultRemedy.RetryLater, BetterAt = Rows.Noon.AddHours(2.5) });
        today.Markup.Should().Contain("Better after 14:30.");
        Said(today).Should().Be("Send again now, Leave it");

        Show(Open with { Remedy = FaultRemedy.RetryLater, BetterAt = Rows.Noon.AddDays(1) }).Markup.Should().Contain("Better after 5 May 2026, 12:00.");
        Said(Show(Open with { Remedy = FaultRemedy.RetryLater, BetterAt = Rows.Noon })).Should().Be("Send again, Leave it");
    }

    [Fact]
    public void An_admin_is_led_to_the_number_and_others_are_told_whom_to_ask()
    {
        var admin = Show(Open with { Remedy = FaultRemedy.FixNumber, Advice = AdminAdvice.Of(190) });
        admin.Find("a").GetAttribute("href").Should().Be("/w/chai/settings/numbers/3");
        admin.Find("a").TextContent.Should().Be("Open the number");

        var agent = Show(Open with { Remedy = FaultRemedy.FixNumber, Admins = "Priya Nair, Ravi" });
        agent.Markup.Should().Contain("Ask an Admin: Priya Nair, Ravi.");
        agent.FindAll("a").Should().BeEmpty();
    }

    [Fact]
    public void Only_who_may_unblock_is_led_to_the_customer()
    {
        Show(Open with { Remedy = FaultRemedy.Unblock, MayUnblock = true }).Find("a").GetAttribute("href").Should().Be("/w/chai/inbox/5?wish=contact&message=7");
        Show(Open with { Remedy = FaultRemedy.Unblock }).Markup.Should().Contain("A Manager can unblock");
    }

    [Fact]
    public void What_a_program_cannot_have_sent_again_and_what_is_left_offer_less()
    {
        Said(Show(Open with { Remedy = FaultRemedy.RetryNow, MayRepeat = false })).Should().Be("Leave it");
        Said(Show(Open with { Remedy = FaultRemedy.RetryNow, IsOpen = false })).Should().Be("Send again");
    }

    [Fact]
    public void What_can_be_sent_again_can_be_sent_at_a_time()
    {
        var offered = Show(Open with { Remedy = FaultRemedy.RetryLater, MaySchedule = true });
        Said(offered).Should().Be("Send again, Send at …, Leave it");
        offered.Find("a").GetAttribute("href").Should().Be("/w/chai/inbox/5?wish=later&message=7");
        Said(Show(Open with { Remedy = FaultRemedy.PickTemplate, MaySchedule = true })).Should().Be("Choose a template, Leave it");
        Said(Show(Open with { Remedy = FaultRemedy.RetryLater, MaySchedule = true, IsOpen = false })).Should().Be("Send again");
    }

    [Fact]
    public void The_buttons_tell_which_message_is_meant()
    {
        var shown = Show(Open with { Remedy = FaultRemedy.RetryNow });

        shown.FindAll("button")[0].Click();
        shown.FindAll("button")[1].Click();

        _done.Should().Equal("again 7", "left 7");
    }

    private IRenderedComponent<Remedies> Show(WayOn way) => Render<Remedies>(p => p.Add(r => r.Way, way).Add(r => r.Workspace, "chai")
        .Add(r => r.OnSendAgain, id => _done.Add($"again {id}")).Add(r => r.OnLeave, id => _done.Add($"left {id}")));

    private static string Said(IRenderedComponent<Remedies> shown) => string.Join(", ", shown.FindAll("a, button").Select(e => e.TextContent));
}
