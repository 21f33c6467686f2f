using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>The messages of a thread in stretches. What can be is compiled once: every opening of a thread asks it.</summary>
internal sealed class ThreadReads
{
    private static readonly ILookup<string, Message> Nothing = Enumerable.Empty<Message>().ToLookup(m => m.TargetWhatsAppId!, StringComparer.Ordinal);

    private readonly Func<WefluxDbContext, long, int, IAsyncEnumerable<Message>> _newest = EF.CompileAsyncQuery(
        (WefluxDbContext db, long thread, int take) => db.Set<Message>().AsNoTracking()
            .Where(m => m.ConversationId == thread)
            .OrderByDescending(m => m.SaidAt).ThenByDescending(m => m.Sequence).Take(take));

    private readonly Func<WefluxDbContext, long, DateTimeOffset, long, int, IAsyncEnumerable<Message>> _older = EF.CompileAsyncQuery(
        (WefluxDbContext db, long thread, DateTimeOffset at, long sequence, int take) => db.Set<Message>().AsNoTracking()
            .Where(m => m.ConversationId == thread && m.SaidAt <= at && (m.SaidAt < at || m.Sequence < sequence))
            .OrderByDescending(m => m.SaidAt).ThenByDescending(m => m.Sequence).Take(take));

    /// <summary>The newest, the newest first.</summary>
    public Task<List<Message>> NewestAsync(WefluxDbContext db, long thread, int take, CancellationToken cancellationToken) =>
        ListAsync(_newest(db, thread, take), cancellationToken);

    /// <summary>Those before a place, the newest first.</summary>
    public Task<List<Message>> OlderAsync(WefluxDbContext db, long thread, ThreadCursor before, int take, CancellationToken cancellationToken)
    {
        var (at, sequence) = before;
        return ListAsync(_older(db, thread, at, sequence, take), cancellationToken);
    }

    /// <summary>The reactions, edits and withdrawals that are about these messages, in order of time.</summary>
    public static async Task<ILookup<string, Message>> AboutAsync(WefluxDbContext db, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(m => m.WhatsAppId).OfType<string>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return Nothing;
        }

        // Sorted here: asked to sort, SQLite would rather walk through the whole thread in order of time.
        var thread = messages[0].ConversationId;
        var about = await db.Set<Message>()
            .Where(m => m.ConversationId == thread && m.TargetWhatsAppId != null && EF.Parameter(ids).Contains(m.TargetWhatsAppId))
            .AsNoTracking().ToListAsync(cancellationToken);
        return about.OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence).ToLookup(m => m.TargetWhatsAppId!, StringComparer.Ordinal);
    }

    private static async Task<List<Message>> ListAsync(IAsyncEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        var list = new List<Message>();
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            list.Add(message);
        }

        return list;
    }
}
