using CsCheck;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Contacts;

public sealed class ConsentTests
{
    private const TemplateCategory Marketing = TemplateCategory.Marketing;

    private static readonly Gen<(int Step, int At)[]> Histories = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6]).Array[0, 10];

    /// <summary>The table of the design, one cell a row: what was decided, what is asked, whether it is allowed.</summary>
    public static TheoryData<string, string, bool> Cells => new()
    {
        { "", "reply", true },
        { "", "utility", true },
        { "", "authentication", true },
        { "", "marketing", false },
        { "given", "reply", true },
        { "given", "utility", true },
        { "given", "authentication", true },
        { "given", "marketing", true },
        { "given, platform stop", "reply", true },
        { "given, platform stop", "utility", true },
        { "given, platform stop", "authentication", true },
        { "given, platform stop", "marketing", false },
        { "given, person stop", "reply", true },
        { "given, person stop", "utility", true },
        { "given, person stop", "authentication", true },
        { "given, person stop", "marketing", false },
        { "given, all stop", "reply", false },
        { "given, all stop", "utility", false },
        { "given, all stop", "authentication", false },
        { "given, all stop", "marketing", false },
        { "given, all stop, wrote", "reply", true },
        { "given, all stop, wrote", "utility", false },
        { "given, all stop, wrote", "authentication", false },
        { "given, all stop, wrote", "marketing", false },
        { "all stop, given", "reply", false },
        { "all stop, given", "utility", false },
        { "all stop, given", "marketing", false },
        { "all stop, platform resume", "reply", false },
        { "all stop, platform resume", "utility", false },
        { "all stop, start", "reply", true },
        { "all stop, start", "utility", true },
        { "all stop, start", "authentication", true },
        { "given, all stop, start", "marketing", false },
        { "all stop, start, given", "marketing", true },
        { "all stop, start, wrote", "marketing", false },
        { "wrote", "marketing", false },
        { "start", "marketing", false },
        { "given, platform stop, platform resume", "marketing", true },
        { "given, person stop, platform resume", "marketing", false },
        { "given, platform stop, person stop, platform resume", "marketing", false },
        { "given, platform stop, start", "marketing", true },
        { "given, person stop, start", "marketing", true },
        { "given, platform stop, given", "marketing", true },
        { "given, person stop, given", "marketing", true },
        { "platform resume", "marketing", false },
        { "platform stop, platform resume", "marketing", false },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Table_of_consent_holds(string history, string asked, bool isAllowed)
    {
        var consent = After(history).Consent;

        var allowed = asked switch
        {
            "reply" => consent.AllowsReply,
            "utility" => consent.AllowsTemplate(TemplateCategory.Utility),
            "authentication" => consent.AllowsTemplate(TemplateCategory.Authentication),
            _ => consent.AllowsTemplate(Marketing),
        };

        allowed.Should().Be(isAllowed);
    }

    [Fact]
    public void Unknown_category_is_held_to_the_rules_of_marketing()
    {
        After("").Consent.AllowsTemplate((TemplateCategory)99).Should().BeFalse();
        After("given").Consent.AllowsTemplate((TemplateCategory)99).Should().BeTrue();
    }

    [Theory]
    [InlineData("given", MarketingStop.None)]
    [InlineData("platform stop", MarketingStop.Platform)]
    [InlineData("person stop", MarketingStop.Person)]
    [InlineData("platform stop, person stop", MarketingStop.Platform | MarketingStop.Person)]
    [InlineData("platform stop, person stop, platform resume", MarketingStop.Person)]
    [InlineData("platform stop, person stop, start", MarketingStop.None)]
    [InlineData("platform stop, person stop, given", MarketingStop.None)]
    [InlineData("all stop", MarketingStop.None)]
    public void Each_road_of_a_marketing_stop_is_cleared_on_its_own_terms(string history, MarketingStop stops)
    {
        var consent = After(history).Consent;

        consent.MarketingStops.Should().Be(stops);
        consent.IsMarketingStopped.Should().Be(stops != MarketingStop.None);
    }

    [Fact]
    public void Decisions_in_any_order_and_number_end_the_same() =>
        Gen.Select(Histories, Gen.Int).Sample((history, seed) =>
        {
            var others = history.Concat(history).ToArray();
            new Random(seed).Shuffle(others);

            Told(others).Should().BeEquivalentTo(Told(history));
        }, iter: Fuzz.Iterations(3_000));

    [Fact]
    public void Late_resume_does_not_hide_a_stop_that_a_person_recorded()
    {
        var contact = Given.Contact();
        Do(contact, "platform stop", 1);
        Do(contact, "platform resume", 3);
        Do(contact, "person stop", 2);

        contact.Consent.MarketingStops.Should().Be(MarketingStop.Person);
    }

    [Fact]
    public void Stop_heard_late_still_ends_the_consent_that_was_given_before_it()
    {
        var contact = Given.Contact();
        Do(contact, "given", 1);
        Do(contact, "start", 3);
        Do(contact, "all stop", 2);

        contact.Consent.IsAllStopped.Should().BeFalse();
        contact.Consent.MarketingGivenAt.Should().BeNull();
        contact.Consent.AllowsTemplate(Marketing).Should().BeFalse();
    }

    [Fact]
    public void Of_decisions_of_one_moment_the_stricter_stands()
    {
        foreach (var history in new[] { "all stop, start", "start, all stop", "given, all stop", "all stop, given" })
        {
            After(history, apart: 0).Consent.IsAllStopped.Should().BeTrue(history);
            After(history, apart: 0).Consent.MarketingGivenAt.Should().BeNull(history);
        }

        foreach (var history in new[] { "platform stop, platform resume", "platform resume, platform stop", "person stop, given", "start, platform stop" })
        {
            After(history, apart: 0).Consent.IsMarketingStopped.Should().BeTrue(history);
        }

        After("all stop, wrote", apart: 0).Consent.WroteAfterStop.Should().BeFalse();
    }

    [Fact]
    public void Word_written_before_the_stop_does_not_ask_for_an_answer()
    {
        After("wrote, all stop").Consent.WroteAfterStop.Should().BeFalse();
        After("wrote").Consent.WroteAfterStop.Should().BeFalse();
        After("all stop, wrote, all stop").Consent.AllowsReply.Should().BeFalse();
        After("all stop, wrote, start").Consent.WroteAfterStop.Should().BeFalse();
    }

    [Fact]
    public void Times_of_the_decisions_are_the_customers()
    {
        var consent = After("given, platform stop, wrote, all stop").Consent;

        consent.MarketingDecidedAt.Should().Be(Given.Second(2));
        consent.LastWroteAt.Should().Be(Given.Second(3));
        consent.AllStoppedAt.Should().Be(Given.Second(4));
        consent.AllDecidedAt.Should().Be(Given.Second(4));
        After("all stop, start").Consent.AllDecidedAt.Should().Be(Given.Second(2));
        After("given").Consent.MarketingGivenAt.Should().Be(Given.Second(1));
        After("given, person stop").Consent.MarketingDecidedAt.Should().Be(Given.Second(2));
        After("given, platform resume").Consent.MarketingDecidedAt.Should().Be(Given.Second(2));
        After("").Consent.MarketingDecidedAt.Should().BeNull();
    }

    internal static Contact After(string history, int apart = 1)
    {
        var contact = Given.Contact();
        var at = apart;
        foreach (var step in history.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            Do(contact, step, at);
            at += apart;
        }

        return contact;
    }

    internal static ConsentEntry? Do(Contact contact, string step, int at) => step switch
    {
        "all stop" => Say(contact, "Stop!", at),
        "start" => Say(contact, "START", at),
        "wrote" => Say(contact, "Where is my order?", at),
        "platform stop" => contact.HearMarketingPreference(true, ConsentSource.PlatformPreference, "stop", Given.Second(at)),
        "platform resume" => contact.HearMarketingPreference(false, ConsentSource.PlatformPreference, "resume", Given.Second(at)),
        "person stop" => contact.Record(ConsentPurpose.Marketing, ConsentDecision.Stopped, "", Given.Asha, Given.Second(at)),
        "given" => contact.Record(ConsentPurpose.Marketing, ConsentDecision.Given, "Form of May", Given.Asha, Given.Second(at)),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    };

    private static ConsentEntry? Say(Contact contact, string words, int at) =>
        contact.HearWords(new TextContent(words), OptOutWords.BuiltIn, "wamid.1", Given.Second(at));

    private static Consent Told(IEnumerable<(int Step, int At)> history)
    {
        string[] steps = ["all stop", "start", "wrote", "platform stop", "platform resume", "person stop", "given"];
        var contact = Given.Contact();
        foreach (var (step, at) in history)
        {
            Do(contact, steps[step], at);
        }

        return contact.Consent;
    }
}
