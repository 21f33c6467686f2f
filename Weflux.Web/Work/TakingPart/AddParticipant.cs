using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Work.TakingPart;

/// <summary>
/// Whoever may reply in a conversation adds a colleague to it, or themselves. From then on that colleague sees it, whoever holds
/// it.
/// </summary>
public sealed class AddParticipant(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, UserId member, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => AddAsync(edit, member, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> AddAsync(WorkEdit edit, UserId member, CancellationToken cancellationToken)
    {
        if (!await edit.Db.StillMayAsync(edit.Actor, Permission.SendMessages, cancellationToken))
        {
            return WorkOutcome.NotAllowed;
        }

        if (!await edit.Db.Set<Membership>().AnyAsync(m => m.UserId == member && m.IsActive, cancellationToken))
        {
            return WorkOutcome.UnknownSubject;
        }

        if (await Participations.FindObstacleAsync(edit, member, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        if (edit.Conversation.Join(member, edit.By, edit.Now, edit.Sequence) is var (participation, told))
        {
            edit.Db.Add(participation);
            edit.Db.Add(told);
            await NoticeBook.AddAsync(
                edit.Db,
                new NoticeNews(NoticeKind.CollaboratorAdded, member, edit.Conversation.Id, edit.Now, edit.Sequence) { By = edit.By },
                cancellationToken);
        }

        return WorkOutcome.Done;
    }
}
