using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

public sealed class PlatformErrorsTests
{
    private static readonly int[] Temporary = [2, 4, 80007, 130429, 131016, 131056, 131057];

    private static readonly int[] Broken = [0, 3, 10, 33, 190, 131005, 131031, 131045, 133010, .. Enumerable.Range(200, 100)];

    [Fact]
    public void Only_the_temporary_codes_may_be_sent_again_by_the_machine() =>
        Enumerable.Range(-1, 140_000).Where(c => PlatformErrors.Classify(c) == PlatformErrorClass.Temporary).Should().Equal(Temporary);

    [Fact]
    public void Codes_of_credentials_permissions_and_registration_break_the_connection() =>
        Enumerable.Range(-1, 140_000).Where(c => PlatformErrors.Classify(c) == PlatformErrorClass.ConnectionBroken).Should().BeEquivalentTo(Broken);

    [Theory]
    [InlineData(1)]
    [InlineData(131000)]
    [InlineData(131047)]
    [InlineData(131050)]
    [InlineData(999999)]
    [InlineData(int.MinValue)]
    public void Any_other_code_is_final(int code) => PlatformErrors.Classify(code).Should().Be(PlatformErrorClass.Final);

    [Fact]
    public void Every_code_has_a_sentence()
    {
        var sentences = Enumerable.Range(-40, 140_040).Select(PlatformErrors.Explain);

        sentences.Should().OnlyContain(s => s.EndsWith('.') && s.Length > 20 && char.IsUpper(s[0]));
    }

    [Theory]
    [InlineData(OwnFaults.WindowClosed, "24-hour window")]
    [InlineData(OwnFaults.OptedOut, "silence")]
    [InlineData(OwnFaults.Restricted, "blocked or restricted")]
    [InlineData(OwnFaults.ConnectionNotReady, "check the connection")]
    [InlineData(OwnFaults.NoAddress, "nowhere to send")]
    [InlineData(OwnFaults.NotSendable, "could not be sent as it was")]
    [InlineData(OwnFaults.NotReached, "could not be reached")]
    [InlineData(OwnFaults.TokenUnreadable, "cannot be read any more")]
    [InlineData(OwnFaults.GaveUp, "again and again")]
    [InlineData(OwnFaults.TemplateDeleted, "template was deleted")]
    [InlineData(OwnFaults.TemplatePaused, "paused the template")]
    [InlineData(OwnFaults.TemplateDisabled, "disabled the template")]
    [InlineData(OwnFaults.TemplateRejected, "rejected the template")]
    [InlineData(OwnFaults.TemplateNotApproved, "not approved any more")]
    [InlineData(OwnFaults.TemplateChanged, "template was changed")]
    [InlineData(OwnFaults.TemplateNowMarketing, "moved the template to marketing")]
    [InlineData(0, "access token")]
    [InlineData(3, "permissions")]
    [InlineData(10, "permission")]
    [InlineData(33, "reconnect")]
    [InlineData(100, "wrongly put together")]
    [InlineData(190, "access token")]
    [InlineData(200, "permission")]
    [InlineData(299, "permission")]
    [InlineData(368, "restricted")]
    [InlineData(130403, "Unblock")]
    [InlineData(130472, "experiment")]
    [InlineData(130497, "country")]
    [InlineData(131000, "did not say which")]
    [InlineData(131005, "denied access")]
    [InlineData(131008, "missing")]
    [InlineData(131009, "not valid")]
    [InlineData(131021, "itself")]
    [InlineData(131026, "cannot be reached")]
    [InlineData(131030, "test number")]
    [InlineData(131031, "locked")]
    [InlineData(131042, "payment")]
    [InlineData(131045, "not fully registered")]
    [InlineData(131047, "24 hours")]
    [InlineData(131048, "spam")]
    [InlineData(131049, "at least a day")]
    [InlineData(131050, "stopped marketing")]
    [InlineData(131051, "kind of message")]
    [InlineData(131053, "file")]
    [InlineData(131062, "hidden")]
    [InlineData(132000, "variables")]
    [InlineData(132001, "no approved template")]
    [InlineData(132005, "too long")]
    [InlineData(132007, "policy")]
    [InlineData(132012, "wrong form")]
    [InlineData(132015, "paused")]
    [InlineData(132016, "disabled")]
    [InlineData(133010, "not registered")]
    public void Sentence_says_what_the_code_means(int code, string words) => PlatformErrors.Explain(code).Should().Contain(words);

    /// <summary>Every code of the platform's table, and every one of our own.</summary>
    [Theory]
    [InlineData("1 2 4 80007 130429 131000 131016 131048 131049 131057 132069 133004 134101 2494100", FaultRemedy.RetryLater)]
    [InlineData("131047 131061 132000 132001 132005 132007 132008 132012 132015 132016 132018", FaultRemedy.PickTemplate)]
    [InlineData("-1 -30 -31 -32 -33 -34 -35 -36", FaultRemedy.PickTemplate)]
    [InlineData("0 3 10 33 190 200 299 131005 131031 131045 133010 133000 133005 133006 -4 -9 -11", FaultRemedy.FixNumber)]
    [InlineData("368 131030 131037 131042 131044 131063 131064 132068 134011 -22", FaultRemedy.AskAdmin)]
    [InlineData("130472 130497 131021 131050 -2 -5", FaultRemedy.LeaveIt)]
    [InlineData("131052 131053 -20 -21", FaultRemedy.ReplaceFile)]
    [InlineData("100 131008 131009 131051 135000 -6", FaultRemedy.Rewrite)]
    [InlineData("131026 131062", FaultRemedy.OtherWay)]
    [InlineData("130403", FaultRemedy.Unblock)]
    [InlineData("137000 -8 -40 -41 -50 -51 777", FaultRemedy.RetryNow)]
    public void Each_code_has_its_way_on(string codes, FaultRemedy remedy) =>
        codes.Split(' ').Select(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture))
            .Should().OnlyContain(c => PlatformErrors.Of(c).Remedy == remedy);

    [Fact]
    public void What_a_refusal_slows_is_what_the_platform_counts()
    {
        PlatformErrors.Of(131056).Scope.Should().Be(FaultScope.Customer);
        PlatformErrors.Of(130429).Scope.Should().Be(FaultScope.Number);
        PlatformErrors.Of(80007).Scope.Should().Be(FaultScope.Account);
        PlatformErrors.Of(4).Scope.Should().Be(FaultScope.App);
        Temporary.Should().OnlyContain(c => PlatformErrors.Of(c).Scope != FaultScope.Message);
    }

    [Fact]
    public void Waiting_helps_only_where_time_heals() =>
        Enumerable.Range(-40, 3_000_000).Select(PlatformErrors.Of).Where(e => e.Wait is not null).Should().OnlyContain(e => e.Remedy == FaultRemedy.RetryLater);

    [Theory]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(777)]
    public void Unknown_code_is_named(int code) =>
        PlatformErrors.Explain(code).Should().Be($"WhatsApp refused the message (code {code}).");
}
