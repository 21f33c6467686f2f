using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Chats;

/// <summary>Builds the item of <c>messages[]</c> that tells the business what the customer did.</summary>
internal sealed class CustomerMessageItem(MediaShelf media)
{
    /// <summary>A text needs words; the other kinds have something usual to send.</summary>
    public static bool IsComplete(JsonElement request)
    {
        if (request.Object("raw") is not null)
        {
            return true;
        }

        var type = request.Text("type") ?? "text";
        return request.Object(type) is not null
            || request.Member(type) is { ValueKind: JsonValueKind.Array }
            || (type == "text" ? !string.IsNullOrWhiteSpace(request.Text("text")) : type is "location" or "contacts" or "order" or "unsupported" || SampleFiles.Of(type, isAnimated: false) is not null);
    }

    public JsonObject Compose(SimulatedNumber number, SimulatedCustomer customer, JsonElement request, DateTimeOffset now)
    {
        var item = new JsonObject();
        if (customer.WaId is { } waId)
        {
            item["from"] = waId;
        }

        item["from_user_id"] = customer.UserId;
        item["id"] = Wamid.FromCustomer(customer);
        item["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (request.Text("reply_to") is { } quoted)
        {
            item["context"] = new JsonObject { ["from"] = number.Digits, ["id"] = quoted };
        }

        var type = request.Text("type") ?? "text";
        item["type"] = type;
        AddContent(item, type, number, request);
        foreach (var member in request.Object("raw")?.EnumerateObject() ?? default)
        {
            item[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return item;
    }

    private void AddContent(JsonObject item, string type, SimulatedNumber number, JsonElement request)
    {
        if (type == "unsupported")
        {
            item["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = 131051,
                ["title"] = "Message type unknown",
                ["message"] = "Message type unknown",
                ["error_data"] = new JsonObject { ["details"] = "Message type is currently not supported." },
            });
            item["unsupported"] = new JsonObject { ["type"] = "poll_creation" };
        }
        else if (FileOf(type, request) is { } file)
        {
            item[type] = Media(number, file, request);
        }
        else if (request.Member(type) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } given)
        {
            item[type] = JsonNode.Parse(given.GetRawText());
        }
        else if (Usual(type, request) is { } usual)
        {
            item[type] = usual;
        }
    }

    /// <summary>The file that the request brings in base64, or the usual one of its kind; null if it describes one itself or is no file.</summary>
    private static SampleFile? FileOf(string type, JsonElement request)
    {
        if (request.Object(type) is not null)
        {
            return null;
        }

        return request.Object("file") is { } given && Bytes(given) is { } bytes
            ? new SampleFile(type, given.Text("mime_type") ?? "application/octet-stream", given.Text("name"), bytes)
            : SampleFiles.Of(type, request.Flag("animated") == true);
    }

    private static byte[]? Bytes(JsonElement file) =>
        file.Member("data") is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out var bytes) ? bytes : null;

    private JsonObject Media(SimulatedNumber number, SampleFile file, JsonElement request)
    {
        var described = media.Announce(number.PhoneNumberId, file);
        if ((request.Text("caption") ?? (request.Object("file") is null && file.Type == "image" ? "Is this one still available?" : null)) is { } caption
            && file.Type is "image" or "video" or "document")
        {
            described["caption"] = caption;
        }

        if (file.Type == "audio")
        {
            described["voice"] = request.Flag("voice") ?? request.Object("file") is null;
        }
        else if (file.Type == "sticker")
        {
            described["animated"] = request.Flag("animated") ?? false;
        }

        return described;
    }

    private static JsonNode? Usual(string type, JsonElement request) => type switch
    {
        "text" when request.Text("text") is { } text => new JsonObject { ["body"] = text },
        "location" => new JsonObject
        {
            ["latitude"] = 12.9758,
            ["longitude"] = 77.6045,
            ["name"] = "Cubbon Park",
            ["address"] = "Kasturba Road, Bengaluru",
        },
        "order" => new JsonObject
        {
            ["catalog_id"] = "100000000000077",
            ["text"] = "Please deliver before noon.",
            ["product_items"] = new JsonArray(
                new JsonObject { ["product_retailer_id"] = "masala-chai-250g", ["quantity"] = 2, ["item_price"] = 349.5, ["currency"] = "INR" },
                new JsonObject { ["product_retailer_id"] = "kulhad-cup", ["quantity"] = 1, ["item_price"] = 120, ["currency"] = "INR" }),
        },
        "contacts" => new JsonArray(new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = "Ravi Menon", ["first_name"] = "Ravi", ["last_name"] = "Menon" },
            ["phones"] = new JsonArray(new JsonObject { ["phone"] = "+91 98450 11223", ["wa_id"] = "919845011223", ["type"] = "CELL" }),
            ["origin"] = "other",
        }),
        _ => null,
    };
}
