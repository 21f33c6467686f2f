using System.Buffers.Binary;

namespace Weflux.Web.Account.Profile;

/// <summary>A picture as it may be stored and served.</summary>
public sealed record CleanPicture(string ContentType, byte[] Bytes);

/// <summary>
/// Reads a picture by its bytes and rebuilds it from the parts that draw it. Where it was taken, by whom and with what,
/// and whatever hangs on behind, stays out. Nothing is decoded, so nothing hostile is run through a decoder here.
/// </summary>
public static class PictureFile
{
    public const int Largest = 2 * 1024 * 1024;
    internal const string TooLarge = "A picture has at most 2 MB. Choose a smaller one.";

    private static readonly byte[] PngHead = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    // What draws the picture and its colours; texts, times and camera notes are other chunks.
    private static readonly string[] PngChunks = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "IDAT", "IEND"];
    private static readonly string[] WebPChunks = ["VP8 ", "VP8L", "VP8X", "ALPH"];

    /// <summary>The picture without its notes; null if the bytes are no whole PNG, JPEG or WebP picture.</summary>
    public static CleanPicture? Read(ReadOnlySpan<byte> file) =>
        file.Length is < 12 or > Largest ? null
        : file.StartsWith(PngHead) ? As("image/png", Png(file))
        : file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? As("image/jpeg", Jpeg(file))
        : file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? As("image/webp", WebP(file))
        : null;

    private static CleanPicture? As(string type, byte[]? bytes) => bytes is null ? null : new CleanPicture(type, bytes);

    private static byte[]? Png(ReadOnlySpan<byte> file)
    {
        var output = new List<byte>(file.Length);
        output.AddRange(PngHead);
        for (var at = PngHead.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return null;
            }

            var name = System.Text.Encoding.ASCII.GetString(file.Slice(at + 4, 4));
            var whole = file.Slice(at, (int)length + 12);
            if (PngChunks.Contains(name, StringComparer.Ordinal))
            {
                output.AddRange(whole);
            }

            if (name == "IEND")
            {
                return output.Count > PngHead.Length + 12 ? [.. output] : null;
            }

            at += whole.Length;
        }

        return null;
    }

    private static byte[]? Jpeg(ReadOnlySpan<byte> file)
    {
        var output = new List<byte>(file.Length);
        output.AddRange(file[..2]);
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xff;)
        {
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) + 2;
            if (length < 4 || at + length > file.Length)
            {
                return null;
            }

            if (marker == 0xda)
            {
                return Scan(file[at..], output);
            }

            // Application notes and comments are left out, but for Adobe's, without which some colours are wrong.
            if (marker is not ((>= 0xe0 and <= 0xef) or 0xfe) || marker == 0xee)
            {
                output.AddRange(file.Slice(at, length));
            }

            at += length;
        }

        return null;
    }

    /// <summary>Everything from the first scan up to the end of the picture; what hangs on behind it is left out.</summary>
    private static byte[]? Scan(ReadOnlySpan<byte> rest, List<byte> output)
    {
        var end = rest.IndexOf((ReadOnlySpan<byte>)[0xff, 0xd9]);
        if (end < 0)
        {
            return null;
        }

        output.AddRange(rest[..(end + 2)]);
        return [.. output];
    }

    private static byte[]? WebP(ReadOnlySpan<byte> file)
    {
        var output = new List<byte>(file.Length);
        output.AddRange(file[..12]);
        var hasImage = false;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8)
            {
                return null;
            }

            var padded = Math.Min((int)length + 8 + (int)(length & 1), file.Length - at);
            var name = System.Text.Encoding.ASCII.GetString(file.Slice(at, 4));
            if (WebPChunks.Contains(name, StringComparer.Ordinal))
            {
                var chunk = file.Slice(at, padded).ToArray();
                if (name == "VP8X" && length >= 10)
                {
                    // The flags that promise colours, camera notes and a life of its own, which are left out.
                    chunk[8] &= 0b0001_0000;
                }

                output.AddRange(chunk);
                hasImage |= name is "VP8 " or "VP8L";
            }

            at += padded;
        }

        if (!hasImage)
        {
            return null;
        }

        var bytes = output.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return bytes;
    }
}
