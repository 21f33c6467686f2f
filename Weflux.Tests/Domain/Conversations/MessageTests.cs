using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Conversations;

public sealed class MessageTests
{
    private static readonly DeliveryStatus[] Reported =
        [DeliveryStatus.Sent, DeliveryStatus.Failed, DeliveryStatus.Delivered, DeliveryStatus.Read, DeliveryStatus.Played];

    private static readonly PlatformFault Fault = new(131026, "Message undeliverable", null);

    [Fact]
    public void Message_of_ours_waits_to_be_sent()
    {
        var conversation = Given.Conversation();
        var draft = Guid.NewGuid();

        var message = Message.ToCustomer(conversation, new TextContent("Hi"), Given.Asha, draft, 9, Given.Noon, resendOfId: 4);

        message.Should().BeEquivalentTo(new
        {
            Direction = MessageDirection.Out,
            Origin = MessageOrigin.Person,
            Content = new TextContent("Hi"),
            ConnectionId = 5L,
            Sequence = 9L,
            ChangeSequence = 9L,
            SaidAt = Given.Noon,
            ReceivedAt = Given.Noon,
            Status = DeliveryStatus.Queued,
            DraftId = draft,
            ResendOfId = 4L,
        });
        message.WorkspaceId.Should().Be(Given.Workspace);
        message.AuthorId.Should().Be(Given.Asha);
        message.WhatsAppId.Should().BeNull();
        message.StatusAt.Should().BeNull();
    }

    [Fact]
    public void Message_without_an_author_is_the_stop_confirmation() =>
        Given.StopConfirmation(Given.Conversation(), Given.Noon).Origin.Should().Be(MessageOrigin.StopConfirmation);

    [Fact]
    public void What_we_say_is_dated_to_the_second_as_the_platform_dates_what_customers_say()
    {
        var message = Given.Reply(Given.Conversation(), Given.Noon.AddMilliseconds(999));

        message.SaidAt.Should().Be(Given.Noon);
        message.ReceivedAt.Should().Be(Given.Noon.AddMilliseconds(999));
    }

    [Fact]
    public void Sending_goes_from_queue_to_attempt_to_platform()
    {
        var message = Queued();

        message.BeginSending(3);
        message.Status.Should().Be(DeliveryStatus.Sending);
        message.ChangeSequence.Should().Be(3);

        message.Accept("wamid.1", 4);
        message.Status.Should().Be(DeliveryStatus.Sent);
        message.WhatsAppId.Should().Be("wamid.1");
        message.ChangeSequence.Should().Be(4);
    }

    [Fact]
    public void Reports_in_any_order_and_number_end_at_the_furthest_status() =>
        Gen.Select(Gen.OneOf(Reported).Array[1, 12], Gen.Int).Sample((reports, seed) =>
        {
            var others = reports.Concat(reports).ToArray();
            new Random(seed).Shuffle(others);
            var furthest = reports.Max();

            foreach (var message in new[] { After(reports), After(others) })
            {
                message.Status.Should().Be(furthest);
                message.Fault.Should().Be(furthest == DeliveryStatus.Failed ? Fault : null);
                message.StatusAt.Should().Be(At(furthest));
                message.WhatsAppId.Should().Be("wamid.1");
            }
        }, iter: Fuzz.Iterations(1_000));

    [Fact]
    public void Every_permutation_of_all_statuses_ends_played()
    {
        var permutations = Permutations(Reported).ToList();

        permutations.Should().HaveCount(120);
        permutations.Should().OnlyContain(p => After(p).Status == DeliveryStatus.Played);
        Permutations(Reported[..2]).Should().OnlyContain(p => After(p).Status == DeliveryStatus.Failed);
        Permutations(Reported[..3]).Should().OnlyContain(p => After(p).Status == DeliveryStatus.Delivered);
        Permutations(Reported[..4]).Should().OnlyContain(p => After(p).Status == DeliveryStatus.Read);
    }

    [Fact]
    public void Failure_after_delivery_changes_nothing()
    {
        var message = After([DeliveryStatus.Delivered]);

        message.Fail(Fault, Given.Second(99), 50).Should().BeFalse();

        message.Status.Should().Be(DeliveryStatus.Delivered);
        message.Fault.Should().BeNull();
        message.StatusAt.Should().Be(At(DeliveryStatus.Delivered));
        message.ChangeSequence.Should().NotBe(50);
    }

    [Fact]
    public void Failure_of_a_sent_message_says_why_and_when()
    {
        var message = After([DeliveryStatus.Sent]);

        message.Fail(Fault, Given.Second(99), 50).Should().BeTrue();

        message.Status.Should().Be(DeliveryStatus.Failed);
        message.Fault.Should().Be(Fault);
        message.StatusAt.Should().Be(Given.Second(99));
        message.ChangeSequence.Should().Be(50);
    }

    [Fact]
    public void Proof_of_delivery_takes_a_failure_back()
    {
        var message = After([DeliveryStatus.Failed, DeliveryStatus.Delivered]);

        message.Status.Should().Be(DeliveryStatus.Delivered);
        message.Fault.Should().BeNull();
    }

    [Theory]
    [InlineData(DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read)]
    [InlineData(DeliveryStatus.Played)]
    public void Any_report_settles_a_message_that_was_not_confirmed(DeliveryStatus status)
    {
        var message = Queued();
        message.BeginSending(3);
        message.GiveUpConfirmation(4);
        message.Status.Should().Be(DeliveryStatus.NotConfirmed);

        message.Report(new StatusReport(status, Given.Second(9), "wamid.1", status == DeliveryStatus.Failed ? Fault : null), 5).Should().BeTrue();

        message.Status.Should().Be(status);
    }

