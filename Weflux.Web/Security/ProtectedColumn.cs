namespace Weflux.Web.Security;

/// <summary>A column whose values <see cref="SecretProtector"/> encrypted.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Key">The primary key, by which rows are walked through.</param>
/// <param name="Name">The column.</param>
/// <param name="BoundTo">The column whose value stands in the context that binds each value to its row.</param>
/// <param name="Context">The context of a value, from what it is bound to.</param>
public sealed record ProtectedColumn(string Table, string Key, string Name, string BoundTo, Func<string, string> Context)
{
    /// <summary>Every column that is encrypted. One that is missing here would be lost with the key that encrypted it, so a test compares this with the schema.</summary>
    public static IReadOnlyList<ProtectedColumn> All { get; } =
    [
        Of("Connections", "Id", "AccessToken", "PhoneNumberId"),
        Of("MetaApps", "Id", "AppSecret", "AppKey"),
        Of("MetaApps", "Id", "OldAppSecret", "AppKey"),
        Of("MetaApps", "Id", "VerifyToken", "AppKey"),
        Of("WebhookDeliveries", "Id", "Body", "BodyKey"),
        Of("StoredEvents", "Id", "Payload", "PayloadKey"),
        Of("OutgoingMails", "Id", "Text", "Key"),
        Of("EventEndpoints", "Id", "Secret", "Key"),
        Of("EventEndpoints", "Id", "OldSecret", "Key"),
        Of("EventDeliveries", "Id", "Body", "EventId"),
        Of("EventDeliveries", "Id", "Answer", "EventId"),
        Of("Invitations", "Id", "Token", "Key"),
        Of("AccountLinks", "Id", "Payload", "Key"),
        Of("SecondFactors", "UserId", "Seed", "UserId"),
        Of("SealKeys", "Id", "Secret", "Name"),
        Of("DataProtectionKeys", "Name", "Xml", "Name"),
    ];

    /// <summary>Columns of bytes that are not encrypted: hashes, the public half of passkeys, and pictures that people show each other.</summary>
    public static IReadOnlyList<string> NotSecret { get; } =
    [
        "ApiKeys.Hash", "AuditEntries.DetailsDigest", "AuditEntries.Hash", "AspNetUserPasskeys.AttestationObject", "AspNetUserPasskeys.ClientDataJson",
        "AspNetUserPasskeys.CredentialId", "AspNetUserPasskeys.IdentityUserPasskeyCredentialId", "AspNetUserPasskeys.PublicKey",
        "RecoveryCodes.Hash", "AccountLinks.TokenHash", "AccountLinks.AddressHash", "Invitations.TokenHash", "PersonPictures.Bytes",
        "IdempotencyKeys.Request", "MediaFiles.Hash",
    ];

    private static ProtectedColumn Of(string table, string key, string name, string boundTo) =>
        new(table, key, name, boundTo, value => $"{table}/{value}/{name}");
}
