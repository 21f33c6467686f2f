using System.Globalization;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>Values of a template as a person types them.</summary>
internal static class SlotInput
{
    private const char Part = '\n';

    public static IReadOnlyDictionary<string, TemplateValue> Read(IReadOnlyList<TemplateSlot> slots, IReadOnlyDictionary<string, string> raw)
    {
        var values = new Dictionary<string, TemplateValue>(StringComparer.Ordinal);
        foreach (var slot in slots)
        {
            if (raw.GetValueOrDefault(slot.Id) is { } typed && Read(slot, typed) is { } value)
            {
                values[slot.Id] = value;
            }
        }

        return values;
    }

    /// <summary>The uploaded file of a value; null if it names none.</summary>
    public static long? FileId(string raw) =>
        long.TryParse(Parts(raw, 3)[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The parts of a value that has several: of a file its link, its name and its id in the store, of a place latitude, longitude, name and address.</summary>
    public static string[] Parts(string raw, int count)
    {
        var parts = raw.Split(Part);
        return [.. Enumerable.Range(0, count).Select(i => i < parts.Length ? parts[i] : "")];
    }

    public static string Join(IEnumerable<string> parts) => string.Join(Part, parts.Select(p => p.ReplaceLineEndings(" ")));

    private static TemplateValue? Read(TemplateSlot slot, string typed)
    {
        if (slot.IsFile)
        {
            var file = Parts(typed, 3);
            var name = slot.Kind != TemplateSlotKind.Document || string.IsNullOrWhiteSpace(file[1]) ? null : file[1].Trim();
            return FileId(typed) is { } id ? new FileValue(new MediaReference("", "", "", id), null, name)
                : string.IsNullOrWhiteSpace(file[0]) ? null
                : new FileValue(null, file[0].Trim(), name);
        }

        if (slot.Kind == TemplateSlotKind.Location)
        {
            var place = Parts(typed, 4);
            return place.Take(2).All(string.IsNullOrWhiteSpace)
                ? null
                : new LocationValue(Degrees(place[0]), Degrees(place[1]), place[2].Trim() is { Length: > 0 } name ? name : null, place[3].Trim() is { Length: > 0 } address ? address : null);
        }

        return string.IsNullOrWhiteSpace(typed) ? null : new TextValue(typed.Trim());
    }

    // What is no number is no place either, and is told so.
    private static double Degrees(string text) =>
        double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.PositiveInfinity;
}
