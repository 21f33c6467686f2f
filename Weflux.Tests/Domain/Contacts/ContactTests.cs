using Weflux.Domain.Contacts;

namespace Weflux.Tests.Domain.Contacts;

public sealed class ContactTests
{
    private static readonly IdentityKey UserId = IdentityKey.UserId("portfolio-1", "IN.1");
    private static readonly IdentityKey Number = IdentityKey.WhatsAppId("919876543210");

    [Fact]
    public void Contact_takes_over_what_a_webhook_says_of_it()
    {
        var contact = Given.Contact();

        contact.Hear(Heard(), Given.Second(1)).Should().BeTrue();

        contact.PhoneDigits.Should().Be("919876543210");
        contact.Phone!.Value.E164.Should().Be("+919876543210");
        contact.ProfileName.Should().Be("Kim");
        contact.Username.Should().Be("kim.prova");
        contact.FirstSeenAt.Should().Be(Given.Noon);
        contact.WorkspaceId.Should().Be(Given.Workspace);
        contact.Identities.Select(i => i.Key).Should().Equal(UserId, Number);
        contact.Identities.Should().OnlyContain(i => i.WorkspaceId == Given.Workspace && i.FirstSeenAt == Given.Second(1));
    }

    [Fact]
    public void Hearing_the_same_again_is_no_news_and_adds_no_identity()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Hear(Heard(), Given.Second(2)).Should().BeFalse();

