using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>A person puts an emoji under a customer's message, or takes it back. The latest counts.</summary>
public sealed class SendReaction(WefluxDatabase database, SendReply sendReply, TimeProvider time)
{
    /// <param name="actor">Who reacts.</param>
    /// <param name="messageId">The customer's message.</param>
    /// <param name="emoji">One emoji; null to take the reaction back.</param>
    /// <param name="draftId">Made by the screen for this click, so that a double click sends once.</param>
    /// <returns>As <see cref="SendReply"/>; null if there is no such message for this person.</returns>
    public async Task<SendReplyResult?> ExecuteAsync(
        Actor actor, long messageId, string? emoji, Guid draftId, CancellationToken cancellationToken = default)
    {
        Message? target;
        await using (var db = database.Open(actor.Workspace))
        {
            target = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
            var conversationId = target?.ConversationId ?? 0;
            var seen = await db.Set<Conversation>().Where(c => c.Id == conversationId)
                .Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
            if (target is null || seen is null || !actor.MaySee(seen.Holding))
            {
                return null;
            }
        }

        if (target is not { Direction: MessageDirection.In, WhatsAppId: { } whatsAppId } || target.Content is SystemContent or ReactionContent)
        {
            return new SendReplyResult(new Invalid(InvalidReason.ReactionTargetUnknown), null);
        }

        return time.GetUtcNow() - target.SaidAt > PlainLimits.ReactWithin
            ? new SendReplyResult(new Invalid(InvalidReason.ReactionTooLate), null)
            : await sendReply.ExecuteAsync(
                actor, target.ConversationId, new ReactionContent(whatsAppId, emoji), draftId, cancellationToken: cancellationToken);
    }
}
