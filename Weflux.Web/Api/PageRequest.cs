using System.Globalization;

namespace Weflux.Web.Api;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">Everything up to here was read; 0 for the beginning.</param>
/// <param name="Limit">How many at most.</param>
public readonly record struct PageRequest(long After, int Limit)
{
    public const int DefaultLimit = 50;
    public const int HighestLimit = 1000;

    /// <returns>What is wrong with the values; null if nothing is.</returns>
    internal static ApiProblem? TryRead(string? after, string? limit, out PageRequest page)
    {
        page = new PageRequest(0, DefaultLimit);
        if (after is not null && (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var from) || from < 0))
        {
            return Bad("'after' is a whole number from 0 on: the 'next' of an earlier answer.");
        }

        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > HighestLimit))
        {
            return Bad($"'limit' is a whole number from 1 to {HighestLimit}.");
        }

        page = new PageRequest(
            after is null ? 0 : long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture),
            limit is null ? DefaultLimit : int.Parse(limit, NumberStyles.None, CultureInfo.InvariantCulture));
        return null;
    }

    internal static ApiProblem Bad(string words) => new(StatusCodes.Status400BadRequest, words);
}
