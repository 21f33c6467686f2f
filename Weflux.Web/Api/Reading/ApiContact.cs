using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Domain.Contacts;
using Weflux.Web.Inbox;

namespace Weflux.Web.Api.Reading;

/// <summary>A contact as the API tells it.</summary>
[Description("A customer. Without the scope `contacts:phone` every number is masked.")]
public sealed record ApiContact(
    [property: Description("The contact's id.")]
    long Id,
    [property: Description("The best name known; null if none is.")]
    string? Name,
    [property: Description("The number with a plus sign, masked without the scope `contacts:phone`; null if the contact hides it.")]
    string? Phone,
    [property: Description("The user name on WhatsApp, without the at sign; null if none is known.")]
    string? Username,
    [property: Description("Every name by which WhatsApp knows the contact.")]
    IReadOnlyList<ApiIdentity> Identities,
    [property: Description("What the contact allows the business to send.")]
    ApiConsent Consent,
    [property: Description("Whether the business blocked the contact.")]
    bool IsBlocked,
    [property: Description("Whether processing is restricted on the contact's request.")]
    bool IsRestricted,
    [property: Description("When Weflux first heard of the contact. UTC.")]
    DateTime FirstSeenAt)
{
    [Description("How far the business has come with the contact; null if nobody has said.")]
    public ApiStage? Stage { get; init; }

    [Description("What the fields of the workspace say of the contact, by key: a number, true or false, a day as `2026-11-26`, or words. A field without a value is left out.")]
    public IReadOnlyDictionary<string, object> Fields { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    [Description("The words that people have put on the contact.")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    internal static ApiContact Of(Contact contact, bool seesNumbers) => new(
        contact.Id,
        contact.DisplayName.Length > 0 ? ContactNames.Show(contact.DisplayName, seesNumbers) : null,
        seesNumbers ? contact.Phone?.E164 : contact.Phone?.Masked,
        contact.Username is { } user ? ContactNames.Show(user, seesNumbers) : null,
        [.. contact.Identities.OrderBy(i => i.Kind).ThenBy(i => i.Id).Select(i => ApiIdentity.Of(i, seesNumbers))],
        ApiConsent.Of(contact.Consent),
        contact.BlockedAt is not null,
        contact.RestrictedAt is not null,
        contact.FirstSeenAt.UtcDateTime);
}

/// <summary>A lifecycle stage as the API tells it.</summary>
[Description("How far a business has come with a contact.")]
public sealed record ApiStage(
    long Id,
    string Name);

/// <summary>One name of a contact.</summary>
[Description("One name by which WhatsApp knows a contact.")]
public sealed record ApiIdentity(
    [property: Description("`user_id`: the business-scoped user id. `former_user_id`: one that WhatsApp has replaced. `parent_user_id`: that of a managed business. `whatsapp_id`: the digits of a number. `group_id`: a group of WhatsApp, which is no person.")]
    [property: AllowedValues(ApiIdentity.UserId, ApiIdentity.FormerUserId, ApiIdentity.ParentUserId, ApiIdentity.WhatsAppId, ApiIdentity.GroupId)]
    string Kind,
    [property: Description("The name itself. A `whatsapp_id` is masked without the scope `contacts:phone`.")]
    string Value)
{
    internal const string UserId = "user_id";
    internal const string FormerUserId = "former_user_id";
    internal const string ParentUserId = "parent_user_id";
    internal const string WhatsAppId = "whatsapp_id";
    internal const string GroupId = "group_id";
    private const string Hidden = "•••";

    internal static ApiIdentity Of(ContactIdentity identity, bool seesNumbers) => identity.Kind switch
    {
        IdentityKind.BusinessScopedUserId => new(UserId, identity.Value),
        IdentityKind.FormerUserId => new(FormerUserId, identity.Value),
        IdentityKind.Group => new(GroupId, identity.Value),
        IdentityKind.ParentBusinessScopedUserId => new(ParentUserId, identity.Value),
        _ when seesNumbers => new(WhatsAppId, identity.Value),
        _ => new(WhatsAppId, PhoneNumber.TryParse(identity.Value, out var number) ? number.Masked : Hidden),
    };
}

/// <summary>What a contact allows.</summary>
[Description("What a contact allows the business to send.")]
public sealed record ApiConsent(
    [property: Description("When the contact asked for silence; null if not, or not any more. UTC.")]
    DateTime? AllStoppedAt,
    [property: Description("When the contact refused marketing; null if not, or not any more. UTC.")]
    DateTime? MarketingStoppedAt,
    [property: Description("When the contact agreed to marketing, with evidence; null if not. UTC.")]
    DateTime? MarketingGivenAt)
{
    [Description("Whether the contact asked for silence.")]
    public bool AllStopped => AllStoppedAt is not null;

    [Description("Whether the contact refuses marketing.")]
    public bool MarketingStopped => MarketingStoppedAt is not null;

    internal static ApiConsent Of(Consent consent) => new(
        consent.AllStoppedAt?.UtcDateTime, consent.MarketingStoppedAt?.UtcDateTime, consent.MarketingGivenAt?.UtcDateTime);
}
