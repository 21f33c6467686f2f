using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>Sound files by their first frame or page.</summary>
internal static class Sounds
{
    private const int ChannelsAt = 9;

    public static FileReport? Read(FileBytes file)
    {
        var head = file.Head.AsSpan();
        var facts =
            file.StartsWith("OggS"u8) ? Ogg(file)
            : file.StartsWith("#!AMR"u8) ? new MediaFacts("audio/amr", file.Length)
            : file.StartsWith("ID3"u8) ? new MediaFacts("audio/mpeg", file.Length)
            : head.Length >= 4 && head[0] == 0xff && (head[1] & 0xf6) == 0xf0 ? new MediaFacts("audio/aac", file.Length)
            : head.Length >= 4 && head[0] == 0xff && head[1] is 0xfb or 0xfa or 0xf3 or 0xf2 or 0xe3 or 0xe2
                && head[2] >> 4 is not (0 or 15) && ((head[2] >> 2) & 3) != 3 ? new MediaFacts("audio/mpeg", file.Length)
            : file.StartsWith("RIFF"u8) && file.Has(8, "WAVE"u8) ? new MediaFacts("audio/wav", file.Length)
            : null;
        return facts is null ? null : new FileReport(facts);
    }

    private static MediaFacts Ogg(FileBytes file)
    {
        // The first page holds the head of the stream and nothing else.
        var first = file.Head.AsSpan(0, Math.Min(file.Head.Length, 512));
        var opus = first.IndexOf("OpusHead"u8);
        return opus >= 0 && opus + ChannelsAt < first.Length
            ? new MediaFacts("audio/ogg", file.Length) { Channels = first[opus + ChannelsAt] }
            : new MediaFacts("audio/ogg", file.Length) { IsPlayable = false };
    }
}
