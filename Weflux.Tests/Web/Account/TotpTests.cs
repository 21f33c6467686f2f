using System.Text;
using CsCheck;
using Weflux.Web.Account.TwoFactor;

namespace Weflux.Tests.Web.Account;

public sealed class TotpTests
{
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The test values of RFC 6238, of which apps show the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.Code(Seed, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).Should().Be(code);

    [Fact]
    public void A_code_is_right_from_one_step_before_to_one_step_after() => Gen.Long[-5, 5].Sample(away =>
    {
        var step = Totp.StepAt(Noon);
        Totp.Match(Seed, Totp.Code(Seed, step + away), Noon).Should().Be(Math.Abs(away) <= 1 ? step + away : null);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("１２３４５６")]
    public void What_is_no_code_is_refused(string? typed) => Totp.Match(Seed, typed, Noon).Should().BeNull();

    [Fact]
    public void Spaces_in_a_code_do_not_matter()
    {
        var code = Totp.Code(Seed, Totp.StepAt(Noon));
        Totp.Match(Seed, $" {code[..3]} {code[3..]} ", Noon).Should().NotBeNull();
    }

    [Fact]
    public void The_key_is_base_32() => Totp.Base32(Encoding.ASCII.GetBytes("foobar")).Should().Be("MZXW6YTBOI");

    [Fact]
    public void The_link_in_the_picture_names_account_and_issuer() =>
        Totp.Uri(Seed, "a+b@example.com", "Weflux").Should().StartWith("otpauth://totp/Weflux:a%2Bb%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Weflux");
}
