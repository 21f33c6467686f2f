using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Work.HandOvers;

/// <summary>Whoever holds a conversation asks a colleague or a team to take it over. It stays where it is until somebody accepts.</summary>
public sealed class AskHandOver(ConversationWork work)
{
    /// <param name="actor">Who holds it.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="to">Who is asked: a member or a team.</param>
    /// <param name="reason">Why, in one line.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, AssignTo to, string? reason, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => AskAsync(edit, to, reason, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> AskAsync(WorkEdit edit, AssignTo to, string? reason, CancellationToken cancellationToken)
    {
        var conversation = edit.Conversation;
        if (edit.By is not { } me || conversation.AssigneeId != me || !edit.Actor.May(Permission.TakeUnassigned))
        {
            return WorkOutcome.NotAllowed;
        }

        if (PlainName.Read(reason, HandOverRules.MaxReason, out var said) != NameFault.None || to == AssignTo.NoTeam)
        {
            return WorkOutcome.Invalid;
        }

        if (!await IsThereAsync(edit, to, me, cancellationToken))
        {
            return WorkOutcome.UnknownSubject;
        }

        // Who asks somebody else does not ask the first any more.
        if (conversation.EndAsking())
        {
            edit.TellHandOver(ConversationEventKind.HandOverWithdrawn, me);
        }

        var minutes = await edit.Db.Set<Workspace>().Where(w => w.Id == conversation.WorkspaceId).Select(w => w.HandOverMinutes).SingleAsync(cancellationToken);
        var until = edit.Now.AddMinutes(minutes);
        if (!(to.MemberId is { } member ? conversation.AskMember(member, until) : conversation.AskTeam(to.TeamId!.Value, until)))
        {
            return WorkOutcome.NotAllowed;
        }

        edit.Db.Add(conversation.TellAsked(me, edit.Now, edit.Sequence, said));
        return WorkOutcome.Done;
    }

    /// <summary>A team in which nobody else is could never accept.</summary>
    private static Task<bool> IsThereAsync(WorkEdit edit, AssignTo to, UserId me, CancellationToken cancellationToken)
    {
        var others = edit.Db.Set<Membership>().Where(m => m.IsActive && m.UserId != me);
        return to.MemberId is { } member
            ? others.AnyAsync(m => m.UserId == member, cancellationToken)
            : others.AnyAsync(
                m => edit.Db.Set<TeamMember>().Any(t => t.TeamId == to.TeamId && t.UserId == m.UserId)
                    && edit.Db.Set<WorkTeam>().Any(t => t.Id == to.TeamId && t.ArchivedAt == null),
                cancellationToken);
    }
}
