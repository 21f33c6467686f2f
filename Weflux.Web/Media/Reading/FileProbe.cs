using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>What was found in a file.</summary>
/// <param name="Facts">What it is.</param>
/// <param name="IsHostile">Whether it is two things at once, or is built to burst: such a file is sent by nobody and shown to nobody.</param>
/// <param name="IsRisky">Whether opening it runs something.</param>
internal sealed record FileReport(MediaFacts Facts, bool IsHostile = false, bool IsRisky = false);

/// <summary>
/// Tells what a file is from its bytes alone. Only headers are read: nothing is decoded or unpacked here, so nothing hostile
/// is run through a decoder before its size is known.
/// </summary>
internal static class FileProbe
{
    public const string Html = "text/html";
    public const string Svg = "image/svg+xml";
    public const string Program = "application/x-executable";
    public const string Macros = "application/x-office-with-macros";
    private const string Unknown = "";

    public static FileReport Read(Stream file)
    {
        var bytes = new FileBytes(file);
        if (bytes.Length == 0)
        {
            return new FileReport(new MediaFacts(Unknown, 0));
        }

        var report = Pictures.Read(bytes) ?? Sounds.Read(bytes) ?? Films.Read(bytes) ?? Documents.Read(bytes) ?? Programs(bytes) ?? Texts.Read(bytes)
            ?? new FileReport(new MediaFacts(Unknown, bytes.Length));
        return report.Facts.MimeType.Length > 0 && !report.IsRisky && Polyglots.Is(bytes, report.Facts.MimeType)
            ? report with { IsHostile = true }
            : report;
    }

    private static FileReport? Programs(FileBytes file)
    {
        var isProgram = file.StartsWith("MZ"u8)
            || file.StartsWith([0x7f, (byte)'E', (byte)'L', (byte)'F'])
            || file.StartsWith([0xca, 0xfe, 0xba, 0xbe])
            || file.StartsWith([0xfe, 0xed, 0xfa]) || file.StartsWith([0xce, 0xfa, 0xed, 0xfe]) || file.StartsWith([0xcf, 0xfa, 0xed, 0xfe])
            || file.StartsWith("dex\n"u8)
            || file.StartsWith("#!"u8)
            || file.StartsWith([0x4c, 0, 0, 0, 1, 0x14, 2, 0]);
        return isProgram ? new FileReport(new MediaFacts(Program, file.Length), IsRisky: true) : null;
    }
}
