namespace Weflux.Domain.Contacts;

/// <summary>What kind of name a contact is known by, the surest first.</summary>
public enum IdentityKind
{
    /// <summary>The business-scoped user id (BSUID): one per person and business portfolio.</summary>
    BusinessScopedUserId = 1,

    /// <summary>The parent BSUID, which spans the portfolios of a managed business.</summary>
    ParentBusinessScopedUserId = 2,

    /// <summary>The WhatsApp id: the platform's own digits for a number.</summary>
    WhatsAppId = 3,

    /// <summary>The platform's id of a group: not a person, but something that has a thread.</summary>
    Group = 4,

    /// <summary>A business-scoped user id that the platform has replaced. It still tells whose a late webhook is, and nobody writes to it.</summary>
    FormerUserId = 5,
}

/// <summary>One name by which the platform knows a contact. Compared byte for byte.</summary>
/// <remarks>Platform rule: "Business-scoped user IDs". The phone number can be missing; a user id is unique only inside one portfolio.</remarks>
public sealed class ContactIdentity
{
    private ContactIdentity()
    {
        Value = Scope = "";
    }

    internal ContactIdentity(Team.WorkspaceId workspace, IdentityKey key, DateTimeOffset seenAt)
    {
        WorkspaceId = workspace;
        Kind = key.Kind;
        Scope = key.Scope;
        Value = key.Value;
        FirstSeenAt = seenAt;
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public Team.WorkspaceId WorkspaceId { get; private set; }

    /// <summary>Whose name it is.</summary>
    public long ContactId { get; private set; }

    /// <summary>What kind of name.</summary>
    public IdentityKind Kind { get; private set; }

    /// <summary>Where the name is unique: the portfolio (or, while it is unknown, the WABA) for user ids, empty for WhatsApp ids.</summary>
    public string Scope { get; private set; }

    /// <summary>The name itself.</summary>
    public string Value { get; private set; }

    /// <summary>When we first heard of it (UTC).</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>The name, apart from whose it is.</summary>
    public IdentityKey Key => new(Kind, Scope, Value);

    /// <summary>The platform has replaced the user id.</summary>
    internal void Retire() => Kind = Kind == IdentityKind.BusinessScopedUserId ? IdentityKind.FormerUserId : Kind;

    /// <summary>The person is heard under the replaced user id again.</summary>
    internal void Restore() => Kind = Kind == IdentityKind.FormerUserId ? IdentityKind.BusinessScopedUserId : Kind;
}

/// <summary>A name by which the platform knows somebody.</summary>
/// <param name="Kind">What kind of name.</param>
/// <param name="Scope">Where it is unique; empty for WhatsApp ids.</param>
/// <param name="Value">The name.</param>
public readonly record struct IdentityKey(IdentityKind Kind, string Scope, string Value)
{
    /// <summary>A business-scoped user id.</summary>
    public static IdentityKey UserId(string scope, string value) => new(IdentityKind.BusinessScopedUserId, scope, value);

    /// <summary>A parent business-scoped user id. It spans portfolios, so it has no scope.</summary>
    public static IdentityKey ParentUserId(string value) => new(IdentityKind.ParentBusinessScopedUserId, "", value);

    /// <summary>A WhatsApp id.</summary>
    public static IdentityKey WhatsAppId(string value) => new(IdentityKind.WhatsAppId, "", value);

    /// <summary>A group.</summary>
    public static IdentityKey Group(string value) => new(IdentityKind.Group, "", value);
}
