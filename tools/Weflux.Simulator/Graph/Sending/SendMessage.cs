using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Chats;
using Weflux.Simulator.People;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>The business sends: refused at once, or accepted and then reported step by step.</summary>
internal sealed class SendMessage(
    RecipientLookup recipients,
    MessageRules rules,
    TemplateRules templates,
    ChatBook chats,
    Delivery delivery,
    TimeProvider time)
{
    public GraphAnswer Execute(SimulatedNumber number, JsonElement body)
    {
        if (EnvelopeRules.Check(body) is { } wrongEnvelope)
        {
            return wrongEnvelope;
        }

        if (rules.Check(number, body) is { } wrongContent)
        {
            return wrongContent;
        }

        FilledTemplate? filled = null;
        if (body.Object("template") is { } template && body.Text("type") == "template"
            && templates.Fill(number, template, out filled) is { } wrongTemplate)
        {
            return wrongTemplate;
        }

        if (recipients.Find(number, body, out var recipient) is { } wrongRecipient)
        {
            return wrongRecipient;
        }

        var message = Accept(number, recipient!.Customer, body, filled);
        return Answer(recipient, message.Wamid, filled is not null);
    }

    private ChatMessage Accept(SimulatedNumber number, SimulatedCustomer customer, JsonElement body, FilledTemplate? filled)
    {
        var now = time.GetUtcNow();
        var message = new ChatMessage
        {
            Wamid = Wamid.FromBusiness(customer),
            Chat = customer.Chat,
            FromCustomer = false,
            Type = body.Text("type") ?? "text",
            Content = body.Clone(),
            Shown = filled?.Shown,
            Status = MessageStatus.Pending,
            CallbackData = body.Text("biz_opaque_callback_data"),
            PriceCategory = filled?.Category ?? "service",
            At = now,
        };
        delivery.Accept(message, FailureOf(number, message, filled is not null, now));
        return message;
    }

    private int? FailureOf(SimulatedNumber number, ChatMessage message, bool isTemplate, DateTimeOffset now)
    {
        if (!recipients.IsOnWhatsApp(number, message.Chat))
        {
            return DeliveryFailure.Undeliverable;
        }

        return isTemplate || chats.IsWindowOpen(message.Chat, now, ifNeverHeard: recipients.IsStranger(message.Chat)) ? null : DeliveryFailure.WindowClosed;
    }

    private static GraphAnswer Answer(Recipient recipient, string wamid, bool isTemplate)
    {
        var contact = new JsonObject { ["input"] = recipient.Input };
        if (recipient.ByUserId)
        {
            contact["user_id"] = recipient.Customer.UserId;
        }
        else
        {
            contact["wa_id"] = recipient.Customer.WaId;
        }

        var sent = new JsonObject { ["id"] = wamid };
        if (isTemplate)
        {
            sent["message_status"] = "accepted";
        }

        return new GraphAnswer(200, new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(sent),
        }, wamid);
    }
}
