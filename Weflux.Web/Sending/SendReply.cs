using System.Text.Json;
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
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending.Troubles;
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
    /// <param name="quotedId">The message of the same conversation that it answers; null if none.</param>
    /// <param name="known">The change counter that the writer's screen had read when the writing began; null to send whatever colleagues answered since.</param>
    /// <param name="cancellationToken">Ends the storing.</param>
    /// <returns>The decision, and the message if there is one; null if there is no such conversation for this person.</returns>
    public async Task<SendReplyResult?> ExecuteAsync(
        Actor actor,
        long conversationId,
        MessageContent content,
        Guid draftId,
        long? resendOfId = null,
        long? quotedId = null,
        long? known = null,
        CancellationToken cancellationToken = default)
    {
        var stored = await database.WriteAsync(
            actor.Workspace,
            db => StoreAsync(db, actor, new Order(conversationId, content, draftId, resendOfId, quotedId) { Known = known }, cancellationToken),
            cancellationToken);
        await TellAsync(actor, stored);
        return stored?.Result;
    }

    /// <summary>Tells of what was stored. Call after the commit.</summary>
    internal async Task TellAsync(Actor actor, Stored? stored)
    {
        if (stored?.Change is { } change)
        {
            lanes.Wake(stored.MetaAppId, LaneWorkKind.Outbox);
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }
    }

    /// <summary>Decides and stores inside a transaction of the caller's.</summary>
    internal async Task<Stored?> StoreAsync(WefluxDbContext db, Actor actor, Order order, CancellationToken cancellationToken) =>
        await JudgeAsync(db, actor, order, cancellationToken) is not { } judged ? null
        : judged is { Conversation: { } conversation, Decision.IsAllowed: true }
            ? await AddAsync(db, actor, conversation, judged, cancellationToken)
            : new Stored(new SendReplyResult(judged.Decision, judged.EarlierId), null, 0);

    /// <summary>Decides inside a transaction of the caller's, and stores nothing.</summary>
    internal async Task<Judged?> JudgeAsync(WefluxDbContext db, Actor actor, Order order, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var conversation = await db.Set<Conversation>().SingleOrDefaultAsync(c => c.Id == order.ConversationId, cancellationToken);
        if (conversation is null || !actor.MaySee(conversation.Holding))
        {
            return null;
        }

        var (conversationId, draftId) = (order.ConversationId, order.DraftId);
        var earlier = await db.Set<Message>().AsNoTracking()
            .SingleOrDefaultAsync(m => m.DraftId == draftId && m.ConversationId == conversationId, cancellationToken);
        // A program's draft stands for one request, which was compared as it came.
        if (earlier is not null && (actor.Key is not null || IsSame(earlier.Content, order.Content)))
        {
            return new Judged(new Allowed(), order) { EarlierId = earlier.Id };
        }

        if (earlier is not null)
        {
            // The text or the file was changed after its first version went out: that is another message.
            order = order with { DraftId = Guid.CreateVersion7() };
        }

        return order.ResendOfId is { } firstId && !await MaySendAgainAsync(db, order.ConversationId, firstId, cancellationToken)
            ? null
            : await JudgeNewAsync(db, actor, order, conversation, cancellationToken);
    }

    private async Task<Judged> JudgeNewAsync(WefluxDbContext db, Actor actor, Order order, Conversation conversation, CancellationToken cancellationToken)
    {
        var quoted = order.QuotedId is { } quotedId ? await QuotedAsync(db, conversation.Id, quotedId, cancellationToken) : null;
        var contact = await db.Set<Contact>().SingleAsync(c => c.Id == conversation.ContactId, cancellationToken);
        var connection = await db.Set<Connection>().AsNoTracking().SingleAsync(c => c.Id == conversation.ConnectionId, cancellationToken);
        var now = time.GetUtcNow();
        order = order with { Content = await TemplateUse.AsStoredAsync(db, connection, order.Content, cancellationToken) };
        var decision = SendPolicy.Decide(
            actor, new SendCircumstances(conversation, contact, connection.State, MessageOrigin.Person, now), order.Content);
        if (decision.IsAllowed && order.QuotedId is not null && quoted is null)
        {
            decision = new Invalid(InvalidReason.QuoteUnknown);
        }

        // What is planned for a time when the window may be open is looked at as if it were.
        if (decision.IsAllowed || (order.IsPlanned && decision is NeedsTemplate))
        {
            var (content, refusal) = await SentFile.ResolveAsync(db, actor, order.Content, order.Files, cancellationToken);
            order = order with { Content = content };
            decision = refusal ?? await TemplateUse.RefuseAsync(db, connection, content, now, cancellationToken) ?? decision;
        }

        if (decision.IsAllowed && await Overtaking.FindAsync(db, actor, order, cancellationToken) is { } answered)
        {
            decision = answered;
        }

        return new Judged(decision, order) { Conversation = conversation, Quoted = quoted, MetaAppId = connection.MetaAppId, Now = now };
    }

    private static async Task<Stored> AddAsync(
        WefluxDbContext db, Actor actor, Conversation conversation, Judged judged, CancellationToken cancellationToken)
    {
        var (order, before) = (judged.Order, conversation.Standing);
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var message = Message.ToCustomer(
            conversation, order.Content, actor.User, order.DraftId, sequence, judged.Now, order.ResendOfId, judged.Quoted, isOfProgram: actor.Key is not null);
        conversation.Reply(message);
        db.Add(message);
        foreach (var told in conversation.TellReply(before, message, judged.Now))
        {
            if (actor.Key is { } program)
            {
                told.DoneBy(program.Name);
            }

            db.Add(told);
        }

        if (order.ResendOfId is { } firstId)
        {
            await TroubleRows.ForgetAsync(db, firstId, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.Add(await SecondThoughts.AreWantedAsync(db, actor, order, cancellationToken)
            ? SecondThoughts.Row(message, before, judged.Now)
            : Outbox.Row(message, judged.Now));
        SentFile.Attach(db, message);
        await db.SaveChangesAsync(cancellationToken);
        var (me, sent, conversationId, draftId) = (actor.User, order.Content.Text, order.ConversationId, order.DraftId);
        await db.Set<Draft>().Where(d => d.ConversationId == conversationId && d.UserId == me && (d.DraftId == draftId || d.Text == sent))
            .ExecuteDeleteAsync(cancellationToken);
        return new Stored(new SendReplyResult(judged.Decision, message.Id), ConversationChange.Of(conversation, before.AssigneeId), judged.MetaAppId);
    }

    /// <summary>The platform's id of a message of this conversation; null if there is none.</summary>
    private static Task<string?> QuotedAsync(WefluxDbContext db, long conversationId, long quotedId, CancellationToken cancellationToken) =>
        db.Set<Message>().Where(m => m.Id == quotedId && m.ConversationId == conversationId).Select(m => m.WhatsAppId).SingleOrDefaultAsync(cancellationToken);

    private static bool IsSame(MessageContent one, MessageContent other)
    {
        if (one is TemplateContent stored && other is TemplateContent template)
        {
            // The stored one has the category that the template had then.
            other = template with { Category = stored.Category };
        }

        return MediaLimits.FilesOf(other).Count > 0
            ? SentFile.IsSame(one, other)
            : string.Equals(JsonSerializer.Serialize(one, JsonColumns.Options), JsonSerializer.Serialize(other, JsonColumns.Options), StringComparison.Ordinal);
    }

    /// <summary>Whether the first message, of the same thread, still failed or is unconfirmed, and nobody has sent it again already.</summary>
    internal static async Task<bool> MaySendAgainAsync(WefluxDbContext db, long conversationId, long firstId, CancellationToken cancellationToken) =>
        await db.Set<Message>().Where(m => m.Id == firstId && m.ConversationId == conversationId).Select(m => m.Status).SingleOrDefaultAsync(cancellationToken)
            is DeliveryStatus.Failed or DeliveryStatus.NotConfirmed
        && !await db.Set<Message>().AnyAsync(m => m.ResendOfId == firstId && m.Status != DeliveryStatus.Failed, cancellationToken);

    /// <summary>What somebody wants to say.</summary>
    internal sealed record Order(long ConversationId, MessageContent Content, Guid DraftId, long? ResendOfId = null, long? QuotedId = null)
    {
        /// <summary>What its writer had seen when the writing began; null to ask nothing.</summary>
        public long? Known { get; init; }

        /// <summary>The scheduled message that it is; null if it is none.</summary>
        public long? ScheduledId { get; init; }

        /// <summary>Whether it is to leave later, so that a closed window is no reason to look no further.</summary>
        public bool IsPlanned { get; init; }

        /// <summary>Whose files it may carry beside the sender's own.</summary>
        public FileSource Files => new(ResendOfId, ScheduledId);
    }

    /// <summary>What was decided of an order, which is as it would be stored.</summary>
    internal sealed record Judged(SendDecision Decision, Order Order)
    {
        /// <summary>The thread; null if the same draft has become a message already.</summary>
        public Conversation? Conversation { get; init; }

        /// <summary>That message.</summary>
        public long? EarlierId { get; init; }

        public string? Quoted { get; init; }

        public long MetaAppId { get; init; }

        public DateTimeOffset Now { get; init; }
    }

    internal sealed record Stored(SendReplyResult Result, ConversationChange? Change, long MetaAppId);
}

/// <summary>What became of a reply.</summary>
/// <param name="Decision">Whether it may be sent, and if not, why.</param>
/// <param name="MessageId">The message that waits to be sent; null if the decision was no.</param>
public sealed record SendReplyResult(SendDecision Decision, long? MessageId);
