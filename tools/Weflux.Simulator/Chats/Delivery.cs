using Weflux.Simulator.People;
using Weflux.Simulator.Phone;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Chats;

/// <summary>Takes an accepted message of the business to the customer's phone and reports each step.</summary>
internal sealed class Delivery(
    SimulatorOptions options,
    CustomerBook customers,
    ChatBook chats,
    Handsets handsets,
    WebhookQueue webhooks,
    TimeProvider time)
{
    // One step at a time, so that "delivered" is never reported before "sent" when a phone is switched on meanwhile.
    private readonly Lock _gate = new();

    public void Accept(ChatMessage message, int? failure)
    {
        lock (_gate)
        {
            chats.Add(message);
            if (failure is { } code)
            {
                Advance(message.Wamid, MessageStatus.Failed, code);
                return;
            }

            Advance(message.Wamid, MessageStatus.Sent);
            handsets.StopTyping(message.Chat);
            if (handsets.IsOn(message.Chat))
            {
                Reach(message);
            }
        }
    }

    public void SwitchPhone(ChatKey chat, bool isOn)
    {
        lock (_gate)
        {
            handsets.Switch(chat, isOn);
            if (isOn)
            {
                foreach (var message in FromBusiness(chat, MessageStatus.Sent))
                {
                    Reach(message);
                }
            }
        }
    }

    public void Look(ChatKey chat)
    {
        lock (_gate)
        {
            if (handsets.IsWatched(chat) && handsets.IsOn(chat))
            {
                foreach (var message in FromBusiness(chat, MessageStatus.Delivered))
                {
                    Advance(message.Wamid, MessageStatus.Read);
                }
            }
        }
    }

    private IEnumerable<ChatMessage> FromBusiness(ChatKey chat, MessageStatus status) =>
        chats.Of(chat).Where(message => !message.FromCustomer && message.Status == status);

    private void Reach(ChatMessage message)
    {
        // Meta reports nothing but "sent" for the reactions of a business.
        var isReaction = message.Type == "reaction";
        Advance(message.Wamid, MessageStatus.Delivered, silently: isReaction);
        if (handsets.IsWatched(message.Chat))
        {
            Advance(message.Wamid, MessageStatus.Read, silently: isReaction);
        }
    }

    private void Advance(string wamid, MessageStatus status, int? errorCode = null, bool silently = false)
    {
        if (chats.Advance(wamid, status, errorCode) is { } moved
            && !silently
            && options.Find(moved.Chat.PhoneNumberId) is { } number
            && customers.Find(moved.Chat) is { } customer)
        {
            webhooks.Enqueue(number, StatusWebhook.Of(number, customer, moved, time.GetUtcNow()));
        }
    }
}
