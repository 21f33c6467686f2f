using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Search;

/// <summary>A row in which something was found, and its words.</summary>
internal sealed class Hit
{
    public long Id { get; init; }

    public string Text { get; init; } = "";
}

/// <summary>One page of what was found, the newest first.</summary>
/// <param name="Ids">The rows.</param>
/// <param name="Next">Where to go on; null at the beginning of time.</param>
/// <param name="IsCutShort">Whether looking stopped before the page was full, so that more may be found further back.</param>
internal sealed record HitPage(IReadOnlyList<long> Ids, long? Next, bool IsCutShort);

/// <summary>What one kind of text may be found in.</summary>
/// <param name="Seen">Of the rows with these numbers those that the reader may see and that fit the filters.</param>
/// <param name="All">The numbers of all rows that may count, for a server without an index.</param>
/// <param name="Proof">Whether the words as the reader sees them have what was looked for; null if the index knows.</param>
internal sealed record HitSource(Func<IQueryable<long>, IQueryable<Hit>> Seen, IQueryable<long> All, Func<string, bool>? Proof);

/// <summary>
/// Reads a page of what the index has, from the newest back. However much there is, it looks at no more than it may at once:
/// at <see cref="MostLooked"/> rows, in stretches that grow as long as little is found in them, and for no longer than a moment.
/// </summary>
internal sealed class HitReader(WefluxDbContext db, IndexQuestion question, HitSource source, TimeProvider time)
{
    /// <summary>So many rows that the index names are looked at for one page.</summary>
    public const int MostLooked = 20_000;

    /// <summary>So many of the newest rows are gone through where there is no index.</summary>
    public const int MostRead = 5_000;

    private const int FirstBatch = 64;
    private const int LargestBatch = 4_096;
    private const long FirstStretch = 500_000;
    private const int Growth = 4;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    public async Task<HitPage> ReadAsync(long? start, int take, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var before = start ?? await TopAsync(cancellationToken);
        var (found, looked, batch) = (new List<long>(), 0, FirstBatch);

        // A server finds all at once, and would only do it again for each stretch; so would a question about few places.
        var stretch = db.Database.IsSqlite() && question.Places is null ? FirstStretch : before;
        while (before > 0)
        {
            var from = Math.Max(0, before - stretch);
            var ids = await question.AskAsync(db, from, before, batch, cancellationToken);
            looked += ids.Count;
            found.AddRange(await SeenAsync(ids, cancellationToken));
            if (found.Count > take)
            {
                return new HitPage(found[..take], found[take - 1], IsCutShort: false);
            }

            var isFull = ids.Count == batch;
            before = isFull ? ids[^1] : from;
            (batch, stretch) = isFull ? (Math.Min(batch * Growth, LargestBatch), stretch) : (batch, stretch * Growth);
            if (before > 0 && (looked >= MostLooked || time.GetElapsedTime(began) > Moment))
            {
                return new HitPage(found, before, IsCutShort: true);
            }
        }

        return new HitPage(found, null, IsCutShort: false);
    }

    /// <summary>The same without an index: the newest rows are gone through.</summary>
    public async Task<HitPage> ReadNewestAsync(long? start, int take, CancellationToken cancellationToken)
    {
        var ids = start is { } before ? source.All.Where(id => id < before) : source.All;
        var last = await ids.OrderByDescending(id => id).Skip(MostRead - 1).FirstOrDefaultAsync(cancellationToken);
        var rows = await source.Seen(ids.Where(id => id >= last)).OrderByDescending(h => h.Id).ToListAsync(cancellationToken);
        var fits = rows.FindAll(r => question.Terms.Fit(r.Text) && source.Proof?.Invoke(r.Text) != false).ConvertAll(r => r.Id);
        return fits.Count > take ? new HitPage(fits[..take], fits[take - 1], IsCutShort: false)
            : last > 0 ? new HitPage(fits, last, IsCutShort: true)
            : new HitPage(fits, null, IsCutShort: false);
    }

    private async Task<IEnumerable<long>> SeenAsync(List<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var seen = await source.Seen(Numbers.Of(db, ids)).ToListAsync(cancellationToken);
        return seen.Where(h => source.Proof?.Invoke(h.Text) != false).Select(h => h.Id).OrderDescending();
    }

    /// <summary>Above every number, so that the first stretch begins where there is something.</summary>
    private async Task<long> TopAsync(CancellationToken cancellationToken) =>
        1 + (await db.ReadPlainAsync($"SELECT MAX(\"Id\") FROM \"{question.Text.Table}\"", cancellationToken) is { } top and not DBNull
            ? Convert.ToInt64(top, CultureInfo.InvariantCulture)
            : 0);
}
