namespace Weflux.Simulator.Graph.Media;

/// <summary>File types and sizes that WhatsApp takes.</summary>
internal static class MediaKinds
{
    private const long Mebibyte = 1024 * 1024;

    public const long LargestUpload = 100 * Mebibyte;

    private static readonly Dictionary<string, long> Limits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["audio/aac"] = 16 * Mebibyte,
        ["audio/amr"] = 16 * Mebibyte,
        ["audio/mpeg"] = 16 * Mebibyte,
        ["audio/mp4"] = 16 * Mebibyte,
        ["audio/ogg"] = 16 * Mebibyte,
        ["image/jpeg"] = 5 * Mebibyte,
        ["image/png"] = 5 * Mebibyte,
        ["image/webp"] = 500 * 1024,
        ["video/mp4"] = 16 * Mebibyte,
        ["video/3gpp"] = 16 * Mebibyte,
        ["text/plain"] = LargestUpload,
        ["application/pdf"] = LargestUpload,
        ["application/msword"] = LargestUpload,
        ["application/vnd.ms-excel"] = LargestUpload,
        ["application/vnd.ms-powerpoint"] = LargestUpload,
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = LargestUpload,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = LargestUpload,
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = LargestUpload,
    };

    public static string Names => string.Join(", ", Limits.Keys);

    public static long? LimitOf(string mimeType) =>
        Limits.TryGetValue(mimeType.Split(';')[0].Trim(), out var limit) ? limit : null;
}
