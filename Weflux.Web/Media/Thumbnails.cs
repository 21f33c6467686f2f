using System.Collections.Concurrent;
using SkiaSharp;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Media.Reading;

namespace Weflux.Web.Media;

/// <summary>What came of drawing a small picture.</summary>
public enum DrawingEnd
{
    /// <summary>There is one.</summary>
    Drawn = 1,

    /// <summary>The file is none that is drawn.</summary>
    NotAPicture = 2,

    /// <summary>The header promises a picture and the rest is none.</summary>
    Damaged = 3,

    /// <summary>To decode it would take more memory than it is worth.</summary>
    TooLarge = 4,

    /// <summary>To decode it would take longer than it is worth.</summary>
    TooCostly = 5,

    /// <summary>This machine has no library to decode pictures.</summary>
    NoLibrary = 6,

    /// <summary>It was not its turn in time.</summary>
    Busy = 7,
}

/// <summary>What was drawn.</summary>
/// <param name="Picture">A small picture as WebP; null if there is none.</param>
/// <param name="End">How it ended.</param>
/// <param name="IsTurned">Whether the camera lay on its side: browsers draw the picture upright, so its width and height change places.</param>
public sealed record Drawing(byte[]? Picture, DrawingEnd End, bool IsTurned = false);

/// <summary>
/// Small pictures of JPEG, PNG and WebP, one at a time for each workspace and two in all. The size was read from the header
/// before; a decoder that gives another one is not believed.
/// </summary>
public sealed partial class Thumbnails(ILogger<Thumbnails> logger) : IDisposable
{
    /// <summary>The longer side of a small picture.</summary>
    public const int Side = 640;

    /// <summary>A picture that cannot be decoded smaller than it is takes four bytes of memory for each pixel.</summary>
    private const long MostWhole = 25_000_000;

    private const int MostAtOnce = 2;
    private const int Quality = 80;

    /// <summary>Nothing that was looked at before takes so long. A decoder cannot be stopped, but nobody waits for it any longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly string[] Decoded = ["image/jpeg", "image/png", "image/webp"];
    private readonly SemaphoreSlim _all = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<WorkspaceId, SemaphoreSlim> _turns = new();

    /// <summary>Whether it would be tried to decode this file.</summary>
    internal static bool MayDraw(FileReport report) => !report.IsHostile && MayDraw(report.Facts);

    /// <summary>Draws the small picture of a file.</summary>
    /// <param name="workspace">Whose it is: its pictures wait for one another, and not for those of others.</param>
    /// <param name="open">Opens the file.</param>
    /// <param name="facts">What its headers say.</param>
    /// <param name="patience">How long it may wait for its turn.</param>
    internal async Task<Drawing> DrawAsync(
        WorkspaceId workspace, Func<Stream?> open, MediaFacts facts, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!MayDraw(facts))
        {
            return new Drawing(null, DrawingEnd.NotAPicture);
        }

        var turn = _turns.GetOrAdd(workspace, _ => new SemaphoreSlim(1, 1));
        if (!await turn.WaitAsync(patience, cancellationToken))
        {
            return new Drawing(null, DrawingEnd.Busy);
        }

        if (!await WaitForRoomAsync(turn, patience, cancellationToken))
        {
            return new Drawing(null, DrawingEnd.Busy);
        }

        var work = Task.Run(() => Draw(open, facts, turn), CancellationToken.None);
        try
        {
            return await work.WaitAsync(Longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            TookTooLong();
            return new Drawing(null, DrawingEnd.TooCostly);
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    private static bool MayDraw(MediaFacts facts) =>
        Decoded.Contains(facts.MimeType, StringComparer.Ordinal) && facts.Pixels > 0 && MediaLimits.IsDrawable(facts);

    private async Task<bool> WaitForRoomAsync(SemaphoreSlim turn, TimeSpan patience, CancellationToken cancellationToken)
    {
        var hasRoom = false;
        try
        {
            hasRoom = await _all.WaitAsync(patience, cancellationToken);
            return hasRoom;
        }
        finally
        {
            if (!hasRoom)
            {
                turn.Release();
            }
        }
    }

    /// <summary>Its room is free again when it ends, whether or not somebody still waits for it.</summary>
    private Drawing Draw(Func<Stream?> open, MediaFacts facts, SemaphoreSlim turn)
    {
        try
        {
            using var file = open();
            return file is null ? new Drawing(null, DrawingEnd.Damaged) : Make(file, facts);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException)
        {
            // Without its native library nothing is drawn; files can be downloaded all the same.
            NotThere(exception.GetBaseException().GetType().Name);
            return new Drawing(null, DrawingEnd.NoLibrary);
        }
        finally
        {
            Free(_all);
            Free(turn);
        }
    }

    private static void Free(SemaphoreSlim room)
    {
        try
        {
            room.Release();
        }
        catch (ObjectDisposedException)
        {
            // The program ended before the decoder did.
        }
    }

    private static Drawing Make(Stream file, MediaFacts facts)
    {
        if (facts.MimeType == "image/jpeg" && JpegScans.AreTooMany(file, facts.Pixels))
        {
            return new Drawing(null, DrawingEnd.TooCostly);
        }

        file.Position = 0;
        using var data = SKData.Create(file);
        using var codec = data is null ? null : SKCodec.Create(data);
        if (codec is null || codec.Info.Width != facts.Width || codec.Info.Height != facts.Height)
        {
            return new Drawing(null, DrawingEnd.Damaged);
        }

        var scale = Math.Min(1f, (float)Side / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        if ((long)size.Width * size.Height > MostWhole)
        {
            return new Drawing(null, DrawingEnd.TooLarge);
        }

        using var whole = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(whole.Info, whole.GetPixels()) != SKCodecResult.Success)
        {
            return new Drawing(null, DrawingEnd.Damaged);
        }

        using var upright = Upright(whole, codec.EncodedOrigin);
        using var image = SKImage.FromBitmap(upright);
        using var encoded = image.Encode(SKEncodedImageFormat.Webp, Quality);
        return encoded is null ? new Drawing(null, DrawingEnd.Damaged) : new Drawing(encoded.ToArray(), DrawingEnd.Drawn, IsTurned(codec.EncodedOrigin));
    }

    /// <summary>Drawn anew at its small size and as it was held, so that nothing of the camera's notes is left.</summary>
    private static SKBitmap Upright(SKBitmap whole, SKEncodedOrigin origin)
    {
        var isTurned = IsTurned(origin);
        var scale = Math.Min(1f, (float)Side / Math.Max(whole.Width, whole.Height));
        var width = Math.Max(1, (int)Math.Round(whole.Width * scale));
        var height = Math.Max(1, (int)Math.Round(whole.Height * scale));
        var small = new SKBitmap(new SKImageInfo(isTurned ? height : width, isTurned ? width : height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(small);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(Turn(origin, width, height));
        using var image = SKImage.FromBitmap(whole);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small;
    }

    private static bool IsTurned(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    private static SKMatrix Turn(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A picture took too long to decode; it is offered for download only")]
    private partial void TookTooLong();

    [LoggerMessage(Level = LogLevel.Error, Message = "Pictures cannot be decoded on this machine ({Fault}); they are offered for download only")]
    private partial void NotThere(string fault);
}
