using System.Buffers.Binary;
using System.Text;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>Films and sounds in boxes (ISO 14496-12): which tracks they have and how those are coded.</summary>
internal static class Films
{
    private const int MostMovie = 16 * 1024 * 1024;
    private const int MostBoxes = 10_000;
    private const int BoxHead = 8;

    // The containers that lead to how a track is coded.
    private static readonly string[] Outer = ["moov", "trak", "mdia", "minf", "stbl"];
    private static readonly string[] NotFilms = ["heic", "heix", "heim", "mif1", "msf1", "avif", "avis"];

    public static FileReport? Read(FileBytes file)
    {
        if (!file.Has(4, "ftyp"u8) || file.Head.Length < 12)
        {
            return null;
        }

        var brand = Encoding.Latin1.GetString(file.Head, 8, 4);
        if (NotFilms.Contains(brand, StringComparer.Ordinal))
        {
            return new FileReport(new MediaFacts("image/heic", file.Length));
        }

        var tracks = Movie(file) is { } movie ? Tracks(movie) : new TrackList();
        var hasFilm = tracks.Films.Count > 0;
        var type = brand.StartsWith("qt", StringComparison.Ordinal) ? "video/quicktime"
            : !hasFilm && (tracks.Sounds.Count > 0 || brand.StartsWith("M4", StringComparison.Ordinal)) ? "audio/mp4"
            : brand.StartsWith("3g", StringComparison.Ordinal) ? "video/3gpp"
            : "video/mp4";
        return new FileReport(new MediaFacts(type, file.Length)
        {
            Width = tracks.Width,
            Height = tracks.Height,
            IsPlayable = tracks.Sounds.Count <= 1
                && tracks.Films.TrueForAll(c => c is "avc1" or "avc3")
                && tracks.Sounds.TrueForAll(c => c == "mp4a")
                && (hasFilm || tracks.Sounds.Count > 0),
        });
    }

    private static byte[]? Movie(FileBytes file)
    {
        var at = 0L;
        for (var i = 0; i < MostBoxes; i++)
        {
            var head = file.Read(at, BoxHead * 2);
            if (head.Length < BoxHead)
            {
                return null;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length == 1 && head.Length == BoxHead * 2)
            {
                length = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(BoxHead)), long.MaxValue / 2);
            }

            if (head.AsSpan(4, 4).SequenceEqual("moov"u8))
            {
                return length is > BoxHead and <= MostMovie ? file.Read(at, (int)length) : null;
            }

            if (length < BoxHead)
            {
                return null;
            }

            at += length;
        }

        return null;
    }

    private static TrackList Tracks(byte[] movie)
    {
        var (found, boxes) = (new TrackList(), 0);
        Walk(movie, found, ref boxes);
        return found;
    }

    private static void Walk(ReadOnlySpan<byte> inside, TrackList found, ref int boxes)
    {
        while (inside.Length >= BoxHead && ++boxes < MostBoxes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(inside);
            if (length < BoxHead || length > inside.Length)
            {
                return;
            }

            var name = Encoding.Latin1.GetString(inside.Slice(4, 4));
            var body = inside[BoxHead..(int)length];
            if (Outer.Contains(name, StringComparer.Ordinal))
            {
                Walk(body, found, ref boxes);
            }
            else
            {
                found.Hear(name, body);
            }

            inside = inside[(int)length..];
        }
    }

    private sealed class TrackList
    {
        private string _handler = "";
        private (int Width, int Height) _size;

        public List<string> Films { get; } = [];

        public List<string> Sounds { get; } = [];

        public int? Width { get; private set; }

        public int? Height { get; private set; }

        public void Hear(string box, ReadOnlySpan<byte> body)
        {
            switch (box)
            {
                case "tkhd" when body.Length >= 8:
                    // Width and height are the last two numbers, in sixteenths of sixteen bits.
                    _size = (BinaryPrimitives.ReadUInt16BigEndian(body[^8..]), BinaryPrimitives.ReadUInt16BigEndian(body[^4..]));
                    break;
                case "hdlr" when body.Length >= 12:
                    _handler = Encoding.Latin1.GetString(body.Slice(8, 4));
                    break;
                case "stsd" when body.Length >= 16:
                    Note(Encoding.Latin1.GetString(body.Slice(12, 4)));
                    break;
            }
        }

        private void Note(string coding)
        {
            if (_handler == "vide")
            {
                Films.Add(coding);
                (Width, Height) = _size;
            }
            else if (_handler == "soun")
            {
                Sounds.Add(coding);
            }
        }
    }
}
