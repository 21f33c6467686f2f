using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads the answers to interactive messages.</summary>
internal static class InteractiveReader
{
    public static MessageContent? Read(JsonElement body)
    {
        if (body.Object("button_reply") is { } button)
        {
            return (button.Text("title") ?? button.Text("id")) is { } title ? new ButtonReplyContent(button.Text("id") ?? "", title) : null;
        }

        if (body.Object("list_reply") is { } row)
        {
            return (row.Text("title") ?? row.Text("id")) is { } title
                ? new ListReplyContent(row.Text("id") ?? "", title, row.Text("description"))
                : null;
        }

        if (body.Object("nfm_reply") is { } form)
        {
            return new FlowReplyContent(
                form.Text("name") ?? "flow",
                form.Text("body") ?? "",
                form.Text("response_json") ?? form.Object("response_json")?.GetRawText() ?? "{}");
        }

        return body.Object("call_permission_reply") is { } call
            ? new CallPermissionReplyContent(
                string.Equals(call.Text("response"), "accept", StringComparison.Ordinal), call.Time("expiration_timestamp"))
            : null;
    }
}
