using System.Buffers.Binary;

namespace Weflux.Web.Media.Reading;

/// <summary>
/// How often a JPEG draws itself over itself. A progressive one has about ten scans; a decoder works through the whole
/// picture for each, so thousands of them hold a machine for minutes.
/// </summary>
internal static class JpegScans
{
    private const int Most = 100;
    private const long MostPixels = 1_500_000_000;
    private const int Chunk = 64 * 1024;
    private const byte Start = 0xda;
    private const byte End = 0xd9;

    /// <summary>Whether decoding it takes longer than a picture is worth.</summary>
    public static bool AreTooMany(Stream file, long pixels)
    {
        var most = Math.Min(Most, Math.Max(1, MostPixels / Math.Max(1, pixels)));
        return Count(file, most + 1) > most;
    }

    /// <summary>Counts scans up to a number that is enough to know.</summary>
    internal static long Count(Stream file, long enough)
    {
        var bytes = new byte[Chunk];
        var (scans, skip) = (0L, 2L);
        file.Position = 0;
        var (held, at) = (0, 0L);
        while (scans < enough)
        {
            // What lies between is data of a segment, which may hold anything.
            file.Position = at + skip;
            at = file.Position;
            held = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (held < 2)
            {
                break;
            }

            (skip, var isEnd) = Step(bytes.AsSpan(0, held), ref scans, enough);
            if (isEnd)
            {
                break;
            }
        }

        return scans;
    }

    /// <summary>Goes through markers as far as the bytes reach.</summary>
    /// <returns>Where to go on, and whether the picture is over.</returns>
    private static (long Next, bool IsEnd) Step(ReadOnlySpan<byte> bytes, ref long scans, long enough)
    {
        var at = 0;
        while (at + 4 <= bytes.Length && scans < enough)
        {
            var marker = bytes[at..].IndexOf((byte)0xff);
            if (marker < 0)
            {
                return (bytes.Length, false);
            }

            at += marker;
            if (at + 4 > bytes.Length)
            {
                break;
            }

            var kind = bytes[at + 1];
            if (kind == 0xff)
            {
                at++;
            }
            else if (kind is 0 or 1 or (>= 0xd0 and <= 0xd8))
            {
                // Not a marker, or one without a segment.
                at += 2;
            }
            else if (kind == End)
            {
                return (at, true);
            }
            else
            {
                scans += kind == Start ? 1 : 0;
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            }
        }

        return (at, bytes.Length < Chunk && at + 4 > bytes.Length);
    }
}
