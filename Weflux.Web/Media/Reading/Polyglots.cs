using System.Buffers.Binary;

namespace Weflux.Web.Media.Reading;

/// <summary>Finds a second file inside a first: a picture that is also a page or an archive.</summary>
internal static class Polyglots
{
    private const int PdfHeadWithin = 1024;
    private const int EndLength = 22;

    private static readonly byte[][] Marks =
    [
        [.. "<script"u8], [.. "<html"u8], [.. "<!doctype"u8], [.. "<svg"u8], [.. "<?php"u8], [.. "<iframe"u8], [.. "javascript:"u8],
    ];

    public static bool Is(FileBytes file, string type)
    {
        var isPackage = type.Contains("openxmlformats", StringComparison.Ordinal) || type == "application/zip";
        if (!isPackage && EndOfZip(file) is not null)
        {
            return true;
        }

        var isMedia = type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal)
            || type.StartsWith("video/", StringComparison.Ordinal);
        return isMedia
            && (file.Head.AsSpan(0, Math.Min(file.Head.Length, PdfHeadWithin)).IndexOf("%PDF-"u8) >= 0 || IsMarked(file.Head) || IsMarked(file.Tail));
    }

    /// <summary>The end record of an archive that ends with the file, as readers of archives look for it; null if there is none.</summary>
    public static ZipEnd? EndOfZip(FileBytes file)
    {
        var tail = file.Tail.AsSpan();
        for (var at = tail.LastIndexOf("PK\x05\x06"u8); at >= 0; at = tail[..at].LastIndexOf("PK\x05\x06"u8))
        {
            var record = tail[at..];
            if (record.Length >= EndLength && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - EndLength)
            {
                return new ZipEnd(BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
            }
        }

        return null;
    }

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

        foreach (var mark in Marks)
        {
            if (lower.AsSpan().IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What an archive says at its end.</summary>
/// <param name="Entries">How many files are in it; 65535 stands for more.</param>
internal readonly record struct ZipEnd(int Entries);
