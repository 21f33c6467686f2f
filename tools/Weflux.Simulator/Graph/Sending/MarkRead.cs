using System.Text.Json;
using Weflux.Simulator.Chats;
using Weflux.Simulator.Phone;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>The business has read up to a message, and may be typing an answer.</summary>
internal sealed class MarkRead(ChatBook chats, Handsets handsets, TimeProvider time)
{
    private static readonly TimeSpan TypingShows = TimeSpan.FromSeconds(25);

    public GraphAnswer Execute(SimulatedNumber number, JsonElement body)
    {
        if (EnvelopeRules.CheckProduct(body) is { } wrongProduct)
        {
            return wrongProduct;
        }

        if (body.Text("status") != "read")
        {
            return GraphError.Parameter("Param status must be one of {READ}.");
        }

        if (body.Text("message_id") is not { } wamid
            || chats.Find(wamid) is not { FromCustomer: true } upTo
            || upTo.Chat.PhoneNumberId != number.PhoneNumberId)
        {
            return GraphError.Invalid("Param message_id is not a message that was sent to this phone number");
        }

        foreach (var message in chats.Of(upTo.Chat))
        {
            if (message.FromCustomer)
            {
                chats.Advance(message.Wamid, MessageStatus.Read);
            }

            if (message.Wamid == wamid)
            {
                break;
            }
        }

        if (body.Object("typing_indicator") is not null)
        {
            handsets.Typing(upTo.Chat, time.GetUtcNow() + TypingShows);
        }

        return GraphAnswer.Success();
    }
}
