using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox;

/// <summary>What is needed to write first to somebody.</summary>
/// <param name="ConnectionId">From which number.</param>
/// <param name="Typed">The customer's number, as typed.</param>
/// <param name="Name">What to call the customer; empty if nothing.</param>
/// <param name="Content">The template, filled in.</param>
/// <param name="Evidence">How the customer agreed to hear from the business, in words.</param>
/// <param name="AgreedOn">When.</param>
/// <param name="AgreedToMarketing">Whether to offers and news as well.</param>
public sealed record ConversationStart(
    long ConnectionId, string Typed, string Name, TemplateContent Content, string Evidence, DateOnly AgreedOn, bool AgreedToMarketing);

public enum StartOutcome
{
    Sent,

    /// <summary>The actor may not, or there is no such number of the business.</summary>
    NotFound,

    WrongNumber,

    /// <summary>It is a number of the business itself.</summary>
    OwnNumber,

    /// <summary>There is a thread with this customer already.</summary>
    Exists,

    /// <summary>There is one that the actor may not see.</summary>
    HeldByOther,

    /// <summary>It is not said how the customer agreed.</summary>
    NoEvidence,

    /// <summary>The day of the agreement has not come yet.</summary>
    FutureDay,

    /// <summary>The policy says no.</summary>
    Refused,
}

/// <summary>What became of it.</summary>
public sealed record StartAnswer(StartOutcome Outcome, long? ConversationId = null, SendDecision? Decision = null);

/// <summary>
/// A person writes first to a customer, by a template. Who the customer is gets looked up before anybody is made, how
/// the customer agreed goes into the consent ledger, and nothing is stored unless the message may be sent.
/// </summary>
public sealed class StartConversation(WefluxDatabase database, SendReply sendReply, TimeProvider time)
{
    public async Task<StartAnswer> ExecuteAsync(Actor actor, ConversationStart start, Guid draftId, CancellationToken cancellationToken = default)
    {
        if (!NewConversationQuery.MayBegin(actor) || actor.Key is not null)
        {
            return new StartAnswer(StartOutcome.NotFound);
        }

        try
        {
            var (answer, sent) = await database.WriteAsync(
                actor.Workspace,
                async db =>
                {
                    var answer = await StoreAsync(db, actor, start, draftId, cancellationToken);
                    return answer is { Outcome: StartOutcome.Sent, ConversationId: { } id }
                        ? (answer, await SendAsync(db, actor, id, start.Content, draftId, cancellationToken))
                        : (answer, (SendReply.Stored?)null);
                },
                cancellationToken);
            await sendReply.TellAsync(actor, sent);
            return answer;
        }
        catch (NotSentException refused)
        {
            return new StartAnswer(StartOutcome.Refused, Decision: refused.Decision);
        }
    }

    /// <summary>The message in the same transaction: without it there is no contact, no consent and no thread.</summary>
    private async Task<SendReply.Stored> SendAsync(
        WefluxDbContext db, Actor actor, long conversationId, TemplateContent content, Guid draftId, CancellationToken cancellationToken)
    {
        var stored = await sendReply.StoreAsync(db, actor, new SendReply.Order(conversationId, content, draftId), cancellationToken);
        return stored is { Result.MessageId: not null } ? stored : throw new NotSentException(stored?.Result.Decision);
    }

    private async Task<StartAnswer> StoreAsync(WefluxDbContext db, Actor actor, ConversationStart start, Guid draftId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var connection = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == start.ConnectionId, cancellationToken);
        if (connection is null)
        {
            return new StartAnswer(StartOutcome.NotFound);
        }

        if (!NewConversationQuery.TryRead(connection, start.Typed, out var number))
        {
            return new StartAnswer(StartOutcome.WrongNumber);
        }

        if (await NewConversationQuery.IsOwnAsync(db, number, cancellationToken))
        {
            return new StartAnswer(StartOutcome.OwnNumber);
        }

