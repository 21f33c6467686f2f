using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;

namespace Weflux.Web.Failures;

/// <summary>The messages that went wrong and wait for a decision, by cause.</summary>
/// <param name="Groups">The causes, the one with the newest message first.</param>
/// <param name="IsEverybodys">Whether the messages of everybody are shown.</param>
/// <param name="MaySwitch">Whether the reader may see both.</param>
/// <param name="Counter">The workspace's change counter when it was read.</param>
public sealed record FailuresView(IReadOnlyList<FailureGroup> Groups, bool IsEverybodys, bool MaySwitch, long Counter)
{
    /// <summary>Whether there are more causes than are shown.</summary>
    public bool HasMore { get; init; }
}

/// <summary>One cause: a code at a number.</summary>
public readonly record struct FailureKey(int Code, long ConnectionId);

/// <summary>The messages of one cause.</summary>
/// <param name="Key">The cause.</param>
/// <param name="Number">The name of the number.</param>
/// <param name="Count">How many there are, counted up to <see cref="FailuresQuery.MostCounted"/> and one more.</param>
/// <param name="Error">What it means and what helps.</param>
/// <param name="Items">The newest of them, newest first.</param>
public sealed record FailureGroup(FailureKey Key, string Number, int Count, PlatformError Error, IReadOnlyList<FailureItem> Items)
{
    /// <summary>Whether nobody knows if the messages arrived.</summary>
    public bool IsUnsure => Key.Code == OwnFaults.NotConfirmed;

    /// <summary>Whether there are more messages than are shown.</summary>
    public bool HasMore => Count > Items.Count;

    public long NewestId => Items[0].Way.MessageId;

    /// <summary>Whether sending all of them again as they are can help.</summary>
    public bool MaySendAll => Count > 1 && Items.Any(i => i.Way.MayRepeat)
        && Error.Remedy is FaultRemedy.RetryNow or FaultRemedy.RetryLater or FaultRemedy.FixNumber or FaultRemedy.AskAdmin or FaultRemedy.Unblock;

    public string CountWords => Count > FailuresQuery.MostCounted
        ? $"More than {FailuresQuery.MostCounted} messages"
        : Count == 1 ? "1 message" : FormattableString.Invariant($"{Count} messages");
}

/// <summary>One message that went wrong.</summary>
/// <param name="Way">How it goes on.</param>
/// <param name="Customer">Whom it was for, as the reader may see it.</param>
/// <param name="Line">What it says, in a line.</param>
/// <param name="SaidAt">When it was written.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Fault">What the platform said; null if it said nothing.</param>
public sealed record FailureItem(WayOn Way, string Customer, string Line, DateTimeOffset SaidAt, string Author, PlatformFault? Fault);
