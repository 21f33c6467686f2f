using System.Text;
using System.Text.Json;
using Weflux.Web.Connections;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Numbers.History;

namespace Weflux.Tests.Web.Numbers;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "Enter the phone number id.")]
    [InlineData("+91 98765", "This looks like a phone number. The phone number id is a number without + and spaces, such as 123.")]
    [InlineData("98765 43210", "This looks like a phone number. The phone number id is a number without + and spaces, such as 123.")]
    [InlineData("abc", "The phone number id has digits only, such as 123.")]
    [InlineData("12345678901234567890123456789012", "The phone number id has at most 30 digits.")]
    [InlineData("१२३", "The phone number id has digits only, such as 123.")]
    [InlineData("200000000000009", null)]
    public void An_id_that_cannot_be_one_says_why(string typed, string? words) =>
        NumberRules.WrongId(typed, "phone number id", "123").Should().Be(words);

    [Theory]
    [InlineData("", "Enter the app secret.")]
    [InlineData("two words", "The app secret holds a space or a sign that it cannot have. Copy it again, all of it and nothing else.")]
    [InlineData("sécret", "The app secret holds a space or a sign that it cannot have. Copy it again, all of it and nothing else.")]
    [InlineData("fine|one", null)]
    public void A_secret_that_cannot_be_one_says_why(string typed, string? words) =>
        NumberRules.WrongSecret(typed, "app secret").Should().Be(words);

    [Fact]
    public void A_secret_longer_than_any_is_refused_before_anybody_is_asked() =>
        NumberRules.WrongSecret(new string('x', 1001), "access token").Should().Contain("longer than any");

    [Theory]
    [InlineData("practice-access-token", "oken")]
    [InlineData("shortsecret", null)]
    public void Of_a_secret_only_the_last_four_characters_are_shown_and_none_of_a_short_one(string secret, string? ending) =>
        NumberRules.Ending(secret).Should().Be(ending);

    [Theory]
    [InlineData("phone_number_quality_update", """{"value":{"display_phone_number":"918000090009","event":"FLAGGED","current_limit":"TIER_2K"}}""", "Meta flagged the number", true)]
    [InlineData("phone_number_quality_update", """{"value":{"event":"UPGRADE","max_daily_conversations_per_business":"TIER_100K","old_limit":"TIER_10K"}}""", "The messaging limit of the business portfolio rose: 100,000 customers in 24 hours (before: 10,000 customers in 24 hours).", false)]
    [InlineData("phone_number_quality_update", """{"value":{"event":"DOWNGRADE","current_limit":"TIER_250"}}""", "The messaging limit of the business portfolio fell: 250 customers in 24 hours.", true)]
    [InlineData("phone_number_quality_update", """{"value":{"event":"SOMETHING_NEW"}}""", "Meta changed the quality or the limit of the number (something new).", false)]
    [InlineData("phone_number_name_update", """{"value":{"decision":"REJECTED","requested_verified_name":"Chai","rejection_reason":"NAME_NOT_CONSISTENT"}}""", "Meta rejected the display name “Chai”: name not consistent.", true)]
    [InlineData("account_update", """{"value":{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}}}""", "Meta disabled the account.", true)]
    [InlineData("account_update", """{"value":{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING"}]}}""", "Meta restricted the account: restricted biz initiated messaging.", true)]
    [InlineData("account_update", """{"value":{"event":"PARTNER_REMOVED"}}""", "The WhatsApp account no longer shares itself with this Meta app.", true)]
    [InlineData("account_alerts", """{"value":{"alert_info":{"alert_severity":"CRITICAL","alert_description":"Pay your bill"}}}""", "Alert from Meta: Pay your bill", true)]
    [InlineData("account_review_update", """{"value":{"decision":"APPROVED"}}""", "Meta reviewed and approved the account.", false)]
    [InlineData("business_capability_update", """{"value":{"max_daily_conversations_per_business":-1}}""", "The business may write first to any number of customers.", false)]
    [InlineData("business_capability_update", """{"value":{}}""", "Meta changed what the business may do, and does not say", false)]
    [InlineData("phone_number_quality_update", """{"value":{"event":"UPGRADE","current_limit":"TIER_UNLIMITED","old_limit":"NOT_SET"}}""", "The messaging limit of the business portfolio rose: any number of customers.", false)]
    [InlineData("phone_number_quality_update", """{"value":{"event":"ONBOARDING"}}""", "The number was set up at Meta.", false)]
    [InlineData("security", """{"value":{"event":"PIN_CHANGED","display_phone_number":"918000090009"}}""", "The two-step PIN of the number was changed.", true)]
    [InlineData("security", """{"value":[]}""", "Meta reported on the security of the number: no reason given.", true)]
    public void Each_report_of_the_platform_becomes_a_sentence(string field, string json, string words, bool isTrouble)
    {
        var read = NewsWords.Read(field, Encoding.UTF8.GetBytes(json));

        read.Words.Should().StartWith(words);
        read.IsTrouble.Should().Be(isTrouble);
    }

    [Fact]
    public void News_of_another_number_of_the_account_are_not_this_numbers()
    {
        Read("phone_number_quality_update", """{"value":{"display_phone_number":"+91 80000-90009"}}""").Concerns("918000090009", "2").Should().BeTrue();
        Read("phone_number_quality_update", """{"value":{"display_phone_number":"918000090010"}}""").Concerns("918000090009", "2").Should().BeFalse();
        Read("account_alerts", """{"value":{"entity_type":"PHONE_NUMBER","entity_id":"2"}}""").Concerns("918000090009", "2").Should().BeTrue();
        Read("account_alerts", """{"value":{"entity_type":"PHONE_NUMBER","entity_id":"3"}}""").Concerns("918000090009", "2").Should().BeFalse();
        Read("account_alerts", """{"value":{"entity_type":"BUSINESS","entity_id":"3"}}""").Concerns("918000090009", "2").Should().BeTrue();

        static NumberNews Read(string field, string json) => NewsWords.Read(field, Encoding.UTF8.GetBytes(json));
    }

    [Theory]
    [InlineData("""{"status":"CONNECTED","code_verification_status":"NOT_VERIFIED"}""", CheckState.Good, "The number is registered and can send.")]
    [InlineData("""{"status":"CONNECTED","code_verification_status":"EXPIRED"}""", CheckState.Good, "The number is registered and can send.")]
    [InlineData("""{"status":"PENDING","code_verification_status":"NOT_VERIFIED"}""", CheckState.Bad, "The number is not verified")]
    [InlineData("""{"status":"PENDING","code_verification_status":"VERIFIED"}""", CheckState.Bad, "The number is not registered for the Cloud API (pending).")]
    [InlineData("""{"status":"BANNED","code_verification_status":"NOT_VERIFIED"}""", CheckState.Bad, "Meta has banned the number.")]
    [InlineData("""{"code_verification_status":"NOT_VERIFIED"}""", CheckState.NotChecked, "Meta does not say whether the number is registered.")]
    public void Whether_a_number_can_send_is_read_from_its_status(string json, CheckState state, string words) =>
        LineOf(json, CheckKind.Registration).Should().Match<CheckLine>(l => l.State == state && l.Words.StartsWith(words));

    [Theory]
    [InlineData("""{"throughput":{"level":"STANDARD"}}""", CheckState.Good, "up to 80 ")]
    [InlineData("""{"throughput":{"level":"HIGH"}}""", CheckState.Good, "up to 1,000 ")]
    [InlineData("""{"throughput":{"level":"HIGH"},"is_on_biz_app":true}""", CheckState.Good, "up to 20 ")]
    [InlineData("""{"throughput":{"level":"NOT_APPLICABLE"},"is_on_biz_app":true}""", CheckState.Good, "up to 20 ")]
    [InlineData("""{"throughput":{"level":"NOT_APPLICABLE"}}""", CheckState.NotChecked, "does not say")]
    [InlineData("{}", CheckState.NotChecked, "does not say")]
    public void How_fast_a_number_sends_depends_on_the_phone_app_too(string json, CheckState state, string words) =>
        LineOf(json, CheckKind.Throughput).Should().Match<CheckLine>(l => l.State == state && l.Words.Contains(words));

    [Theory]
    [InlineData("TIER_2K", "2,000 customers in 24 hours")]
    [InlineData("1000", "1,000 customers in 24 hours")]
    [InlineData("TIER_UNLIMITED", "any number of customers")]
    [InlineData("-1", "any number of customers")]
    [InlineData("NOT_SET", null)]
    [InlineData(null, null)]
    public void A_limit_is_worded_as_a_whole(string? tier, string? words) => NumberWords.LimitWords(tier).Should().Be(words);

    [Fact]
    public void The_other_fields_of_a_number_are_asked_for_apart() =>
        WebhookChecks.Wanted.Should().NotIntersectWith(WebhookChecks.Optional, "one field that an app is not offered would have all the others refused");

    private static CheckLine LineOf(string json, CheckKind kind)
    {
        using var document = JsonDocument.Parse(json);
        return NumberWords.Describe(document.RootElement).Single(l => l.Kind == kind);
    }

    [Fact]
    public void Signatures_tell_whether_the_secret_is_right_and_which_is_in_use()
    {
        OwnChecks.Signature(null).State.Should().Be(CheckState.NotChecked);
        OwnChecks.Signature(Count(bad: 3, badAt: 1)).Should().Match<CheckLine>(l => l.State == CheckState.Bad && l.Words.StartsWith("The app secret does not match: 3 webhooks came in"));
        OwnChecks.Signature(Count(good: 9, goodAt: 1, bad: 1, badAt: 2)).Words.Should().StartWith("The app secret does not match any more");
        OwnChecks.Signature(Count(good: 9, goodAt: 3, bad: 1, badAt: 2)).State.Should().Be(CheckState.Good);
        OwnChecks.Signature(Count(good: 9, goodAt: 1, old: 2, oldAt: 2)).Words.Should().StartWith("Meta still signs with the old app secret");
        OwnChecks.Signature(Count(old: 2, oldAt: 2, bad: 1, badAt: 1)).State.Should().Be(CheckState.Warning);

        static SignatureCount Count(long good = 0, int goodAt = 0, long old = 0, int oldAt = 0, long bad = 0, int badAt = 0) => new()
        {
            MetaAppId = 1,
            WorkspaceId = new(1),
            Good = good,
            Old = old,
            Bad = bad,
            LastGoodAt = goodAt == 0 ? null : Noon.AddMinutes(goodAt),
            LastOldAt = oldAt == 0 ? null : Noon.AddMinutes(oldAt),
            LastBadAt = badAt == 0 ? null : Noon.AddMinutes(badAt),
        };
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(2, "2 s ago")]
    [InlineData(125, "2 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(864000, "10 days ago")]
    public void A_time_past_is_told_as_people_tell_it(int seconds, string words) => OwnChecks.Ago(TimeSpan.FromSeconds(seconds)).Should().Be(words);

    [Fact]
    public void What_holds_secrets_does_not_show_them_as_text()
    {
        var entry = new NumberEntry { Token = "the-token", AppSecret = "the-secret" };

        $"{(object)entry}".Should().NotContainAny("the-token", "the-secret");
        $"{(object)Weflux.Web.CloudApi.GraphAccess.OfApp(ConnectionKind.CloudApi, "1", "the-secret")}".Should().NotContain("the-secret");
    }
}
