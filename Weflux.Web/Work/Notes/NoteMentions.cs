using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Notices;
using Weflux.Web.Team;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Web.Work.Notes;

/// <summary>Whom notes mention, inside the transaction that writes them.</summary>
internal static class NoteMentions
{
    /// <summary>
    /// Brings the rows of a stored note in line with its text. Who is no active member is not mentioned, whatever the text
    /// says. Who could not see the conversation takes part from now on, if the writer may add people: else nobody would read it.
    /// </summary>
    public static async Task SetAsync(WorkEdit edit, Note note, CancellationToken cancellationToken)
    {
        var (db, noteId) = (edit.Db, note.Id);
        var named = NoteText.Mentions(note.Text).Take(NoteText.MostMentions).ToList();
        var members = named.Count == 0 ? [] : await db.Set<Membership>().AsNoTracking()
            .Where(m => named.Contains(m.UserId) && m.IsActive).Select(m => new { m.UserId, m.Role }).ToListAsync(cancellationToken);
        var known = await db.Set<NoteMention>().Where(m => m.NoteId == noteId).ToListAsync(cancellationToken);
        db.RemoveRange(known.Where(k => !named.Contains(k.UserId)));
        var added = members.FindAll(m => !known.Exists(k => k.UserId == m.UserId));
        db.AddRange(added.Select(m => new NoteMention { WorkspaceId = note.WorkspaceId, NoteId = noteId, UserId = m.UserId }));
        if (edit.By is not null && edit.Actor.May(Permission.SendMessages))
        {
            foreach (var member in added)
            {
                await LetInAsync(edit, member.UserId, member.Role, cancellationToken);
            }
        }

        await NoticeBook.AddAsync(
            db,
            added.ConvertAll(m => new NoticeNews(NoticeKind.Mentioned, m.UserId, note.ConversationId, note.EditedAt ?? note.WrittenAt, note.ChangeSequence)
            {
                By = note.AuthorId,
                SubjectId = noteId,
            }),
            cancellationToken);
    }

    private static async Task LetInAsync(WorkEdit edit, UserId member, Role role, CancellationToken cancellationToken)
    {
        var conversation = edit.Conversation;
        var settings = (await edit.Db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == conversation.WorkspaceId, cancellationToken)).AgentSettings;
        var teams = await edit.Db.Set<TeamMember>().Where(t => t.UserId == member).Select(t => t.TeamId).ToListAsync(cancellationToken);
        var reader = new Actor(conversation.WorkspaceId, member, "", role, settings) { Teams = TeamSet.Of(teams) };
        if (!reader.MaySee(conversation.Holding) && await Participations.FindObstacleAsync(edit, member, cancellationToken) is null
            && conversation.Join(member, edit.By, edit.Now, edit.Sequence) is var (participation, told))
        {
            edit.Db.Add(participation);
            edit.Db.Add(told);
        }
    }
}
