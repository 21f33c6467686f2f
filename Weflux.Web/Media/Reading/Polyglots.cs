using System.Buffers.Binary;

namespace Weflux.Web.Media.Reading;

/// <summary>Finds a second file inside a first: a picture that is also a page or an archive.</summary>
internal static class Polyglots
{
    /// <summary>Browsers guess by the first half of this, readers of PDF look so far.</summary>
    private const int Beginning = 1024;

    /// <summary>A page hung behind a film or picture: what reads from the end finds it here.</summary>
    private const int Ending = 1024;
    private const int EndLength = 22;

    private static readonly byte[][] Tags =
        [[.. "<script"u8], [.. "<html"u8], [.. "<!doctype html"u8], [.. "<svg"u8], [.. "<?php"u8], [.. "<iframe"u8]];

    public static bool Is(FileBytes file, string type)
    {
        var isPackage = type.Contains("openxmlformats", StringComparison.Ordinal) || type == "application/zip";
        if (!isPackage && EndOfZip(file) is not null)
        {
            return true;
        }

        var isMedia = type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal)
            || type.StartsWith("video/", StringComparison.Ordinal);
        var beginning = file.Head.AsSpan(0, Math.Min(file.Head.Length, Beginning));
        return isMedia
            && (beginning.IndexOf("%PDF-"u8) >= 0 || IsMarked(beginning) || IsMarked(file.Tail.AsSpan(Math.Max(0, file.Tail.Length - Ending))));
    }

    /// <summary>Where the end record of an archive begins that ends with the file, as readers of archives look for it; null if there is none.</summary>
    public static long? EndOfZip(FileBytes file)
    {
        var tail = file.Tail.AsSpan();
        for (var at = tail.LastIndexOf("PK\x05\x06"u8); at >= 0; at = tail[..at].LastIndexOf("PK\x05\x06"u8))
        {
            var record = tail[at..];
            if (record.Length >= EndLength && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - EndLength)
            {
                return file.Length - tail.Length + at;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a tag stands there, and not only its letters: packed pictures have those by chance, one in some thousands. A
    /// tag's name is followed by a blank, a slash or its end.
    /// </summary>
    private static bool IsMarked(ReadOnlySpan<byte> bytes)
    {
        var lower = bytes.ToArray();
        foreach (ref var one in lower.AsSpan())
        {
            if (one is >= (byte)'A' and <= (byte)'Z')
            {
                one |= 0x20;
            }
        }

        return Array.Exists(Tags, tag =>
        {
            for (var at = lower.AsSpan().IndexOf(tag); at >= 0;)
            {
                if (at + tag.Length >= lower.Length || lower[at + tag.Length] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'/' or (byte)'>')
                {
                    return true;
                }

                var next = lower.AsSpan(at + 1).IndexOf(tag);
                at = next < 0 ? -1 : at + 1 + next;
            }

            return false;
        });
    }
}
