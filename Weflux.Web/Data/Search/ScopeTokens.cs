using Weflux.Domain.Team;

namespace Weflux.Web.Data.Search;

/// <summary>
/// Words of the index that nobody types: they say of a row whose it is, where it stands, from when it is and who wrote it, so
/// that a search walks through nothing else. They are made of private characters, and of two at most, because three would
/// count as a beginning. The triggers make the same ones in SQL.
/// </summary>
internal static class ScopeTokens
{
    // The first characters of the private areas.
    private const int Private = 0xE000;
    private const int FarPrivate = 0xF0000;
    private const int Periods = 0xF000;

    private const int Base = 4_000;
    private const int FarBase = 65_000;
    private const long PeriodTicks = 30 * TimeSpan.TicksPerDay;
    private const int FirstPeriod = 24_000;
    private const int LastPeriod = 2_300;

    public static string Workspace(WorkspaceId id) => Character(Private + (id.Value / Base % Base)) + Character(Private + (id.Value % Base));

    /// <summary>A conversation; for notes of contacts the contact.</summary>
    public static string Place(long id) => Character(FarPrivate + (id / FarBase % FarBase)) + Character(FarPrivate + (id % FarBase));

    public static string Author(UserId id) => Character(FarPrivate + (id.Value / Base % FarBase)) + Character(Private + (id.Value % Base));

    /// <summary>The periods of thirty days from one moment to another.</summary>
    public static IEnumerable<string> Between(DateTimeOffset from, DateTimeOffset until)
    {
        for (var period = PeriodOf(from.UtcTicks); period <= PeriodOf(until.UtcTicks); period++)
        {
            yield return Character(Periods + period);
        }
    }

    /// <summary>What stands in the second column of the index, in SQL over a row of a table.</summary>
    /// <param name="row"><c>NEW</c>, <c>OLD</c> or an alias.</param>
    /// <param name="place">The column of the place.</param>
    /// <param name="at">The column of the time.</param>
    internal static string Sql(string row, string place, string at) => FormattableString.Invariant(
        $"""
        char({Private} + {row}."WorkspaceId" / {Base} % {Base}, {Private} + {row}."WorkspaceId" % {Base})
            || ' ' || char({FarPrivate} + {row}."{place}" / {FarBase} % {FarBase}, {FarPrivate} + {row}."{place}" % {FarBase})
            || ' ' || char({Periods} + min(max({row}."{at}" / {PeriodTicks} - {FirstPeriod}, 0), {LastPeriod}))
            || CASE WHEN {row}."AuthorId" IS NULL THEN '' ELSE ' ' || char({FarPrivate} + {row}."AuthorId" / {Base} % {FarBase}, {Private} + {row}."AuthorId" % {Base}) END
        """);

    private static long PeriodOf(long ticks) => Math.Clamp((ticks / PeriodTicks) - FirstPeriod, 0, LastPeriod);

    private static string Character(long code) => char.ConvertFromUtf32((int)code);
}
