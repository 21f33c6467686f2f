using Weflux.Domain.Team;

namespace Weflux.Domain.Contacts;

/// <summary>By which roads marketing was stopped. Each is cleared on its own terms.</summary>
[Flags]
public enum MarketingStop
{
    /// <summary>Not stopped.</summary>
    None = 0,

    /// <summary>In WhatsApp itself: a <c>user_preferences</c> stop, or error 131050, which says that we missed one. Cleared by <c>resume</c>.</summary>
    Platform = 1,

    /// <summary>A person recorded it.</summary>
    Person = 2,
}

/// <summary>
/// What a contact allows us to send. Two flags: <see cref="MarketingStops"/> and <see cref="AllStoppedAt"/>. Kept is
/// when each kind of decision was last taken, by the customer's time, and everything else follows from that: webhooks
/// in any order and number end the same. At equal times the stricter wins.
/// </summary>
/// <remarks>
/// Platform rule: WhatsApp Business Messaging Policy, opt-in and opt-out. A message of the customer is never consent to
/// marketing.
/// </remarks>
public sealed class Consent
{
    /// <summary>When the contact last asked for silence (UTC), lifted since or not; null if never.</summary>
    public DateTimeOffset? LastStopAllAt { get; private set; }

    /// <summary>When the contact last lifted every stop, by a start word or new evidence (UTC); null if never.</summary>
    public DateTimeOffset? LastStartAt { get; private set; }

    /// <summary>When the contact last stopped marketing in WhatsApp itself (UTC); null if never.</summary>
    public DateTimeOffset? LastPlatformStopAt { get; private set; }

    /// <summary>When the contact last resumed marketing in WhatsApp itself (UTC); null if never.</summary>
    public DateTimeOffset? LastPlatformResumeAt { get; private set; }

    /// <summary>When a stop of marketing that a person recorded was last decided (UTC); null if never.</summary>
    public DateTimeOffset? LastPersonStopAt { get; private set; }

    /// <summary>When the contact last agreed to marketing, with evidence (UTC), valid still or not; null if never.</summary>
    public DateTimeOffset? LastGivenAt { get; private set; }

    /// <summary>When the contact last wrote something that is not a stop word (UTC).</summary>
    public DateTimeOffset? LastWroteAt { get; private set; }

    /// <summary>When the contact agreed to marketing, with evidence (UTC); null if not, or if silence was asked for since.</summary>
    public DateTimeOffset? MarketingGivenAt => LastStopAllAt is null || LastGivenAt > LastStopAllAt ? LastGivenAt : null;

    /// <summary>By which roads marketing was stopped.</summary>
    public MarketingStop MarketingStops =>
        (PlatformStoppedAt is null ? MarketingStop.None : MarketingStop.Platform)
        | (PersonStoppedAt is null ? MarketingStop.None : MarketingStop.Person);

    /// <summary>When the contact refused marketing (UTC), the last time by any road; null if not, or not any more.</summary>
    public DateTimeOffset? MarketingStoppedAt => Later(PlatformStoppedAt, PersonStoppedAt);

    /// <summary>When marketing was last stopped, resumed or agreed to (UTC).</summary>
    public DateTimeOffset? MarketingDecidedAt =>
        Later(Later(LastPlatformStopAt, LastPlatformResumeAt), Later(LastPersonStopAt, Clearance));

    /// <summary>When the contact asked for silence (UTC); null if not, or not any more.</summary>
    public DateTimeOffset? AllStoppedAt => Standing(LastStopAllAt, LastStartAt);

    /// <summary>When silence was last asked for or lifted (UTC).</summary>
    public DateTimeOffset? AllDecidedAt => Later(LastStopAllAt, LastStartAt);

    /// <summary>Whether the contact asked for silence.</summary>
    public bool IsAllStopped => AllStoppedAt is not null;

    /// <summary>Whether the contact refuses marketing.</summary>
    public bool IsMarketingStopped => MarketingStops != MarketingStop.None;

    /// <summary>Whether the contact wrote to us after asking for silence, so that an answer inside the window is wanted.</summary>
    public bool WroteAfterStop => AllStoppedAt is { } stopped && LastWroteAt > stopped;

    /// <summary>Whether a reply in the contact's own open window is allowed.</summary>
    public bool AllowsReply => !IsAllStopped || WroteAfterStop;

    private DateTimeOffset? Clearance => Later(LastStartAt, LastGivenAt);

    private DateTimeOffset? PlatformStoppedAt => Standing(LastPlatformStopAt, Later(LastPlatformResumeAt, Clearance));

    private DateTimeOffset? PersonStoppedAt => Standing(LastPersonStopAt, Clearance);

    /// <summary>Whether a template of this category is allowed. A category that is not known is held to the rules of marketing.</summary>
    public bool AllowsTemplate(Sending.TemplateCategory category) =>
        !IsAllStopped
        && (category is Sending.TemplateCategory.Utility or Sending.TemplateCategory.Authentication
            || (MarketingGivenAt is not null && !IsMarketingStopped));

    /// <summary>The contact wrote something that is not a stop word.</summary>
    internal void Write(DateTimeOffset at) => LastWroteAt = Later(LastWroteAt, at);

    /// <summary>The contact asks for silence. Consent to marketing ends with it and does not come back by itself.</summary>
    /// <returns>Whether that is news: false if it was known, or a later decision stands.</returns>
    internal bool StopAll(DateTimeOffset at)
    {
        var before = AllStoppedAt;
        LastStopAllAt = Later(LastStopAllAt, at);
        return AllStoppedAt != before;
    }

