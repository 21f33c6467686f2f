using System.ComponentModel;
using System.Diagnostics;
using Weflux.Domain.Team;

namespace Weflux.Web.Media.Sending;

/// <summary>
/// Makes a voice note, Opus in OGG with one channel, of a recording that a browser could only make otherwise. It takes
/// ffmpeg, if that is installed; without it a recording is sent as an audio file.
/// </summary>
public sealed partial class VoiceNotes(IMediaStore store, MediaIntake intake, ILogger<VoiceNotes> logger) : IDisposable
{
    private const int MostAtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _turns = new(MostAtOnce, MostAtOnce);

    // Only what a browser records is let near ffmpeg, and nothing but files and pipes is let near the network.
    private static readonly string[] Arguments =
    [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe", "-i",
    ];

    private static readonly string[] Wanted =
        ["-vn", "-map_metadata", "-1", "-ac", "1", "-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-f", "ogg", "-y"];

    /// <summary>What browsers record where they cannot record Opus.</summary>
    internal static bool CanBeMade(string mimeType) => mimeType is "audio/mp4" or "video/mp4" or "audio/aac";

    /// <summary>Makes a voice note of a stored recording and puts it in its place.</summary>
    /// <returns>What lies there now; null if it is the recording still.</returns>
    internal async Task<Taken?> ReplaceAsync(WorkspaceId workspace, Guid key, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(Patience, cancellationToken))
        {
            TookTooLong();
            return null;
        }

        try
        {
            return await ReplaceInTurnAsync(workspace, key, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Taken?> ReplaceInTurnAsync(WorkspaceId workspace, Guid key, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("weflux-voice-");
        try
        {
            var (recording, note) = (Path.Combine(folder.FullName, "recording"), Path.Combine(folder.FullName, "note.ogg"));
            await using (var source = store.OpenRead(workspace, key) ?? throw new IOException("What was stored is not there."))
            await using (var copy = File.Create(recording))
            {
                await source.CopyToAsync(copy, cancellationToken);
            }

            if (!await MakeAsync(recording, note, cancellationToken))
            {
                return null;
            }

            await using var made = File.OpenRead(note);
            return await intake.StoreAsync(workspace, key, made, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="recording">Where the recording lies.</param>
    /// <param name="note">Where the voice note goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False if it could not be made; then nothing lies at <paramref name="note"/>.</returns>
    private async Task<bool> MakeAsync(string recording, string note, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var ffmpeg = Start([.. Arguments, recording, .. Wanted, note]);
        if (ffmpeg is null)
        {
            return false;
        }

        try
        {
            await ffmpeg.WaitForExitAsync(patience.Token);
            if (ffmpeg.ExitCode == 0)
            {
                return true;
            }

            Failed(ffmpeg.ExitCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            TookTooLong();
        }
        finally
        {
            if (!ffmpeg.HasExited)
            {
                ffmpeg.Kill(entireProcessTree: true);
            }
        }

        File.Delete(note);
        return false;
    }

    private Process? Start(IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", arguments) { UseShellExecute = false });
        }
        catch (Win32Exception)
        {
            NotInstalled();
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "ffmpeg is not installed, so a recording is sent as an audio file")]
    private partial void NotInstalled();

    [LoggerMessage(Level = LogLevel.Warning, Message = "ffmpeg could not make a voice note (exit code {Code}); the recording is sent as an audio file")]
    private partial void Failed(int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "ffmpeg took too long to make a voice note; the recording is sent as an audio file")]
    private partial void TookTooLong();
}
