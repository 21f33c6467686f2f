using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Contacts;

public sealed class ConsentLedgerTests
{
    [Fact]
    public void Stop_word_is_kept_exactly_with_its_message_and_the_version_of_the_rules()
    {
        var entry = Hear(Given.Contact(), new TextContent("  STOP!! 🛑 "));

        entry.Should().BeEquivalentTo(new
        {
            Purpose = ConsentPurpose.AllMessages,
            Decision = ConsentDecision.Stopped,
            Source = ConsentSource.Words,
            Evidence = "  STOP!! 🛑 ",
            MessageWhatsAppId = "wamid.9",
            RuleVersion = ConsentEntry.CurrentRuleVersion,
            At = Given.Second(9),
        });
        entry!.WorkspaceId.Should().Be(Given.Workspace);
        entry.ActorId.Should().BeNull();
    }

    [Fact]
    public void Start_word_is_kept_when_it_lifts_something()
    {
        Hear(ConsentTests.After("all stop"), new TextContent("Start")).Should().BeEquivalentTo(new
        {
            Purpose = ConsentPurpose.AllMessages,
            Decision = ConsentDecision.Given,
            Source = ConsentSource.Words,
            Evidence = "Start",
            MessageWhatsAppId = "wamid.9",
        });
        Hear(ConsentTests.After("platform stop"), new TextContent("Start")).Should().NotBeNull();
        Hear(ConsentTests.After(""), new TextContent("Start")).Should().BeNull();
    }

    [Fact]
    public void Stop_is_news_once_and_again_only_if_asked_for_anew()
    {
        var contact = Given.Contact();

        ConsentTests.Do(contact, "all stop", 5).Should().NotBeNull();
        ConsentTests.Do(contact, "all stop", 5).Should().BeNull();
        ConsentTests.Do(contact, "all stop", 4).Should().BeNull();
        ConsentTests.Do(contact, "all stop", 6).Should().NotBeNull();
        ConsentTests.Do(contact, "start", 8).Should().NotBeNull();
        ConsentTests.Do(contact, "all stop", 7).Should().BeNull();
    }

    [Fact]
    public void Ordinary_words_make_no_entry_and_show_that_the_contact_writes()
    {
        var contact = Given.Contact();

        Hear(contact, new TextContent("stop, o Zé não vem")).Should().BeNull();

        contact.Consent.LastWroteAt.Should().Be(Given.Second(9));
        contact.Consent.IsAllStopped.Should().BeFalse();
    }

    [Fact]
    public void Start_word_counts_as_writing_and_stop_word_does_not()
    {
        ConsentTests.After("start").Consent.LastWroteAt.Should().Be(Given.Second(1));
        ConsentTests.After("all stop").Consent.LastWroteAt.Should().BeNull();
    }

