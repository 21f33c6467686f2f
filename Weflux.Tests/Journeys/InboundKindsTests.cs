using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>Every kind of message that a customer can send, from the pretend phone to the bubble, the list and the screen reader.</summary>
public sealed class InboundKindsTests(Chromium chromium) : Journey(chromium)
{
    private const string First = "wamid.kinds.first";

    /// <summary>What comes in, what the list says of it, and words that a screen reader finds in the thread.</summary>
    private static readonly (object Sent, string Line, string[] Heard)[] Kinds =
    [
        (new { type = "text", text = new { body = "Order 4711 for https://chai.example/menu please" } }, "Order 4711 for", ["link \"https://chai.example/menu\""]),
        (new { type = "text", text = new { body = "👍" } }, "👍", ["👍"]),
        (new { type = "image", caption = "My cup" }, "Photo · My cup", ["button \"Open the photo: My cup\""]),
        (new { type = "video", caption = "The kettle" }, "Video · The kettle", ["The kettle"]),
        (new { type = "audio", voice = true }, "Voice message", ["group \"Voice message\"", "button \"Play voice message\"", "slider \"Place in the voice message\""]),
        (new { type = "audio", voice = false }, "Audio", ["group \"Audio\"", "button \"Play audio\""]),
        (new { type = "document" }, "Document · Price list.pdf", ["Price list.pdf", "Download"]),
        (new { type = "sticker" }, "Sticker", ["img \"Sticker\""]),
        (new { type = "sticker", animated = true }, "Sticker", ["img \"Animated sticker\""]),
        (new { type = "location" }, "Location · Cubbon Park", ["Cubbon Park", "12.9758", "link \"Open the map"]),
        (new { type = "contacts" }, "Contact card · Ravi Menon", ["Ravi Menon", "link \"Save as contact"]),
        (new { type = "interactive", interactive = new { type = "button_reply", button_reply = new { id = "1", title = "The large one" } } }, "The large one", ["Chose a button", "The large one"]),
        (new { type = "interactive", interactive = new { type = "list_reply", list_reply = new { id = "2", title = "Tuesday", description = "At ten" } } }, "Tuesday", ["Chose from a list", "At ten"]),
        (new { type = "interactive", interactive = new { type = "nfm_reply", nfm_reply = new { name = "flow", body = "Sent", response_json = """{"flow_token":"t","favourite_blend":"Ginger"}""" } } }, "Form answered · Ginger", ["Answered a form", "Ginger"]),
        (new { type = "interactive", interactive = new { type = "call_permission_reply", call_permission_reply = new { response = "accept", response_source = "user_action" } } }, "Allowed calls", ["Call permission", "You may call"]),
        (new { type = "button", button = new { payload = "yes", text = "Yes, remind me" } }, "Yes, remind me", ["Tapped a template's button"]),
        (new { type = "order" }, "Order · 2 products · 819.00 INR · Please deliver before noon.", ["masala-chai-250g", "819"]),
        (new { type = "text", text = new { body = "As I said" }, reply_to = First }, "As I said", ["button \"Asha Verma Hello"]),
        (new { type = "text", text = new { body = "And that one" }, reply_to = "wamid.never.heard" }, "And that one", ["Answers a message that is not here"]),
        (new { type = "text", text = new { body = "A joke" }, raw = new { context = new { forwarded = true } } }, "A joke", ["Forwarded"]),
        (new { type = "text", text = new { body = "A chain letter" }, raw = new { context = new { frequently_forwarded = true } } }, "A chain letter", ["Forwarded many times"]),
        (new
        {
            type = "text",
            text = new { body = "From the ad" },
            raw = new { referral = new { source_type = "ad", source_id = "12", source_url = "https://fb.example/ad", headline = "Monsoon blend", body = "Try it" } },
        }, "From the ad", ["Monsoon blend"]),
        (new { type = "text", text = new { body = "Is it there?" }, raw = new { context = new { from = "1", id = First, referred_product = new { catalog_id = "7", product_retailer_id = "kulhad-cup" } } } }, "Is it there?", ["Asks about product kulhad-cup"]),
        (new { type = "unsupported" }, "Poll that cannot be shown", ["Poll"]),
        (new { type = "hologram", raw = new { hologram = new { depth = 3 } } }, "Message of the kind “hologram” that cannot be shown", ["hologram"]),
    ];

