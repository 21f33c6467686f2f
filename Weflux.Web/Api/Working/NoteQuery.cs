using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reading;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Working;

/// <summary>A note that a program has just written.</summary>
public sealed class NoteQuery(WefluxDatabase database)
{
    /// <returns>Null if no note was made of that draft, or the actor may not see it.</returns>
    public async Task<ApiNote?> FindAsync(Actor actor, Guid draftId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var found = await (
            from note in db.Set<Note>().AsNoTracking().Where(n => n.DraftId == draftId)
            join conversation in db.Set<Conversation>() on note.ConversationId equals conversation.Id
            select new { Note = note, Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants) }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && actor.MaySee(found.Holding) ? ApiNote.Of(found.Note, actor.May(Permission.SeePhoneNumbers)) : null;
    }
}
