using System.Globalization;
using Weflux.Domain.Notices;

namespace Weflux.Web.Account.Profile;

/// <summary>How what a person wants to be told of stands in the form of the profile.</summary>
internal static class NoticeForm
{
    public const string QuietFault = "Give the quiet hours a beginning and an end, such as 22:00 and 07:00, and at least one day.";

    private const string Pattern = "HH\\:mm";

    /// <summary>The ways, in the order of the columns.</summary>
    public static IReadOnlyList<(NoticeWays Way, string Name)> Ways { get; } =
        [(NoticeWays.Bell, "Bell"), (NoticeWays.Browser, "Browser"), (NoticeWays.Sound, "Sound")];

    /// <summary>The days, in the order of the page.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>What the form offers to somebody who has no quiet hours yet.</summary>
    public static QuietHours UsualQuiet { get; } = new(22 * 60, 7 * 60, Weekdays.All);

    /// <summary>The value of one box.</summary>
    public static string Value(NoticeKind kind, NoticeWays way) => FormattableString.Invariant($"{(int)kind}.{(int)way}");

    /// <summary>The boxes that are ticked for somebody.</summary>
    public static List<string> Ticked(PersonPreferences preferences) =>
    [
        .. from kind in NoticeChoices.Choosable
           from way in Ways
           where preferences.WaysOf(kind).HasFlag(way.Way)
           select Value(kind, way.Way),
    ];

    /// <summary>The preferences that ticked boxes mean. What is not ticked is off.</summary>
    public static PersonPreferences Choose(IReadOnlyCollection<string>? ticked, bool showsText)
    {
        var choices = NoticeChoices.Of(kind => Ways.Where(w => ticked?.Contains(Value(kind, w.Way)) == true)
            .Aggregate(NoticeWays.None, (all, w) => all | w.Way));
        return new PersonPreferences(
            DesktopNotices: Has(NoticeWays.Browser),
            Sound: Has(NoticeWays.Sound),
            showsText,
            OnlyMine: choices.WaysOf(NoticeKind.OthersMessage) == NoticeWays.None,
            ProductNews: false,
            Notices: choices);

        bool Has(NoticeWays way) => NoticeChoices.Choosable.Any(kind => choices.WaysOf(kind).HasFlag(way));
    }

    /// <summary>A time of the day as time fields write it.</summary>
    public static string Time(int minutes) => new TimeOnly(minutes / 60, minutes % 60).ToString(Pattern, CultureInfo.InvariantCulture);

    public static List<int> Days(QuietHours quiet) => [.. Week.Where(quiet.Has).Select(d => (int)d)];

    /// <summary>Reads the quiet hours.</summary>
    /// <returns>False if there should be some and they make no sense.</returns>
    public static bool TryRead(ProfilePage.ProfileInput input, out QuietHours? quiet)
    {
        quiet = null;
        if (!input.HasQuietHours)
        {
            return true;
        }

        if (Minutes(input.QuietFrom) is not { } from || Minutes(input.QuietTo) is not { } to)
        {
            return false;
        }

        var days = Week.Where(d => input.QuietDays?.Contains((int)d) == true).Aggregate(Weekdays.None, (all, d) => all | QuietHours.Of(d));
        quiet = new QuietHours(from, to, days);
        return quiet.IsSound;
    }

    private static int? Minutes(string? time) =>
        TimeOnly.TryParseExact(time, [Pattern, "HH\\:mm\\:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? (read.Hour * 60) + read.Minute : null;
}
