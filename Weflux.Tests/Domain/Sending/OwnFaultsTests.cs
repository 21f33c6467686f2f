using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

public sealed class OwnFaultsTests
{
    [Fact]
    public void Each_refusal_has_the_fault_that_tells_the_author()
    {
        CodeOf(new NeedsTemplate(null)).Should().Be(OwnFaults.WindowClosed);
        CodeOf(new OptedOut(null, OptOutReason.AllStopped)).Should().Be(OwnFaults.OptedOut);
        CodeOf(new Restricted(IsBlocked: true)).Should().Be(OwnFaults.Restricted);
        CodeOf(new ConnectionNotReady(ConnectionState.Broken)).Should().Be(OwnFaults.ConnectionNotReady);
        CodeOf(new Invalid(InvalidReason.Empty)).Should().Be(OwnFaults.NotSendable);
        CodeOf(new NotPermitted()).Should().Be(OwnFaults.NotSendable);
    }

    [Fact]
    public void Message_that_may_be_sent_has_no_fault()
    {
        var ask = () => OwnFaults.Of(new Allowed());

        ask.Should().Throw<ArgumentException>().WithParameterName("decision").WithMessage("*has no fault*");
    }

    [Fact]
    public void Fault_says_that_it_is_our_own() =>
        OwnFaults.Fault(OwnFaults.NoAddress).Should().Be(new PlatformFault(OwnFaults.NoAddress, "Not sent by Weflux", null));

    private static int CodeOf(SendDecision refusal) => OwnFaults.Of(refusal).Code;
}
