using SkiaSharp;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media;

/// <summary>A small picture.</summary>
/// <param name="Bytes">As WebP.</param>
/// <param name="IsTurned">Whether the camera lay on its side, so that width and height in the file are those of the other.</param>
internal sealed record SmallPicture(byte[] Bytes, bool IsTurned);

/// <summary>
/// Small pictures of JPEG, PNG and WebP, one at a time. The size was read from the header before; a decoder that gives
/// another one is not believed.
/// </summary>
public sealed partial class Thumbnails(ILogger<Thumbnails> logger) : IDisposable
{
    /// <summary>The longer side of a small picture.</summary>
    public const int Side = 640;

    /// <summary>A picture that cannot be decoded smaller than it is takes four bytes of memory for each pixel.</summary>
    private const long MostWhole = 25_000_000;

    private const int Quality = 80;
    private static readonly string[] Decoded = ["image/jpeg", "image/png", "image/webp"];
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>A small picture as WebP; null if it is none that can be decoded safely.</summary>
    internal async Task<SmallPicture?> MakeAsync(Stream file, MediaFacts facts, CancellationToken cancellationToken)
    {
        if (!Decoded.Contains(facts.MimeType, StringComparer.Ordinal) || facts.Pixels == 0 || !MediaLimits.IsDrawable(facts))
        {
            return null;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Make(file, facts), cancellationToken);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException)
        {
            // Without its native library nothing is drawn; files can be downloaded all the same.
            NotThere(exception.GetBaseException().GetType().Name);
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static SmallPicture? Make(Stream file, MediaFacts facts)
    {
        file.Position = 0;
        using var data = SKData.Create(file);
        using var codec = data is null ? null : SKCodec.Create(data);
        if (codec is null || codec.Info.Width != facts.Width || codec.Info.Height != facts.Height)
        {
            return null;
        }

        var scale = Math.Min(1f, (float)Side / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        if ((long)size.Width * size.Height > MostWhole)
        {
            return null;
        }

        using var whole = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(whole.Info, whole.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        using var upright = Upright(whole, codec.EncodedOrigin);
        using var image = SKImage.FromBitmap(upright);
        using var encoded = image.Encode(SKEncodedImageFormat.Webp, Quality);
        return encoded is null ? null : new SmallPicture(encoded.ToArray(), IsTurned(codec.EncodedOrigin));
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Pictures cannot be decoded on this machine ({Fault}); they are offered for download only")]
    private partial void NotThere(string fault);
}