        var now = time.GetUtcNow();
        var agreedAt = new DateTimeOffset(start.AgreedOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (agreedAt > now.AddDays(1))
        {
            return new StartAnswer(StartOutcome.FutureDay);
        }

        var claim = NewConversationQuery.Claim(number);
        var directory = await ContactDirectory.OpenAsync(db, NewConversationQuery.Named, [claim], cancellationToken);
        var isNew = directory.Find(claim) is null;
        var contact = directory.Hear(claim, actor.Workspace, now);
        if (!isNew && await ThreadAsync(db, contact.Id, connection.Id, cancellationToken) is { } thread)
        {
            // Whoever had no answer and sends the same once more has begun this thread already.
            return !actor.MaySee(thread.Holding) ? new StartAnswer(StartOutcome.HeldByOther)
                : await db.Set<Message>().AnyAsync(m => m.DraftId == draftId && m.ConversationId == thread.Id, cancellationToken)
                    ? new StartAnswer(StartOutcome.Sent, thread.Id)
                    : new StartAnswer(StartOutcome.Exists, thread.Id);
        }

        if ((isNew || start.AgreedToMarketing) && string.IsNullOrWhiteSpace(start.Evidence))
        {
            return new StartAnswer(StartOutcome.NoEvidence);
        }

        var entries = Agree(actor, start, contact, isNew, agreedAt < now ? agreedAt : now);
        var conversation = Conversation.Start(actor.Workspace, contact.Id, connection.Id, now);
        conversation.Assign(actor.User);
        var circumstances = new SendCircumstances(conversation, contact, connection.State, MessageOrigin.Person, now);
        var decision = SendPolicy.Decide(actor, circumstances, await TemplateUse.AsStoredAsync(db, connection, start.Content, cancellationToken));
        if (decision.IsAllowed)
        {
            var (_, refusal) = await SentFile.ResolveAsync(db, actor, start.Content, default, cancellationToken);
            decision = refusal ?? await TemplateUse.RefuseAsync(db, connection, start.Content, now, cancellationToken) ?? decision;
        }

        return decision.IsAllowed
            ? new StartAnswer(StartOutcome.Sent, await SaveAsync(db, start, contact, connection.Id, entries, actor, now, cancellationToken))
            : new StartAnswer(StartOutcome.Refused, Decision: decision);
    }

    /// <summary>
    /// What the customer agreed to. Only for somebody new does it count as leave to write at all: for everybody else a stop
    /// may stand that nobody lifts in passing. Consent to marketing takes somebody who may record it.
    /// </summary>
    private static List<Func<Contact, ConsentEntry>> Agree(Actor actor, ConversationStart start, Contact contact, bool isNew, DateTimeOffset at)
    {
        var entries = new List<Func<Contact, ConsentEntry>>();
        if (isNew)
        {
            entries.Add(c => c.Record(ConsentPurpose.AllMessages, ConsentDecision.Given, start.Evidence.Trim(), actor.User, at));
        }

        if (start.AgreedToMarketing && actor.May(Permission.CurateContacts))
        {
            // Said now of the contact at hand, so that the policy decides with it; written down once the contact has a key.
            contact.Record(ConsentPurpose.Marketing, ConsentDecision.Given, start.Evidence.Trim(), actor.User, at);
            entries.Add(c => c.Record(ConsentPurpose.Marketing, ConsentDecision.Given, start.Evidence.Trim(), actor.User, at));
        }

        return entries;
    }

    private static Task<Conversation?> ThreadAsync(WefluxDbContext db, long contactId, long connectionId, CancellationToken cancellationToken) =>
        db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.ContactId == contactId && c.ConnectionId == connectionId, cancellationToken);

    private static async Task<long> SaveAsync(
        WefluxDbContext db, ConversationStart start, Contact contact, long connectionId, List<Func<Contact, ConsentEntry>> entries, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (contact.DisplayName.Length == 0)
        {
            contact.Rename(start.Name);
        }

        await db.SaveChangesAsync(cancellationToken);
        var conversation = Conversation.Start(actor.Workspace, contact.Id, connectionId, now);
        conversation.Assign(actor.User);
        db.Add(conversation);
        db.AddRange(entries.Select(make => make(contact)));
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return conversation.Id;
    }

    /// <summary>Takes the transaction back.</summary>
    private sealed class NotSentException(SendDecision? decision) : Exception
    {
        public SendDecision? Decision => decision;
    }
}
