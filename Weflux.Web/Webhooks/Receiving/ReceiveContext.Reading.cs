using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>What is read before the first item is applied.</summary>
public sealed partial class ReceiveContext
{
    private async Task ReadContactsAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var claims = new List<PersonClaim>();
        var inside = new List<IdentityKey>();
        foreach (var item in items.Select(i => i.Item))
        {
            switch (item)
            {
                case MessageItem message when ConnectionOf(message.Route) is { } connection:
                    claims.Add(Claim(message, connection));
                    if (message.Message.Content is SystemContent system)
                    {
                        inside.AddRange(NewNames(system, connection));
                    }

                    break;
                case MarketingPreferenceItem preference when ConnectionOfAccount(preference.Route) is { } connection:
                    claims.Add(Claim(preference.Person, connection));
                    break;
                case UserIdChangeItem change when ConnectionOfAccount(change.Route) is { } connection:
                    claims.Add(Claim(change.Person, connection));
                    inside.Add(IdentityKey.UserId(connection.IdentityScope, change.NewUserId));
                    break;
            }
        }

        Contacts = await ContactDirectory.OpenAsync(Db, _queries.ContactsNamed, claims, cancellationToken);
        await Contacts.LookUpAsync(inside, cancellationToken);
    }

    internal static IEnumerable<IdentityKey> NewNames(SystemContent system, Connection connection)
    {
        if (system.NewWhatsAppId is { } number)
        {
            yield return IdentityKey.WhatsAppId(number);
        }

        if (system.NewUserId is { } user)
        {
            yield return IdentityKey.UserId(connection.IdentityScope, user);
        }
    }

    private async Task ReadKnownAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        foreach (var group in items.Select(i => i.Item).OfType<MessageItem>().GroupBy(m => ConnectionOf(m.Route)!.Id, m => m.Message.WhatsAppId))
        {
            await foreach (var id in _queries.Known(Db, group.Key, [.. group.Distinct(StringComparer.Ordinal)]).WithCancellation(cancellationToken))
            {
                Known.Add((group.Key, id));
            }
        }
    }

    private async Task ReadActedOnAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var acts = items.Select(i => i.Item).OfType<MessageItem>().Where(m => m.Message.Content is EditContent or RevokeContent).ToList();
        foreach (var group in acts.GroupBy(m => ConnectionOf(m.Route)!.Id, m => m.Message.Content.TargetWhatsAppId!))
        {
            var ids = group.Distinct(StringComparer.Ordinal).ToList();
            _actedOn.AddRange(await Db.Set<Message>().AsNoTracking()
                .Where(m => m.ConnectionId == group.Key && ids.Contains(m.WhatsAppId!)).ToListAsync(cancellationToken));
        }
    }

    private async Task ReadTargetsAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var statuses = items.Select(i => i.Item).OfType<StatusItem>().ToList();
        if (statuses.Count == 0)
        {
            return;
        }

        Targets = await StatusTargets.ReadAsync(Db, Routes, statuses, cancellationToken);
        var threads = Targets.ConversationIds;
        if (threads.Count > 0)
        {
            await LoadAsync(Db.Set<Conversation>().Where(c => threads.Contains(c.Id)).AsAsyncEnumerable(), cancellationToken);
        }
    }

    private async Task LoadAsync(IAsyncEnumerable<Conversation> conversations, CancellationToken cancellationToken)
    {
        await foreach (var conversation in conversations.WithCancellation(cancellationToken))
        {
            _conversations[(conversation.ContactId, conversation.ConnectionId)] = conversation;
            _conversationsById[conversation.Id] = conversation;
            _assigneesBefore.TryAdd(conversation.Id, conversation.AssigneeId);
            _versionsBefore.TryAdd(conversation.Id, conversation.Version);
        }
    }
}
