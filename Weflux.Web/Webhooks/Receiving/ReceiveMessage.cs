using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Sending;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>A customer said something.</summary>
internal static class ReceiveMessage
{
    public static async Task ApplyAsync(ReceiveContext context, MessageItem item, Contact? contact, CancellationToken cancellationToken)
    {
        var connection = context.ConnectionOf(item.Route)!;
        if (!context.Known.Add((connection.Id, item.Message.WhatsAppId)))
        {
            if (item.Origin == MessageOrigin.History && MediaLimits.MediaOf(item.Message.Content) is not null)
            {
                await CompleteAsync(context, item.Message, connection, cancellationToken);
            }

            return;
        }

        if (contact is null)
        {
            return;
        }

        var conversation = context.ConversationOf(contact, connection);
        if (item.Origin != MessageOrigin.Customer)
        {
            var recorded = Message.Recorded(
                conversation, new RecordedMessage(item.Message, item.Direction, item.Origin, item.Status), context.NextSequence());
            context.Db.Add(recorded);
            context.NoteAct(recorded);
            context.HasFiles |= AnnouncedFile.Note(context.Db, connection, recorded, context.Now);
            conversation.File(recorded);
            context.Touch(conversation);
            return;
        }

        var (before, heardBefore) = (conversation.Standing, conversation.InboundCount);
        var outcome = conversation.Receive(item.Message, context.NextSequence(), IsOfSomebodyElse(context, conversation, item.Message));
        context.Db.Add(outcome.Message);
        context.NoteAct(outcome.Message);
        context.HasFiles |= AnnouncedFile.Note(context.Db, connection, outcome.Message, context.Now);
        context.Touch(conversation);
        context.NoteHeard(conversation, before, heardBefore, outcome.Message);
        if (outcome.HasReopened)
        {
            context.Db.Add(conversation.Tell(ConversationEventKind.Reopened, actor: null, context.Now, outcome.Message.Sequence));
        }

        if (outcome.Message.Content is { AsksForReply: true } and not ReactionContent && item.GroupId is null)
        {
            context.SpokenIn.Add(conversation.Id);
        }

        if (outcome.Message.Content is SystemContent system && item.GroupId is null)
        {
            foreach (var name in ReceiveContext.NewNames(system, connection))
            {
                context.Contacts.Rekey(contact, name, outcome.Message.SaidAt);
            }
        }

        if (item.GroupId is not null)
        {
            // What somebody says to a group is no word to the business about its messages.
            return;
        }

        var entry = contact.HearWords(item.Message.Content, context.Words, item.Message.WhatsAppId, outcome.Message.SaidAt);
        if (entry is null)
        {
            return;
        }

        context.Db.Add(entry);
        context.Db.Add(conversation.TellConsent(entry, context.Now, outcome.Message.Sequence));
        if (entry.Decision == ConsentDecision.Stopped)
        {
            // Silence is what was asked for: nobody has to answer that.
            conversation.MarkNoReplyNeeded();
            Confirm(context, conversation, contact, connection);
        }
    }

    /// <summary>A file of imported history came by itself: it goes where its placeholder stands.</summary>
    /// <returns>False if there is no such message.</returns>
    public static async Task<bool> CompleteAsync(ReceiveContext context, InboundMessage said, Connection connection, CancellationToken cancellationToken)
    {
        var (id, connectionId) = (said.WhatsAppId, connection.Id);
        var message = context.Db.Set<Message>().Local.FirstOrDefault(m => m.ConnectionId == connectionId && m.WhatsAppId == id)
            ?? await context.Db.Set<Message>().SingleOrDefaultAsync(m => m.ConnectionId == connectionId && m.WhatsAppId == id, cancellationToken);
        if (message?.Complete(said.Content, said.Raw, context.NextSequence()) != true)
        {
            return message is not null;
        }

        context.HasFiles |= AnnouncedFile.Note(context.Db, connection, message, context.Now);
        var conversation = await context.ThreadOfAsync(message, cancellationToken);
        conversation.ShowContent(message);
        context.Touch(conversation);
        return true;
    }

    /// <summary>Confirmations get their outbox rows once they have keys.</summary>
    public static void QueueConfirmations(ReceiveContext context)
    {
        foreach (var message in context.Confirmations)
        {
            context.Db.Add(Outbox.Row(message, context.Now));
        }

        context.Confirmations.Clear();
    }

    /// <summary>Whether it edits or withdraws a message of the thread that somebody else said.</summary>
    private static bool IsOfSomebodyElse(ReceiveContext context, Conversation conversation, InboundMessage inbound) =>
        inbound.Content is EditContent or RevokeContent
        && context.ActedOn(conversation, inbound.Content.TargetWhatsAppId) is { } target
        && !target.IsSaidBy(MessageDirection.In, inbound.Context?.Participant);

    /// <summary>Says once, inside the window, that the stop was heard.</summary>
    private static void Confirm(ReceiveContext context, Conversation conversation, Contact contact, Connection connection)
    {
        var words = new TextContent(context.Workspace.StopConfirmation);
        var circumstances = new SendCircumstances(conversation, contact, context.StateOf(connection), MessageOrigin.StopConfirmation, context.Now);
        if (!SendPolicy.Decide(actor: null, circumstances, words).IsAllowed)
        {
            return;
        }

        var message = Message.ToCustomer(conversation, words, author: null, draftId: null, context.NextSequence(), context.Now);
        conversation.Reply(message);
        context.Db.Add(message);
        context.Confirmations.Add(message);
        context.HasOutbound = true;
    }
}
