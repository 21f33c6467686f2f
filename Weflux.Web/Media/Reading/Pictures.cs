using System.Buffers.Binary;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>Sizes of pictures, from their headers.</summary>
internal static class Pictures
{
    private const int MostMarkers = 500;
    private static readonly byte[] PngHead = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static FileReport? Read(FileBytes file)
    {
        var facts = file.StartsWith(PngHead) ? Png(file)
            : file.StartsWith([0xff, 0xd8, 0xff]) ? Jpeg(file)
            : file.StartsWith("RIFF"u8) && file.Has(8, "WEBP"u8) ? WebP(file)
            : file.StartsWith("GIF8"u8) && file.Head.Length >= 10 ? new MediaFacts("image/gif", file.Length)
            {
                Width = BinaryPrimitives.ReadUInt16LittleEndian(file.Head.AsSpan(6)),
                Height = BinaryPrimitives.ReadUInt16LittleEndian(file.Head.AsSpan(8)),
            }
            : null;
        return facts is null ? null : new FileReport(facts);
    }

    private static MediaFacts? Png(FileBytes file)
    {
        if (!file.Has(12, "IHDR"u8) || file.Head.Length < 33)
        {
            return null;
        }

        var head = file.Head.AsSpan();
        return new MediaFacts("image/png", file.Length)
        {
            Width = Bounded(BinaryPrimitives.ReadUInt32BigEndian(head[16..])),
            Height = Bounded(BinaryPrimitives.ReadUInt32BigEndian(head[20..])),
            IsPlayable = head[24] <= 8,
            IsAnimated = head.IndexOf("acTL"u8) is >= 0 and var moving && moving < (uint)head.IndexOf("IDAT"u8),
        };
    }

    private static MediaFacts? Jpeg(FileBytes file)
    {
        var at = 2L;
        for (var marker = 0; marker < MostMarkers; marker++)
        {
            var segment = file.Read(at, 10);
            if (segment.Length < 10 || segment[0] != 0xff)
            {
                return null;
            }

            if (segment[1] == 0xff)
            {
                at++;
                continue;
            }

            if (segment[1] is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return new MediaFacts("image/jpeg", file.Length)
                {
                    Height = BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(5)),
                    Width = BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(7)),
                    IsPlayable = segment[4] == 8 && segment[9] is 1 or 3,
                };
            }

            if (segment[1] is 0xd9 or 0xda)
            {
                return null;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(2));
        }

        return null;
    }

    private static MediaFacts? WebP(FileBytes file)
    {
        var head = file.Head.AsSpan();
        if (head.Length < 30)
        {
            return null;
        }

        var bare = new MediaFacts("image/webp", file.Length);
        if (file.Has(12, "VP8X"u8))
        {
            return bare with
            {
                Width = 1 + (head[24] | (head[25] << 8) | (head[26] << 16)),
                Height = 1 + (head[27] | (head[28] << 8) | (head[29] << 16)),
                IsAnimated = (head[20] & 0x02) != 0,
            };
        }

        if (file.Has(12, "VP8L"u8) && head[20] == 0x2f)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return bare with { Width = 1 + (int)(bits & 0x3fff), Height = 1 + (int)((bits >> 14) & 0x3fff) };
        }

        return file.Has(12, "VP8 "u8)
            ? bare with
            {
                Width = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3fff,
                Height = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3fff,
            }
            : null;
    }

    private static int Bounded(uint length) => (int)Math.Min(length, int.MaxValue);
}
