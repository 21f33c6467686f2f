using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Api.Sending;

/// <summary>Reads what a program fills a template with. Whether each value is right is the template's to say.</summary>
internal static class TemplateValues
{
    /// <returns>The values by the id of their place; null if there are not as many as there are places left for them.</returns>
    public static IReadOnlyDictionary<string, TemplateValue>? Read(Template template, TemplateToSend given)
    {
        var filled = new Dictionary<string, TemplateValue>(StringComparer.Ordinal);
        foreach (var file in (given.Files ?? []).OfType<ApiTemplateFile>().Where(f => f.Slot is not null))
        {
            filled[file.Slot!] = new FileValue(file.FileId is { } id ? new MediaReference("", "", "", id) : null, null, file.FileName);
        }

        var slots = template.Slots();
        if (given.Location is { } place && slots.FirstOrDefault(s => s.Kind == TemplateSlotKind.Location) is { } where)
        {
            filled[where.Id] = new LocationValue(
                place.Latitude ?? double.PositiveInfinity, place.Longitude ?? double.PositiveInfinity, place.Name, place.Address);
        }

        var values = (given.Values ?? []).OfType<string>().ToList();
        var open = slots.Where(s => !filled.ContainsKey(s.Id)).ToList();
        if (open.Count != values.Count)
        {
            return null;
        }

        foreach (var (slot, value) in open.Zip(values))
        {
            filled[slot.Id] = slot.IsFile ? new FileValue(null, value) : new TextValue(value);
        }

        return filled;
    }
}
