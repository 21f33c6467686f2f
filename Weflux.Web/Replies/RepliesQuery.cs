using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Media;

namespace Weflux.Web.Replies;

/// <summary>The canned replies that a person can use: their own and everybody's. How many there can be is bounded, so all are read.</summary>
public sealed class RepliesQuery(WefluxDatabase database)
{
    private const int LineLength = 160;
    private static readonly Dictionary<string, string> NoNames = new(StringComparer.Ordinal);

    /// <summary>For choosing one while writing, the most used first; empty for those who do not work conversations.</summary>
    public async Task<IReadOnlyList<ReplyLine>> ForChoosingAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!ReplyRights.MayUse(actor))
        {
            return [];
        }

        var me = actor.User;
        await using var db = database.Open(actor.Workspace);
        var lines = await db.Set<CannedReply>().Where(r => r.OwnerId == null || r.OwnerId == me)
            .Select(r => new { r.Id, r.Shortcut, Line = r.Text.Substring(0, LineLength), r.UseCount, r.OwnerId, Files = db.Set<ReplyFile>().Count(f => f.ReplyId == r.Id) })
            .ToListAsync(cancellationToken);
        return [.. lines.OrderByDescending(l => l.UseCount).ThenBy(l => l.Shortcut, StringComparer.CurrentCultureIgnoreCase)
            .Select(l => new ReplyLine(l.Id, l.Shortcut, Shorten(l.Line), l.OwnerId is null, l.Files))];
    }

    /// <summary>The beginning in one line, with its places in words; one that is cut in two is left out.</summary>
    private static string Shorten(string beginning)
    {
        var words = ReplyText.Pieces(beginning).Select(p => p.Kind switch
        {
            ReplyPieceKind.Question => $"‹{p.Text}?›",
            ReplyPieceKind.Value => $"‹{ReplyPlaces.NameOf(p.Text, NoNames)}›",
            _ => p.Text.Split("{{")[0],
        });
        return string.Join(' ', string.Concat(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>For their page; null for those who may not use any.</summary>
    public async Task<RepliesPageView?> ForEditingAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!ReplyRights.MayUse(actor))
        {
            return null;
        }

        var me = actor.User;
        await using var db = database.Open(actor.Workspace);
        var replies = await db.Set<CannedReply>().AsNoTracking().Where(r => r.OwnerId == null || r.OwnerId == me).ToListAsync(cancellationToken);
        var files = (await (
            from link in db.Set<ReplyFile>()
            join reply in db.Set<CannedReply>() on link.ReplyId equals reply.Id
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            where reply.OwnerId == null || reply.OwnerId == me
            select new { link.ReplyId, link.Position, File = file }).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(f => f.ReplyId);
        var fields = await db.Set<ContactField>().Where(f => f.ArchivedAt == null).OrderBy(f => f.Position)
            .Select(f => new ReplyField(f.Key, f.Name)).ToListAsync(cancellationToken);
        var rows = replies.OrderBy(r => r.Shortcut, StringComparer.CurrentCultureIgnoreCase).Select(r => new ReplyRow(
            r.Id, r.Shortcut, r.Text, r.OwnerId is null, r.UseCount, [.. files[r.Id].OrderBy(f => f.Position).Select(f => PutInReply.View(f.File))])).ToList();
        return new RepliesPageView(rows, fields, ReplyRights.MayWrite(actor, isShared: true));
    }
}

/// <summary>A canned reply to choose.</summary>
/// <param name="Line">How it begins, in one line.</param>
/// <param name="IsShared">Whether it is everybody's.</param>
public sealed record ReplyLine(long Id, string Shortcut, string Line, bool IsShared, int Files);

/// <summary>A canned reply on its page.</summary>
/// <param name="UseCount">How often it was put in.</param>
public sealed record ReplyRow(long Id, string Shortcut, string Text, bool IsShared, int UseCount, IReadOnlyList<ReplyFileView> Files);

/// <summary>A field of contacts that a reply can name.</summary>
public sealed record ReplyField(string Key, string Name);

/// <summary>What the page of replies shows.</summary>
public sealed record RepliesPageView(IReadOnlyList<ReplyRow> Replies, IReadOnlyList<ReplyField> Fields, bool MayShare);