    public static TheoryData<string, bool> Contents => new()
    {
        { "text", true },
        { "caption", true },
        { "button title", true },
        { "button id", true },
        { "list title", true },
        { "list id", true },
        { "template button label", true },
        { "template button payload", true },
        { "order note", true },
        { "document caption", true },
        { "document name", false },
        { "place", false },
        { "card", false },
        { "form", false },
        { "reaction", false },
        { "system", false },
        { "edit", false },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Stop_word_counts_where_the_customer_said_or_tapped_it(string where, bool isStop)
    {
        var entry = Hear(Given.Contact(), Saying("Stop", where));

        entry.Should().Match<ConsentEntry?>(e => e != null == isStop);
        entry?.Evidence.Should().Be("Stop");
    }

    [Theory]
    [InlineData("button id")]
    [InlineData("list id")]
    [InlineData("template button payload")]
    public void Hidden_payload_never_lifts_a_stop(string where)
    {
        var contact = ConsentTests.After("all stop");

        Hear(contact, Saying("start", where)).Should().BeNull();

        contact.Consent.IsAllStopped.Should().BeTrue();
    }

    [Theory]
    [InlineData("reaction")]
    [InlineData("system")]
    [InlineData("edit")]
    public void What_opens_no_window_does_not_count_as_writing(string where)
    {
        var contact = Given.Contact();

        Hear(contact, Saying("Hello", where));

        contact.Consent.LastWroteAt.Should().BeNull();
    }

    [Theory]
    [InlineData(true, ConsentDecision.Stopped)]
    [InlineData(false, ConsentDecision.Given)]
    public void Preference_in_whatsapp_is_kept_with_the_platforms_words(bool isStopped, ConsentDecision decision)
    {
        var contact = isStopped ? Given.Contact() : ConsentTests.After("platform stop");

        var entry = contact.HearMarketingPreference(isStopped, ConsentSource.PlatformRefusal, "User opted out", Given.Second(9));

        entry.Should().BeEquivalentTo(new
        {
            Purpose = ConsentPurpose.Marketing,
            Decision = decision,
            Source = ConsentSource.PlatformRefusal,
            Evidence = "User opted out",
            MessageWhatsAppId = (string?)null,
            At = Given.Second(9),
        });
    }

    [Fact]
    public void Repeated_preference_is_no_news()
    {
        ConsentTests.Do(ConsentTests.After("platform stop"), "platform stop", 9).Should().BeNull();
        ConsentTests.Do(Given.Contact(), "platform resume", 9).Should().BeNull();
        ConsentTests.Do(ConsentTests.After("person stop"), "platform resume", 9).Should().BeNull();
    }

    [Theory]
    [InlineData(ConsentPurpose.Marketing, ConsentDecision.Given)]
    [InlineData(ConsentPurpose.Marketing, ConsentDecision.Stopped)]
    [InlineData(ConsentPurpose.AllMessages, ConsentDecision.Given)]
    [InlineData(ConsentPurpose.AllMessages, ConsentDecision.Stopped)]
    public void Persons_entry_is_kept_with_its_evidence_and_who_made_it(ConsentPurpose purpose, ConsentDecision decision)
    {
        var entry = Given.Contact().Record(purpose, decision, "Letter of 3 May", Given.Asha, Given.Second(9));

        entry.Should().BeEquivalentTo(new
        {
            Purpose = purpose,
            Decision = decision,
            Source = ConsentSource.Person,
            Evidence = "Letter of 3 May",
            At = Given.Second(9),
        });
        entry.ActorId.Should().Be(Given.Asha);
    }

    [Theory]
    [InlineData(ConsentPurpose.Marketing, ConsentDecision.Given, true)]
    [InlineData(ConsentPurpose.Marketing, ConsentDecision.Stopped, false)]
    [InlineData(ConsentPurpose.AllMessages, ConsentDecision.Given, true)]
    [InlineData(ConsentPurpose.AllMessages, ConsentDecision.Stopped, true)]
    public void Evidence_is_demanded_for_all_but_a_stop_of_marketing(ConsentPurpose purpose, ConsentDecision decision, bool isDemanded)
    {
        foreach (var nothing in new[] { "", " \n" })
        {
            var contact = Given.Contact();
            var record = () => contact.Record(purpose, decision, nothing, Given.Asha, Given.Noon);

            if (isDemanded)
            {
                record.Should().Throw<ArgumentException>().WithParameterName("evidence").WithMessage("*needs its evidence*");
                contact.Consent.Should().BeEquivalentTo(Given.Contact().Consent);
            }
            else
            {
                record.Should().NotThrow();
            }
        }
    }

    [Theory]
    [InlineData(1999, 1999, "")]
    [InlineData(2000, 2000, "")]
    [InlineData(2001, 1999, "…")]
    [InlineData(9000, 1999, "…")]
    public void Evidence_is_kept_up_to_2000_long_and_says_if_there_was_more(int length, int kept, string mark)
    {
        var entry = Given.Contact()
            .Record(ConsentPurpose.Marketing, ConsentDecision.Given, new string('a', length), Given.Asha, Given.Noon);

        entry.Evidence.Should().Be(new string('a', kept) + mark);
    }

    [Fact]
    public void Persons_entry_stops_and_lifts_all_messages()
    {
        var contact = Given.Contact();

        contact.Record(ConsentPurpose.AllMessages, ConsentDecision.Stopped, "Call of 3 May", Given.Asha, Given.Second(1));
        contact.Consent.IsAllStopped.Should().BeTrue();

        contact.Record(ConsentPurpose.AllMessages, ConsentDecision.Given, "Letter of 4 May", Given.Asha, Given.Second(2));
        contact.Consent.IsAllStopped.Should().BeFalse();
    }

    private static ConsentEntry? Hear(Contact contact, MessageContent content) =>
        contact.HearWords(content, OptOutWords.BuiltIn, "wamid.9", Given.Second(9));

    private static MessageContent Saying(string words, string where)
    {
        var media = new MediaReference("media-1", "application/pdf", "");
        return where switch
        {
            "text" => new TextContent(words),
            "caption" => new ImageContent(media, words),
            "button title" => new ButtonReplyContent("x", words),
            "button id" => new ButtonReplyContent(words, "No more of this"),
            "list title" => new ListReplyContent("x", words, null),
            "list id" => new ListReplyContent(words, "No more of this", null),
            "template button label" => new TemplateButtonContent("x", words),
            "template button payload" => new TemplateButtonContent(words, "No more of this"),
            "order note" => new OrderContent("catalog-1", words, []),
            "document caption" => new DocumentContent(media, "a.pdf", words),
            "document name" => new DocumentContent(media, words, null),
            "place" => new LocationContent(0, 0, words, null, null),
            "card" => new ContactCardsContent([new ContactCard(words, [], [], null)], false),
            "form" => new FlowReplyContent("flow", words, "{}"),
            "reaction" => new ReactionContent("wamid.1", words),
            "system" => new SystemContent("user_changed_number", words, null, null),
            _ => new EditContent("wamid.1", new TextContent(words)),
        };
    }
}
