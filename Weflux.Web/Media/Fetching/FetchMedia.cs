using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Media.Fetching;

/// <summary>Fetches one announced file: asks for its address, takes it, checks size and hash, and says what came of it.</summary>
public sealed partial class FetchMedia(
    WefluxDatabase database,
    CloudApiClient cloudApi,
    MediaIntake intake,
    IMediaStore store,
    InboxBroadcaster broadcaster,
    ConnectionSignals connections,
    MediaSignals signals,
    TimeProvider time,
    ILogger<FetchMedia> logger)
{
    /// <summary>How long the platform keeps what a customer sent.</summary>
    public static readonly TimeSpan PlatformKeeps = TimeSpan.FromDays(7);

    private const int NoSuchObject = 100;
    private const int NotFetched = 131052;
    private const string Broken = "WhatsApp did not hand over the file.";

    /// <summary>What is said of a file that the platform keeps no longer.</summary>
    internal const string TooLate = "WhatsApp keeps files for seven days, and this one could not be fetched in that time.";

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
    ];

    /// <summary>Fetches a file for whoever claimed it. A try that lost its claim meanwhile leaves no trace.</summary>
    public async Task ExecuteAsync(FileClaim claim, CancellationToken cancellationToken)
    {
        var (id, nonce) = (claim.FileId, claim.Nonce);
        MediaFile? file;
        Connection? connection;
        await using (var db = database.Open(claim.Workspace))
        {
            file = await db.Set<MediaFile>().AsNoTracking()
                .SingleOrDefaultAsync(f => f.Id == id && f.State == MediaState.Fetching && f.Claim == nonce, cancellationToken);
            var connectionId = file?.ConnectionId;
            connection = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, cancellationToken);
        }

        if (file is null || connection is null)
        {
            return;
        }

        // Under a name of its own, so that two tries at once do not write into one another.
        var (key, isKept) = (Guid.NewGuid(), false);
        try
        {
            var outcome = connection.State == ConnectionState.Disconnected
                ? new Outcome(MediaState.Failed, "The number was disconnected before the file came.")
                : await TryAsync(file, key, connection, cancellationToken);
            isKept = await SettleOrCountAsync(claim, key, outcome, cancellationToken);
        }
        finally
        {
            if (!isKept && !await IsOwnedAsync(claim.Workspace, key))
            {
                store.Delete(claim.Workspace, key);
            }
        }
    }

    private async Task<Outcome> TryAsync(MediaFile file, Guid key, Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(file, key, connection, cancellationToken);
        }
        catch (CloudApiException exception) when (exception.Fault?.Code == NotFetched)
        {
            return new Outcome(MediaState.Gone, "WhatsApp itself could not fetch this file. Ask the customer to send it again.");
        }
        catch (CloudApiException exception) when (exception.Fault?.Code == NoSuchObject)
        {
            // The same is said of a file that the token may not see, and a token can be mended.
            return new Outcome(MediaState.Failed, "WhatsApp says that it does not have this file.");
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
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was counts, or the file would be fetched without end.
            BrokenOff(file.Id, exception.GetType().Name);
            return Later(Broken);
        }
    }

    private async Task<Outcome> FetchAsync(MediaFile file, Guid key, Connection connection, CancellationToken cancellationToken)
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
                async (stream, token) => taken = await intake.StoreAsync(file.WorkspaceId, key, stream, token),
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
            case DownloadEnd.Missing:
                return Later(Broken, "WhatsApp does not have this file any more. Ask the customer to send it again.");
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
        return isWhole
            ? new Outcome(MediaState.Ready, null, taken)
            : Later("The file did not arrive whole.", "The file never arrived whole. Ask the customer to send it again.");
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

    /// <summary>Whether a file has these bytes after all: a commit may have succeeded although it was not heard. In doubt the sweep takes them.</summary>
    private async Task<bool> IsOwnedAsync(WorkspaceId workspace, Guid key)
    {
        try
        {
            await using var db = database.Open(workspace);
            return await db.Set<MediaFile>().AnyAsync(f => f.Key == key, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>What cannot be written down as it came is written down as a try that failed.</summary>
    private async Task<bool> SettleOrCountAsync(FileClaim claim, Guid key, Outcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAsync(claim, key, outcome, cancellationToken);
        }
        catch (Exception exception) when (outcome.State != MediaState.Fetching && !cancellationToken.IsCancellationRequested)
        {
            BrokenOff(claim.FileId, exception.GetType().Name);
            return await SettleAsync(claim, key, Later("The file could not be stored."), cancellationToken);
        }
    }

    /// <returns>Whether the bytes under the key are the file's now.</returns>
    private async Task<bool> SettleAsync(FileClaim claim, Guid key, Outcome outcome, CancellationToken cancellationToken)
    {
        var (id, nonce) = (claim.FileId, claim.Nonce);
        var changes = await database.WriteAsync(
            claim.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var sequence = await db.TakeSequenceAsync(1, cancellationToken);
                var row = await db.Set<MediaFile>()
                    .SingleOrDefaultAsync(f => f.Id == id && f.State == MediaState.Fetching && f.Claim == nonce, cancellationToken);
                if (row is null || !await db.IsStillThereAsync(claim.Workspace, cancellationToken))
                {
                    return null;
                }

                Apply(row, key, outcome, time.GetUtcNow());
                return await MessagesOfFiles.ShowAsync(db, id, sequence, cancellationToken);
            },
            cancellationToken);
        signals.WakeDrawer();
        await broadcaster.AnnounceAsync(claim.Workspace, changes ?? []);
        return changes is not null && outcome.State == MediaState.Ready;
    }

    private static void Apply(MediaFile row, Guid key, Outcome outcome, DateTimeOffset now)
    {
        row.Tries++;
        row.Trouble = outcome.Trouble;
        row.NextTryAt = null;
        row.Claim = null;
        row.State = outcome.State;
        if (outcome.Taken is { } taken)
        {
            row.Key = key;
            row.MimeType = taken.Report.Facts.MimeType;
            row.Size = taken.Stored.Size;
            row.Hash = taken.Stored.Hash;
            (row.Width, row.Height) = (taken.Report.Facts.Width, taken.Report.Facts.Height);
            row.IsAnimated = taken.Report.Facts.IsAnimated;
            row.IsShowable = taken.IsShowable;
            row.IsRisky = taken.Report.IsRisky || taken.Report.IsHostile;
            row.FileName = FileNames.Fit(row.FileName, row.MimeType, MediaWords.Fallback(row.Kind));
            row.NextTryAt = Thumbnails.MayDraw(taken.Report) ? now : null;
        }
        else if (outcome.State is MediaState.Fetching or MediaState.Failed && now - row.CreatedAt >= PlatformKeeps)
        {
            (row.State, row.Trouble) = (MediaState.Gone, TooLate);
        }
        else if (outcome.State == MediaState.Fetching && row.Tries <= Waits.Length)
        {
            row.NextTryAt = now + Waits[row.Tries - 1];
        }
        else if (outcome is { State: MediaState.Fetching, Verdict: { } verdict })
        {
            (row.State, row.Trouble) = (MediaState.Gone, verdict);
        }
        else if (outcome.State != MediaState.Gone)
        {
            (row.State, row.FailedAt) = (MediaState.Failed, now);
        }
    }

    /// <param name="trouble">Why it is not here yet.</param>
    /// <param name="verdict">What is said after the last try if another one would be in vain; null if somebody may ask again.</param>
    private static Outcome Later(string trouble, string? verdict = null) => new(MediaState.Fetching, trouble, Verdict: verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} could not be stored ({Fault}); it is tried again")]
    private partial void StoreFailed(long file, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching file {File} was broken off ({Fault}); it is tried again")]
    private partial void BrokenOff(long file, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {File} was not fetched: the address that was named for it is not the platform's")]
    private partial void ForeignAddress(long file);

    private sealed record Outcome(MediaState State, string? Trouble, Taken? Taken = null, string? Verdict = null);
}
