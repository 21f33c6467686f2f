using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Templates;

namespace Weflux.Web.Sending;

/// <summary>A person answers a customer: the policy decides, then message and outbox row are stored in one transaction.</summary>
public sealed class SendReply(WefluxDatabase database, InboxBroadcaster broadcaster, LaneSignals lanes, TimeProvider time)
{
    /// <param name="actor">Who answers.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="content">What to say.</param>
    /// <param name="draftId">The draft it comes from: sending the same draft twice makes one message.</param>
    /// <param name="resendOfId">The message that the person sends again; null if none.</param>
    /// <returns>The decision, and the message if there is one; null if there is no such conversation for this person.</returns>
    public async Task<SendReplyResult?> ExecuteAsync(
        Actor actor,
        long conversationId,
        MessageContent content,
        Guid draftId,
        long? resendOfId = null,
        CancellationToken cancellationToken = default)
    {
        var stored = await database.WriteAsync(
            actor.Workspace,
            db => StoreAsync(db, actor, conversationId, content, draftId, resendOfId, cancellationToken),
            cancellationToken);
        if (stored?.Change is { } change)
        {
            lanes.Wake(stored.MetaAppId, LaneWorkKind.Outbox);
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return stored?.Result;
    }

    private async Task<Stored?> StoreAsync(
        WefluxDbContext db,
        Actor actor,
        long conversationId,
        MessageContent content,
        Guid draftId,
        long? resendOfId,
        CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var conversation = await db.Set<Conversation>().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !actor.MaySee(conversation.AssigneeId))
        {
            return null;
        }

        var earlier = await db.Set<Message>().AsNoTracking()
            .SingleOrDefaultAsync(m => m.DraftId == draftId && m.ConversationId == conversationId, cancellationToken);
        if (earlier is not null && string.Equals(earlier.Content.Text, content.Text, StringComparison.Ordinal))
        {
            return new Stored(new SendReplyResult(new Allowed(), earlier.Id), null, 0);
        }

        if (earlier is not null)
        {
            // The text was changed after its first version went out: that is another message.
            draftId = Guid.CreateVersion7();
        }

        if (resendOfId is { } firstId && !await MaySendAgainAsync(db, firstId, cancellationToken))
        {
            return null;
        }

        var contact = await db.Set<Contact>().SingleAsync(c => c.Id == conversation.ContactId, cancellationToken);
        var connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == conversation.ConnectionId, cancellationToken);
        var now = time.GetUtcNow();
        var decision = SendPolicy.Decide(
            actor, new SendCircumstances(conversation, contact, connection.State, MessageOrigin.Person, now), content);
        if (!decision.IsAllowed)
        {
            return new Stored(new SendReplyResult(decision, null), null, 0);
        }

        if (await TemplateUse.RefuseAsync(db, connection, content, now, cancellationToken) is { } invalid)
        {
            return new Stored(new SendReplyResult(invalid, null), null, 0);
        }

        var before = conversation.AssigneeId;
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var message = Message.ToCustomer(conversation, content, actor.User, draftId, sequence, now, resendOfId);
        conversation.Reply(message);
        db.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(Outbox.Row(message, now));
        await db.SaveChangesAsync(cancellationToken);
        var me = actor.User;
        var sent = content.Text;
        await db.Set<Draft>().Where(d => d.ConversationId == conversationId && d.UserId == me && (d.DraftId == draftId || d.Text == sent))
            .ExecuteDeleteAsync(cancellationToken);
        return new Stored(
            new SendReplyResult(decision, message.Id), ConversationChange.Of(conversation, before), connection.MetaAppId);
    }

    /// <summary>Whether the first message still failed or is unconfirmed, and nobody has sent it again already.</summary>
    private static async Task<bool> MaySendAgainAsync(WefluxDbContext db, long firstId, CancellationToken cancellationToken) =>
        await db.Set<Message>().Where(m => m.Id == firstId).Select(m => m.Status).SingleOrDefaultAsync(cancellationToken)
            is DeliveryStatus.Failed or DeliveryStatus.NotConfirmed
        && !await db.Set<Message>().AnyAsync(m => m.ResendOfId == firstId && m.Status != DeliveryStatus.Failed, cancellationToken);

    private sealed record Stored(SendReplyResult Result, ConversationChange? Change, long MetaAppId);
}

/// <summary>What became of a reply.</summary>
/// <param name="Decision">Whether it may be sent, and if not, why.</param>
/// <param name="MessageId">The message that waits to be sent; null if the decision was no.</param>
public sealed record SendReplyResult(SendDecision Decision, long? MessageId);
