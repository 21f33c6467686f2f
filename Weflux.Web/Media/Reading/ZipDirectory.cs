using System.Buffers.Binary;
using System.Text;

namespace Weflux.Web.Media.Reading;

/// <summary>
/// The list of files at the end of an archive, walked within bounds: whatever it says of itself, no more of it is read than
/// an office file has. An archive that says two things of one matter is none.
/// </summary>
internal static class ZipDirectory
{
    private const int MostEntries = 20_000;
    private const int MostBytes = 8 * 1024 * 1024;
    private const long MostUnpacked = 2L * 1024 * 1024 * 1024;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LargeEndLength = 56;
    private const int EntryLength = 46;
    private const ushort LargeField = 1;

    /// <summary>The names in an archive; null if there is none, it is no sound archive, or it is built to burst.</summary>
    public static IReadOnlyList<string>? Names(FileBytes file) =>
        Polyglots.EndOfZip(file) is { } at && End(file, at) is { Count: > 0 and <= MostEntries, Length: <= MostBytes } end
        && end.At >= 0 && end.Length >= 0 && end.At <= at && end.Length <= at - end.At
            ? Walk(file.Read(end.At, (int)end.Length), (int)end.Count)
            : null;

    /// <summary>What the end record says, or what the larger one says where the numbers do not fit into the first.</summary>
    private static Place? End(FileBytes file, long at)
    {
        var record = file.Read(at, EndLength).AsSpan();
        var small = new Place(
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
        var locator = file.Read(Math.Max(0, at - LocatorLength), LocatorLength).AsSpan();
        if (at < LocatorLength || !locator.StartsWith("PK\x06\x07"u8))
        {
            return small is { Count: < ushort.MaxValue, Length: < uint.MaxValue, At: < uint.MaxValue } ? small : null;
        }

        var large = file.Read((long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]), (ulong)file.Length), LargeEndLength).AsSpan();
        if (large.Length < LargeEndLength || !large.StartsWith("PK\x06\x06"u8))
        {
            return null;
        }

        var said = new Place(Number(large[32..]), Number(large[40..]), Number(large[48..]));
        return (small.Count is ushort.MaxValue || small.Count == said.Count)
            && (small.Length is uint.MaxValue || small.Length == said.Length)
            && (small.At is uint.MaxValue || small.At == said.At)
                ? said
                : null;
    }

    private static List<string>? Walk(ReadOnlySpan<byte> entries, int count)
    {
        var names = new List<string>(count);
        var unpacked = 0L;
        for (var i = 0; i < count; i++)
        {
            if (entries.Length < EntryLength || !entries.StartsWith("PK\x01\x02"u8))
            {
                return null;
            }

            var (name, extra, comment) = (Short(entries[28..]), Short(entries[30..]), Short(entries[32..]));
            if (entries.Length < EntryLength + name + extra + comment)
            {
                return null;
            }

            unpacked += Unpacked(entries, entries.Slice(EntryLength + name, extra));
            if (unpacked > MostUnpacked)
            {
                return null;
            }

            names.Add(Encoding.UTF8.GetString(entries.Slice(EntryLength, name)));
            entries = entries[(EntryLength + name + extra + comment)..];
        }

        // More files than were counted are files that somebody hid.
        return entries.Length >= EntryLength && entries.StartsWith("PK\x01\x02"u8) ? null : names;
    }

    /// <summary>How large a file is unpacked; more than may be if that cannot be told.</summary>
    private static long Unpacked(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        if (size != uint.MaxValue)
        {
            return size;
        }

        while (extra.Length >= 4)
        {
            var length = Short(extra[2..]);
            if (extra.Length < 4 + length)
            {
                break;
            }

            if (Short(extra) == LargeField && length >= 8)
            {
                return Math.Min(Number(extra[4..]), MostUnpacked + 1);
            }

            extra = extra[(4 + length)..];
        }

        return MostUnpacked + 1;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static long Number(ReadOnlySpan<byte> bytes) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes), long.MaxValue / 4);

    private sealed record Place(long Count, long Length, long At);
}
