using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>The work on a conversation is done, for a reason or without one. It opens again when the customer writes.</summary>
public sealed class CloseConversation(ConversationWork work)
{
    private const string Between = ": ";

    /// <summary>Longest that somebody can say beside the reason, so that both fit into the line of what happened.</summary>
    public const int MaxWords = ConversationEvent.MaxWords;

    /// <param name="actor">Who closes it.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="reasonId">One of the workspace's reasons; null for none.</param>
    /// <param name="words">What the person adds; null or empty for nothing.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<WorkOutcome> ExecuteAsync(
        Actor actor, long conversationId, long? reasonId = null, string? words = null, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => CloseAsync(edit, reasonId, words, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> CloseAsync(WorkEdit edit, long? reasonId, string? words, CancellationToken cancellationToken)
    {
        var fault = PlainName.Read(words, MaxWords, out var said);
        if (fault is NameFault.TooLong or NameFault.Controls)
        {
            return WorkOutcome.Invalid;
        }

        if (edit.Conversation.State == ConversationState.Closed)
        {
            return WorkOutcome.Unchanged;
        }

        string? reason = null;
        if (reasonId is { } id)
        {
            reason = await edit.Db.Set<CloseReason>().Where(r => r.Id == id).Select(r => r.Name).SingleOrDefaultAsync(cancellationToken);
            if (reason is null)
            {
                return WorkOutcome.UnknownSubject;
            }
        }

        edit.Conversation.Close();
        edit.Db.Add(edit.Conversation.TellClosed(edit.By, edit.Now, edit.Sequence, Join(reason, said)));
        return WorkOutcome.Done;
    }

    private static string? Join(string? reason, string said) =>
        reason is null ? (said.Length == 0 ? null : said) : said.Length == 0 ? reason : (reason + Between + said).Cut(ConversationEvent.MaxWords);
}
