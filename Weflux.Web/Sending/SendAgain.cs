using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>A person sends a failed or unconfirmed message again: a new message linked to the first, never a second attempt of it.</summary>
public sealed class SendAgain(WefluxDatabase database, SendReply sendReply)
{
    /// <param name="actor">Who sends.</param>
    /// <param name="messageId">The message that failed or was not confirmed.</param>
    /// <param name="draftId">Made by the screen for this click, so that a double click sends once.</param>
    /// <returns>As <see cref="SendReply"/>; null too if the message is not one that can be sent again.</returns>
    public async Task<SendReplyResult?> ExecuteAsync(
        Actor actor, long messageId, Guid draftId, CancellationToken cancellationToken = default)
    {
        Message? first;
        long? quotedId = null;
        await using (var db = database.Open(actor.Workspace))
        {
            first = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
            quotedId = first is null ? null : await QuotedIdAsync(db, first, cancellationToken);
        }

        return first is { Direction: MessageDirection.Out, Origin: MessageOrigin.Person or MessageOrigin.Api, Status: DeliveryStatus.Failed or DeliveryStatus.NotConfirmed }
            ? await sendReply.ExecuteAsync(actor, first.ConversationId, first.Content, draftId, first.Id, quotedId, cancellationToken: cancellationToken)
            : null;
    }

    /// <summary>The message that the first one answered; null if it answered none that is here.</summary>
    internal static async Task<long?> QuotedIdAsync(WefluxDbContext db, Message first, CancellationToken cancellationToken)
    {
        if (first.Context?.QuotedWhatsAppId is not { } quoted)
        {
            return null;
        }

        var (connectionId, conversationId) = (first.ConnectionId, first.ConversationId);
        return await db.Set<Message>()
            .Where(m => m.ConnectionId == connectionId && m.WhatsAppId == quoted && m.ConversationId == conversationId)
            .Select(m => (long?)m.Id).SingleOrDefaultAsync(cancellationToken);
    }
}
