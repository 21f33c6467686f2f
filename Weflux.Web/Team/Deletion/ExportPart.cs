using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Deletion;

/// <summary>What a feature adds to the export of a workspace: one file of JSON lines.</summary>
/// <param name="File">Its name in the zip.</param>
/// <param name="Says">What is in it, for whoever opens the zip.</param>
/// <param name="Rows">The tables that it tells of, so that none is forgotten.</param>
/// <param name="ReadAsync">Reads it, a page of rows at a time.</param>
public sealed record ExportPart(
    string File, string Says, IReadOnlyList<Type> Rows, Func<WefluxDbContext, CancellationToken, IAsyncEnumerable<object>> ReadAsync)
{
    /// <summary>A part whose rows are few enough to be read at once.</summary>
    public static ExportPart Of<TRow>(string file, string says, Func<TRow, object> shape)
        where TRow : class => new(file, says, [typeof(TRow)], (db, cancellationToken) => RowsAsync(db, shape, cancellationToken));

    private static async IAsyncEnumerable<object> RowsAsync<TRow>(
        WefluxDbContext db, Func<TRow, object> shape, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : class
    {
        await foreach (var row in db.Set<TRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return shape(row);
        }
    }
}
