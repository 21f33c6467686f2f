using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Notices;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>
/// Makes one contact of two that the platform has said to be one person: somebody wrote under a new name before the notice
/// of the change came. Runs in the slice's transaction, when the slice is stored.
/// </summary>
internal static class JoinContacts
{
    public static async Task ApplyAsync(ReceiveContext context, Contact kept, Contact newer, CancellationToken cancellationToken)
    {
        // One of them may have been joined with somebody a moment ago.
        if (kept.Id == newer.Id || context.Db.Entry(kept).State == EntityState.Detached || context.Db.Entry(newer).State == EntityState.Detached)
        {
            return;
        }

        await context.ReadConversationsAsync([kept, newer], cancellationToken);
        var threads = context.ConversationsOf(kept).ToDictionary(c => c.ConnectionId);
        foreach (var thread in context.ConversationsOf(newer).ToList())
        {
            context.Forget(thread);
            if (threads.TryGetValue(thread.ConnectionId, out var target))
            {
                var sequence = await MoveMessagesAsync(context, thread, target, cancellationToken);
                target.Absorb(thread);
                target.ShowWork(sequence);
                context.Db.Remove(thread);

                // Lists that show it learn that it is gone.
                thread.ShowContact();
                context.Touch(thread);
            }
            else
            {
                thread.MoveTo(kept);
                context.Remember(thread);
                context.Touch(thread);
            }
        }

        kept.Absorb(newer);
        foreach (var thread in context.ConversationsOf(kept))
        {
            thread.ShowContact();
            context.Touch(thread);
        }

        await context.SaveAsync(cancellationToken);
        await MoveNamesAsync(context, kept, newer, cancellationToken);
        context.Db.Entry(newer).State = EntityState.Detached;
    }

    private static async Task<long> MoveMessagesAsync(ReceiveContext context, Conversation from, Conversation to, CancellationToken cancellationToken)
    {
        var (db, source, target) = (context.Db, from.Id, to.Id);

        if (context.SpokenIn.Contains(source))
        {
            context.SpokenIn.Add(target);
        }

        // Screens that have the thread open read what has changed since they looked.
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        await db.Set<Message>().Where(m => m.ConversationId == source).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.ConversationId, target).SetProperty(m => m.ChangeSequence, sequence), cancellationToken);
        await db.Set<OutboundMessage>().Where(o => o.ConversationId == source)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.ConversationId, target), cancellationToken);
        await db.Set<ScheduledMessage>().Where(s => s.ConversationId == source)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ConversationId, target).SetProperty(s => s.ChangeSequence, sequence), cancellationToken);
        await db.Set<SendTrouble>().Where(t => t.ConversationId == source)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ConversationId, target), cancellationToken);
        await MoveWorkAsync(db, source, target, sequence, cancellationToken);
        await db.Set<Draft>().Where(d => d.ConversationId == source && !db.Set<Draft>().Any(o => o.ConversationId == target && o.UserId == d.UserId))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ConversationId, target), cancellationToken);
        foreach (var message in db.ChangeTracker.Entries<Message>().Where(m => m.Entity.ConversationId == source).ToList())
        {
            message.State = EntityState.Detached;
        }

        foreach (var told in db.ChangeTracker.Entries<ConversationEvent>().Where(e => e.Entity.ConversationId == source).ToList())
        {
            told.State = EntityState.Detached;
        }

        return sequence;
    }

    private static async Task MoveWorkAsync(WefluxDbContext db, long source, long target, long sequence, CancellationToken cancellationToken)
    {
        await db.Set<Note>().Where(n => n.ConversationId == source).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.ConversationId, target).SetProperty(n => n.ChangeSequence, sequence), cancellationToken);
        await db.Set<ConversationEvent>().Where(e => e.ConversationId == source).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.ConversationId, target).SetProperty(e => e.Sequence, sequence), cancellationToken);
        await db.Set<ConversationLabel>()
            .Where(l => l.ConversationId == source && !db.Set<ConversationLabel>().Any(o => o.ConversationId == target && o.LabelId == l.LabelId))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ConversationId, target), cancellationToken);

        // What counts the messages of the thread that ends means nothing in the other one.
        await db.Set<Notice>()
            .Where(n => n.ConversationId == source && n.HeardUpTo == 0
                && !db.Set<Notice>().Any(o => o.ConversationId == target && o.UserId == n.UserId && o.Kind == n.Kind))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ConversationId, target), cancellationToken);
        foreach (var told in db.ChangeTracker.Entries<Notice>().Where(e => e.Entity.ConversationId == source).ToList())
        {
            told.State = EntityState.Detached;
        }

        await db.Set<Participation>()
            .Where(p => p.ConversationId == source && !db.Set<Participation>().Any(o => o.ConversationId == target && o.UserId == p.UserId))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ConversationId, target), cancellationToken);
    }

    private static async Task MoveNamesAsync(ReceiveContext context, Contact kept, Contact newer, CancellationToken cancellationToken)
    {
        var (db, from, to) = (context.Db, newer.Id, kept.Id);
        var current = newer.UserIds();
        foreach (var identity in newer.Identities.ToList())
        {
            db.Entry(identity).State = EntityState.Detached;
        }

        // They go with the contact: those of its names are at the kept one already.
        foreach (var word in newer.Words.ToList())
        {
            db.Entry(word).State = EntityState.Detached;
        }

        await db.Set<ContactIdentity>().Where(i => i.ContactId == from)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ContactId, to), cancellationToken);
        await db.Set<ConsentEntry>().Where(e => e.ContactId == from)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ContactId, to), cancellationToken);
        await ContactMoves.ApplyAsync(db, from, to, cancellationToken);

        // A suggestion that names both is settled; one that names somebody else beside the newer one names the kept one from now on.
        var suggestions = await db.Set<MergeSuggestion>().AsNoTracking().Where(s => s.ContactId == from || s.OtherContactId == from || s.ContactId == to || s.OtherContactId == to)
            .ToListAsync(cancellationToken);
        await db.Set<MergeSuggestion>().Where(s => s.ContactId == from || s.OtherContactId == from).ExecuteDeleteAsync(cancellationToken);
        foreach (var entry in db.ChangeTracker.Entries<MergeSuggestion>().ToList())
        {
            entry.State = EntityState.Detached;
        }

        var pairs = suggestions.Where(s => s.ContactId != from && s.OtherContactId != from).Select(s => (s.ContactId, s.OtherContactId)).ToHashSet();
        foreach (var (contact, other) in suggestions.Select(s => (s.ContactId == from ? to : s.ContactId, s.OtherContactId == from ? to : s.OtherContactId)))
        {
            if (contact != other && pairs.Add((contact, other)))
            {
                db.Add(new MergeSuggestion { WorkspaceId = kept.WorkspaceId, ContactId = contact, OtherContactId = other, SeenAt = context.Now });
            }
        }

        await context.SaveAsync(cancellationToken);
        await db.Set<Contact>().Where(c => c.Id == from).ExecuteDeleteAsync(cancellationToken);

        // The new names are at the contact from now on, and the older ones are known to be replaced.
        await db.Set<ContactIdentity>().Where(i => i.ContactId == to).LoadAsync(cancellationToken);
        kept.Settle(current);
        await context.SaveAsync(cancellationToken);
    }
}
