using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>A file for whoever may see a conversation that it stands in, as a message or as a note, has it in a canned reply, or put it here. For everybody else there is none.</summary>
public sealed class MediaFileQuery(WefluxDatabase database)
{
    public async Task<MediaFile?> FindAsync(Actor actor, long fileId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var file = await db.Set<MediaFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId, cancellationToken);
        if (file is null || (file.IsOf(actor) && actor.May(Permission.UploadFiles)))
        {
            return file;
        }

        return await MaySeeAsync(db, actor, fileId, cancellationToken) || await db.HasFileAsync(actor, fileId, cancellationToken) ? file : null;
    }

    private static async Task<bool> MaySeeAsync(WefluxDbContext db, Actor actor, long fileId, CancellationToken cancellationToken)
    {
        var links = db.Set<MessageFile>().Where(l => l.FileId == fileId);
        if (actor.Key is not null)
        {
            return actor.May(Permission.ReadAllMessages) && await links.AnyAsync(cancellationToken);
        }

        var holders = await (
            from link in links
            join message in db.Set<Message>() on link.MessageId equals message.Id
            join conversation in db.Set<Conversation>() on message.ConversationId equals conversation.Id
            select new { conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants })
            .Distinct().ToListAsync(cancellationToken);
        return holders.Exists(h => actor.MaySee(new Holding(h.AssigneeId, h.TeamId, h.AskedMemberId, h.AskedTeamId, h.Participants)))
            || await MaySeeNoteAsync(db, actor, fileId, cancellationToken);
    }

    private static async Task<bool> MaySeeNoteAsync(WefluxDbContext db, Actor actor, long fileId, CancellationToken cancellationToken)
    {
        // API keys get no files of notes.
        if (actor.Key is not null || !actor.May(Permission.WorkConversations))
        {
            return false;
        }

        var found = await (
            from link in db.Set<NoteFile>()
            join note in db.Set<Note>() on link.NoteId equals note.Id
            join conversation in db.Set<Conversation>() on note.ConversationId equals conversation.Id
            where link.FileId == fileId
            select new { Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants) })
            .SingleOrDefaultAsync(cancellationToken);
        return found is not null && actor.MaySee(found.Holding);
    }
}
