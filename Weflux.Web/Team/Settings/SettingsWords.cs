using System.Globalization;
using Weflux.Domain.Team;

namespace Weflux.Web.Team.Settings;

/// <summary>How settings are called, on the screen and on record.</summary>
public static class SettingsWords
{
    /// <summary>The days as a week of work has them.</summary>
    public static IReadOnlyList<DayOfWeek> Days { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public static string Of(AgentVisibility visibility) => visibility switch
    {
        AgentVisibility.Own => "Their own",
        AgentVisibility.OwnAndUnassigned => "Their own and those nobody holds",
        _ => "All",
    };

    public static string Of(ReadReceipts receipts) => receipts switch
    {
        ReadReceipts.WhenOpened => "When somebody opens the conversation",
        ReadReceipts.Never => "Never",
        _ => "When somebody has answered",
    };

    public static string Of(LegalProfile profile) => profile switch
    {
        LegalProfile.EuUk => "European Union or United Kingdom",
        LegalProfile.India => "India",
        _ => "Another country",
    };

    /// <summary>What the choice means, in one sentence.</summary>
    public static string Meaning(LegalProfile profile) => profile switch
    {
        LegalProfile.EuUk => "The GDPR counts: people may ask for a copy of their data and for its erasure, and you answer within a month.",
        LegalProfile.India => "The DPDP Act counts: its rules want logs and what was processed kept for at least a year, so do not choose shorter periods of keeping without advice.",
        _ => "The periods of our privacy policy count. Ask somebody who knows your country's law whether they fit.",
    };

    public static string Of(SlugFault fault) => fault switch
    {
        SlugFault.TooShort => $"An address has at least {WorkspaceSlug.Shortest} characters. Type a longer one.",
        SlugFault.TooLong => $"An address has at most {WorkspaceSlug.Longest} characters. Shorten it.",
        SlugFault.OtherCharacters => "An address has only the letters a to z, digits and hyphens. Leave the others out.",
        SlugFault.StrayHyphen => "A hyphen stands between two other characters. Remove it from the beginning, the end, or beside another one.",
        _ => "Weflux needs this word for itself. Choose another address.",
    };

    public static string Of(HoursFault fault) => fault switch
    {
        HoursFault.OutsideOfDay => "Enter both times of each range, from 00:00 to 24:00.",
        HoursFault.EndsBeforeItBegins => "A range ends after it begins. If you are open past midnight, end the day at 24:00 and begin the next at 00:00.",
        HoursFault.Overlap => "Two ranges of a day overlap. Make one of both, or move one.",
        _ => $"A day has at most {BusinessHours.MostPerDay} ranges. Join some of them.",
    };

    public static string Of(IReadOnlyList<OpenRange>? ranges) =>
        ranges is null ? "Not set"
        : ranges.Count == 0 ? "Never open"
        : string.Join(", ", ranges.Select(r => $"{r.Day.ToString()[..3]} {Clock(r.From)}–{Clock(r.To)}"));

    /// <summary>Minutes after midnight as the wall shows them.</summary>
    public static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    /// <summary>Minutes after midnight of what somebody typed; null if it is no time of the day.</summary>
    public static int? Minutes(string? text) =>
        text is "24:00" ? 24 * 60
        : TimeOnly.TryParseExact(text?.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute
        : null;
}
