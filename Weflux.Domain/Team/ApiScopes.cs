using System.Collections.Frozen;

namespace Weflux.Domain.Team;

/// <summary>
/// The scopes of API keys: words, each of which gives one permission. What no scope names, no key may ever do, the one
/// with every scope included.
/// </summary>
public static class ApiScopes
{
    /// <summary>Every scope there is, those that a later version adds included.</summary>
    public const string All = "*";

    /// <summary>Conversations, all of them.</summary>
    public const string ReadConversations = "conversations:read";

    /// <summary>Messages of all conversations.</summary>
    public const string ReadMessages = "messages:read";

    /// <summary>Sending messages into any conversation, except templates.</summary>
    public const string SendMessages = "messages:send";

    /// <summary>Sending approved templates.</summary>
    public const string SendTemplates = "templates:send";

    /// <summary>Contacts, all of them, with what they allow us to send.</summary>
    public const string ReadContacts = "contacts:read";

    /// <summary>Phone numbers in full, and the platform's ids that spell them out. Without it they are masked.</summary>
    public const string SeePhoneNumbers = "contacts:phone";

    /// <summary>The journal of webhook deliveries, without bodies.</summary>
    public const string ReadDeliveries = "deliveries:read";

    /// <summary>Having parked deliveries tried again.</summary>
    public const string ReplayDeliveries = "deliveries:replay";

    /// <summary>Putting files into the store in order to send them.</summary>
    public const string UploadFiles = "media:write";

    /// <summary>Templates, with what they need to be sent.</summary>
    public const string ReadTemplates = "templates:read";

    /// <summary>Working any conversation: notes, labels, snoozing, closing, opening again.</summary>
    public const string WorkConversations = "conversations:write";

    /// <summary>Giving a conversation to a member, or to nobody.</summary>
    public const string AssignConversations = "conversations:assign";

    /// <summary>Adding contacts, and changing what is known of them.</summary>
    public const string EditContacts = "contacts:write";

    /// <summary>Recording what a contact agreed to or stopped, with evidence.</summary>
    public const string RecordConsent = "contacts:consent";

    /// <summary>Webhooks that tell others of events, with what became of each event.</summary>
    public const string ReadEvents = "events:read";

    /// <summary>Having events sent again.</summary>
    public const string ReplayEvents = "events:replay";

    private static readonly FrozenDictionary<string, Permission> Given = new Dictionary<string, Permission>(StringComparer.Ordinal)
    {
        [ReadConversations] = Permission.SeeAllConversations,
        [ReadMessages] = Permission.ReadAllMessages,
        [SendMessages] = Permission.SendMessages,
        [SendTemplates] = Permission.SendTemplates,
        [ReadContacts] = Permission.SeeAllContacts,
        [SeePhoneNumbers] = Permission.SeePhoneNumbers,
        [ReadDeliveries] = Permission.SeeDeliveries,
        [ReplayDeliveries] = Permission.ReplayDeliveries,
        [UploadFiles] = Permission.UploadFiles,
        [ReadTemplates] = Permission.SeeTemplates,
        [WorkConversations] = Permission.WorkConversations,
        [AssignConversations] = Permission.AssignToOthers,
        [EditContacts] = Permission.EditContacts,
        [RecordConsent] = Permission.CurateContacts,
        [ReadEvents] = Permission.SeeEvents,
        [ReplayEvents] = Permission.ReplayEvents,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every single scope, by name; <see cref="All"/> is not among them.</summary>
    public static IReadOnlyList<string> Each { get; } = [.. Given.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the word is a scope.</summary>
    public static bool IsKnown(string scope) => string.Equals(scope, All, StringComparison.Ordinal) || Given.ContainsKey(scope);

    /// <summary>Whether one of the scopes gives the permission. A word that is no scope gives nothing.</summary>
    public static bool Allow(IEnumerable<string> scopes, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Any(scope => string.Equals(scope, All, StringComparison.Ordinal)
            ? Given.Values.Contains(permission)
            : Given.TryGetValue(scope, out var given) && given == permission);
    }

    /// <summary>The scope that gives the permission; null if none does.</summary>
    public static string? For(Permission permission) =>
        Given.FirstOrDefault(pair => pair.Value == permission).Key;
}

/// <summary>An API key of a workspace as somebody who acts: who it is and what it was given.</summary>
/// <param name="Id">Which key.</param>
/// <param name="Name">What its makers call it.</param>
/// <param name="Scopes">What it was given, in the words of <see cref="ApiScopes"/>.</param>
public sealed record ApiKeyGrant(ApiKeyId Id, string Name, IReadOnlyCollection<string> Scopes);
