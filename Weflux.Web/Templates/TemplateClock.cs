using System.Globalization;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>Times of the pages about templates, in the reader's chosen zone.</summary>
internal sealed class TemplateClock(TimeZoneInfo zone)
{
    public static TemplateClock Of(string? name) => new(name is null ? TimeZoneInfo.Utc : WorkspaceTime.Find(name));

    public string Say(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + (zone.Equals(TimeZoneInfo.Utc) ? " UTC" : "");
}
