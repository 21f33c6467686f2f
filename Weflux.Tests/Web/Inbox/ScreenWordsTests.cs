using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox;

public sealed class ScreenWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(24 * 3600, "Window open · 24 h 0 m", WindowMood.Open)]
    [InlineData((21 * 3600) + (14 * 60), "Window open · 21 h 14 m", WindowMood.Open)]
    [InlineData((2 * 3600) - 1, "Window open · 1 h 59 m", WindowMood.Closing)]
    [InlineData(61, "Window open · 1 m", WindowMood.Closing)]
    [InlineData(59, "Window open · 59 s", WindowMood.Closing)]
    [InlineData(1, "Window open · 1 s", WindowMood.Closing)]
    [InlineData(0, "Window closed just now", WindowMood.Closed)]
    [InlineData(-3 * 3600, "Window closed 3 h ago", WindowMood.Closed)]
    [InlineData(-50 * 3600, "Window closed 2 d ago", WindowMood.Closed)]
    public void The_window_counts_down_in_words(int secondsLeft, string words, WindowMood mood)
    {
        var view = new WindowView(Now.AddSeconds(secondsLeft), Now);

        (view.Words, view.Mood).Should().Be((words, mood));
    }

    [Fact]
    public void A_window_that_never_opened_says_so() => new WindowView(null, Now).Words.Should().Be("Window not open yet");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(99, "99")]
    [InlineData(100, "99+")]
    public void A_badge_is_short(int count, string badge) => LineWords.Badge(count).Should().Be(badge);

    [Theory]
    [InlineData("image", "", "Photo")]
    [InlineData("image", "Broken cup", "Photo · Broken cup")]
    [InlineData("audio", "", "Audio")]
    [InlineData("voice", "", "Voice message")]
    [InlineData("location", "Cubbon Park", "Location · Cubbon Park")]
    [InlineData("reaction", "👍", "Reacted 👍")]
    [InlineData("system", "Asha changed from 911 to 912", "Notice of WhatsApp")]
    [InlineData("system", "user_changed_number", "Changed their phone number")]
    [InlineData("unsupported", "", "Message that WhatsApp does not hand over")]
    [InlineData("unsupported", "poll_creation", "Poll that cannot be shown")]
    [InlineData("unsupported", "edit", "Edited a message; WhatsApp does not tell the new text")]
    [InlineData("unsupported", "<new>_kind", "Message of the kind “new kind” that cannot be shown")]
    [InlineData("form", "Large", "Form answered · Large")]
    [InlineData("form", "", "Form answered")]
    [InlineData("calls_allowed", "", "Allowed calls")]
    [InlineData("calls_refused", "", "Refused calls")]
    [InlineData("order", "2 products · 819.00 INR", "Order · 2 products · 819.00 INR")]
    [InlineData("edit_refused", "mine", "Tried to edit a message that is not theirs")]
    [InlineData("revoke_refused", "", "Tried to delete a message that is not theirs")]
    [InlineData("text", "Hello", "Hello")]
    [InlineData("text", "  ", "Message")]
    [InlineData("text", "\u200b\u3164", "Message")]
    [InlineData("button", "", "Answer")]
    [InlineData("edit", "", "Edited message")]
    [InlineData("edit", "fixed", "Edited: fixed")]
    public void The_line_names_what_has_no_words(string kind, string words, string line) =>
        LineWords.Line(kind, words, MessageDirection.In).Should().Be(line);

    [Fact]
    public void The_line_of_a_group_names_who_spoke() => LineWords.Line(
        Rows.Row(1) with { IsGroup = true, LastKind = "image", LastLine = $"Eva{Conversation.SpeakerMark}the cup" }).Should().Be("Eva: Photo · the cup");

    [Fact]
    public void Times_are_said_in_the_browsers_zone()
    {
        var clock = ScreenClock.Of(new BrowserTime("Asia/Kolkata", 330, HasTwelveHours: false));

        clock.Time(Now).Should().Be("17:30");
        clock.Day(Now, Now).Should().Be("Today");
        clock.Day(Now.AddHours(-18), Now).Should().Be("Yesterday");
        clock.Brief(Now.AddDays(-3), Now).Should().Be("Fri");
        clock.Brief(Now.AddDays(-400), Now).Should().Be("30 Mar 2025");
    }

    [Fact]
    public void The_zone_that_the_reader_chose_comes_before_the_browsers()
    {
        var browser = new BrowserTime("Asia/Kolkata", 330, HasTwelveHours: true);

        ScreenClock.Of(browser, "America/New_York").Time(Now).Should().Be("8:00 AM");
        ScreenClock.Of(browser, "Mars/Olympus").Time(Now).Should().Be("5:30 PM");
    }

    [Fact]
    public void An_unknown_zone_falls_back_to_its_offset() =>
        ScreenClock.Of(new BrowserTime("Mars/Olympus", -210, HasTwelveHours: true)).Time(Now).Should().Be("8:30 AM");

    [Theory]
    [InlineData("Asha Verma", "AV")]
    [InlineData("asha", "A")]
    [InlineData("@asha", "A")]
    [InlineData("+91••••••••10", "#")]
    [InlineData("", "#")]
    public void A_monogram_is_made_of_letters(string name, string initials) => Monogram.Initials(name).Should().Be(initials);

    [Theory]
    [InlineData("see https://example.com/a?b=1.", "see |https://example.com/a?b=1*|.")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)")]
    [InlineData("(http://x.y)", "(|http://x.y*|)")]
    [InlineData("no link", "no link")]
    public void Only_web_addresses_become_links(string text, string parts) =>
        string.Join('|', TextParts.Split(text).Select(p => p.Text + (p.Address is null ? "" : "*"))).Should().Be(parts);

    [Theory]
    [InlineData("order #A-2024-00817 is late", "order |#A-2024-00817#| is late")]
    [InlineData("see INV-2024/001.", "see |INV-2024/001#|.")]
    [InlineData("#tea in B12", "#tea in B12")]
    [InlineData("call +91 98765 43210", "call |+91 98765 43210#")]
    public void Phone_and_order_numbers_are_one_piece(string text, string parts) =>
        string.Join('|', TextParts.Split(text).Select(p => p.Text + (p.IsNumber ? "#" : ""))).Should().Be(parts);

    [Fact]
    public void An_address_of_mail_is_linked_as_it_stands() =>
        TextParts.Split("a.b+c@example.com").Should().ContainSingle().Which.Address.Should().Be("mailto:a.b+c@example.com");

    [Theory]
    [InlineData("a *bold* b", "a |B:bold| b")]
    [InlineData("_it_ ~no~ `x`", "I:it| |S:no| |M:x")]
    [InlineData("*_both_*", "BI:both")]
    [InlineData("2*3*4 snake_case_name", "2*3*4 snake_case_name")]
    [InlineData("* item\n* item", "* item\n* item")]
    [InlineData("*not\nover* lines", "*not\nover* lines")]
    [InlineData("```a\n*b*```", "M:a\n*b*")]
    [InlineData("*see https://x.test/a_b_c*", "B:see |B:https://x.test/a_b_c")]
    [InlineData("*<b>*", "B:<b>")]
    [InlineData("****", "****")]
    [InlineData("_", "_")]
    public void Marks_of_WhatsApp_are_drawn(string text, string parts) => string.Join('|', TextParts.Draw(text).Select(p =>
        (p.Style == TextStyle.None ? "" : string.Concat(Enum.GetValues<TextStyle>().Where(s => s != TextStyle.None && p.Style.HasFlag(s)).Select(s => s.ToString()[0])) + ":")
        + p.Text)).Should().Be(parts);

    [Fact]
    public void A_long_text_is_folded_and_a_short_one_is_not()
    {
        LongTexts.Begin(new string('x', 1500)).Should().HaveLength(1500);
        LongTexts.Begin(new string('x', 1501)).Should().HaveLength(1201).And.EndWith("…");
        LongTexts.Begin(string.Join('\n', Enumerable.Range(1, 20))).Should().EndWith("20");
        LongTexts.Begin(string.Join('\n', Enumerable.Range(1, 30))).Should().EndWith("15…");
    }

    [Theory]
    [InlineData("JPY", "1,234 JPY")]
    [InlineData("KWD", "1,234.500 KWD")]
    [InlineData("EUR", "1,234.50 EUR")]
    [InlineData("", "1,234.50")]
    public void Money_has_the_decimals_of_its_currency(string currency, string words) => Money.Write(currency == "JPY" ? 1234m : 1234.5m, currency).Should().Be(words);

    [Theory]
    [InlineData("👍", true)]
    [InlineData("😀🎉", true)]
    [InlineData("👩‍👩‍👧 ❤️", true)]
    [InlineData("1", false)]
    [InlineData("ok 👍", false)]
    [InlineData("👍👍👍👍", false)]
    [InlineData(" ", false)]
    public void Lone_emoji_are_large(string text, bool isEmojiOnly) => TextParts.IsEmojiOnly(text).Should().Be(isEmojiOnly);

    [Fact]
    public void Answers_to_a_form_are_questions_and_answers() =>
        FlowAnswers.Read("""{"flow_token":"t","full_name":"Asha","gift":true,"items":["a","b"],"address":{"city":"Pune"}}""")
            .Should().Equal(("Full name", "Asha"), ("Gift", "Yes"), ("Items", "a, b"), ("City", "Pune"));

    [Fact]
    public void Answers_that_are_no_json_are_no_fault() => FlowAnswers.Read("{oops").Should().BeEmpty();

    [Fact]
    public void Every_refusal_says_what_happened()
    {
        SendDecision[] refusals =
        [
            new NeedsTemplate(Now), new NeedsTemplate(null), new OptedOut(Now, OptOutReason.AllStopped),
            new OptedOut(Now, OptOutReason.MarketingStopped), new OptedOut(null, OptOutReason.NoMarketingConsent),
            new NotPermitted(), new Restricted(IsBlocked: true), new Restricted(IsBlocked: false),
            new ConnectionNotReady(ConnectionState.Paused), new ConnectionNotReady(ConnectionState.Broken),
            new ConnectionNotReady(ConnectionState.Disconnected), .. Enum.GetValues<InvalidReason>().Select(r => new Invalid(r, 5000)),
        ];

        var words = refusals.Select(r => ReplyWords.Explain(r, Rows.Head().Contact, ScreenClock.Utc)!.Title).ToList();

        words.Should().OnlyHaveUniqueItems().And.NotContain("").And.NotContain("This cannot be sent now.");
    }

    [Fact]
    public void Announcements_name_who_wrote_and_never_what()
    {
        var window = new ListWindow(InboxView.Default);
        window.Reset(Rows.Page([Rows.Row(1, unread: 1)], hasMore: false), from: null);

        Announcement.Of([Rows.Row(1, unread: 2)], window).Should().Be("New message from Asha");
        Announcement.Of([Rows.Row(1, unread: 1)], window).Should().BeNull();
        Announcement.Of([Rows.Row(1, unread: 2), Rows.Row(2, unread: 1, name: "Ravi"), Rows.Row(3, unread: 1, name: "Mei")], window)
            .Should().Be("New messages from Asha, Ravi and 1 more");
    }

    [Theory]
    [InlineData(1, "A conversation waits for you")]
    [InlineData(2, "2 conversations wait for you")]
    public void A_bundle_of_one_is_one(int count, string words) => NoticeWords.Bundle(count).Should().Be(words);

    [Fact]
    public void Days_and_runs_are_told_apart()
    {
        ThreadMessage[] messages =
        [
            Rows.Message(1, saidAt: Now.AddDays(-1)), Rows.Message(2, saidAt: Now), Rows.Message(3, saidAt: Now.AddMinutes(1)),
            Rows.Message(4, saidAt: Now.AddMinutes(2), direction: MessageDirection.Out), Rows.Message(5, saidAt: Now.AddMinutes(30), direction: MessageDirection.Out),
        ];

        ThreadLines.Of(messages, ScreenClock.Utc, Now).Select(l => (l.Day, l.StartsGroup))
            .Should().Equal(("Yesterday", true), ("Today", true), (null, false), (null, true), (null, true));
    }
}
