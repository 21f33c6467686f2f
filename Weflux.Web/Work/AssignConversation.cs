using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Work;

/// <summary>A Manager, an Admin or a program gives a conversation to an active member or to a team.</summary>
public sealed class AssignConversation(ConversationWork work)
{
    /// <summary>Longest that somebody can say to it, in UTF-16 units.</summary>
    public const int MaxReason = ConversationEvent.MaxWords;

    /// <param name="actor">Who assigns it.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="to">To whom; a <see cref="UserId"/> will do for a member.</param>
    /// <param name="reason">Why, in one line for the thread; null or empty for nothing.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<WorkOutcome> ExecuteAsync(
        Actor actor, long conversationId, AssignTo to, string? reason = null, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => AssignAsync(edit, to, reason, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> AssignAsync(WorkEdit edit, AssignTo to, string? reason, CancellationToken cancellationToken)
    {
        if (!await edit.Db.StillMayAsync(edit.Actor, Permission.AssignToOthers, cancellationToken))
        {
            return WorkOutcome.NotAllowed;
        }

        if (PlainName.Read(reason, MaxReason, out var said) is NameFault.TooLong or NameFault.Controls)
        {
            return WorkOutcome.Invalid;
        }

        var words = said.Length == 0 ? null : said;
        return to.MemberId is { } member
            ? await ToMemberAsync(edit, member, words, cancellationToken)
            : await ToTeamAsync(edit, to.TeamId, words, cancellationToken);
    }

    private static async Task<WorkOutcome> ToMemberAsync(WorkEdit edit, UserId member, string? words, CancellationToken cancellationToken)
    {
        if (!await edit.Db.Set<Membership>().AnyAsync(m => m.UserId == member && m.IsActive, cancellationToken))
        {
            return WorkOutcome.UnknownSubject;
        }

        if (!edit.Conversation.Assign(member))
        {
            return WorkOutcome.Unchanged;
        }

        var isOwn = edit.By == member;
        edit.TellAssigned(
            isOwn ? ConversationEventKind.Taken : ConversationEventKind.Assigned, isOwn ? AssignmentReason.TookIt : AssignmentReason.ByPerson, member, words);
        if (!isOwn)
        {
            await Turns.TakeAsync(edit.Db, edit.Conversation.WorkspaceId, member, edit.Sequence, cancellationToken);
        }

        return WorkOutcome.Done;
    }

    private static async Task<WorkOutcome> ToTeamAsync(WorkEdit edit, long? team, string? words, CancellationToken cancellationToken)
    {
        if (team is { } id && !await edit.Db.Set<WorkTeam>().AnyAsync(t => t.Id == id && t.ArchivedAt == null, cancellationToken))
        {
            return WorkOutcome.UnknownSubject;
        }

        var leaves = team is not null && edit.Conversation.AssigneeId is { } holder
            && !await edit.Db.Set<TeamMember>().AnyAsync(m => m.TeamId == team && m.UserId == holder, cancellationToken);
        if (!edit.Conversation.GiveToTeam(team) & !(leaves && edit.Conversation.Assign(null)))
        {
            return WorkOutcome.Unchanged;
        }

        edit.TellTeam(AssignmentReason.ByPerson, words);
        return WorkOutcome.Done;
    }
}