    [Fact]
    public void Confirmation_is_not_given_up_once_the_platform_answered()
    {
        var message = After([DeliveryStatus.Sent]);

        message.GiveUpConfirmation(9);

        message.Status.Should().Be(DeliveryStatus.Sent);
    }

    [Fact]
    public void Attempt_that_did_not_leave_returns_to_the_queue()
    {
        var message = Queued();
        message.BeginSending(3);

        message.ReturnToQueue(4);

        message.Status.Should().Be(DeliveryStatus.Queued);
        message.ChangeSequence.Should().Be(4);
    }

    [Theory]
    [InlineData(DeliveryStatus.NotConfirmed)]
    [InlineData(DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read)]
    [InlineData(DeliveryStatus.Played)]
    public void Message_that_may_have_left_never_returns_to_the_queue(DeliveryStatus status)
    {
        var message = After([status]);

        message.Invoking(m => m.ReturnToQueue(9)).Should().Throw<InvalidOperationException>().WithMessage($"*{status} does not go back*");

        message.Status.Should().Be(status);
    }

    [Fact]
    public void Customers_message_has_no_delivery()
    {
        var message = Given.Conversation().Receive(Given.Said("Hello", Given.Noon), 1).Message;

        message.BeginSending(2);
        message.Report(new StatusReport(DeliveryStatus.Read, Given.Noon, "wamid.2", null), 2).Should().BeFalse();
        message.Invoking(m => m.ReturnToQueue(2)).Should().Throw<InvalidOperationException>();

        message.Status.Should().Be(DeliveryStatus.None);
        message.WhatsAppId.Should().Be("wamid.in");
        message.ChangeSequence.Should().Be(1);
    }

    [Fact]
    public void Platforms_id_is_never_replaced()
    {
        var message = Queued();
        message.Accept("wamid.1", 3);

        message.Accept("wamid.2", 4);
        message.Report(new StatusReport(DeliveryStatus.Read, Given.Noon, "wamid.3", null), 5);

        message.WhatsAppId.Should().Be("wamid.1");
    }

    [Fact]
    public void Status_that_overtakes_the_answer_names_the_message()
    {
        var message = Queued();
        message.BeginSending(3);

        message.Report(new StatusReport(DeliveryStatus.Delivered, Given.Noon, "wamid.1", null), 4).Should().BeTrue();
        message.Accept("wamid.1", 5);

        message.WhatsAppId.Should().Be("wamid.1");
        message.Status.Should().Be(DeliveryStatus.Delivered);
        message.ChangeSequence.Should().Be(4);
    }

    [Fact]
    public void Name_learned_late_is_a_change_even_if_the_status_is_not()
    {
        var accepted = Queued();
        accepted.Report(new StatusReport(DeliveryStatus.Delivered, Given.Noon, null, null), 3);
        accepted.Accept("wamid.1", 4);
        accepted.ChangeSequence.Should().Be(4);

        var reported = Queued();
        reported.Report(new StatusReport(DeliveryStatus.Delivered, Given.Noon, null, null), 3);
        reported.Report(new StatusReport(DeliveryStatus.Sent, Given.Noon, "wamid.1", null), 4).Should().BeFalse();
        reported.ChangeSequence.Should().Be(4);
    }

    [Fact]
    public void Repeated_report_is_no_change()
    {
        var message = After([DeliveryStatus.Read]);
        var before = message.ChangeSequence;

        message.Report(new StatusReport(DeliveryStatus.Read, Given.Second(500), "wamid.1", null), 90).Should().BeFalse();

        message.ChangeSequence.Should().Be(before);
        message.StatusAt.Should().Be(At(DeliveryStatus.Read));
    }

    [Theory]
    [InlineData(DeliveryStatus.Queued, false)]
    [InlineData(DeliveryStatus.Sending, false)]
    [InlineData(DeliveryStatus.NotConfirmed, true)]
    [InlineData(DeliveryStatus.Sent, true)]
    [InlineData(DeliveryStatus.Failed, true)]
    [InlineData(DeliveryStatus.Played, true)]
    public void Machine_works_until_the_platform_took_it_or_confirmation_was_given_up(DeliveryStatus status, bool isSettled) =>
        status.IsSettled().Should().Be(isSettled);

    [Fact]
    public void Status_only_moves_forward()
    {
        foreach (var current in Enum.GetValues<DeliveryStatus>())
        {
            foreach (var reported in Enum.GetValues<DeliveryStatus>())
            {
                current.Advance(reported).Should().Be(reported > current ? reported : current);
            }
        }
    }

    private static Message Queued() => Given.Reply(Given.Conversation(), Given.Noon);

    private static DateTimeOffset At(DeliveryStatus status) => Given.Second((int)status * 10);

    private static Message After(IEnumerable<DeliveryStatus> reports)
    {
        var message = Queued();
        message.BeginSending(3);
        var change = 3L;
        foreach (var status in reports)
        {
            message.Report(new StatusReport(status, At(status), "wamid.1", Fault), ++change);
        }

        return message;
    }

    private static IEnumerable<DeliveryStatus[]> Permutations(DeliveryStatus[] statuses) =>
        statuses.Length == 0
            ? [[]]
            : statuses.SelectMany(first => Permutations([.. statuses.Where(s => s != first)]).Select(rest => (DeliveryStatus[])[first, .. rest]));
}
