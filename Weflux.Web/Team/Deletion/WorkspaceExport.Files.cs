using System.Globalization;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Media;

namespace Weflux.Web.Team.Deletion;

public sealed partial class WorkspaceExport
{
    private static IAsyncEnumerable<object> FilesAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<MediaFile>().AsNoTracking().Where(f => f.Id > after).OrderBy(f => f.Id)
            .Select(f => new FileRow(f, db.Set<MessageFile>().Where(l => l.FileId == f.Id).Select(l => l.MessageId).ToList())),
        f => f.File.Id,
        f => new
        {
            f.File.Id,
            Kind = MediaWords.Spell(f.File.Kind),
            State = f.File.State.ToString(),
            f.File.FileName,
            f.File.MimeType,
            f.File.Size,
            Sha256 = f.File.Hash is null ? null : Convert.ToHexStringLower(f.File.Hash),
            Path = f.File.State == MediaState.Ready ? PathOf(f.File) : null,
            f.MessageIds,
            UploadedBy = f.File.UploadedBy?.Value,
            f.File.CreatedAt,
        },
        cancellationToken);

    /// <summary>The bytes, one file after the other. Pictures and sounds are packed already.</summary>
    private async Task BytesAsync(ZipArchive zip, WefluxDbContext db, CancellationToken cancellationToken)
    {
        for (var last = 0L; ;)
        {
            var after = last;
            var page = await db.Set<MediaFile>().AsNoTracking().Where(f => f.Id > after && f.State == MediaState.Ready)
                .OrderBy(f => f.Id).Take(PageLength).ToListAsync(cancellationToken);
            foreach (var file in page)
            {
                await using var bytes = store.OpenRead(file.WorkspaceId, file.Key);
                if (bytes is not null)
                {
                    await using var entry = await zip.CreateEntry(PathOf(file), CompressionLevel.NoCompression).OpenAsync(cancellationToken);
                    await bytes.CopyToAsync(entry, cancellationToken);
                }
            }

            if (page.Count < PageLength)
            {
                return;
            }

            last = page[^1].Id;
        }
    }

    private static string PathOf(MediaFile file) => string.Create(CultureInfo.InvariantCulture, $"files/{file.Id}-{file.FileName ?? MediaWords.Fallback(file.Kind)}");

    private sealed record FileRow(MediaFile File, List<long> MessageIds);
}
