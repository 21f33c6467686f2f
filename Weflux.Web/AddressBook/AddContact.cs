using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

public enum AddOutcome
{
    Added,

    /// <summary>The business knows whoever has this number, in one of its spellings.</summary>
    Found,

    NotAllowed,

    WrongNumber,

    /// <summary>It is a number of the business itself.</summary>
    OwnNumber,

    WrongName,
}

/// <summary>What became of it.</summary>
/// <param name="ContactId">Who it is, new or known.</param>
/// <param name="Fault">What is wrong and what to do; null if nothing is.</param>
public sealed record AddAnswer(AddOutcome Outcome, long? ContactId = null, string? Fault = null);

/// <summary>Somebody who sees all contacts files a new one by number. Whoever is known under one of its spellings is opened instead.</summary>
public sealed class AddContact(WefluxDatabase database, TimeProvider time)
{
    public static bool May(Actor actor) => actor.May(Permission.SeeAllContacts) && actor.May(Permission.EditContacts) && actor.May(Permission.SeePhoneNumbers);

    public Task<AddAnswer> ExecuteAsync(Actor actor, string typed, string? name, CancellationToken cancellationToken = default) =>
        ExecuteAsync(actor, typed, name, (_, _) => Task.CompletedTask, cancellationToken);

    /// <param name="actor">Who adds.</param>
    /// <param name="typed">The number.</param>
    /// <param name="name">What to call the contact, if it is new; null for nothing.</param>
    /// <param name="thenAsync">What else is saved of whoever it is, in the same transaction. If it throws, nobody was added.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<AddAnswer> ExecuteAsync(
        Actor actor, string typed, string? name, Func<WefluxDbContext, long, Task> thenAsync, CancellationToken cancellationToken)
    {
        if (!May(actor))
        {
            return new AddAnswer(AddOutcome.NotAllowed, Fault: "You may not add contacts. Ask a Manager or an Admin.");
        }

        if (RenameContact.FaultOf(name) is { } fault)
        {
            return new AddAnswer(AddOutcome.WrongName, Fault: fault);
        }

        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.SeeAllContacts, cancellationToken))
                {
                    return new AddAnswer(AddOutcome.NotAllowed, Fault: "You may not add contacts any more.");
                }

                var added = await AddAsync(db, actor, typed, name, cancellationToken);
                if (added.ContactId is { } id)
                {
                    await thenAsync(db, id);
                }

                return added;
            },
            cancellationToken);
    }

    private async Task<AddAnswer> AddAsync(WefluxDbContext db, Actor actor, string typed, string? name, CancellationToken cancellationToken)
    {
        var connection = await db.Set<Connection>().AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if (!(connection is null ? PhoneNumber.TryParse(typed, out var number) : NewConversationQuery.TryRead(connection, typed, out number)))
        {
            return new AddAnswer(AddOutcome.WrongNumber, Fault: "This is no phone number. Type it with its country code, such as +91 98765 43210.");
        }

        if (await NewConversationQuery.IsOwnAsync(db, number, cancellationToken))
        {
            return new AddAnswer(AddOutcome.OwnNumber, Fault: "This is a number of your own business.");
        }

        var claim = NewConversationQuery.Claim(number);

        // Copied from elsewhere, a number may have its country's code and no plus sign.
        var asTyped = PhoneNumber.TryParse("+" + string.Concat(typed.Where(char.IsAsciiDigit)), out var whole) ? NewConversationQuery.Claim(whole) : claim;
        var directory = await ContactDirectory.OpenAsync(db, NewConversationQuery.Named, [claim, asTyped], cancellationToken);
        if ((directory.Find(claim) ?? directory.Find(asTyped)) is { } known)
        {
            return new AddAnswer(AddOutcome.Found, known.Id);
        }

        var now = time.GetUtcNow();
        var contact = directory.Hear(claim, actor.Workspace, now);
        contact.Rename(name);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(new ContactChange(actor, contact.Id, "Added by number", null, contact.GivenName, now));
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new AddAnswer(AddOutcome.Added, contact.Id);
    }
}
