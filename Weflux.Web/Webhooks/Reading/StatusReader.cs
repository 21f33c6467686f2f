using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

internal static class StatusReader
{
    public static WebhookItem Read(ItemRoute route, JsonElement status, DateTimeOffset receivedAt)
    {
        if (PersonReader.Id(status.Text("id")) is not { } id)
        {
            return new BrokenItem("The status names no message.");
        }

        // Calls and payments have statuses of their own, and fail without any message having failed.
        if (status.Text("type") is not (null or "message") || Reached(status.Text("status")) is not { } reached)
        {
            return new OtherItem(route, "messages.statuses", status.GetRawText());
        }

        var fault = reached == DeliveryStatus.Failed && FaultReader.Read(status) is [var first, ..] ? first : null;
        var at = status.Time("timestamp") ?? receivedAt;
        Guid? attempt = Guid.TryParseExact(status.Text("biz_opaque_callback_data"), "N", out var mark) ? mark : null;
        return new StatusItem(route, id, new StatusReport(reached, at, id, fault), attempt);
    }

    private static DeliveryStatus? Reached(string? status) => status switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "played" => DeliveryStatus.Played,
        "failed" => DeliveryStatus.Failed,
        _ => null,
    };
}

internal static class FaultReader
{
    /// <summary>The platform names one fault, seldom two. They are kept with every message that they explain.</summary>
    private const int Most = 10;

    public static IReadOnlyList<PlatformFault> Read(JsonElement element) =>
        [.. element.Array("errors").Take(Most).Select(error => new PlatformFault(
            error.Integer("code") ?? 131000,
            error.Text("title") ?? error.Text("message") ?? "",
            error.Object("error_data")?.Text("details") ?? error.Text("details")))];
}
