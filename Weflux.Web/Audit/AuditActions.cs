namespace Weflux.Web.Audit;

/// <summary>What can be on record, and how the log words it.</summary>
public static class AuditActions
{
    public const string WorkspaceCreated = "workspace.created";
    public const string ApiKeyIssued = "api-key.issued";
    public const string ApiKeyRevoked = "api-key.revoked";
    public const string DeliveryReplayed = "delivery.replayed";
    public const string NumberConnected = "number.connected";
    public const string NumberSubscribed = "number.subscribed";
    public const string NumberPaused = "number.paused";
    public const string NumberResumed = "number.resumed";
    public const string NumberDisconnected = "number.disconnected";
    public const string TokenRotated = "number.token-rotated";
    public const string AppSecretRotated = "number.secret-rotated";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [WorkspaceCreated] = "Created the workspace",
        [ApiKeyIssued] = "Issued an API key",
        [ApiKeyRevoked] = "Revoked an API key",
        [DeliveryReplayed] = "Had a parked webhook tried again",
        [NumberConnected] = "Connected a number",
        [NumberSubscribed] = "Had Meta send the webhooks of a number here",
        [NumberPaused] = "Paused sending from a number",
        [NumberResumed] = "Resumed sending from a number",
        [NumberDisconnected] = "Disconnected a number",
        [TokenRotated] = "Changed the access token of a number",
        [AppSecretRotated] = "Changed the app secret of a number",
    };

    /// <summary>Every action, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Sentences.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The action in words; the action itself if it is one of a later version.</summary>
    public static string Sentence(string action) => Sentences.GetValueOrDefault(action, action);
}
