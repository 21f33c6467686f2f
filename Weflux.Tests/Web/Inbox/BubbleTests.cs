using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Inbox;

public sealed class BubbleTests : BunitContext
{
    private static readonly MediaReference File = new("1", "x/y", "");

    public BubbleTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Rows.Noon));

    public static TheoryData<MessageContent, string> Kinds => new()
    {
        { new TextContent("Hello <b>there</b>"), "Hello <b>there</b>" },
        { new ImageContent(File, "Broken cup"), "Photo|This file was not fetched.|Broken cup" },
        { new VideoContent(File, null), "Video" },
        { new AudioContent(File, IsVoice: true), "Voice message" },
        { new AudioContent(File, IsVoice: false), "Audio" },
        { new DocumentContent(File, "invoice.pdf", "The invoice"), "invoice.pdf|The invoice" },
        { new StickerContent(File, IsAnimated: false), "Sticker" },
        { new LocationContent(12.9716, 77.5946, "Cubbon Park", "Bengaluru", null), "Cubbon Park|Bengaluru|12.9716, 77.5946|Open the map" },
        { new ContactCardsContent([new ContactCard("Ravi", ["+91 1"], ["r@example.com"], "Tea House")], IsOwnNumber: false), "Ravi|+91 1|r@example.com|Tea House" },
        { new ContactCardsContent([], IsOwnNumber: true), "Shared their own number" },
        { new ButtonReplyContent("y", "Yes, please"), "Chose a button|Yes, please" },
        { new ListReplyContent("t", "Tomorrow", "At ten"), "Chose from a list|Tomorrow|At ten" },
        { new FlowReplyContent("flow", "Sent", """{"full_name":"Asha"}"""), "Answered a form|Full name|Asha" },
        { new FlowReplyContent("address_message", "", "?"), "Sent an address|could not be read" },
        { new CallPermissionReplyContent(IsAccepted: true, Rows.Noon), "You may call|Until 4 May 2026" },
        { new TemplateButtonContent("p", "Track my order"), "Track my order" },
        { new OrderContent("c", "Gift wrap", [new OrderItem("tea", 2, 349.5m, "INR"), new OrderItem("cup", 1, 120m, "INR")]), "2 products|tea|349.50 INR each|699.00 INR|Total|819.00 INR|Gift wrap" },
        { new EditContent("wamid.1", new TextContent("Two boxes")), "Edited an earlier message to|Two boxes" },
        { new TemplateContent("visit", "en", TemplateCategory.Utility, ["Asha"], "Hello Asha", []), "Template · visit (en)|Hello Asha" },
        { new ButtonsContent(new MessageFrame("Which size?", "Tea", "Until Friday"), [new("s", "Small"), new("l", "Large")]), "Tea|Which size?|Until Friday|Small|Large" },
        { new ListContent(new MessageFrame("When?"), "Times", [new ListSection("Tuesday", [new ListRow("t10", "10:00", "Room 2")])]), "When?|Times|Tuesday|10:00|Room 2" },
        { new LinkButtonContent(new MessageFrame("Our menu"), "Open it", "https://shop.test/menu"), "Our menu|Open it" },
        { new LocationRequestContent("Where are you?"), "Where are you?|Send location" },
        { new ProductContent("1", "tea-1", "Our best", "Fresh"), "Product|Our best|Fresh|tea-1" },
        { new ProductListContent(new MessageFrame("Two teas", "Hot"), "1", [new ProductSection("Leaves", ["tea-1", "tea-2"])]), "2 products|Two teas|Hot|Leaves|tea-1|tea-2" },
        { new UnsupportedContent("poll_creation", [new PlatformFault(131051, "Unknown", "Not supported")]), "Poll|Not supported|131051|Ask the customer" },
        { new UnsupportedContent("edit", []), "Edited one of their messages|WhatsApp does not tell the new text" },
        { new UnsupportedContent("unsupported", []), "A message that WhatsApp does not hand over" },
    };

    public static TheoryData<MessageContent, string> Events => new()
    {
        { new ReactionContent("wamid.1", "❤️"), "Asha reacted ❤️ to “Message 1”" },
        { new ReactionContent("wamid.1", null), "Asha took a reaction back" },
        { new RevokeContent("wamid.1"), "Asha deleted a message" },
        { new SystemContent("user_changed_number", "Asha changed from 911 to 912", "912", null), "Asha changed their phone number" },
        { new SystemContent("something_new", "", null, null), "something new" },
    };

    [Theory]
    [InlineData("Sent", """{"in_pin_code":"560001"}""", "Answered a form|PIN code|560001")]
    [InlineData("Sent", "?", "Answered a form|Sent|The answers could not be read.")]
    [InlineData("Booked for you", """{"sg_post_code":"018956"}""", "Answered a form|Booked for you|Post code|018956")]
    public void Under_a_form_stand_its_answers_and_not_the_word_that_WhatsApp_puts_under_each(string body, string json, string words)
    {
        var part = Render<FlowPart>(p => p.Add(f => f.Flow, new FlowReplyContent("flow", body, json)));

        part.FindAll("p, dt, dd, .words").Select(e => e.TextContent.Trim()).Should().Equal(words.Split('|'));
    }

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Every_kind_shows_its_words(MessageContent content, string words)
    {
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, content)).Add(b => b.CustomerName, "Asha"));

        bubble.Find("article").TextContent.Should().ContainAll(words.Split('|'));
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void What_is_no_message_is_told_as_a_line(MessageContent content, string words)
    {
        EventLine.Tells(content).Should().BeTrue();

        var line = Render<EventLine>(p => p.Add(e => e.Message, Rows.Message(2, content)).Add(e => e.Target, Rows.Message(1)).Add(e => e.CustomerName, "Asha"));

        line.Markup.Should().Contain(words).And.NotContain("911");
        line.Find("[data-wamid='wamid.2']").Should().NotBeNull();
    }

    [Fact]
    public void Every_type_of_content_has_its_example_here() =>
        Kinds.Select(k => k.Data.Item1).Concat(Events.Select(e => e.Data.Item1)).Select(c => c.GetType()).Distinct()
            .Should().BeEquivalentTo(typeof(MessageContent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(MessageContent))));

    [Fact]
    public void Links_open_elsewhere_and_tell_nothing()
    {
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, new TextContent("https://example.com javascript:alert(1)"))));

        var link = bubble.FindAll("a").Should().ContainSingle().Subject;
        link.GetAttribute("rel").Should().Be("noopener noreferrer");
        link.GetAttribute("target").Should().Be("_blank");
    }

    [Fact]
    public void A_quote_an_advertisement_and_a_forward_stand_above_the_words()
    {
        var message = Rows.Message(1) with
        {
            Context = new MessageContext("wamid.0", IsForwarded: true, Referral: new Referral("ad", "1", "javascript:x", "20% off", "This week", null)),
            Quoted = new QuotedMessage("wamid.0", IsKnown: true, MessageDirection.Out, "What we said"),
        };

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message));

        bubble.Markup.Should().ContainAll("Forwarded", "20% off", "Came from an advertisement");
        bubble.Find("[data-jump-to='wamid.0']").TextContent.Should().Contain("What we said");
        bubble.FindAll("a").Should().BeEmpty();
    }

    [Fact]
    public void A_quote_of_something_withdrawn_says_so_and_a_group_names_who_is_quoted()
    {
        var message = Rows.Message(1) with { Quoted = new QuotedMessage("wamid.0", IsKnown: true, MessageDirection.In, "") { IsWithdrawn = true, Who = "Eva" } };

        Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.CustomerName, "Group")).Find(".quote").TextContent
            .Should().Contain("Eva").And.Contain("This message was deleted");
    }

    [Theory]
    [InlineData(MessageDirection.In, null, "Asha")]
    [InlineData(MessageDirection.In, "Eva", "Eva")]
    [InlineData(MessageDirection.Out, null, "Ravi")]
    public void A_bubble_is_called_by_who_speaks(MessageDirection direction, string? participant, string name)
    {
        var message = Rows.Message(1, direction: direction) with { Participant = participant };

        Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.CustomerName, "Asha")).Find("article").GetAttribute("aria-label").Should().Be(name);
    }

    [Fact]
    public void A_long_order_unfolds_and_tells_totals_by_currency()
    {
        var items = Enumerable.Range(1, 40).Select(i => new OrderItem($"tea-{i}", 1, 100m, i % 2 == 0 ? "JPY" : "KWD")).Append(new OrderItem("cup", 1, null, "JPY"));
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, new OrderContent("c", null, [.. items]))));

        bubble.FindAll("tbody tr").Should().HaveCount(8);
        bubble.Markup.Should().ContainAll("Total in JPY", "2,000 JPY", "Total in KWD", "2,000.000 KWD", "of what has a price");
        bubble.Find(".wf-more").Click();
        bubble.FindAll("tbody tr").Should().HaveCount(41);
        bubble.Markup.Should().Contain("No price told");
    }

    [Theory]
    [InlineData(30, "Other messages go first. It goes within a minute.")]
    [InlineData(3600, "Other messages go first. It goes at 13:00.")]
    [InlineData(null, "Other messages go first. ")]
    public void What_has_not_left_says_why_and_when_it_goes(int? seconds, string words)
    {
        var wait = new MessageWait(seconds is { } s ? Rows.Noon.AddSeconds(s) : null, "Other messages go first.");
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, direction: MessageDirection.Out, status: DeliveryStatus.Queued)).Add(b => b.Wait, wait));
        bubble.Find(".waits").TextContent.Should().Contain("Not sent yet.").And.Contain(words);
    }

    [Fact]
    public void A_message_of_spaces_says_so() =>
        Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, new TextContent(" \n ")))).Markup.Should().Contain("A message of spaces only");

    [Fact]
    public void A_card_without_a_name_makes_a_file_that_address_books_take()
    {
        VCard.Write(new ContactCard("", ["+91 1"], [], null)).Should().Contain("\r\nFN:+91 1\r\n");
        VCard.Write(new ContactCard(
                "Ravi Menon", [], [], "Tea", new CardDetails([new CardAddress("Main 1", "Pune", null, "411001", "India")], ["https://r.example"], "1990-02-03", "Sales", "Lead", new CardName("Dr", "Ravi", null, "Menon", null))))
            .Should().ContainAll("N:Menon;Ravi;;Dr;\r\n", "FN:Ravi Menon\r\n", "ORG:Tea;Sales\r\n", "TITLE:Lead\r\n", "ADR:;;Main 1;Pune;;411001;India\r\n", "URL:https://r.example\r\n", "BDAY:1990-02-03\r\n");
    }

    [Fact]
    public void A_quote_of_something_unknown_says_so()
    {
        var message = Rows.Message(1) with { Quoted = new QuotedMessage("wamid.0", IsKnown: false, MessageDirection.In, "") };

        Render<MessageBubble>(p => p.Add(b => b.Message, message)).Markup.Should().Contain("Answers a message that is not here");
    }

    [Theory]
    [InlineData(DeliveryStatus.Queued, "Waiting to be sent")]
    [InlineData(DeliveryStatus.Sending, "Being sent")]
    [InlineData(DeliveryStatus.Sent, "Sent")]
    [InlineData(DeliveryStatus.Delivered, "Delivered")]
    [InlineData(DeliveryStatus.Read, "Read")]
    [InlineData(DeliveryStatus.Failed, "Failed")]
    [InlineData(DeliveryStatus.NotConfirmed, "Not confirmed")]
    public void Ticks_can_be_heard(DeliveryStatus status, string words)
    {
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, direction: MessageDirection.Out, status: status)));

        bubble.Find("article").GetAttribute("data-status").Should().BeEquivalentTo(status.ToString());
        bubble.Find(".ticks").GetAttribute("aria-label").Should().Be(words);
    }

    [Fact]
    public void A_failure_says_why_folds_the_code_and_offers_to_send_again()
    {
        Services.AddSingleton(TimeProvider.System);
        ThreadMessage? repeated = null;
        var message = Rows.Message(1, direction: MessageDirection.Out, status: DeliveryStatus.Failed) with
        {
            Fault = new PlatformFault(131047, "Re-engagement message", null),
            Failure = "More than 24 hours passed.",
            Way = new WayOn(1, 1, 1, FaultRemedy.RetryNow) { MayRepeat = true },
        };

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.OnSendAgain, m => repeated = m));
        bubble.Find(".trouble button").Click();

        bubble.Find(".trouble").TextContent.Should().Contain("More than 24 hours passed.");
        bubble.Find("details").TextContent.Should().Contain("131047");
        repeated.Should().Be(message);
    }

    [Theory]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.NotConfirmed)]
    public void What_was_sent_again_is_not_offered_once_more(DeliveryStatus status)
    {
        var message = Rows.Message(1, direction: MessageDirection.Out, status: status);

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.WasSentAgain, true).Add(b => b.OnSendAgain, _ => { }));

        bubble.FindAll(".trouble button").Should().BeEmpty();
        bubble.Find(".trouble").TextContent.Should().Contain("It was sent again below.");
        var window = new ThreadWindow(Rows.View([message, Rows.Message(2, direction: MessageDirection.Out) with { ResendOfId = 1 }]));
        (window.WasSentAgain(1), window.WasSentAgain(2)).Should().Be((true, false));
    }

    [Theory]
    [InlineData(DeliveryStatus.Sent, "WhatsApp took it after all, and it was sent again below.")]
    [InlineData(DeliveryStatus.Delivered, "It arrived after all, and it was sent again below.")]
    [InlineData(DeliveryStatus.Read, "It arrived after all, and it was sent again below.")]
    public void A_message_that_arrived_after_it_was_sent_again_says_so(DeliveryStatus status, string words)
    {
        var first = Rows.Message(1, direction: MessageDirection.Out, status: DeliveryStatus.NotConfirmed);
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, first).Add(b => b.WasSentAgain, false));

        bubble.Render(p => p.Add(b => b.WasSentAgain, true));
        bubble.Find(".trouble").TextContent.Should().Contain("It was sent again below.");
        bubble.Render(p => p.Add(b => b.Message, first with { Status = status, ChangeSequence = 9 }));

        bubble.Find(".trouble").TextContent.Trim().Should().Be(words);
        var second = Rows.Message(2, direction: MessageDirection.Out, status: DeliveryStatus.Sent) with { ResendOfId = 1, IsRepeatOfArrived = true };
        Render<MessageBubble>(p => p.Add(b => b.Message, second)).Find(".trouble").TextContent.Should().Contain("the customer has it twice");
    }

    [Fact]
    public void Weflux_itself_signs_its_confirmation_of_a_stop()
    {
        var message = Rows.Message(1, direction: MessageDirection.Out) with { Origin = MessageOrigin.StopConfirmation, AuthorName = null };

        Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.StartsGroup, true)).Markup.Should().Contain("Weflux confirmed the stop");
    }

    [Fact]
    public void A_button_never_leads_to_a_script()
    {
        var link = new LinkButtonContent(new MessageFrame("Look"), "Open", "javascript:alert(1)");

        Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, link, direction: MessageDirection.Out))).FindAll("a").Should().BeEmpty();
    }

    [Fact]
    public void Reactions_stand_under_the_message_with_their_owners()
    {
        var message = Rows.Message(1) with
        {
            Marks = new MessageMarks([new ReactionMark("❤️", false, null, DeliveryStatus.None), new ReactionMark("👍", true, null, DeliveryStatus.Queued)], null, [], null),
        };

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.CustomerName, "Asha"));

        bubble.FindAll(".reactions li").Select(li => li.TextContent.Trim()).Should().Equal("❤️Asha: ❤️", "👍You, being sent: 👍");
    }

    [Fact]
    public void An_edited_message_says_what_it_says_now_and_keeps_what_it_said()
    {
        var message = Rows.Message(1) with
        {
            Marks = new MessageMarks([], new TextContent("Two boxes"), [new EarlierContent(new TextContent("Three boxes"), Rows.Noon, Rows.Noon.AddMinutes(1))], null),
        };

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message));

        bubble.Find(".words").TextContent.Should().Be("Two boxes");
        bubble.Find("details.before").TextContent.Should().Contain("Edited").And.Contain("Three boxes");
    }

    [Fact]
    public void A_withdrawn_message_is_marked_and_what_it_said_is_folded()
    {
        var message = Rows.Message(1, new TextContent("My secret")) with { Marks = new MessageMarks([], null, [], Rows.Noon) };

        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.CustomerName, "Asha"));

        bubble.Find(".mark").TextContent.Should().Contain("Asha deleted this message");
        bubble.Find("details.withdrawn").HasAttribute("open").Should().BeFalse();
        bubble.Find("details.withdrawn").TextContent.Should().Contain("My secret");
    }

    [Fact]
    public void A_contact_card_can_be_saved_and_a_name_cannot_add_fields_to_it()
    {
        var card = new ContactCard("Ravi\r\nTEL:+1 900 555; x", ["+91 98450 11223"], ["r@example.com"], "Tea, House");

        VCard.Write(card).Split("\r\n").Should().Equal(
            "BEGIN:VCARD", "VERSION:3.0", @"N:;Ravi\nTEL:+1 900 555\; x;;;", @"FN:Ravi\nTEL:+1 900 555\; x", @"ORG:Tea\, House",
            "TEL:+91 98450 11223", "EMAIL:r@example.com", "END:VCARD", "");
        VCard.FileName(card).Should().Be("RaviTEL1 900 555 x.vcf");
        Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, new ContactCardsContent([card], IsOwnNumber: false))))
            .Find("a[download]").GetAttribute("href").Should().StartWith("data:text/vcard");
    }

    [Theory]
    [InlineData("Call +91 98765 43210 now", "+91 98765 43210")]
    [InlineData("Order 4711001234, please", "4711001234")]
    [InlineData("In 2026 or 12:30", null)]
    public void Phone_and_order_numbers_are_taken_as_a_whole(string text, string? number)
    {
        var bubble = Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, new TextContent(text))));

        bubble.FindAll(".number").Select(n => n.TextContent).Should().Equal(number is null ? [] : [number]);
    }

    [Theory]
    [InlineData(MessageOrigin.PhoneApp, "Sent from the phone")]
    [InlineData(MessageOrigin.History, "From before Weflux")]
    public void What_was_said_without_Weflux_is_marked(MessageOrigin origin, string words) =>
        Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1, direction: MessageDirection.Out) with { Origin = origin, AuthorName = null }))
            .Find("footer").TextContent.Should().Contain(words);

    [Fact]
    public void A_message_of_a_group_names_who_said_it() =>
        Render<MessageBubble>(p => p.Add(b => b.Message, Rows.Message(1) with { Participant = "Kim" }).Add(b => b.StartsGroup, true))
            .Find(".author").TextContent.Should().Be("Kim");
}
