using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;

namespace Weflux.Tests.Web.Media;

/// <summary>What tests do with files in a host.</summary>
internal static class MediaWorld
{
    public static async Task<long> UploadAsync(this WefluxHost host, Actor actor, string name, byte[] bytes, MediaKind? kind = null)
    {
        var outcome = await host.Services.GetRequiredService<UploadFile>().ExecuteAsync(actor, new MemoryStream(bytes), name, kind);
        return outcome is UploadOutcome.Stored stored ? stored.File.Id : throw new InvalidOperationException(outcome.ToString());
    }

    /// <summary>A file that stands in a message.</summary>
    public static async Task<long> KeepFileAsync(this WefluxHost host, Actor actor, long messageId, string name, byte[] bytes)
    {
        var id = await host.UploadAsync(actor, name, bytes);
        return await host.ReadAsync(async db =>
        {
            db.Add(new MessageFile { WorkspaceId = actor.Workspace, MessageId = messageId, FileId = id });
            await db.SaveChangesAsync();
            return id;
        });
    }

    public static Task<List<MediaFile>> FilesAsync(this WefluxHost host) =>
        host.ReadAsync(db => db.Set<MediaFile>().AsNoTracking().OrderBy(f => f.Id).ToListAsync());

    /// <summary>A customer's message that announces a file.</summary>
    public static JsonObject FileFrom(
        string id, string phone, string type, string mediaId, byte[] bytes, DateTimeOffset at, JsonObject? more = null, bool isHashHex = false)
    {
        var hash = SHA256.HashData(bytes);
        var media = new JsonObject
        {
            ["id"] = mediaId,
            ["mime_type"] = "x/claimed",
            ["sha256"] = isHashHex ? Convert.ToHexStringLower(hash) : Convert.ToBase64String(hash),
        };
        foreach (var (name, value) in more ?? [])
        {
            media[name] = value!.DeepClone();
        }

        return MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(phone, "IN." + phone, "Customer " + phone)],
            [new JsonObject
            {
                ["id"] = id,
                ["from"] = phone,
                ["from_user_id"] = "IN." + phone,
                ["timestamp"] = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["type"] = type,
                [type] = media,
            }]));
    }

    /// <summary>An upload as the page makes it.</summary>
    public static async Task<HttpResponseMessage> PostFileAsync(
        this HttpClient client, string address, byte[] bytes, string fileName, string? kind = null, string claimed = "application/octet-stream", string? token = null)
    {
        using var form = new MultipartFormDataContent();
        if (kind is not null)
        {
            form.Add(new StringContent(kind), "kind");
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(claimed);
        form.Add(file, "file", fileName);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        return await client.SendAsync(request);
    }
}