        contact.Identities.Should().HaveCount(2);
        contact.Identities.Should().OnlyContain(i => i.FirstSeenAt == Given.Second(1));
    }

    [Fact]
    public void Each_new_fact_alone_is_news()
    {
        var nothing = new HeardContact([], null, null, null);

        foreach (var heard in new[]
        {
            nothing with { Identities = [IdentityKey.ParentUserId("US.ENT.1")] },
            nothing with { WhatsAppId = "15550100001" },
            nothing with { ProfileName = "Kim P." },
            nothing with { Username = "kim" },
        })
        {
            var contact = Given.Contact();
            contact.Hear(Heard(), Given.Second(1));
            contact.Hear(heard, Given.Second(2)).Should().BeTrue();
        }
    }

    [Fact]
    public void Two_new_facts_are_news_as_one_is()
    {
        Given.Contact().Hear(new HeardContact([UserId, Number], null, null, null), Given.Noon).Should().BeTrue();
        Given.Contact().Hear(new HeardContact([Number], "919876543210", null, null), Given.Noon).Should().BeTrue();
    }

    [Fact]
    public void Missing_or_empty_facts_erase_nothing()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Hear(new HeardContact([], null, " ", "@"), Given.Second(2)).Should().BeFalse();

        contact.ProfileName.Should().Be("Kim");
        contact.Username.Should().Be("kim.prova");
        contact.PhoneDigits.Should().Be("919876543210");
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u3164\u3164")]
    [InlineData("\u2800 \u2800")]
    [InlineData("\u115F\u1160\uFFA0\u034F\uFE0F\u00AD")]
    [InlineData("\u202E\u2066")]
    public void A_name_that_nobody_can_see_is_none(string name)
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Hear(new HeardContact([], null, name, name), Given.Second(2)).Should().BeFalse();

        (contact.ProfileName, contact.Username).Should().Be(("Kim", "kim.prova"));
    }

    [Fact]
    public void A_name_that_is_seen_only_beyond_its_end_is_none()
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, new string('\u200B', 300) + "Kim", null), Given.Noon);

        contact.ProfileName.Should().BeEmpty();
    }

    [Theory]
    [InlineData(" Kim\u0000\r\n\u0085P ", "KimP")]
    [InlineData("🙂🙂", "🙂🙂")]
    [InlineData("\u202A\u202B\u202C\u202D\u202EKim", "Kim")]
    [InlineData("Kim\u2066\u2067\u2068\u2069", "Kim")]
    public void Names_are_cleaned(string name, string clean)
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, name, null), Given.Noon);

        contact.ProfileName.Should().Be(clean);
    }

    [Fact]
    public void Half_an_emoji_in_a_name_is_replaced()
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, "a\uD83D", null), Given.Noon);

        contact.ProfileName.Should().Be("a\uFFFD");
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(100_000, 200)]
    public void Names_are_at_most_200_long(int length, int kept)
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, new string('a', length), null), Given.Noon);

        contact.ProfileName.Should().Be(new string('a', kept));
    }

    [Theory]
    [InlineData(198, 200)]
    [InlineData(199, 199)]
    public void Names_never_end_in_half_an_emoji(int before, int kept)
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, new string('a', before) + "🙂🙂", null), Given.Noon);

        contact.ProfileName.Should().HaveLength(kept);
        char.IsHighSurrogate(contact.ProfileName[^1]).Should().BeFalse();
    }

    [Theory]
    [InlineData("@kim", "kim")]
    [InlineData("kim", "kim")]
    [InlineData(" @@ kim\n", "kim")]
    public void User_name_loses_its_at_sign(string username, string expected)
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, null, username), Given.Noon);

        contact.Username.Should().Be(expected);
    }

    [Theory]
    [InlineData("Kim", "kim", "Kim")]
    [InlineData(null, "kim", "@kim")]
    [InlineData(null, null, "")]
    public void Screens_show_the_best_name(string? profile, string? username, string shown)
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([], null, profile, username), Given.Noon);

        contact.DisplayName.Should().Be(shown);
    }

    [Fact]
    public void Contact_may_hide_its_number()
    {
        var contact = Given.Contact();

        contact.Hear(new HeardContact([UserId], null, null, null), Given.Noon);

        contact.Phone.Should().BeNull();
        contact.UserIdIn("portfolio-1").Should().Be("IN.1");
        contact.UserIdIn("portfolio-2").Should().BeNull();
    }

    [Fact]
    public void Newest_user_id_of_the_portfolio_is_the_one_to_write_to()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Rekey(IdentityKey.UserId("portfolio-1", "IN.2"), Given.Second(2));
        contact.Rekey(IdentityKey.UserId("portfolio-2", "IN.3"), Given.Second(3));
        contact.Rekey(IdentityKey.ParentUserId("US.ENT.1"), Given.Second(4));

        contact.UserIdIn("portfolio-1").Should().Be("IN.2");
        contact.PhoneDigits.Should().Be("919876543210");
        contact.Identities.Should().HaveCount(5);
    }

    [Fact]
    public void Rekey_moves_the_number_and_keeps_the_old_one_as_a_name()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Rekey(IdentityKey.WhatsAppId("15550100001"), Given.Second(5));

        contact.PhoneDigits.Should().Be("15550100001");
        contact.Identities.Select(i => i.Key).Should().Equal(
            UserId with { Kind = IdentityKind.FormerUserId }, Number, IdentityKey.WhatsAppId("15550100001"));
    }

    [Fact]
    public void Webhook_from_before_the_move_does_not_bring_the_old_number_back()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));
        contact.Rekey(IdentityKey.WhatsAppId("15550100001"), Given.Second(5));

        contact.Hear(Heard(), Given.Second(4)).Should().BeFalse();
        contact.PhoneDigits.Should().Be("15550100001");

        contact.Hear(Heard(), Given.Second(5)).Should().BeTrue();
        contact.PhoneDigits.Should().Be("919876543210");
    }

    [Fact]
    public void Identities_are_compared_byte_for_byte()
    {
        var contact = Given.Contact();
        contact.Hear(Heard(), Given.Second(1));

        contact.Hear(Heard() with { Identities = [IdentityKey.UserId("portfolio-1", "in.1")] }, Given.Second(2)).Should().BeTrue();
    }

    [Fact]
    public void Only_a_user_id_is_bound_to_a_portfolio()
    {
        IdentityKey.UserId("portfolio-1", "IN.1").Scope.Should().Be("portfolio-1");
        IdentityKey.ParentUserId("US.ENT.1").Scope.Should().BeEmpty();
        IdentityKey.WhatsAppId("919876543210").Scope.Should().BeEmpty();
    }

    [Fact]
    public void Block_and_restriction_keep_their_first_time_until_lifted()
    {
        var contact = Given.Contact();

        contact.Block(true, Given.Second(1));
        contact.Block(true, Given.Second(2));
        contact.Restrict(true, Given.Second(3));
        contact.Restrict(true, Given.Second(4));
        contact.BlockedAt.Should().Be(Given.Second(1));
        contact.RestrictedAt.Should().Be(Given.Second(3));

        contact.Block(false, Given.Second(5));
        contact.Restrict(false, Given.Second(5));
        contact.BlockedAt.Should().BeNull();
        contact.RestrictedAt.Should().BeNull();
    }

    private static HeardContact Heard() => new([UserId, Number], "919876543210", "Kim", "@kim.prova");
}