    [Fact]
    public async Task Every_kind_has_its_bubble_its_line_and_its_words_for_screen_readers()
    {
        await CustomerSendsAsync("asha", new { type = "text", text = new { body = "Hello" }, raw = new { id = First } });
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        foreach (var (sent, line, heard) in Kinds)
        {
            await CustomerSendsAsync("asha", sent);
            await Expect(agent.Row(Asha)).ToContainTextAsync(line);
            await HeardAsync(agent, heard);
        }
    }

    [Fact]
    public async Task What_is_done_to_a_message_afterwards_is_marked_on_it_and_told()
    {
        await CustomerSendsAsync("asha", new { type = "text", text = new { body = "Two bags" }, raw = new { id = First } });
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        var bubble = agent.Page.Locator($"article[data-wamid='{First}']");

        await CustomerSendsAsync("asha", new { type = "reaction", reaction = new { message_id = First, emoji = "❤️" } });
        await Expect(agent.Row(Asha)).ToContainTextAsync("Reacted ❤️");
        await Expect(bubble.Locator(".reactions")).ToContainTextAsync("❤️");
        await CustomerSendsAsync("asha", new { type = "reaction", reaction = new { message_id = First, emoji = "👍" } });
        await Expect(bubble.Locator(".reactions")).ToContainTextAsync("👍");
        await Expect(bubble.Locator(".reactions")).Not.ToContainTextAsync("❤️");
        await HeardAsync(agent, ["Asha Verma reacted 👍 to “Two bags”"]);
        await CustomerSendsAsync("asha", new { type = "reaction", reaction = new { message_id = First } });
        await Expect(agent.Row(Asha)).ToContainTextAsync("Took a reaction back");
        await Expect(bubble.Locator(".reactions")).ToHaveCountAsync(0);

        await CustomerSendsAsync("asha", new
        {
            type = "edit",
            raw = new { edit = new { original_message_id = First, message = new { type = "text", text = new { body = "Three bags" } } } },
        });
        await Expect(agent.Row(Asha)).ToContainTextAsync("Edited: Three bags");
        await Expect(bubble).ToContainTextAsync("Three bags");
        await bubble.GetByText("Edited").First.ClickAsync();
        await Expect(bubble).ToContainTextAsync("Two bags");
        await HeardAsync(agent, ["Asha Verma edited a message"]);

        await CustomerSendsAsync("asha", new { type = "revoke", raw = new { revoke = new { original_message_id = First } } });
        await Expect(agent.Row(Asha)).ToContainTextAsync("Deleted a message");
        await Expect(bubble).ToContainTextAsync("Asha Verma deleted this message");
        await Expect(bubble.GetByText("Three bags").First).ToBeHiddenAsync();
        await bubble.GetByText("Show what it said").ClickAsync();
        await Expect(bubble.GetByText("Three bags").First).ToBeVisibleAsync();

        await CustomerSendsAsync("asha", new
        {
            type = "system",
            raw = new { system = new { type = "user_changed_number", body = "User changed", wa_id = "919811110000" } },
        });
        await Expect(agent.Row(Asha)).ToContainTextAsync("Changed their phone number");
        await HeardAsync(agent, ["Asha Verma changed their phone number"]);
        await CustomerSendsAsync("asha", new { type = "text", text = new { body = "It is still me" }, raw = new { from = "919811110000" } });
        await Expect(agent.Bubble("It is still me")).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_group_has_a_thread_of_its_own_and_what_the_phone_sent_and_what_was_imported_say_so()
    {
        await CustomerSendsAsync("tom", new { type = "text", text = new { body = "Who brings the cups?" }, raw = new { group_id = "120363000000000042" } });
        var agent = await SignInAsync(Agent);
        var group = agent.Row("Group: Tom Becker");
        await Expect(group).ToContainTextAsync("Who brings the cups?");
        await group.ClickAsync();
        await HeardAsync(agent, ["Tom Becker", "Who brings the cups?"]);
        await Expect(agent.Page.GetByText("Weflux shows what is said in groups")).ToBeVisibleAsync();

        await CustomerSaysAsync("asha", "Hello");
        await agent.OpenAsync(Asha);
        await PostAsync("smb_message_echoes", """{"message_echoes":[{"from":"919876543210","to":"919812345670","id":"wamid.echo","timestamp":"1780000300","type":"text","text":{"body":"We are open"}}]}""");
        await HeardAsync(agent, ["We are open", "Sent from the phone"]);
        await PostAsync("history", """{"history":[{"metadata":{"phase":0},"threads":[{"id":"919812345670","messages":[{"from":"919812345670","id":"wamid.old","timestamp":"1780000000","type":"media_placeholder"}]}]}]}""");
        await HeardAsync(agent, ["A file from before the connection", "From before Weflux"]);
        await PostAsync("history", """{"messages":[{"from":"919812345670","id":"wamid.old","timestamp":"1780000000","type":"image","image":{"id":"1","caption":"The old shop"}}]}""");
        await HeardAsync(agent, ["The old shop", "WhatsApp says that it does not have this file."]);
        await Expect(agent.Page.GetByText("A file from before the connection")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_pretend_phone_sends_the_rarer_kinds_as_well()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Two bags");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        foreach (var (title, heard) in new (string, string)[]
        {
            ("Forwarded words", "Forwarded"),
            ("Words forwarded many times", "Forwarded many times"),
            ("Words after an advertisement", "Monsoon blend"),
            ("Question about a product", "Asks about product kulhad-cup"),
            ("Answers of a form", "Ginger"),
            ("Address", "560001"),
            ("Leave to call", "You may call"),
            ("Audio file", "group \"Audio\""),
            ("Moving sticker", "img \"Animated sticker\""),
            ("Security code changed", "security code"),
            ("Something nobody knows yet", "hologram"),
        })
        {
            await PickRareAsync(phone, title);
            await HeardAsync(agent, [heard]);
        }

        await phone.SayAsync("Three cups");
        await Expect(agent.Bubble("Three cups")).ToBeVisibleAsync();
        await PickRareAsync(phone, "Edit of my last words");
        await Expect(agent.Bubble("Three cups (corrected)")).ToBeVisibleAsync();
        await Expect(phone.Page.Locator("#chat").GetByText("Three cups (corrected)")).ToBeVisibleAsync();
        await PickRareAsync(phone, "Words in a group");
        await Expect(agent.Row("Group: Asha Verma")).ToContainTextAsync("Who brings the cups?");
    }

    private static async Task PickRareAsync(PhoneScreen phone, string title)
    {
        await phone.Page.Locator("#phone-more").ClickAsync();
        await phone.Page.Locator("#more [data-kind=rare]").ClickAsync();
        await phone.Page.Locator("#rows-list .row").Filter(new() { HasText = title }).First.ClickAsync();
    }

    /// <summary>Waits until the accessibility tree of the thread holds all these words.</summary>
    private static async Task HeardAsync(InboxScreen agent, string[] words)
    {
        foreach (var word in words)
        {
            await Eventually.BeAsync(async () => Spaces.Replace(await agent.Messages.AriaSnapshotAsync(), " ").Contains(word, StringComparison.Ordinal));
        }
    }

    private static readonly Regex Spaces = new(@"\s+", RegexOptions.None, TimeSpan.FromSeconds(1));

    private async Task PostAsync(string field, string value)
    {
        using var client = Host.NewClient();
        var body = JsonNode.Parse(value)!.AsObject();
        body["messaging_product"] = "whatsapp";
        body["metadata"] = new JsonObject { ["display_phone_number"] = "919876543210", ["phone_number_id"] = MetaWebhooks.Number };
        await new MetaWebhooks(client).PostAsync(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = MetaWebhooks.Waba,
                ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = body }),
            }),
        });
    }
}
