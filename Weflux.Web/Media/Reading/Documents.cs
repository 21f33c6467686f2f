using System.Buffers.Binary;
using System.Text;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>Documents: PDF, the old and the new formats of office programs, and what else comes as a zip.</summary>
internal static class Documents
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private static readonly byte[] OldHead = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    public static FileReport? Read(FileBytes file) =>
        file.StartsWith("%PDF-"u8) ? new FileReport(new MediaFacts("application/pdf", file.Length))
        : file.StartsWith(OldHead) ? Old(file)
        : file.StartsWith("PK\x03\x04"u8) ? Zip(file)
        : null;

    /// <summary>A compound file is named after the streams in its first directory sector.</summary>
    private static FileReport Old(FileBytes file)
    {
        var head = file.Head.AsSpan();
        var type = "";
        if (head.Length >= 52)
        {
            var sector = 1 << Math.Clamp((int)BinaryPrimitives.ReadUInt16LittleEndian(head[30..]), 9, 12);
            var directory = file.Read((BinaryPrimitives.ReadUInt32LittleEndian(head[48..]) + 1L) * sector, sector * 4);
            type = Holds(directory, "WordDocument") ? "application/msword"
                : Holds(directory, "Workbook") || Holds(directory, "Book") ? "application/vnd.ms-excel"
                : Holds(directory, "PowerPoint Document") ? "application/vnd.ms-powerpoint"
                : "";
        }

        // Installers come in the same format.
        return new FileReport(new MediaFacts(type, file.Length), IsRisky: type.Length == 0);
    }

    private static bool Holds(ReadOnlySpan<byte> directory, string name) => directory.IndexOf(Encoding.Unicode.GetBytes(name + "\0")) >= 0;

    private static FileReport Zip(FileBytes file)
    {
        var plain = new FileReport(new MediaFacts("application/zip", file.Length));
        return ZipDirectory.Names(file) is { } names && !names.Any(IsAstray)
            ? Named(names, file.Length) ?? plain
            : plain with { IsHostile = true };
    }

    private static FileReport? Named(IReadOnlyList<string> names, long length)
    {
        if (names.Any(n => n is "META-INF/MANIFEST.MF" or "AndroidManifest.xml"))
        {
            return new FileReport(new MediaFacts(FileProbe.Program, length), IsRisky: true);
        }

        if (!names.Contains("[Content_Types].xml", StringComparer.Ordinal))
        {
            return null;
        }

        if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
        {
            return new FileReport(new MediaFacts(FileProbe.Macros, length), IsRisky: true);
        }

        var type = Has("word/") ? "wordprocessingml.document" : Has("xl/") ? "spreadsheetml.sheet" : Has("ppt/") ? "presentationml.presentation" : null;
        return type is null ? null : new FileReport(new MediaFacts(OpenXml + type, length));

        bool Has(string folder) => names.Any(n => n.StartsWith(folder, StringComparison.Ordinal));
    }

    private static bool IsAstray(string name) =>
        name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal)
        || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);
}
