using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A sample file, handed to the platform.</summary>
/// <param name="Handle">The platform's handle of it; null if it was not taken.</param>
/// <param name="Fault">Why it was not taken.</param>
public sealed record SampleAnswer(string? Handle, string? Fault);

/// <summary>
/// A person hands the platform a sample of a header's file, which it shows to its reviewer. It is judged by its bytes and
/// not kept here.
/// </summary>
public sealed class UploadSample(WefluxDatabase database, CloudApiClient cloudApi, TemplateSync sync)
{
    /// <summary>The largest sample taken here, so that it fits into memory.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int MostImageBytes = 5 * 1024 * 1024;

    public async Task<SampleAnswer> ExecuteAsync(
        Actor actor, string wabaId, TemplateHeaderFormat format, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates) || await sync.ConnectionAsync(actor.Workspace, wabaId, cancellationToken) is not { } connection)
        {
            return new SampleAnswer(null, null);
        }

        if (bytes.Length == 0 || bytes.Length > (format == TemplateHeaderFormat.Image ? MostImageBytes : MostBytes))
        {
            return new SampleAnswer(null, $"Choose a file of at most {(format == TemplateHeaderFormat.Image ? 5 : 16)} MB that is not empty.");
        }

        if (TypeOf(format, bytes.Span) is not { } type)
        {
            return new SampleAnswer(null, format switch
            {
                TemplateHeaderFormat.Image => "Choose a JPEG or PNG picture. This file is neither, whatever its name says.",
                TemplateHeaderFormat.Video => "Choose an MP4 video. This file is none, whatever its name says.",
                _ => "Choose a PDF. This file is none, whatever its name says.",
            });
        }

        if (await AppIdAsync(actor, connection, cancellationToken) is not { } appId)
        {
            return new SampleAnswer(null, "The id of the Meta app is not known. Have an Admin connect the number again, which asks for it.");
        }

        try
        {
            // The name is our own: people's file names are nobody's business.
            return new SampleAnswer(await cloudApi.UploadSampleAsync(connection, appId, $"sample.{type.Split('/')[1]}", type, bytes, cancellationToken), null);
        }
        catch (CloudApiException exception)
        {
            return new SampleAnswer(null, exception.Fault is null ? "Meta could not be reached. Try again." : TemplateTrouble.Of(exception).Words);
        }
    }

    /// <summary>What the platform takes as a sample, by the bytes it begins with.</summary>
    internal static string? TypeOf(TemplateHeaderFormat format, ReadOnlySpan<byte> bytes) => format switch
    {
        TemplateHeaderFormat.Image when bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
        TemplateHeaderFormat.Image when bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => "image/png",
        TemplateHeaderFormat.Video when bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) => "video/mp4",
        TemplateHeaderFormat.Document when bytes.StartsWith("%PDF-"u8) => "application/pdf",
        _ => null,
    };

    private async Task<string?> AppIdAsync(Actor actor, Connection connection, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await db.Set<MetaApp>().Where(a => a.Id == connection.MetaAppId).Select(a => a.AppId).SingleOrDefaultAsync(cancellationToken);
    }
}
