using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Media;
using Weflux.Web.Media.Reading;

namespace Weflux.Tests.Web.Media;

public sealed class FileProbeTests
{
    public static TheoryData<string, byte[], string> Known => new()
    {
        { "a PNG picture", Samples.Png, "image/png" },
        { "a JPEG picture", Samples.Jpeg(), "image/jpeg" },
        { "a sticker", Samples.Sticker, "image/webp" },
        { "a voice note", Samples.Voice, "audio/ogg" },
        { "a film", Samples.Film, "video/mp4" },
        { "a PDF", Samples.Pdf, "application/pdf" },
        { "a Word file", Samples.Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "an Excel file", Samples.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "an old Word file", OldOffice("WordDocument"), "application/msword" },
        { "an old Excel file", OldOffice("Workbook"), "application/vnd.ms-excel" },
        { "an old PowerPoint file", OldOffice("PowerPoint Document"), "application/vnd.ms-powerpoint" },
        { "a text", "Grüße\r\n\tzwei Zeilen"u8.ToArray(), "text/plain" },
        { "an AMR sound", [.. "#!AMR\n"u8, 1, 2, 3], "audio/amr" },
        { "an MP3 with tags", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0], "audio/mpeg" },
        { "a bare MP3", [0xff, 0xfb, 0x90, 0x64, 0, 0], "audio/mpeg" },
        { "an AAC sound", [0xff, 0xf1, 0x50, 0x80, 0, 0], "audio/aac" },
    };

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "a picture with an archive behind it", Samples.PictureAndArchive },
        { "a picture with a page inside", [.. Samples.Png, .. "<script>alert(1)</script>"u8] },
        { "a sound with a page inside", [.. Samples.Voice, .. "<HTML><body>"u8] },
        { "a picture with a PDF inside", [.. Samples.Png[..100], .. "%PDF-1.4"u8, .. Samples.Png[100..]] },
        { "a PDF with an archive behind it", [.. Samples.Pdf, .. Samples.Zip(("a.txt", "a"))] },
        { "an archive that leads out of its folder", Samples.Zip(("../../etc/passwd", "x")) },
        { "an archive with an absolute path", Samples.Zip(("/etc/passwd", "x")) },
        { "an archive with a Windows path", Samples.Zip(("..\\evil.txt", "x")) },
        { "an archive cut short", Samples.Docx[..^30] },
    };

    public static TheoryData<string, byte[], string> Risky => new()
    {
        { "an SVG picture", Samples.Svg, FileProbe.Svg },
        { "a page", Samples.Html, FileProbe.Html },
        { "a page that begins with blanks", [.. new string(' ', 900).Select(c => (byte)c), .. "<script>"u8], FileProbe.Html },
        { "a Windows program", Samples.Program, FileProbe.Program },
        { "a Linux program", [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1], FileProbe.Program },
        { "a script", "#!/bin/sh\nrm -rf /"u8.ToArray(), FileProbe.Program },
        { "an Android package", Samples.Zip(("AndroidManifest.xml", "x"), ("classes.dex", "x")), FileProbe.Program },
        { "a Word file with macros", Samples.Zip(("[Content_Types].xml", "x"), ("word/vbaProject.bin", "x")), FileProbe.Macros },
        { "an installer in the format of old office files", OldOffice("Installer"), "" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_file_is_known_by_its_bytes(string what, byte[] bytes, string type)
    {
        var report = Read(bytes);

        report.Facts.MimeType.Should().Be(type, what);
        report.Should().Match<FileReport>(r => !r.IsHostile && !r.IsRisky, what);
        report.Facts.Size.Should().Be(bytes.Length);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_two_things_at_once_or_leads_astray_is_hostile(string what, byte[] bytes) =>
        Read(bytes).IsHostile.Should().BeTrue(what);

    [Theory]
    [MemberData(nameof(Risky))]
    public void What_runs_when_it_is_opened_is_risky_and_nothing_that_WhatsApp_takes(string what, byte[] bytes, string type)
    {
        var report = Read(bytes);

        (report.Facts.MimeType, report.IsRisky).Should().Be((type, true), what);
        MediaLimits.KindOf(report.Facts.MimeType).Should().BeNull(what);
    }

    [Fact]
    public void Nothing_is_nothing() => Read([]).Facts.Should().Be(new MediaFacts("", 0));

    [Fact]
    public void Sizes_and_codings_come_from_the_headers()
    {
        Read(Samples.Jpeg(800, 600)).Facts.Should().Match<MediaFacts>(f => f.Width == 800 && f.Height == 600 && f.IsPlayable);
        Read(Samples.Sticker).Facts.Should().Match<MediaFacts>(f => f.Width == 512 && f.Height == 512 && !f.IsAnimated);
        Read(Samples.MovingSticker).Facts.Should().Match<MediaFacts>(f => f.Width == 512 && f.IsAnimated);
        Read(Samples.Film).Facts.Should().Match<MediaFacts>(f => f.Width == 240 && f.Height == 180 && f.IsPlayable);
        Read(Samples.Voice).Facts.Should().Match<MediaFacts>(f => f.Channels == 1 && f.IsPlayable);
        Read([.. "OggS"u8, .. new byte[24], .. "\x01vorbis"u8]).Facts.IsPlayable.Should().BeFalse("OGG is taken with Opus alone");
        var deep = Samples.Png.ToArray();
        deep[24] = 16;
        Read(deep).Facts.IsPlayable.Should().BeFalse("16 bits are not taken");
        Read([.. Samples.Film.AsSpan().ToArray().Select(b => b)]).Facts.IsPlayable.Should().BeTrue();
        Read(Replace(Samples.Film, "avc1"u8, "hvc1"u8)).Facts.IsPlayable.Should().BeFalse("H.265 is not taken");
    }

    [Fact]
    public async Task A_bomb_is_known_by_its_header_and_never_decoded()
    {
        var facts = Read(Samples.Bomb()).Facts;

        facts.Pixels.Should().Be(3_600_000_000);
        MediaLimits.Check(MediaKind.Image, facts).Should().Be(MediaRefusal.TooManyPixels);
        (await ThumbnailAsync(Samples.Bomb())).Should().BeNull();
    }

    [Fact]
    public async Task A_header_that_lies_about_the_size_is_not_decoded()
    {
        using var thumbnails = new Thumbnails(NullLogger<Thumbnails>.Instance);
        var lie = Read(Samples.Jpeg(800, 600)).Facts with { Width = 10, Height = 10 };

        (await thumbnails.MakeAsync(new MemoryStream(Samples.Jpeg(800, 600)), lie, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Small_pictures_are_small_upright_and_without_the_cameras_notes()
    {
        var small = (await ThumbnailAsync(Samples.Jpeg(3000, 1500)))!;
        using (var bitmap = SKBitmap.Decode(small))
        {
            (bitmap.Width, bitmap.Height).Should().Be((Thumbnails.Side, Thumbnails.Side / 2));
        }

        using var upright = SKBitmap.Decode((await ThumbnailAsync(Samples.SidewaysJpeg()))!);
        (upright.Width, upright.Height).Should().Be((200, 400));
        Read(small).Facts.MimeType.Should().Be("image/webp");
        small.AsSpan().IndexOf("Exif"u8).Should().Be(-1);
    }

    [Fact]
    public async Task What_is_no_picture_or_a_broken_one_has_no_small_picture()
    {
        (await ThumbnailAsync(Samples.Voice)).Should().BeNull();
        (await ThumbnailAsync(Samples.Svg)).Should().BeNull();
        (await ThumbnailAsync([.. Samples.Png[..40], .. new byte[400]])).Should().BeNull();
    }

    [Fact]
    public void No_bytes_make_the_probe_throw() => Gen.OneOf(
            Gen.Byte.Array[0, 400],
            from start in Among(Samples.Png, Samples.Film, Samples.Voice, Samples.Sticker, Samples.Docx, Samples.Pdf, Samples.Jpeg(64, 64), OldOffice("Book"))
            from cut in Gen.Int[0, 400]
            from changes in Gen.Select(Gen.Int[0, 300], Gen.Byte).Array[0, 12]
            select Change(start, cut, changes))
        .Sample(bytes =>
        {
            Read(bytes).Facts.Size.Should().Be(bytes.Length);
        }, iter: 3000);

    private static Gen<T> Among<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static byte[] Change(byte[] bytes, int cut, (int At, byte Value)[] changes)
    {
        var changed = bytes[..^Math.Min(cut, bytes.Length)].ToArray();
        foreach (var (at, value) in changes.Where(c => c.At < changed.Length))
        {
            changed[at] = value;
        }

        return changed;
    }

    private static async Task<byte[]?> ThumbnailAsync(byte[] bytes)
    {
        using var thumbnails = new Thumbnails(NullLogger<Thumbnails>.Instance);
        return (await thumbnails.MakeAsync(new MemoryStream(bytes), Read(bytes).Facts, CancellationToken.None))?.Bytes;
    }

    private static FileReport Read(byte[] bytes) => FileProbe.Read(new MemoryStream(bytes));

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> by)
    {
        var changed = bytes.ToArray();
        for (var at = changed.AsSpan().IndexOf(old); at >= 0; at = changed.AsSpan().IndexOf(old))
        {
            by.CopyTo(changed.AsSpan(at));
        }

        return changed;
    }

    /// <summary>The head of a compound file and the one directory entry that names it.</summary>
    private static byte[] OldOffice(string stream)
    {
        var file = new byte[4096];
        ((byte[])[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).CopyTo(file, 0);
        file[30] = 9;
        file[48] = 1;
        System.Text.Encoding.Unicode.GetBytes(stream).CopyTo(file, 1024);
        return file;
    }
}
