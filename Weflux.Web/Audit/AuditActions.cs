namespace Weflux.Web.Audit;

/// <summary>What can be on record, and how the log words it.</summary>
public static class AuditActions
{
    public const string WorkspaceCreated = "workspace.created";
    public const string ApiKeyIssued = "api-key.issued";
    public const string ApiKeyRevoked = "api-key.revoked";
    public const string ResetLinkIssued = "person.reset-link-issued";
    public const string TrialNumberTaken = "number.trial-taken";
    public const string DeliveryReplayed = "delivery.replayed";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [WorkspaceCreated] = "Created the workspace",
        [ApiKeyIssued] = "Issued an API key",
        [ApiKeyRevoked] = "Revoked an API key",
        [ResetLinkIssued] = "Made a link to choose a new password",
        [TrialNumberTaken] = "Took a pretend number to try Weflux with",
        [DeliveryReplayed] = "Had a parked webhook tried again",
    };

    /// <summary>Every action, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Sentences.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The action in words; the action itself if it is one of a later version.</summary>
    public static string Sentence(string action) => Sentences.GetValueOrDefault(action, action);
}
