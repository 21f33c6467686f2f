using System.Globalization;
using System.Security.Cryptography;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>
/// Files in the data directory: a folder for each workspace, and in it folders by the first letters of the key, so that
/// none gets too full. A file is written under another name, flushed to the disk, and then renamed.
/// </summary>
public sealed class MediaFolder(DataDirectory directory) : IMediaStore
{
    private const string ThumbnailEnding = ".thumb";
    private const string PartEnding = ".part";
    private const int Chunk = 80 * 1024;
    private readonly string _root = directory.File("media");

    public async Task<StoredBytes> WriteAsync(WorkspaceId workspace, Guid key, Stream source, long most, CancellationToken cancellationToken)
    {
        var path = PathOf(workspace, key);
        var part = path + PartEnding;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            StoredBytes stored;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, Chunk, FileOptions.Asynchronous))
            {
                stored = await CopyAsync(source, file, most, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            return stored;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    public async Task WriteThumbnailAsync(WorkspaceId workspace, Guid key, byte[] thumbnail, CancellationToken cancellationToken)
    {
        var path = PathOf(workspace, key) + ThumbnailEnding;
        await File.WriteAllBytesAsync(path + PartEnding, thumbnail, cancellationToken);
        File.Move(path + PartEnding, path, overwrite: true);
    }

    public Stream? OpenRead(WorkspaceId workspace, Guid key) => Open(PathOf(workspace, key));

    public Stream? OpenThumbnail(WorkspaceId workspace, Guid key) => Open(PathOf(workspace, key) + ThumbnailEnding);

    public long? Free()
    {
        try
        {
            return new DriveInfo(directory.Path).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public void Delete(WorkspaceId workspace, Guid key)
    {
        var path = PathOf(workspace, key);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
            File.Delete(path + ThumbnailEnding);
        }
    }

    public void DeleteAll(WorkspaceId workspace)
    {
        var folder = FolderOf(workspace);
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Another sweep, of another node, was faster: it is gone, which is all that was wanted.
        }
    }

    public IReadOnlyList<WorkspaceId> Workspaces() => Directory.Exists(_root)
        ? [.. Directory.EnumerateDirectories(_root).Select(Path.GetFileName)
            .Select(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0).Select(id => new WorkspaceId(id))]
        : [];

    public IEnumerable<StoredKey> WrittenBefore(WorkspaceId workspace, DateTimeOffset time)
    {
        var folder = FolderOf(workspace);
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(path) < time.UtcDateTime)
            {
                var name = Path.GetFileName(path);
                var stem = name.EndsWith(ThumbnailEnding, StringComparison.Ordinal) ? name[..^ThumbnailEnding.Length] : name;
                yield return new StoredKey(Guid.TryParseExact(stem, "N", out var key) ? key : Guid.Empty, () => File.Delete(path));
            }
        }
    }

    private static async Task<StoredBytes> CopyAsync(Stream source, FileStream file, long most, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        var size = 0L;
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            size += read;
            if (size > most)
            {
                throw new FileTooLargeException();
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new StoredBytes(size, hash.GetHashAndReset());
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Chunk, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FolderOf(WorkspaceId workspace) => Path.Combine(_root, workspace.Value.ToString(CultureInfo.InvariantCulture));

    private string PathOf(WorkspaceId workspace, Guid key)
    {
        var name = key.ToString("N");
        return Path.Combine(FolderOf(workspace), name[^2..], name);
    }
}
