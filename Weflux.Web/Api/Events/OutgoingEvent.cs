using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weflux.Web.Api.Events;

/// <summary>Something that happened, as it is told outside.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="At">When it happened (UTC).</param>
/// <param name="ContactId">The contact that it tells of; null for none.</param>
/// <param name="Data">What is told: with phone numbers in full or masked, and with what people wrote or without.</param>
internal sealed record OutgoingEvent(string Type, DateTimeOffset At, long? ContactId, Func<bool, bool, JsonObject> Data)
{
    // Written by a serializer, so that no name can end its own string and begin another member.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes that are sent.</summary>
    /// <param name="hasNumbers">Whether with phone numbers in full.</param>
    /// <param name="hasText">Whether with what people wrote.</param>
    public byte[] Body(bool hasNumbers, bool hasText) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["type"] = Type,
            ["timestamp"] = JsonSerializer.SerializeToNode(At.UtcDateTime, Json),
            ["data"] = Data(hasNumbers, hasText),
        },
        Json);

    public static JsonObject Node<T>(T value, params ReadOnlySpan<string> without)
    {
        var node = JsonSerializer.SerializeToNode(value, Json)!.AsObject();
        foreach (var name in without)
        {
            node.Remove(name);
        }

        return node;
    }
}
