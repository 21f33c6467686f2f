using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

public sealed class SchedulePolicyTests
{
    private static readonly SendDecision[] Noes =
    [
        new OptedOut(Given.Noon, OptOutReason.AllStopped), new OptedOut(null, OptOutReason.NoMarketingConsent), new Restricted(IsBlocked: true),
        new Restricted(IsBlocked: false), new GroupIsReadOnly(), new ConnectionNotReady(ConnectionState.Paused), new ConnectionNotReady(ConnectionState.Broken),
        new Invalid(InvalidReason.TemplateNotApproved), new Invalid(InvalidReason.FileMissing),
    ];

    private static readonly SendDecision?[] All =
        [null, new NotPermitted(), new Allowed(), new Allowed(IsMarked: true), new NeedsTemplate(Given.Noon), new NeedsTemplate(null), .. Noes];

    private static Gen<SendDecision?> Decisions => Gen.Int[0, All.Length - 1].Select(nth => All[nth]);

    [Fact]
    public void What_is_due_goes_as_typed_only_if_that_is_allowed_and_a_template_goes_only_in_place_of_a_closed_window() =>
        Gen.Select(Decisions, Decisions, Gen.Int[0, 48 * 60]).Sample((typed, fallback, late) =>
        {
            var outcome = SchedulePolicy.Decide(Given.Noon, Given.Noon.AddMinutes(late), typed, fallback);
            var isInTime = late <= 6 * 60;
            (outcome is SendAsTyped).Should().Be(isInTime && typed is Allowed);
            (outcome is SendFallback).Should().Be(isInTime && typed is NeedsTemplate && fallback is Allowed);
            if (outcome is ComeBack back)
            {
                PlatformErrors.Explain(back.Fault.Code).Should().NotContain("code", "each reason has its own sentence");
            }
        });

    [Fact]
    public void What_comes_back_says_why()
    {
        Code(new NeedsTemplate(null), null).Should().Be(OwnFaults.WindowClosed);
        Code(new NeedsTemplate(null), new Invalid(InvalidReason.TemplateNotApproved)).Should().Be(OwnFaults.NotSendable);
        Code(new NeedsTemplate(null), new OptedOut(null, OptOutReason.NoMarketingConsent)).Should().Be(OwnFaults.OptedOut);
        Code(new NeedsTemplate(null), new NotPermitted()).Should().Be(OwnFaults.AuthorGone);
        Code(new OptedOut(Given.Noon, OptOutReason.AllStopped), new Allowed()).Should().Be(OwnFaults.OptedOut);
        Code(new Restricted(true), new Allowed()).Should().Be(OwnFaults.Restricted);
        Code(new ConnectionNotReady(ConnectionState.Paused), null).Should().Be(OwnFaults.NumberPaused);
        Code(null, new Allowed()).Should().Be(OwnFaults.AuthorGone);
        Code(new NotPermitted(), null).Should().Be(OwnFaults.AuthorGone);
        Code(new Allowed(), null, SchedulePolicy.Patience + TimeSpan.FromTicks(1)).Should().Be(OwnFaults.ScheduledTooLate);
        SchedulePolicy.Decide(Given.Noon, Given.Noon + SchedulePolicy.Patience, new Allowed(), null).Should().Be(new SendAsTyped());
    }

    [Fact]
    public void Only_a_no_that_can_become_a_yes_by_itself_lets_a_message_be_planned()
    {
        SchedulePolicy.MayPlan(new Allowed()).Should().BeTrue();
        SchedulePolicy.MayPlan(new NeedsTemplate(null)).Should().BeTrue();
        Noes.Append(new NotPermitted()).Should().OnlyContain(no => !SchedulePolicy.MayPlan(no));
    }

    [Theory]
    [InlineData(-60, DueTime.TooSoon)]
    [InlineData(59, DueTime.TooSoon)]
    [InlineData(60, DueTime.Fits)]
    [InlineData(90 * 86400, DueTime.Fits)]
    [InlineData((90 * 86400) + 1, DueTime.TooFar)]
    public void A_message_is_planned_from_a_minute_to_90_days_ahead(int seconds, DueTime says) =>
        SchedulePolicy.Check(Given.Noon.AddSeconds(seconds), Given.Noon).Should().Be(says);

    [Fact]
    public void What_came_back_can_be_planned_anew_and_what_is_settled_changes_no_more()
    {
        var scheduled = Make();
        scheduled.Return(OwnFaults.Fault(OwnFaults.WindowClosed), Given.Noon.AddHours(1), 8);
        (scheduled.State, scheduled.Fault!.Code, scheduled.SettledAt, scheduled.IsOpen).Should().Be((ScheduledState.Returned, OwnFaults.WindowClosed, Given.Noon.AddHours(1), true));

        scheduled.Plan(new SchedulePlan(Given.Noon.AddDays(1), null, CancelsWhenCustomerWrites: false), 9);
        (scheduled.State, scheduled.Fault is null, scheduled.SettledAt, scheduled.DueAt, scheduled.CancelsWhenCustomerWrites, scheduled.ChangeSequence)
            .Should().Be((ScheduledState.Waiting, true, null, Given.Noon.AddDays(1), false, 9));

        scheduled.MarkSent(77, Given.Noon.AddDays(1), 10);
        (scheduled.State, scheduled.MessageId, scheduled.ChangeSequence, scheduled.IsOpen).Should().Be((ScheduledState.Sent, 77, 10, false));
        foreach (var change in new Action[]
        {
            () => scheduled.Plan(new SchedulePlan(Given.Noon), 11), () => scheduled.Cancel(Given.Noon, 11), () => scheduled.MarkSent(78, Given.Noon, 11),
            () => scheduled.Return(OwnFaults.Fault(OwnFaults.WindowClosed), Given.Noon, 11),
        })
        {
            change.Should().Throw<InvalidOperationException>();
        }

        (scheduled.State, scheduled.MessageId).Should().Be((ScheduledState.Sent, 77));
    }

    internal static ScheduledMessage Make() => ScheduledMessage.Make(
        Given.Conversation(), Given.Asha, new TextContent("Later"), new SchedulePlan(Given.Noon.AddHours(2)), Guid.NewGuid(), null, null, 7, Given.Noon);

    private static int Code(SendDecision? typed, SendDecision? fallback, TimeSpan late = default) =>
        SchedulePolicy.Decide(Given.Noon, Given.Noon + late, typed, fallback).Should().BeOfType<ComeBack>().Which.Fault.Code;
}
