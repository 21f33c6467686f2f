using CsCheck;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Contacts;

public sealed class CallingCodeTests
{
    [Theory]
    [InlineData("+91 98765 43210", "91")]
    [InlineData("+1 212 555 0123", "1")]
    [InlineData("+7 912 345 67 89", "7")]
    [InlineData("+49 1511 2345678", "49")]
    [InlineData("+971 50 123 4567", "971")]
    [InlineData("+880 1712 345678", "880")]
    public void A_number_begins_with_its_countrys_code(string number, string code) => CallingCode.Of(Number(number)).Digits.Should().Be(code);

    [Theory]
    [InlineData("+91 98765 43210", "98123 45670", "+919812345670")]
    [InlineData("+91 98765 43210", "098123 45670", "+919812345670")]
    [InlineData("+91 98765 43210", "919812345670", "+919812345670")]
    [InlineData("+91 98765 43210", "9198765432", "+919198765432")]
    [InlineData("+91 98765 43210", "+44 7700 900123", "+447700900123")]
    [InlineData("+91 98765 43210", "0044 7700 900123", "+447700900123")]
    [InlineData("+1 212 555 0123", "(212) 555-0199", "+12125550199")]
    [InlineData("+1 212 555 0123", "12125550199", "+12125550199")]
    [InlineData("+49 1511 2345678", "0170 1234567", "+491701234567")]
    [InlineData("+39 06 1234567", "06 7654321", "+39067654321")]
    [InlineData("+7 912 345 67 89", "8 912 345 67 80", "+79123456780")]
    [InlineData("+36 30 123 4567", "06 30 765 4321", "+36307654321")]
    [InlineData("+55 11 98765 4321", "11 98765 4320", "+5511987654320")]
    public void A_number_is_read_as_somebody_at_home_would_mean_it(string home, string typed, string number)
    {
        PhoneNumber.TryParse(typed, CallingCode.Of(Number(home)), out var read).Should().BeTrue();

        read.E164.Should().Be(number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("abc")]
    [InlineData("98123x45670")]
    [InlineData("98123/45670")]
    [InlineData("1234567890123456")]
    public void What_is_no_number_is_refused(string? typed) =>
        PhoneNumber.TryParse(typed, CallingCode.Of(Number("+91 98765 43210")), out _).Should().BeFalse();

    [Fact]
    public void Without_a_home_only_whole_numbers_are_read()
    {
        PhoneNumber.TryParse("+919812345670", default, out _).Should().BeTrue();
        default(CallingCode).Digits.Should().BeNull();
        CallingCode.Of(default).Should().Be(default(CallingCode));
    }

    [Fact]
    public void Whatever_is_read_is_a_whole_number_and_reads_the_same_again() =>
        Gen.OneOf("+", "0", "00", "91", "9", "1", "8", "5", "(", ")", " ", "-", "x").Array[0, 16].Select(string.Concat).Sample(
            typed => !PhoneNumber.TryParse(typed, CallingCode.Of(Number("+91 98765 43210")), out var number)
                || (PhoneNumber.TryParse(number.E164, out var again) && again == number),
            iter: Fuzz.Iterations(10_000));

    private static PhoneNumber Number(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new ArgumentException("That is no number.", nameof(text));
}
