using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Api.Reading;

/// <summary>A webhook delivery as the API tells it, without its body.</summary>
[Description("One webhook POST of Meta, as the journal holds it. Its body is never told.")]
public sealed record ApiDelivery(
    [property: Description("The delivery's id.")]
    long Id,
    [property: Description("`pending`: stored, not yet applied. `done`: everything in it is applied. `parked`: something in it could not be applied, the rest is.")]
    [property: AllowedValues(ApiWords.Pending, ApiWords.Done, ApiWords.Parked)]
    string State,
    [property: Description("When it came. UTC.")]
    DateTime ReceivedAt,
    [property: Description("When it was applied or parked; null while pending. UTC.")]
    DateTime? SettledAt,
    [property: Description("The bytes that the journal keeps of it, encrypted; null once the body is forgotten after 14 days.")]
    int? Size,
    [property: Description("How many things it holds; null until it was read, or if it cannot be read.")]
    int? Items,
    [property: Description("What could not be applied, and why. Empty unless parked.")]
    IReadOnlyList<ApiParkedItem> Parked,
    [property: Description("When it is tried next: a pending one in its turn, so now; null if nothing tries it again by itself. UTC.")]
    DateTime? NextAttemptAt,
    [property: Description("Whether it can be replayed: it is parked and its body is still kept.")]
    bool CanReplay)
{
    internal static ApiDelivery Of(DeliveryRow row, DateTimeOffset now) => new(
        row.Id,
        ApiWords.Of(row.State),
        row.ReceivedAt.UtcDateTime,
        row.SettledAt?.UtcDateTime,
        row.Size,
        row.ItemCount,
        [.. row.ParkedItems.Select(p => new ApiParkedItem(p.Index == ParkedItem.WholeBody ? null : p.Index, p.Reason))],
        row.State == WebhookDeliveryState.Pending ? now.UtcDateTime : null,
        row.State == WebhookDeliveryState.Parked && row.Size is not null);
}

/// <summary>One thing in a delivery that could not be applied.</summary>
[Description("One thing in a delivery that could not be applied.")]
public sealed record ApiParkedItem(
    [property: Description("Its place in the body, from 0; null for the whole body.")]
    int? Index,
    [property: Description("Why, without personal data.")]
    string Reason);

internal sealed record DeliveryRow(
    long Id,
    WebhookDeliveryState State,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? SettledAt,
    int? Size,
    int? ItemCount,
    IReadOnlyList<ParkedItem> ParkedItems);
