using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Weflux.Simulator.Graph.Media;

/// <summary>Requests about a file; null when there is no such file for this token.</summary>
internal sealed class MediaNode(MediaShelf shelf, MediaDownload download)
{
    public GraphAnswer? Answer(IReadOnlyList<SimulatedNumber> opened, GraphRequest request)
    {
        if (request.Edge is not null
            || shelf.Find(request.ObjectId) is not { } item
            || opened.All(number => number.PhoneNumberId != item.PhoneNumberId)
            || (request.Query("phone_number_id") is { Length: > 0 } guard && guard != item.PhoneNumberId))
        {
            return null;
        }

        if (HttpMethods.IsGet(request.Method))
        {
            return GraphAnswer.Ok(new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["url"] = request.AddressOf(download.PathOf(item)),
                ["mime_type"] = item.MimeType,
                ["sha256"] = Convert.ToHexStringLower(Convert.FromBase64String(item.Sha256)),
                ["file_size"] = item.Size.ToString(CultureInfo.InvariantCulture),
                ["id"] = item.Id,
            });
        }

        if (!HttpMethods.IsDelete(request.Method))
        {
            return null;
        }

        shelf.Remove(item.Id);
        return GraphAnswer.Success();
    }
}
