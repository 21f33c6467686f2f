using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Weflux.Simulator.Graph.Media;

/// <summary>The business uploads a file in order to send it.</summary>
internal sealed class UploadMedia(MediaShelf shelf)
{
    public async Task<GraphAnswer> ExecuteAsync(SimulatedNumber number, GraphRequest request)
    {
        if (!request.Http.Request.HasFormContentType)
        {
            return GraphError.Parameter("The parameter file is required.");
        }

        if (request.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MediaKinds.LargestUpload + 64 * 1024;
        }

        var form = await request.Http.Request.ReadFormAsync(request.Http.RequestAborted);
        if (form["messaging_product"] != "whatsapp")
        {
            return GraphError.Parameter("The parameter messaging_product is required.");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return GraphError.Parameter("The parameter file is required.");
        }

        if (MediaKinds.LimitOf(file.ContentType) is not { } limit)
        {
            return GraphError.Parameter($"Param file must be a file with one of the following types: {MediaKinds.Names}. Received file of type '{file.ContentType}'.");
        }

        if (file.Length > limit || file.Length == 0)
        {
            return new GraphError(131053, "(#131053) Media upload error", $"File size must be between 1 and {limit} bytes for '{file.ContentType}'.");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, request.Http.RequestAborted);
        var item = shelf.Keep(number.PhoneNumberId, file.ContentType, bytes.ToArray());
        return GraphAnswer.Ok(new JsonObject { ["id"] = item.Id });
    }
}
