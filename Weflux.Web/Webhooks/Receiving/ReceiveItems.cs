using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Scheduling;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>Why an item is parked: not a fault of ours, and nothing that trying again at once would mend.</summary>
public sealed class ItemRefusedException(string reason) : Exception(reason);

/// <summary>
/// Applies a slice of items to the workspace, in order, inside the caller's transaction: first who speaks, then where,
/// then what. Every step may be repeated with the same items and changes nothing the second time.
/// </summary>
public static class ReceiveItems
{
    public static async Task ApplyAsync(
        ReceiveContext context, IReadOnlyList<PendingItem> items, Security.SecretProtector protector, CancellationToken cancellationToken)
    {
        var people = new Dictionary<PendingItem, Contact>(items.Count);
        foreach (var item in items)
        {
            if (Introduce(context, item) is { } contact)
            {
                people[item] = contact;
            }
        }

        if (context.HasUnsaved)
        {
            await context.SaveAsync(cancellationToken);
        }

        await context.Contacts.SuggestMergesAsync(context.Workspace.Id, context.Now, cancellationToken);
        await context.ReadConversationsAsync(people.Values, cancellationToken);
        foreach (var item in items.Where(i => i.Item is MessageItem))
        {
            var message = (MessageItem)item.Item;
            var connection = context.ConnectionOf(message.Route)!;
            if (!context.Known.Contains((connection.Id, message.Message.WhatsAppId)))
            {
                context.ConversationOf(people[item], connection);
            }
        }

        if (context.HasUnsaved)
        {
            await context.SaveAsync(cancellationToken);
        }

        // What is known already, or was said to somebody who had the number before, shows nothing.
        foreach (var news in items.Select(i => i.Item).OfType<MessageItem>().Where(m => m.Origin == MessageOrigin.Customer)
            .GroupBy(m => context.ConnectionOf(m.Route)!, m => m.Message))
        {
            var fresh = news.Where(m => !context.Known.Contains((news.Key.Id, m.WhatsAppId))).Select(m => (DateTimeOffset?)m.SaidAt).Max();
            if (fresh is { } saidAt)
            {
                await context.MarkHeardAsync(news.Key, saidAt, cancellationToken);
            }
        }

        foreach (var item in items)
        {
            await ApplyAsync(context, item, people.GetValueOrDefault(item), protector, cancellationToken);
        }

        await context.Contacts.SuggestMergesAsync(context.Workspace.Id, context.Now, cancellationToken);
        await context.TellOfHeardAsync(cancellationToken);
        await FollowInSearch.ApplyAsync(context, cancellationToken);
        await context.SaveAsync(cancellationToken);
        await context.Targets.ForgetUnknownAsync(context.Db, cancellationToken);
        if (context.Confirmations.Count > 0)
        {
            ReceiveMessage.QueueConfirmations(context);
            await context.SaveAsync(cancellationToken);
        }

        foreach (var (kept, newer) in context.Contacts.TakeSame())
        {
            await JoinContacts.ApplyAsync(context, kept, newer, cancellationToken);
        }

        if (context.SpokenIn.Count > 0)
        {
            await CustomerWrote.ApplyAsync(context.Db, [.. context.SpokenIn], context.Now, context.NextSequence(), cancellationToken);
        }
    }

    private static Contact? Introduce(ReceiveContext context, PendingItem pending) => pending.Item switch
    {
        // A message that is stored already brings no news of its sender: it may be days old.
        MessageItem item when context.ConnectionOf(item.Route) is { } connection && context.Known.Contains((connection.Id, item.Message.WhatsAppId)) =>
            context.Contacts.Find(context.Claim(item, connection)),
        MessageItem item when context.ConnectionOf(item.Route) is { } connection =>
            context.Hear(context.Claim(item, connection), Earlier(item.Message.SaidAt, pending.ReceivedAt)),
        MarketingPreferenceItem item when context.ConnectionOfAccount(item.Route) is { } connection =>
            context.Hear(context.Claim(item.Person, connection), pending.ReceivedAt),
        UserIdChangeItem item when context.ConnectionOfAccount(item.Route) is { } connection =>
            context.Contacts.Find(context.Claim(item.Person, connection)),
        MessageItem item => throw new ItemRefusedException(UnknownNumber(item.Route)),
        MarketingPreferenceItem or UserIdChangeItem => throw new ItemRefusedException("The account is not one of this Meta app's connections."),
        _ => null,
    };

    private static async Task ApplyAsync(
        ReceiveContext context, PendingItem pending, Contact? contact, Security.SecretProtector protector, CancellationToken cancellationToken)
    {
        switch (pending.Item)
        {
            case MessageItem item:
                await ReceiveMessage.ApplyAsync(context, item, contact, cancellationToken);
                break;
            case HistoryFileItem item:
                var number = context.ConnectionOf(item.Route) ?? throw new ItemRefusedException(UnknownNumber(item.Route));
                if (!await ReceiveMessage.CompleteAsync(context, item.Message, number, cancellationToken))
                {
                    await StoreOther.ApplyAsync(context, new OtherItem(item.Route, "history.media", item.Json), pending, protector, cancellationToken);
                }

                break;
            case StatusItem item:
                var connection = context.ConnectionOf(item.Route) ?? throw new ItemRefusedException(UnknownNumber(item.Route));
                await ReceiveStatus.ApplyAsync(context, item, connection, pending.ReceivedAt, cancellationToken);
                break;
            case MarketingPreferenceItem item:
                ReceivePreference.Apply(context, item, contact!, pending.ReceivedAt);
                break;
            case UserIdChangeItem item when contact is not null:
                context.Contacts.Rekey(
                    contact, IdentityKey.UserId(context.ConnectionOfAccount(item.Route)!.IdentityScope, item.NewUserId), pending.ReceivedAt);
                break;
            case UserIdChangeItem:
                // Somebody who never wrote to us: there is nothing to rename.
                break;
            case OtherItem item:
                await StoreOther.ApplyAsync(context, item, pending, protector, cancellationToken);
                break;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string UnknownNumber(ItemRoute route) => route.PhoneNumberId is null
        ? "The item does not say which number it belongs to."
        : "The number is not one of this Meta app's connections.";
}
