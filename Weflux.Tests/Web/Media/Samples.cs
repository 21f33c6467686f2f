using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;
using Weflux.Simulator;

namespace Weflux.Tests.Web.Media;

/// <summary>Files of every kind: those that the pretend phone sends, and those that nobody should.</summary>
internal static class Samples
{
    public static byte[] Png => Of("sample.png");

    public static byte[] Voice => Of("sample.ogg");

    public static byte[] Film => Of("sample.mp4");

    public static byte[] Sticker => Of("sample.webp");

    public static byte[] MovingSticker => Of("animated.webp");

    public static byte[] Pdf => Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static byte[] Docx => Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>"));

    public static byte[] Xlsx => Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"));

    public static byte[] Svg => "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray();

    public static byte[] Html => "<!DOCTYPE html><html><script>alert(1)</script></html>"u8.ToArray();

    public static byte[] Program => [(byte)'M', (byte)'Z', .. new byte[200]];

    public static byte[] Jpeg(int width = 800, int height = 600)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        using var image = SKImage.FromBitmap(bitmap);
        return image.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray();
    }

    /// <summary>A picture held sideways: the camera noted that it must be turned.</summary>
    public static byte[] SidewaysJpeg()
    {
        byte[] turned = [0xff, 0xe1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        var plain = Jpeg(400, 200);
        return [.. plain[..2], .. turned, .. plain[2..]];
    }

    /// <summary>A few bytes that promise a picture larger than any memory.</summary>
    public static byte[] Bomb(int side = 60_000)
    {
        var png = Png.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), side);
        return png;
    }

    /// <summary>A picture that is an archive as well.</summary>
    public static byte[] PictureAndArchive => [.. Png, .. Zip(("evil.txt", "evil"))];

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The same bytes with others at a place.</summary>
    public static byte[] With(this byte[] bytes, Index at, params byte[] others)
    {
        var changed = bytes.ToArray();
        others.CopyTo(changed, at.GetOffset(changed.Length));
        return changed;
    }

    public static byte[] Of(string name)
    {
        using var stream = typeof(SimulatorSetup).Assembly.GetManifestResourceStream($"Assets/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