    /// <summary>The contact lifts every stop, by a start word or by new evidence.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool Start(DateTimeOffset at)
    {
        var before = (AllStoppedAt, MarketingStops);
        LastStartAt = Later(LastStartAt, at);
        return (AllStoppedAt, MarketingStops) != before;
    }

    /// <summary>The contact refuses marketing.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool StopMarketing(MarketingStop road, DateTimeOffset at)
    {
        var before = MarketingStops;
        if (road == MarketingStop.Platform)
        {
            LastPlatformStopAt = Later(LastPlatformStopAt, at);
        }
        else
        {
            LastPersonStopAt = Later(LastPersonStopAt, at);
        }

        return MarketingStops != before;
    }

    /// <summary>The contact takes marketing back in WhatsApp itself. That clears what was stopped there and nothing else.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool ResumeMarketing(DateTimeOffset at)
    {
        var before = MarketingStops;
        LastPlatformResumeAt = Later(LastPlatformResumeAt, at);
        return MarketingStops != before;
    }

    /// <summary>The contact agreed to marketing; a person holds the evidence.</summary>
    internal void GiveMarketing(DateTimeOffset at) => LastGivenAt = Later(LastGivenAt, at);

    /// <summary>
    /// What the same person decided under another name counts as well. A refusal that stands under either name stands: what
    /// was agreed to under the other one may have been said to a form, long ago or by somebody else.
    /// </summary>
    internal void Absorb(Consent other)
    {
        var (silence, platform, person) = (
            Later(AllStoppedAt, other.AllStoppedAt),
            Later(PlatformStoppedAt, other.PlatformStoppedAt),
            Later(PersonStoppedAt, other.PersonStoppedAt));
        LastStopAllAt = Later(LastStopAllAt, other.LastStopAllAt);
        LastStartAt = Later(LastStartAt, other.LastStartAt);
        LastPlatformStopAt = Later(LastPlatformStopAt, other.LastPlatformStopAt);
        LastPlatformResumeAt = Later(LastPlatformResumeAt, other.LastPlatformResumeAt);
        LastPersonStopAt = Later(LastPersonStopAt, other.LastPersonStopAt);
        LastGivenAt = Later(LastGivenAt, other.LastGivenAt);
        LastWroteAt = Later(LastWroteAt, other.LastWroteAt);

        // A stop stands while it is not older than what lifts it.
        var earliest = Earlier(silence, Earlier(platform, person));
        LastStartAt = NotAfter(LastStartAt, earliest);
        LastGivenAt = NotAfter(LastGivenAt, earliest);
        LastPlatformResumeAt = NotAfter(LastPlatformResumeAt, platform);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static DateTimeOffset? NotAfter(DateTimeOffset? one, DateTimeOffset? limit) => one > limit ? limit : one;

    private static DateTimeOffset? Standing(DateTimeOffset? stop, DateTimeOffset? lifted) =>
        lifted is null || stop >= lifted ? stop : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;
}

/// <summary>What a consent is about.</summary>
public enum ConsentPurpose
{
    /// <summary>Marketing messages.</summary>
    Marketing = 1,

    /// <summary>Every message.</summary>
    AllMessages = 2,
}

/// <summary>What was decided.</summary>
public enum ConsentDecision
{
    /// <summary>Given or given again.</summary>
    Given = 1,

    /// <summary>Stopped.</summary>
    Stopped = 2,
}

/// <summary>How we know.</summary>
public enum ConsentSource
{
    /// <summary>A message that is a stop or start word.</summary>
    Words = 1,

    /// <summary>A <c>user_preferences</c> webhook.</summary>
    PlatformPreference = 2,

    /// <summary>Error 131050 on a send.</summary>
    PlatformRefusal = 3,

    /// <summary>A person recorded evidence.</summary>
    Person = 4,
}

/// <summary>One line of the consent ledger, which is only ever added to.</summary>
public sealed class ConsentEntry
{
    /// <summary>The most characters of evidence that are kept (UTF-16 units). No stop or start word comes near it.</summary>
    public const int EvidenceLength = 2000;

    /// <summary>The version of the rules that read the words; raised with every change of <see cref="OptOutWords"/>.</summary>
    public const int CurrentRuleVersion = 1;

    private ConsentEntry()
    {
        Evidence = "";
    }

    internal ConsentEntry(
        Contact contact,
        ConsentPurpose purpose,
        ConsentDecision decision,
        ConsentSource source,
        string evidence,
        string? messageWhatsAppId,
        UserId? actor,
        DateTimeOffset at)
    {
        WorkspaceId = contact.WorkspaceId;
        ContactId = contact.Id;
        Purpose = purpose;
        Decision = decision;
        Source = source;
        Evidence = evidence.Length <= EvidenceLength ? evidence : evidence.Cut(EvidenceLength - 1) + "…";
        MessageWhatsAppId = messageWhatsAppId;
        ActorId = actor;
        At = at;
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>Whose consent.</summary>
    public long ContactId { get; private set; }

    /// <summary>What it is about.</summary>
    public ConsentPurpose Purpose { get; private set; }

    /// <summary>What was decided.</summary>
    public ConsentDecision Decision { get; private set; }

    /// <summary>How we know.</summary>
    public ConsentSource Source { get; private set; }

    /// <summary>The exact words, or a person's note of the evidence.</summary>
    public string Evidence { get; private set; }

    /// <summary>The platform's id of the message that said so; null if none did.</summary>
    public string? MessageWhatsAppId { get; private set; }

    /// <summary>The version of the rules that read it.</summary>
    public int RuleVersion { get; private set; } = CurrentRuleVersion;

    /// <summary>Who recorded it; null if nobody had to.</summary>
    public UserId? ActorId { get; private set; }

    /// <summary>When it was decided (UTC).</summary>
    public DateTimeOffset At { get; private set; }
}
