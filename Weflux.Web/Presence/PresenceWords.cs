using System.Globalization;
using Weflux.Domain.Team;

namespace Weflux.Web.Presence;

/// <summary>Presence in words.</summary>
public static class PresenceWords
{
    public static string Of(MemberPresence state) => state switch
    {
        MemberPresence.Available => "Available",
        MemberPresence.Away => "Away",
        _ => "Offline",
    };

    /// <summary>A time by the clock of the workspace: the hour today, else the day with it.</summary>
    public static string At(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        return local.Date == today.Date ? local.ToString("HH:mm", CultureInfo.InvariantCulture)
            : local.ToString(local.Year == today.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>What somebody is, and since when.</summary>
    public static string Since(PresenceNow presence, DateTimeOffset now, TimeZoneInfo zone) =>
        $"{Of(presence.State)} since {At(presence.Since, now, zone)}";

    /// <summary>What colleagues see of oneself, as a sentence.</summary>
    public static string Own(OwnPresence own, DateTimeOffset now, TimeZoneInfo zone) => own switch
    {
        { State: MemberPresence.Available } => "Colleagues see you as available.",
        { IsAwayByChoice: true, AwayUntil: { } until } => $"Colleagues see you as away until {At(until, now, zone)}.",
        { IsAwayByChoice: true } => "Colleagues see you as away until you change it.",
        { State: MemberPresence.Away } => "Colleagues see you as away, because nobody has touched this page for a while.",
        _ => "Colleagues see you as offline until this page has its connection again.",
    };
}
