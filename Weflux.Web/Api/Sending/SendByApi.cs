using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reading;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Api.Sending;

/// <summary>What came of a program's wish to send: a closed family.</summary>
public abstract record ApiSendOutcome
{
    private protected ApiSendOutcome()
    {
    }
}

/// <summary>It waits to be sent, or was already.</summary>
public sealed record ApiSent(ApiMessage Message) : ApiSendOutcome;

/// <summary>What was sent is no message.</summary>
public sealed record ApiUnreadable(string Detail) : ApiSendOutcome;

/// <summary>There is no such conversation or message for this key.</summary>
public sealed record ApiUnknown : ApiSendOutcome;

/// <summary>The idempotency key stands for another request.</summary>
public sealed record ApiKeyTaken : ApiSendOutcome;

/// <summary>The policy says no.</summary>
/// <param name="Decision">What it says.</param>
/// <param name="Words">More exactly than the decision knows; null for the usual words.</param>
public sealed record ApiRefused(SendDecision Decision, ReplyNotice? Words = null) : ApiSendOutcome;

/// <summary>A program sends a message, by the same door as people.</summary>
public sealed class SendByApi(
    WefluxDatabase database, SendReply sendReply, SendReaction sendReaction, TemplateListQuery templates, ClaimIdempotencyKey claim)
{
    /// <param name="actor">The program.</param>
    /// <param name="outgoing">What to send.</param>
    /// <param name="idempotencyKey">What the program calls this request; null if it does not.</param>
    public async Task<ApiSendOutcome> ExecuteAsync(
        Actor actor, ApiOutgoing outgoing, string? idempotencyKey, CancellationToken cancellationToken = default)
    {
        var draftId = Guid.CreateVersion7();
        if (idempotencyKey is not null)
        {
            var request = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(outgoing, JsonColumns.Options));
            if (await claim.ExecuteAsync(actor, idempotencyKey, request, cancellationToken) is not { } claimed)
            {
                return new ApiKeyTaken();
            }

            draftId = claimed;
            if (await FindAsync(actor, m => m.DraftId == draftId, cancellationToken) is { } earlier)
            {
                return new ApiSent(earlier);
            }
        }

        var (outcome, result) = await SendAsync(actor, outgoing, draftId, cancellationToken);
        return outcome ?? result switch
        {
            null => new ApiUnknown(),
            { MessageId: { } id } => await FindAsync(actor, m => m.Id == id, cancellationToken) is { } sent ? new ApiSent(sent) : new ApiUnknown(),
            _ => new ApiRefused(result.Decision),
        };
    }

    private async Task<(ApiSendOutcome? Outcome, SendReplyResult? Result)> SendAsync(
        Actor actor, ApiOutgoing outgoing, Guid draftId, CancellationToken cancellationToken)
    {
        if (OutgoingReader.Lost(outgoing) is { } lost)
        {
            return (new ApiRefused(lost), null);
        }

        if (outgoing.Type == "reaction")
        {
            return outgoing.Reaction?.MessageId is { } messageId
                ? (null, await sendReaction.ExecuteAsync(actor, messageId, outgoing.Reaction.Emoji, draftId, cancellationToken))
                : (new ApiUnreadable("A reaction needs 'reaction' with the 'messageId' of the customer's message."), null);
        }

        if (outgoing.ConversationId is not { } conversationId)
        {
            return (new ApiUnreadable("'conversationId' is missing: the id of the conversation that the message goes to."), null);
        }

        if (OutgoingReader.Unreadable(outgoing) is { } unreadable)
        {
            return (new ApiUnreadable(unreadable), null);
        }

        if (outgoing is { Type: "template", Template: { } given })
        {
            var (template, refusal) = TemplateChoosing.Read(actor, await templates.GetAsync(actor, conversationId, cancellationToken), given);
            return template is null
                ? (refusal, null)
                : (null, await sendReply.ExecuteAsync(actor, conversationId, template, draftId, cancellationToken: cancellationToken));
        }

        if (OutgoingReader.Read(outgoing, await CatalogAsync(actor, cancellationToken)) is not { } content)
        {
            return (new ApiUnreadable(OutgoingReader.Types), null);
        }

        return (null, await sendReply.ExecuteAsync(
            actor, conversationId, content, draftId, quotedId: outgoing.ReplyTo, cancellationToken: cancellationToken));
    }

    private async Task<string?> CatalogAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.CatalogId).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<ApiMessage?> FindAsync(
        Actor actor, System.Linq.Expressions.Expression<Func<Message, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        var found = await (
            from message in db.Set<Message>().Where(which)
            join conversation in db.Set<Conversation>() on message.ConversationId equals conversation.Id
            select new
            {
                Message = message,
                conversation.ContactId,
                Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants),
                FileId = db.Set<MessageFile>().Where(l => l.MessageId == message.Id).Select(l => (long?)l.FileId).FirstOrDefault(),
            }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !actor.MaySee(found.Holding))
        {
            return null;
        }

        var references = await MessageStreamQuery.ReferencesAsync(db, [found.Message], cancellationToken);
        return ApiMessage.Of(found.Message, found.ContactId, actor.May(Permission.SeePhoneNumbers), references(found.Message)) with { MediaId = found.FileId };
    }
}
