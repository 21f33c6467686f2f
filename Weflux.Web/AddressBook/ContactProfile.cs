using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Web.AddressBook;

/// <summary>Everything of one contact, as the reader may see it.</summary>
/// <param name="Name">What to call the contact.</param>
/// <param name="GivenName">What the business calls the contact; null for nothing.</param>
/// <param name="HiddenThreads">How many conversations there are that the reader may not see.</param>
/// <param name="MayCurate">Whether the reader may block, and record consent.</param>
/// <param name="MayWrite">Whether the reader may begin a conversation.</param>
public sealed record ContactProfile(
    long Id,
    string Name,
    string? GivenName,
    string ProfileName,
    string? Username,
    string? Phone,
    bool IsPhoneMasked,
    bool IsGroup,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? BlockedAt,
    DateTimeOffset? RestrictedAt,
    ConsentSummary Consent,
    IReadOnlyList<IdentityLine> Identities,
    IReadOnlyList<ThreadLine> Threads,
    int HiddenThreads,
    bool MayEdit,
    bool MayCurate,
    bool MayWrite,
    long Counter);

/// <summary>What the contact allows now.</summary>
public sealed record ConsentSummary(
    ConsentStanding Standing, DateTimeOffset? AllStoppedAt, DateTimeOffset? MarketingStoppedAt, DateTimeOffset? MarketingGivenAt);

/// <summary>One name by which WhatsApp knows the contact.</summary>
public sealed record IdentityLine(string Kind, string Value, DateTimeOffset FirstSeenAt);

/// <summary>One conversation with the contact.</summary>
public sealed record ThreadLine(
    long Id, string ConnectionName, string ConnectionNumber, ConversationState State, DateTimeOffset LastActivityAt, string? Assignee, bool NeedsReply);

/// <summary>One line of the consent ledger: the decision and its proof.</summary>
public sealed record ConsentLine(
    long Id,
    ConsentPurpose Purpose,
    ConsentDecision Decision,
    ConsentSource Source,
    string Evidence,
    bool HasMessage,
    int RuleVersion,
    string? Actor,
    DateTimeOffset At);

/// <summary>One note.</summary>
public sealed record NoteLine(long Id, string Author, string Text, DateTimeOffset At, bool MayRemove);

/// <summary>One line of the history of edits.</summary>
public sealed record ChangeLine(long Id, string What, string? Before, string? After, string Actor, DateTimeOffset At);

/// <summary>Some lines, the newest first.</summary>
/// <param name="HasMore">Whether there are older ones.</param>
public sealed record Lines<TLine>(IReadOnlyList<TLine> Rows, bool HasMore);
