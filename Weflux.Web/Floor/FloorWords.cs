using System.Globalization;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Floor;

/// <summary>Waits and loads in words.</summary>
internal static class FloorWords
{
    /// <summary>How long something lasts already, to the minute.</summary>
    public static string Length(TimeSpan length) =>
        length.TotalMinutes < 1 ? "less than 1 m"
        : length.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{length.Minutes} m")
        : length.TotalDays < 2 ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} h {length.Minutes} m")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} d {length.Hours} h");

    /// <summary>What a member holds, of how much.</summary>
    public static string Held(MemberLoad load) => load.Capacity is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{ViewWords.Count(load.Open)} of {most} open")
        : $"{ViewWords.Count(load.Open)} open";

    /// <summary>How much more fits.</summary>
    public static string Room(MemberLoad load) => load switch
    {
        { Capacity: null } => "No limit",
        { Capacity: { } most } when load.Open > most && load.Open < ViewCountsQuery.Most =>
            string.Create(CultureInfo.InvariantCulture, $"{load.Open - most} over the limit"),
        { Capacity: { } most } when load.Open > most => "Over the limit",
        { IsFull: true } => "Full",
        { Room: { } room } => string.Create(CultureInfo.InvariantCulture, $"Room for {room}"),
        _ => "",
    };
}
