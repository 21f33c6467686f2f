using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Media.Fetching;

/// <summary>Fetches one announced file: asks for its address, takes it, checks size and hash, and says what came of it.</summary>
public sealed partial class FetchMedia(
    WefluxDatabase database,
    CloudApiClient cloudApi,
    MediaIntake intake,
    IMediaStore store,
    InboxBroadcaster broadcaster,
    ConnectionSignals connections,
    TimeProvider time,
    ILogger<FetchMedia> logger)
{
    /// <summary>How long the platform keeps what a customer sent.</summary>
    public static readonly TimeSpan PlatformKeeps = TimeSpan.FromDays(7);

    private const int NoSuchObject = 100;
    private const int NotFetched = 131052;
    private const string Broken = "WhatsApp did not hand over the file.";

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
    ];

    public async Task ExecuteAsync(WorkspaceId workspace, long fileId, CancellationToken cancellationToken)
    {
        MediaFile? file;
        Connection? connection;
        await using (var db = database.Open(workspace))
        {
            file = await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId && f.State == MediaState.Fetching, cancellationToken);
            var connectionId = file?.ConnectionId;
            connection = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, cancellationToken);
        }

        if (file is null || connection is null)
        {
            return;
        }

        var outcome = connection.State == ConnectionState.Disconnected
            ? new Outcome(MediaState.Failed, "The number was disconnected before the file came.")
            : await TryAsync(file, connection, cancellationToken);
        await SettleAsync(file, outcome, cancellationToken);
    }

    private async Task<Outcome> TryAsync(MediaFile file, Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(file, connection, cancellationToken);
        }
        catch (CloudApiException exception) when (exception.Fault?.Code is NoSuchObject or NotFetched)
        {
            return new Outcome(MediaState.Gone, "WhatsApp has this file no more.");
        }
        catch (CloudApiException exception)
        {
            if (exception.Fault is { } fault && PlatformErrors.Classify(fault.Code) == PlatformErrorClass.ConnectionBroken)
            {
                connections.Ask(connection.Id);
                return Later(PlatformErrors.Explain(fault.Code));
            }

            return Later("WhatsApp could not be reached.");
        }
        catch (FileTooLargeException)
        {
            return new Outcome(MediaState.Gone, "The file is larger than 100 MB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StoreFailed(file.Id, exception.GetType().Name);
            return Later("The file could not be stored.");
        }
    }

    private async Task<Outcome> FetchAsync(MediaFile file, Connection connection, CancellationToken cancellationToken)
    {
        var end = DownloadEnd.Missing;

        // An address lives five minutes; one that ran out while the file waited is asked for once more.
        for (var renewal = 0; renewal < 2 && end == DownloadEnd.Missing; renewal++)
        {
            var address = await cloudApi.FindMediaAsync(connection, file.PlatformId!, cancellationToken);
            if (address.Size > MediaLimits.LargestOfAll)
            {
                throw new FileTooLargeException();
            }

            Taken? taken = null;
            end = address.Url is null ? DownloadEnd.Broken : await cloudApi.DownloadAsync(
                connection,
                address.Url,
                async (stream, token) => taken = await intake.TakeAsync(file.WorkspaceId, file.Key, stream, token),
                cancellationToken);
            if (taken is not null)
            {
                return Check(file, address, taken);
            }
        }

        switch (end)
        {
            case DownloadEnd.Refused:
                connections.Ask(connection.Id);
                return Later("WhatsApp does not accept this number's access token.");
            case DownloadEnd.Foreign:
                ForeignAddress(file.Id);
                return Later("WhatsApp named an address for the file that is not its own.");
            default:
                return Later(Broken);
        }
    }

    private static Outcome Check(MediaFile file, MediaAddress address, Taken taken)
    {
        var isWhole = (address.Size is null || address.Size == taken.Stored.Size)
            && IsHash(file.AnnouncedHash, taken.Stored.Hash)
            && IsHash(address.Hash, taken.Stored.Hash)
            && taken.Stored.Size > 0;
        return isWhole ? new Outcome(MediaState.Ready, null, taken) : Later("The file did not arrive whole.");
    }

    /// <summary>The platform writes hashes in base64 in one place and in hex in another. One that is neither proves nothing.</summary>
    internal static bool IsHash(string? announced, byte[] actual)
    {
        if (string.IsNullOrEmpty(announced))
        {
            return true;
        }

        if (announced.Length == actual.Length * 2 && announced.All(char.IsAsciiHexDigit))
        {
            return CryptographicOperations.FixedTimeEquals(Convert.FromHexString(announced), actual);
        }

        var bytes = new byte[announced.Length];
        return !Convert.TryFromBase64String(announced, bytes, out var length)
            || length != actual.Length
            || CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, length), actual);
    }

    private async Task SettleAsync(MediaFile file, Outcome outcome, CancellationToken cancellationToken)
    {
        var id = file.Id;
        var changes = await database.WriteAsync(
            file.WorkspaceId,
            async db =>
            {
                var sequence = await db.TakeSequenceAsync(1, cancellationToken);
                var row = await db.Set<MediaFile>().SingleOrDefaultAsync(f => f.Id == id && f.State == MediaState.Fetching, cancellationToken);
                if (row is null)
                {
                    return null;
                }

                Apply(row, outcome, time.GetUtcNow());
                return await MessagesOfFiles.ShowAsync(db, id, sequence, cancellationToken);
            },
            cancellationToken);
        if (changes is null || outcome.State != MediaState.Ready)
        {
            // What is not whole, or belongs to nobody any more, is not kept.
            store.Delete(file.WorkspaceId, file.Key);
        }

        await broadcaster.AnnounceAsync(file.WorkspaceId, changes ?? []);
    }

    private static void Apply(MediaFile row, Outcome outcome, DateTimeOffset now)
    {
        row.Tries++;
        row.Trouble = outcome.Trouble;
        row.NextTryAt = null;
        row.State = outcome.State;
        if (outcome.Taken is { } taken)
        {
            row.MimeType = taken.Report.Facts.MimeType;
            row.Size = taken.Stored.Size;
            row.Hash = taken.Stored.Hash;
            (row.Width, row.Height) = (taken.Report.Facts.Width, taken.Report.Facts.Height);
            row.IsAnimated = taken.Report.Facts.IsAnimated;
            row.HasThumbnail = taken.HasThumbnail;
            row.IsShowable = taken.IsShowable;
            row.IsRisky = taken.Report.IsRisky || taken.Report.IsHostile;
            row.FileName = FileNames.Fit(row.FileName, row.MimeType, MediaWords.Fallback(row.Kind));
        }
        else if (outcome.State == MediaState.Fetching)
        {
            if (now - row.CreatedAt >= PlatformKeeps)
            {
                (row.State, row.Trouble) = (MediaState.Gone, "WhatsApp keeps files for seven days, and this one could not be fetched in that time.");
            }
            else if (row.Tries > Waits.Length)
            {
                row.State = MediaState.Failed;
            }
            else
            {
                row.NextTryAt = now + Waits[row.Tries - 1];
            }
        }
    }

    private static Outcome Later(string trouble) => new(MediaState.Fetching, trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} could not be stored ({Fault}); it is tried again")]
    private partial void StoreFailed(long file, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} was not fetched: the address that was named for it is not the platform's")]
    private partial void ForeignAddress(long file);

    private sealed record Outcome(MediaState State, string? Trouble, Taken? Taken = null);
}
