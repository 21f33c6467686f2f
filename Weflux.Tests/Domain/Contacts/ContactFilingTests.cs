using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Contacts;

public sealed class ContactFilingTests
{
    [Theory]
    [InlineData("Zoë  O'Brien", "zoe o brien")]
    [InlineData("ÁSHA", "asha")]
    [InlineData("आरती शर्मा", "आरती शर्मा")]
    [InlineData("🙂", "🙂")]
    public void A_name_is_sorted_without_its_accents_and_with_the_signs_of_its_script(string name, string sorted) =>
        NameWords.Sort(name).Should().Be(sorted);

    [Fact]
    public void Words_are_told_once_and_have_ends()
    {
        NameWords.Of("Asha Verma", "asha", null).Should().Equal("asha", "verma");
        NameWords.Of(new string('a', 100)).Should().Equal(new string('a', NameWords.WordLength));
        NameWords.Of(string.Join(' ', Enumerable.Range(0, 50).Select(i => $"w{i}"))).Should().HaveCount(NameWords.MostWords);
        NameWords.Of("a\uD83D b").Should().Equal("a", "b");
    }

    [Fact]
    public void Who_has_no_name_is_sorted_behind_all_others()
    {
        var contact = Given.Contact();
        contact.SortName.Should().Be(Contact.Unnamed);

        contact.Rename("Ülo");
        contact.SortName.Should().Be("ulo");
        contact.Words.Select(w => w.Word).Should().Equal("ulo");

        contact.Rename("");
        contact.SortName.Should().Be(Contact.Unnamed);
        string.CompareOrdinal("ῼ", Contact.Unnamed).Should().BeNegative();
    }

    [Fact]
    public void Words_of_past_names_stay_and_none_is_there_twice()
    {
        var contact = Given.Contact();
        contact.Hear(new HeardContact([], "919876543210", "Asha Verma", "asha.v"), Given.Noon);
        contact.Rename("Asha Rao");
        contact.Rename("Asha Verma");
        contact.Words.Select(w => w.Word).Should().BeEquivalentTo("asha", "verma", "v", "rao");
        contact.PhoneTail.Should().Be("012345678919");
    }

    [Fact]
    public void The_standing_follows_every_decision()
    {
        var contact = Given.Contact();
        contact.Standing.Should().Be(ConsentStanding.Unasked);
        contact.Record(ConsentPurpose.Marketing, ConsentDecision.Given, "Form", Given.Asha, Given.Second(1));
        contact.Standing.Should().Be(ConsentStanding.Agreed);
        contact.HearMarketingPreference(isStopped: true, ConsentSource.PlatformPreference, "stop", Given.Second(2));
        contact.Standing.Should().Be(ConsentStanding.MarketingStopped);
        contact.HearWords(new TextContent("STOP"), OptOutWords.BuiltIn, "wamid.1", Given.Second(3));
        contact.Standing.Should().Be(ConsentStanding.AllStopped);
        contact.HearWords(new TextContent("START"), OptOutWords.BuiltIn, "wamid.2", Given.Second(4));
        contact.Standing.Should().Be(ConsentStanding.Unasked);
    }

    [Fact]
    public void Last_seen_moves_with_what_is_said_and_never_back()
    {
        var contact = Given.Contact();
        contact.HearWords(new TextContent("Hello"), OptOutWords.BuiltIn, "wamid.1", Given.Second(9));
        contact.HearWords(new TextContent("Earlier"), OptOutWords.BuiltIn, "wamid.2", Given.Second(3));
        contact.LastSeenAt.Should().Be(Given.Second(9));
    }

    [Fact]
    public void One_person_of_two_keeps_what_only_the_other_had()
    {
        var kept = Given.Contact();
        var newer = Given.Contact();
        newer.Hear(new HeardContact([], null, "Asha Verma", null), Given.Noon);
        newer.HearWords(new TextContent("STOP"), OptOutWords.BuiltIn, "wamid.1", Given.Second(9));
        newer.MoveToStage(7).Should().BeTrue();
        newer.MoveToStage(7).Should().BeFalse();

        kept.Absorb(newer);

        (kept.SortName, kept.Standing, kept.StageId, kept.LastSeenAt).Should().Be(("asha verma", ConsentStanding.AllStopped, 7, Given.Second(9)));
        kept.Words.Select(w => w.Word).Should().Equal("asha", "verma");
    }

    [Fact]
    public void A_contact_of_before_is_filed_once()
    {
        var contact = Given.Contact();
        contact.Rename("Asha");
        contact.File();
        contact.File();
        contact.Words.Should().ContainSingle();
        (contact.SortName, contact.Standing).Should().Be(("asha", ConsentStanding.Unasked));
    }
}
