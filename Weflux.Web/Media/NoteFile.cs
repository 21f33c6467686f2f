using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>A file of a note: it stays as long as the note does, is for those who may see the conversation, and is never sent to a customer.</summary>
public sealed class NoteFile
{
    public required long NoteId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long FileId { get; init; }

    /// <summary>Its place among the files of the note.</summary>
    public required int Position { get; init; }
}

internal sealed class NoteFileMapping : IEntityTypeConfiguration<NoteFile>
{
    public void Configure(EntityTypeBuilder<NoteFile> builder)
    {
        builder.ToTable("NoteFiles");
        builder.HasKey(f => new { f.NoteId, f.FileId });
        builder.HasOne<Note>().WithMany().HasForeignKey(f => f.NoteId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MediaFile>().WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Cascade);

        // A file belongs to one note.
        builder.HasIndex(f => new { f.WorkspaceId, f.FileId }).IsUnique();
        builder.HasIndex(f => new { f.WorkspaceId, f.NoteId });
    }
}

internal static class NoteFiles
{
    /// <summary>Whether a file stands in something: then it is not its uploader's alone any more.</summary>
    public static async Task<bool> IsInUseAsync(this WefluxDbContext db, long fileId, CancellationToken cancellationToken) =>
        await db.Set<MessageFile>().AnyAsync(l => l.FileId == fileId, cancellationToken)
        || await db.Set<ScheduledFile>().AnyAsync(l => l.FileId == fileId, cancellationToken)
        || await db.Set<ReplyFile>().AnyAsync(l => l.FileId == fileId, cancellationToken)
        || await db.Set<NoteFile>().AnyAsync(l => l.FileId == fileId, cancellationToken);

    /// <summary>The files of notes that somebody may see, by note, each in its place.</summary>
    public static async Task<ILookup<long, MediaView>> OfNotesAsync(WefluxDbContext db, IReadOnlyCollection<long> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return Enumerable.Empty<MediaView>().ToLookup(_ => 0L);
        }

        var found = await (
            from link in db.Set<NoteFile>()
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            where notes.Contains(link.NoteId)
            orderby link.NoteId, link.Position
            select new { link.NoteId, File = file }).AsNoTracking().ToListAsync(cancellationToken);
        return found.ToLookup(f => f.NoteId, f => MediaView.Of(f.File));
    }

    /// <summary>Whether all of these may go with a new note: its author has put them here, and they stand in nothing else.</summary>
    public static async Task<bool> MayAttachAsync(WefluxDbContext db, Actor actor, IReadOnlyList<long> files, CancellationToken cancellationToken)
    {
        var found = await db.Set<MediaFile>().AsNoTracking().Where(f => files.Contains(f.Id) && f.State == MediaState.Ready).ToListAsync(cancellationToken);
        if (found.Count(f => f.IsOf(actor)) != files.Count)
        {
            return false;
        }

        foreach (var id in files)
        {
            if (await db.IsInUseAsync(id, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ties files to a stored note.</summary>
    public static void Attach(WefluxDbContext db, Note note, IReadOnlyList<long> files) =>
        db.AddRange(files.Select((id, nth) => new NoteFile { NoteId = note.Id, WorkspaceId = note.WorkspaceId, FileId = id, Position = nth }));

    /// <summary>Takes the files of a note away, rows first.</summary>
    /// <returns>The names of the bytes in the store, to be removed after the commit.</returns>
    public static async Task<IReadOnlyList<Guid>> RemoveAsync(WefluxDbContext db, long noteId, CancellationToken cancellationToken)
    {
        var gone = db.Set<MediaFile>().Where(f => db.Set<NoteFile>().Any(l => l.NoteId == noteId && l.FileId == f.Id));
        var keys = await gone.Select(f => f.Key).ToListAsync(cancellationToken);
        if (keys.Count > 0)
        {
            await gone.ExecuteDeleteAsync(cancellationToken);
        }

        return keys;
    }
}
