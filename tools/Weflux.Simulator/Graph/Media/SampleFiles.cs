using System.Globalization;
using System.Text;

namespace Weflux.Simulator.Graph.Media;

/// <summary>A file that a pretend customer sends.</summary>
/// <param name="Type">The kind of message.</param>
internal sealed record SampleFile(string Type, string MimeType, string? Name, byte[] Bytes);

/// <summary>One file of each kind, so that there is always something to send.</summary>
internal static class SampleFiles
{
    /// <summary>The usual file of a kind; null for what is no kind of file.</summary>
    public static SampleFile? Of(string type, bool isAnimated) => type switch
    {
        "image" => new SampleFile(type, "image/png", null, Asset("sample.png")),
        "video" => new SampleFile(type, "video/mp4", null, Asset("sample.mp4")),
        "audio" => new SampleFile(type, "audio/ogg; codecs=opus", null, Asset("sample.ogg")),
        "sticker" => new SampleFile(type, "image/webp", null, Asset(isAnimated ? "animated.webp" : "sample.webp")),
        "document" => new SampleFile(type, "application/pdf", "Price list.pdf", Pdf("Chai & Co. - price list", "Masala chai, 100 g . . . 249.00 INR", "Assam gold, 100 g . . . 199.00 INR")),
        _ => null,
    };

    /// <summary>A page with a few lines of text.</summary>
    private static byte[] Pdf(params string[] lines)
    {
        var text = string.Concat(lines.Select((line, nth) => string.Create(
            CultureInfo.InvariantCulture, $"BT /F1 {(nth == 0 ? 20 : 12)} Tf 60 {760 - (nth * 30)} Td ({line}) Tj ET\n")));
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {text.Length} >>\nstream\n{text}endstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private static byte[] Asset(string name)
    {
        using var stream = typeof(SampleFiles).Assembly.GetManifestResourceStream($"Assets/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
