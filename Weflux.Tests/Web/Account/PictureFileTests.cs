using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CsCheck;
using Weflux.Web.Account.Profile;

namespace Weflux.Tests.Web.Account;

public sealed class PictureFileTests
{
    private const string Secret = "GPS 51.5 N";

    [Fact]
    public void A_png_loses_its_texts_and_what_hangs_on_behind()
    {
        var clean = PictureFile.Read([.. Png(Secret), .. Encoding.ASCII.GetBytes(Secret)])!;
        clean.ContentType.Should().Be("image/png");
        clean.Bytes.Should().Equal(Png(text: null));
    }

    [Fact]
    public void A_jpeg_loses_the_notes_of_the_camera()
    {
        byte[] head = [0xff, 0xd8];
        byte[] scan = [0xff, 0xda, 0, 4, 1, 2, 10, 20, 0xff, 0, 30, 0xff, 0xd9];
        var notes = Segment(0xe1, "Exif " + Secret).Concat(Segment(0xfe, Secret)).Concat(Segment(0xe2, Secret));
        var tables = Segment(0xdb, "table");

        var clean = PictureFile.Read([.. head, .. notes, .. tables, .. scan, .. Encoding.ASCII.GetBytes(Secret)])!;

        clean.ContentType.Should().Be("image/jpeg");
        clean.Bytes.Should().Equal([.. head, .. tables, .. scan]);
    }

    [Fact]
    public void A_webp_loses_the_notes_of_the_camera_and_promises_none()
    {
        var wide = Chunk("VP8X", [0b0011_1110, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
        var image = Chunk("VP8 ", [1, 2, 3]);
        var clean = PictureFile.Read(Riff([.. wide, .. image, .. Chunk("EXIF", Encoding.ASCII.GetBytes(Secret)), .. Chunk("XMP ", Encoding.ASCII.GetBytes(Secret))]))!;

        clean.ContentType.Should().Be("image/webp");
        clean.Bytes.Should().Equal(Riff([.. Chunk("VP8X", [0b0001_0000, 0, 0, 0, 9, 0, 0, 9, 0, 0]), .. image]));
    }

    [Theory]
    [InlineData("GIF89a..............")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("RIFF....WAVEfmt ....")]
    [InlineData("")]
    public void Other_files_are_no_pictures(string text) => PictureFile.Read(Encoding.ASCII.GetBytes(text)).Should().BeNull();

    [Fact]
    public void A_picture_of_more_than_2_MB_is_refused() =>
        PictureFile.Read([.. Png(null), .. new byte[PictureFile.Largest]]).Should().BeNull();

    [Fact]
    public void Half_a_picture_is_none()
    {
        var whole = Png(null);
        for (var length = 0; length < whole.Length; length++)
        {
            PictureFile.Read(whole.AsSpan(0, length)).Should().BeNull("only {0} bytes are there", length);
        }
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_breaks() => Gen.Select(Gen.Int[0, 2], Gen.Byte.Array[0, 300]).Sample((kind, bytes) =>
    {
        byte[][] heads = [[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], [0xff, 0xd8, 0xff], [.. "RIFF0000WEBP"u8]];
        PictureFile.Read([.. heads[kind], .. bytes]);
    });

    internal static byte[] Png(string? text)
    {
        byte[] size = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0];
        IEnumerable<byte> notes = text is null ? [] : PngChunk("tEXt", Encoding.ASCII.GetBytes("Comment\0" + text)).Concat(PngChunk("eXIf", Encoding.ASCII.GetBytes(text)));
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. PngChunk("IHDR", size), .. notes, .. PngChunk("IDAT", [1, 2, 3]), .. PngChunk("IEND", [])];
    }

    private static byte[] PngChunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var check = Crc32.Hash(named);
        Array.Reverse(check);
        return [.. length, .. named, .. check];
    }

    private static byte[] Segment(byte marker, string text)
    {
        var length = (ushort)(text.Length + 2);
        return [0xff, marker, (byte)(length >> 8), (byte)length, .. Encoding.ASCII.GetBytes(text)];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. data, .. new byte[data.Length % 2]];
    }

    private static byte[] Riff(byte[] chunks)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, chunks.Length + 4);
        return [.. "RIFF"u8, .. length, .. "WEBP"u8, .. chunks];
    }
}
