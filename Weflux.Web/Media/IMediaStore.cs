using Weflux.Domain.Team;

namespace Weflux.Web.Media;

/// <summary>What was stored.</summary>
public sealed record StoredBytes(long Size, byte[] Hash);

/// <summary>More came than may be stored.</summary>
public sealed class FileTooLargeException() : IOException("The file is larger than what is stored.");

/// <summary>Where the bytes of files lie. One node keeps them in a folder; several need a place that all of them reach.</summary>
public interface IMediaStore
{
    /// <summary>Stores what a stream gives, durably, before it returns.</summary>
    /// <exception cref="FileTooLargeException">More than <paramref name="most"/> bytes came; nothing is kept.</exception>
    Task<StoredBytes> WriteAsync(WorkspaceId workspace, Guid key, Stream source, long most, CancellationToken cancellationToken);

    /// <summary>Stores the small picture of a file beside it.</summary>
    Task WriteThumbnailAsync(WorkspaceId workspace, Guid key, byte[] thumbnail, CancellationToken cancellationToken);

    /// <summary>The bytes, seekable; null if there are none.</summary>
    Stream? OpenRead(WorkspaceId workspace, Guid key);

    /// <summary>The small picture; null if there is none.</summary>
    Stream? OpenThumbnail(WorkspaceId workspace, Guid key);

    /// <summary>How many bytes are free; null if that cannot be told.</summary>
    long? Free();

    /// <summary>Removes a file and its small picture. One that is not there is no matter.</summary>
    void Delete(WorkspaceId workspace, Guid key);

    /// <summary>Removes every file of a workspace.</summary>
    void DeleteAll(WorkspaceId workspace);

    /// <summary>Every workspace that has files.</summary>
    IReadOnlyList<WorkspaceId> Workspaces();

    /// <summary>Every file of a workspace that was written before a time, and what was left half-written.</summary>
    IEnumerable<StoredKey> WrittenBefore(WorkspaceId workspace, DateTimeOffset time);
}

/// <summary>A file in the store.</summary>
/// <param name="Key">Its name; empty for what has no valid name or was left half-written.</param>
/// <param name="Remove">Removes it.</param>
public sealed record StoredKey(Guid Key, Action Remove);
