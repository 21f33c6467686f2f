using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Tests.Web.Webhooks;

public sealed class ReaderFuzzTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> SoundNames => [.. Corpus.Sound.Select(f => f.Name)];

    public static TheoryData<string> UnreadableNames => [.. Corpus.Unreadable.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(SoundNames))]
    public void A_sound_body_is_read_without_a_broken_item(string name)
    {
        var read = Read(Corpus.Sound.Single(f => f.Name == name).Body);

        read.Fault.Should().BeNull();
        read.Items.Should().NotBeEmpty().And.NotContain(i => i is BrokenItem);
    }

    [Theory]
    [MemberData(nameof(UnreadableNames))]
    public void A_body_that_cannot_be_read_says_why(string name)
    {
        var read = Read(Corpus.Unreadable.Single(f => f.Name == name).Body);

        read.Items.Should().BeEmpty();
        Readable(read.Fault);
    }

    [Fact]
    public void A_member_of_another_type_harms_no_neighbour()
    {
        var before = MetaWebhooks.TextFrom("wamid.before", "919900005001", "before", Now)["entry"]![0]!.ToJsonString();
        var after = MetaWebhooks.TextFrom("wamid.after", "919900005001", "after", Now)["entry"]![0]!.ToJsonString();
        foreach (var mutant in Corpus.Mutants.Where(m => m.IsPlain))
        {
            var read = Read(Encoding.UTF8.GetBytes(
                $$"""{"object":"whatsapp_business_account","entry":[{{before}},{{mutant.Build("m").ToJsonString()}},{{after}}]}"""));

            read.Fault.Should().BeNull($"{mutant} is one entry of several");
            read.Items[0].Should().BeOfType<MessageItem>().Which.Message.WhatsAppId.Should().Be("wamid.before", $"of {mutant}");
            read.Items[^1].Should().BeOfType<MessageItem>().Which.Message.WhatsAppId.Should().Be("wamid.after", $"of {mutant}");
            if (mutant.Place != "/changes")
            {
                read.Items.Count.Should().BeGreaterThan(2, $"{mutant} must not vanish");
            }

            read.Items.OfType<BrokenItem>().ToList().ForEach(item => Readable(item.Reason));
        }
    }

    [Fact]
    public void No_change_of_any_byte_makes_reading_throw()
    {
        var files = (CorpusFile[])[.. Corpus.Sound, .. Corpus.Poison, .. Corpus.Unreadable];
        string[] tokens = ["null", "{}", "[]", "\"\"", "-1", "1e999", "true", "\"\\ud800\"", "[[[[]]]]", "99999999999999999999", "\\", "\"", "\0", "\u00ff", ",", ":", "}", "]"];
        var edit = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 12], Gen.OneOf(Gen.OneOf(tokens).Select(Encoding.Latin1.GetBytes), Gen.Byte.Array[1, 4]));

        Gen.Select(Gen.OneOf(files), edit.Array[1, 6]).Sample(
            (file, edits) =>
            {
                var body = file.Body.ToList();
                foreach (var (at, length, token) in edits)
                {
                    var from = (int)(at * body.Count);
                    body.RemoveRange(from, Math.Min(length, body.Count - from));
                    body.InsertRange(from, token);
                }

                var read = Read([.. body]);
                (read.Fault is null || read.Items.Count == 0).Should().BeTrue();
                read.Items.OfType<BrokenItem>().ToList().ForEach(item => Readable(item.Reason));
            },
            iter: Fuzz.Iterations(5_000));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(1_500_000)]
    public void Depth_is_no_obstacle_to_the_neighbours(int depth)
    {
        var deep = $$"""{"id":"wamid.deep","from":"919900005001","type":"text","text":{"body":"deep"},"x":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        var read = Read(Messages("""{"id":"wamid.before","from":"919900005001"}""", deep, """{"id":"wamid.after","from":"919900005001"}"""));

        read.Items.OfType<MessageItem>().Select(m => m.Message.WhatsAppId).Should().Equal("wamid.before", "wamid.deep", "wamid.after");
    }

    [Fact]
    public void Answers_of_a_form_nested_without_end_are_shown_as_far_as_makes_sense()
    {
        foreach (var depth in new[] { 2, 1_000, 100_000 })
        {
            var act = () => FlowAnswers.Read("""{"a":""" + new string('[', depth) + "1" + new string(']', depth) + ""","b":"yes"}""");

            act.Should().NotThrow().Which.Should().Contain(("B", "yes"));
        }

        FlowAnswers.Read(new JsonObject([.. Enumerable.Range(0, 5_000).Select(i => KeyValuePair.Create($"q{i}", (JsonNode?)"a"))]).ToJsonString())
            .Count.Should().BeLessThan(1_000);
    }

    [Fact]
    public void A_body_of_more_items_than_the_platform_sends_is_refused_as_a_whole()
    {
        Read(Messages([.. Enumerable.Repeat("{}", 20_000)])).Items.Should().HaveCount(20_000);

        var read = Read(Messages([.. Enumerable.Repeat("{}", 1_000_000)]));
        read.Items.Should().BeEmpty();
        Readable(read.Fault);
    }

    [Fact]
    public void A_small_body_does_not_swell_to_a_large_one()
    {
        var errors = string.Join(',', Enumerable.Repeat("{}", 100_000));
        var people = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"wa_id":"9199{{i:D8}}"}"""));
        var messages = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"id":"w{{i}}","from":"9198{{i:D8}}","type":"unsupported"}"""));

        var read = Read(Encoding.UTF8.GetBytes(
            $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"errors":[{{{errors}}}],"contacts":[{{{people}}}],"messages":[{{{messages}}}]}}]}]}"""));

        read.Items.Should().HaveCount(20_000).And.AllBeOfType<MessageItem>();
        read.Items.OfType<MessageItem>().Sum(m => ((UnsupportedContent)m.Message.Content).Errors.Count).Should().BeLessThan(250_000);
    }

    [Fact]
    public void Cards_and_lines_by_the_thousand_are_cut_and_kept_as_they_came()
    {
        var cards = Message("""{"id":"w","from":"1","type":"contacts","contacts":[""" + string.Join(',', Enumerable.Repeat("""{"phones":[]}""", 5_000)) + "]}");
        ((ContactCardsContent)cards.Content).Cards.Count.Should().BeInRange(257, 1_000);
        cards.Raw.Should().NotBeNull();

        var order = Message("""{"id":"w","from":"1","type":"order","order":{"product_items":[""" + string.Join(',', Enumerable.Repeat("{}", 5_000)) + "]}}");
        ((OrderContent)order.Content).Items.Count.Should().BeLessThanOrEqualTo(1_000);
        order.Raw.Should().NotBeNull();
    }

    [Fact]
    public void What_a_card_says_beyond_what_is_shown_is_kept() =>
        Message("""{"id":"w","from":"1","type":"contacts","contacts":[{"name":{"formatted_name":"A"},"hobby":"chess"}]}""").Raw.Should().NotBeNull();

    [Fact]
    public void Prices_and_quantities_that_nobody_pays_cannot_overflow_a_sum()
    {
        var order = (OrderContent)Message(Corpus.Poison.Single(f => f.Name == "order-of-huge-numbers")).Content;

        var sum = () => order.Items.Sum(i => i.Quantity * i.ItemPrice);

        sum.Should().NotThrow();
    }

    [Theory]
    [InlineData("wamid.\\u0000")]
    [InlineData("wamid.\\n")]
    [InlineData("wamid.x ")]
    [InlineData("wamid.\\ud83d")]
    [InlineData("")]
    public void What_a_database_would_confuse_is_no_id(string id) =>
        Read(Messages($$$"""{"id":"{{{id}}}","from":"919900005001","type":"text","text":{"body":"x"}}""")).Items.Single()
            .Should().Be(new BrokenItem("The message has no usable id."));

    [Theory]
    [InlineData("+91 99000 05001", "919900005001")]
    [InlineData("0091-99000-05001", "919900005001")]
    [InlineData("919900005001", "919900005001")]
    public void A_number_is_the_same_in_every_spelling(string from, string id) =>
        Item($$"""{"id":"w","from":"{{from}}"}""").Sender.WhatsAppId.Should().Be(id);

    [Fact]
    public void A_user_id_in_the_place_of_a_number_is_a_user_id()
    {
        var sender = Item("""{"id":"w","from":"IN.4001"}""").Sender;

        (sender.WhatsAppId, sender.UserId).Should().Be((null, "IN.4001"));
    }

    [Fact]
    public void Lists_that_are_no_lists_are_parked_and_not_forgotten()
    {
        var read = Read(Encoding.UTF8.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":{"id":"w"},"statuses":"x"}}]}]}"""));

        read.Items.Should().Equal(new BrokenItem("The messages are not a list."), new BrokenItem("The statuses are not a list."));
    }

    [Fact]
    public void A_preference_that_nobody_knows_yet_is_kept() =>
        Read(Corpus.Sound.Single(f => f.Name == "preference-signup").Body).Items.Single().Should().BeOfType<OtherItem>();

    [Fact]
    public void An_event_for_a_partner_belongs_to_the_account_that_it_names() =>
        Read(Corpus.Sound.Single(f => f.Name == "account-of-partner").Body).Items.Single()
            .Should().BeOfType<OtherItem>().Which.Route.WabaId.Should().Be(MetaWebhooks.Waba);

    [Fact]
    public void Old_spellings_are_understood()
    {
        Message(Corpus.Sound.Single(f => f.Name == "voice-of-old")).Content.Should().BeOfType<AudioContent>().Which.IsVoice.Should().BeTrue();
        Message(Corpus.Sound.Single(f => f.Name == "unknown")).Content.Should().BeOfType<UnsupportedContent>()
            .Which.Errors.Single().Details.Should().Be("Message type is not currently supported");
    }

    [Fact]
    public void The_name_of_a_kind_is_never_cut_through_a_character()
    {
        var name = ((UnsupportedContent)Message("""{"id":"w","from":"1","type":"@"}""".Replace("@", new string('x', 99) + "😀😀", StringComparison.Ordinal)).Content).KindName;

        name.Should().Be(new string('x', 99));
    }

    [Fact]
    public void Nothing_that_is_read_makes_the_domain_throw()
    {
        foreach (var message in Corpus.Sound.Concat(Corpus.Poison).SelectMany(f => Read(f.Body).Items).OfType<MessageItem>())
        {
            var conversation = Conversation.Start(new(1), 1, 1, Now);
            var contact = Contact.Meet(new(1), Now);
            contact.Hear(new HeardContact([], message.Sender.WhatsAppId, message.Sender.ProfileName, message.Sender.Username), Now);
            contact.HearWords(message.Message.Content, OptOutWords.BuiltIn, message.Message.WhatsAppId, Now);
            conversation.Receive(message.Message, 1);

            conversation.LastLine.Should().NotMatchRegex(@"[\p{Cc}\uD800-\uDFFF](?<![\uD800-\uDBFF](?=[\uDC00-\uDFFF])|(?<=[\uD800-\uDBFF])[\uDC00-\uDFFF])");
            conversation.LastLine.Length.Should().BeLessThanOrEqualTo(200);
            contact.ProfileName.Should().NotContainAny("\0", "\u202e", "\u2066");
        }
    }

    private static ReadDelivery Read(byte[] body) => WebhookReader.Read(body, Now);

    private static byte[] Messages(params string[] messages) => Encoding.UTF8.GetBytes(
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{{{string.Join(',', messages)}}}]}}]}]}""");

    private static MessageItem Item(string message) => Read(Messages(message)).Items.Single().Should().BeOfType<MessageItem>().Subject;

    private static InboundMessage Message(string message) => Item(message).Message;

    private static InboundMessage Message(CorpusFile file) =>
        Read(file.Body).Items.OfType<MessageItem>().Single(m => m.Message.Content is not TextContent).Message;

    private static void Readable(string? reason)
    {
        reason.Should().NotBeNull().And.MatchRegex(@"^[A-Z][^\p{Cc}]{5,150}\.$");
        reason.Should().NotContainEquivalentOf("canary");
    }
}
