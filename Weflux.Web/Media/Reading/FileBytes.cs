namespace Weflux.Web.Media.Reading;

/// <summary>A file to look into: its beginning and its end in memory, the rest where it lies.</summary>
internal sealed class FileBytes
{
    private const int EdgeLength = 64 * 1024;
    private readonly Stream _file;

    public FileBytes(Stream file)
    {
        _file = file;
        Length = file.Length;
        Head = Read(0, EdgeLength);
        Tail = Read(Math.Max(0, Length - EdgeLength), EdgeLength);
    }

    public long Length { get; }

    public byte[] Head { get; }

    public byte[] Tail { get; }

    public Stream Whole
    {
        get
        {
            _file.Position = 0;
            return _file;
        }
    }

    /// <summary>What stands at a place; shorter if the file ends before.</summary>
    public byte[] Read(long at, int most)
    {
        var length = (int)Math.Clamp(Length - at, 0, most);
        var bytes = new byte[length];
        _file.Position = Math.Min(at, Length);
        return bytes[.._file.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    public bool StartsWith(ReadOnlySpan<byte> magic) => Head.AsSpan().StartsWith(magic);

    public bool Has(int at, ReadOnlySpan<byte> magic) => Head.Length >= at + magic.Length && Head.AsSpan(at).StartsWith(magic);
}
