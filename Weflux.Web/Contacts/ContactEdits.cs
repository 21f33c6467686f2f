using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Contacts;

public enum ContactOutcome
{
    Saved,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no such contact for this person.</summary>
    NotFound,

    /// <summary>The person sees the contact and may not do this.</summary>
    NotAllowed,

    /// <summary>What was typed cannot be taken.</summary>
    Invalid,
}

/// <summary>What became of a change of a contact.</summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Fault">What is wrong with what was typed, and what to do; null if nothing is.</param>
public sealed record ContactAnswer(ContactOutcome Outcome, string? Fault = null)
{
    public bool IsDone => Outcome is ContactOutcome.Saved or ContactOutcome.Unchanged;

    /// <summary>What to say to whoever asked; null if it was done.</summary>
    public string? Words => Outcome switch
    {
        ContactOutcome.Saved or ContactOutcome.Unchanged => null,
        ContactOutcome.NotFound => "This contact is not yours to see any more. Go back to the list.",
        ContactOutcome.NotAllowed => "You may not change this. Ask a Manager or an Admin.",
        _ => Fault ?? "This cannot be taken.",
    };

    internal static ContactAnswer Invalid(string fault) => new(ContactOutcome.Invalid, fault);
}

/// <summary>One change as the history keeps it; a fault means that nothing is changed.</summary>
internal sealed record ContactEdit(string What, string? Before, string? After)
{
    public string? Fault { get; private init; }

    public static ContactEdit Refused(string fault) => new("", null, null) { Fault = fault };
}

/// <summary>
/// How a contact is changed: under the lock of the workspace, by whoever may see it and may do this still, with a line in
/// its history, and with every screen told that shows one of its conversations.
/// </summary>
public sealed class ContactEdits(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time)
{
    private static readonly Func<Task> Nothing = () => Task.CompletedTask;

    /// <param name="actor">Who acts.</param>
    /// <param name="contactId">Whose facts.</param>
    /// <param name="needs">What the actor must be allowed to do.</param>
    /// <param name="changeAsync">Makes the change and says what it was; null if it was so already.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal Task<ContactAnswer> ApplyAsync(
        Actor actor, long contactId, Permission needs, Func<WefluxDbContext, Contact, Task<ContactEdit?>> changeAsync, CancellationToken cancellationToken) =>
        ApplyAllAsync(actor, contactId, needs, [changeAsync], cancellationToken);

    /// <summary>Several changes, of which all are made or none. They save nothing themselves, so each sees in the tracker what those before it did.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="contactId">Whose facts.</param>
    /// <param name="needs">What the actor must be allowed to do.</param>
    /// <param name="changes">As for one change. After one that is refused no other is begun.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal async Task<ContactAnswer> ApplyAllAsync(
        Actor actor, long contactId, Permission needs, IReadOnlyList<Func<WefluxDbContext, Contact, Task<ContactEdit?>>> changes, CancellationToken cancellationToken)
    {
        if (!ContactSight.HasAny(actor))
        {
            return new ContactAnswer(ContactOutcome.NotFound);
        }

        var (answer, tellAsync) = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                return await ApplyInAsync(db, actor, contactId, needs, changes, cancellationToken);
            },
            cancellationToken);
        await tellAsync();
        return answer;
    }

    /// <summary>The same in a transaction of the caller's, who holds the lock of the workspace and takes all of it back if it is refused.</summary>
    /// <returns>What became of it, and what tells the screens once it is committed.</returns>
    internal async Task<(ContactAnswer Answer, Func<Task> TellAsync)> ApplyInAsync(
        WefluxDbContext db,
        Actor actor,
        long contactId,
        Permission needs,
        IReadOnlyList<Func<WefluxDbContext, Contact, Task<ContactEdit?>>> changes,
        CancellationToken cancellationToken)
    {
        var contact = await ContactSight.Of(db, actor).SingleOrDefaultAsync(c => c.Id == contactId, cancellationToken);
        if (contact is null)
        {
            return (new ContactAnswer(ContactOutcome.NotFound), Nothing);
        }

        if (!await db.StillMayAsync(actor, needs, cancellationToken))
        {
            return (new ContactAnswer(ContactOutcome.NotAllowed), Nothing);
        }

        var edits = new List<ContactEdit>();
        foreach (var changeAsync in changes)
        {
            switch (await changeAsync(db, contact))
            {
                case null:
                    break;
                case { Fault: { } fault }:
                    return (ContactAnswer.Invalid(fault), Nothing);
                case { } edit:
                    edits.Add(edit);
                    break;
            }
        }

        if (edits.Count == 0)
        {
            return (new ContactAnswer(ContactOutcome.Unchanged), Nothing);
        }

        var now = time.GetUtcNow();
        db.AddRange(edits.Select(e => new ContactChange(actor, contactId, e.What, e.Before, e.After, now)));
        var told = await ShowAsync(db, contactId, cancellationToken);
        return (new ContactAnswer(ContactOutcome.Saved), () => broadcaster.AnnounceAsync(actor.Workspace, told));
    }

    private static async Task<List<ConversationChange>> ShowAsync(WefluxDbContext db, long contactId, CancellationToken cancellationToken)
    {
        var threads = await db.Set<Conversation>().Where(t => t.ContactId == contactId).ToListAsync(cancellationToken);
        threads.ForEach(t => t.ShowContact());
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return threads.ConvertAll(ConversationChange.Of);
    }
}
