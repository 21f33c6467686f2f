using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>What is told of a conversation beside its messages.</summary>
public sealed partial class Conversation
{
    /// <summary>The workspace's change counter when a note or an event was last added or changed; 0 if none was.</summary>
    public long LastWorkSequence { get; private set; }

    /// <summary>Something happened that the thread tells of.</summary>
    /// <param name="kind">What.</param>
    /// <param name="actor">Who did it; null for the customer, a program or Weflux itself.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <returns>The line, to be stored with the change.</returns>
    public ConversationEvent Tell(ConversationEventKind kind, UserId? actor, DateTimeOffset at, long sequence)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, kind, actor, at, sequence);
    }

    /// <summary>The conversation came to somebody, or to nobody.</summary>
    /// <param name="kind">How.</param>
    /// <param name="reason">Why.</param>
    /// <param name="subject">To whom, or from whom if it came to nobody.</param>
    /// <param name="actor">Who did it; null for Weflux itself.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <param name="words">What whoever did it says to it, or what it rests on, in at most <see cref="ConversationEvent.MaxWords"/> characters; null for nothing.</param>
    public ConversationEvent TellAssigned(
        ConversationEventKind kind, AssignmentReason reason, UserId? subject, UserId? actor, DateTimeOffset at, long sequence, string? words = null)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, kind, actor, at, sequence) { Reason = reason, SubjectId = subject?.Value, Words = words };
    }

    /// <summary>The conversation came to a team, or to none: <see cref="TeamId"/>.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who did it; null for a program or Weflux itself.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <param name="words">What whoever did it says to it; null for nothing.</param>
    public ConversationEvent TellTeam(AssignmentReason reason, UserId? actor, DateTimeOffset at, long sequence, string? words = null)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, ConversationEventKind.GivenToTeam, actor, at, sequence) { Reason = reason, SubjectId = TeamId, Words = words };
    }

    /// <summary>Somebody is asked to take it over: whom <see cref="Holding"/> names, until <see cref="AskedUntil"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <param name="words">Why, in at most <see cref="ConversationEvent.MaxWords"/> characters.</param>
    public ConversationEvent TellAsked(UserId? actor, DateTimeOffset at, long sequence, string words)
    {
        ShowWork(sequence);
        var kind = AskedTeamId is null ? ConversationEventKind.AskedMember : ConversationEventKind.AskedTeam;
        return new ConversationEvent(this, kind, actor, at, sequence)
        {
            SubjectId = AskedTeamId ?? AskedMemberId?.Value,
            Words = words,
            Until = AskedUntil,
        };
    }

    /// <summary>Nobody is asked to take it over any more.</summary>
    /// <param name="kind">How that came.</param>
    /// <param name="giver">Who had asked.</param>
    /// <param name="actor">Who answered or withdrew; null if time did.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    public ConversationEvent TellHandOver(ConversationEventKind kind, UserId? giver, UserId? actor, DateTimeOffset at, long sequence)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, kind, actor, at, sequence) { SubjectId = giver?.Value };
    }

    /// <summary>It was closed.</summary>
    /// <param name="actor">Who did it; null for a program.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <param name="reason">Why, in at most <see cref="ConversationEvent.MaxWords"/> characters; null if nobody said.</param>
    public ConversationEvent TellClosed(UserId? actor, DateTimeOffset at, long sequence, string? reason)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, ConversationEventKind.Closed, actor, at, sequence) { Words = reason };
    }

    /// <summary>It was put off, until <see cref="SnoozedUntil"/>.</summary>
    /// <param name="actor">Who did it; null for a program.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    public ConversationEvent TellSnoozed(UserId? actor, DateTimeOffset at, long sequence)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, ConversationEventKind.Snoozed, actor, at, sequence) { Until = SnoozedUntil };
    }

    /// <summary>A label was put on or taken off.</summary>
    /// <param name="isOn">Whether it was put on.</param>
    /// <param name="label">The label; what it is called now is kept, should it be deleted.</param>
    /// <param name="actor">Who did it; null for a program.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    public ConversationEvent TellLabelled(bool isOn, Label label, UserId? actor, DateTimeOffset at, long sequence)
    {
        ArgumentNullException.ThrowIfNull(label);
        ShowWork(sequence);
        return new ConversationEvent(this, isOn ? ConversationEventKind.LabelAdded : ConversationEventKind.LabelRemoved, actor, at, sequence)
        {
            SubjectId = label.Id,
            Words = label.Name,
        };
    }

    /// <summary>The customer decided what may be sent.</summary>
    /// <param name="entry">What was written into the ledger.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    public ConversationEvent TellConsent(Contacts.ConsentEntry entry, DateTimeOffset at, long sequence)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isStop = entry.Decision == Contacts.ConsentDecision.Stopped;
        var kind = (entry.Purpose, isStop) switch
        {
            (Contacts.ConsentPurpose.AllMessages, true) => ConversationEventKind.OptedOut,
            (Contacts.ConsentPurpose.AllMessages, false) => ConversationEventKind.OptedIn,
            (_, true) => ConversationEventKind.MarketingStopped,
            _ => ConversationEventKind.MarketingResumed,
        };
        return Tell(kind, actor: null, at, sequence);
    }

    /// <summary>A note or an event of this thread is new or has changed.</summary>
    /// <param name="sequence">The workspace's change counter.</param>
    public void ShowWork(long sequence)
    {
        LastWorkSequence = Math.Max(LastWorkSequence, sequence);
        Version++;
    }

    /// <summary>What a reply changed of a conversation that stood like this before: lines to be stored with it.</summary>
    /// <param name="before">How it stood before the reply.</param>
    /// <param name="message">The reply, which is in the thread now.</param>
    /// <param name="at">When it was written (UTC), to more than the second.</param>
    public IEnumerable<ConversationEvent> TellReply(Standing before, Message message, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(message);
        var told = new List<ConversationEvent>();
        if (before.State != ConversationState.Open && State == ConversationState.Open)
        {
            told.Add(Tell(ConversationEventKind.Reopened, message.AuthorId, at, message.Sequence));
        }

        if (before.AssigneeId is null && AssigneeId is { } assignee)
        {
            told.Add(TellAssigned(ConversationEventKind.Taken, AssignmentReason.RepliedFirst, assignee, assignee, at, message.Sequence));
        }

        return told;
    }
}
