using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Work.Notes;

/// <summary>Whom notes mention, inside the transaction that writes them.</summary>
internal static class NoteMentions
{
    /// <summary>Brings the rows of a stored note in line with its text. Who is no active member is not mentioned, whatever the text says.</summary>
    public static async Task SetAsync(WefluxDbContext db, Note note, CancellationToken cancellationToken)
    {
        var noteId = note.Id;
        var named = NoteText.Mentions(note.Text).Take(NoteText.MostMentions).ToList();
        var members = named.Count == 0 ? [] : await db.Set<Membership>()
            .Where(m => named.Contains(m.UserId) && m.IsActive).Select(m => m.UserId).ToListAsync(cancellationToken);
        var known = await db.Set<NoteMention>().Where(m => m.NoteId == noteId).ToListAsync(cancellationToken);
        db.RemoveRange(known.Where(k => !named.Contains(k.UserId)));
        var added = members.Except(known.Select(k => k.UserId)).ToList();
        db.AddRange(added.Select(user => new NoteMention { WorkspaceId = note.WorkspaceId, NoteId = noteId, UserId = user }));
        await NoticeBook.AddAsync(
            db,
            added.ConvertAll(user => new NoticeNews(NoticeKind.Mentioned, user, note.ConversationId, note.EditedAt ?? note.WrittenAt, note.ChangeSequence)
            {
                By = note.AuthorId,
                SubjectId = noteId,
            }),
            cancellationToken);
    }
}
