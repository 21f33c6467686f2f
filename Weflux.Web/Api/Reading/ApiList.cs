using System.ComponentModel;

namespace Weflux.Web.Api.Reading;

/// <summary>One page of a list.</summary>
public sealed record ApiList<T>(
    [property: Description("The page, in the order of the list.")]
    IReadOnlyList<T> Data,
    [property: Description("Pass it as `after` to go on. Null when nothing more exists at the moment.")]
    long? Next)
{
    /// <summary>Cuts a page out of what was read, which is one more than asked for if there is more.</summary>
    internal static ApiList<T> Cut<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> show, Func<TRow, long> place)
    {
        var page = rows.Count > limit ? [.. rows.Take(limit)] : rows;
        return new ApiList<T>([.. page.Select(show)], rows.Count > limit ? place(page[^1]) : null);
    }
}
