using CsCheck;
using Weflux.Domain.Contacts;

namespace Weflux.Tests.Domain.Contacts;

public sealed class PhoneNumberTextTests
{
    [Theory]
    [InlineData("Call +91 98765 43210 today", "Call +91 ••••• •••10 today")]
    [InlineData("919876543210", "91••••••••10")]
    [InlineData("(022) 2345-6789.", "(02•) ••••-••89.")]
    [InlineData("five 5550199 five", "five 55•••99 five")]
    [InlineData("९८७६५४३२१०", "९८••••••१०")]
    public void A_number_in_a_text_shows_its_first_and_last_two_digits(string text, string masked) =>
        PhoneNumber.MaskIn(text).Should().Be(masked);

    [Theory]
    [InlineData("Order 123456 has 3 parts")]
    [InlineData("On 2026-11-26")]
    [InlineData("On 26.11.2026")]
    [InlineData("No digits at all")]
    [InlineData("")]
    public void What_is_too_short_and_dates_stay(string text) => PhoneNumber.MaskIn(text).Should().Be(text);

    [Fact]
    public void Of_any_text_nothing_but_digits_changes_and_none_of_seven_in_a_row_stays_whole()
    {
        Gen.String.Sample(text => PhoneNumber.MaskIn(text).Length == text.Length);
        Gen.Char['0', '9'].Array[7, 15].Select(c => new string(c))
            .Sample(number => PhoneNumber.MaskIn($"a {number} b") == $"a {number[..2]}{new string('•', number.Length - 4)}{number[^2..]} b");
    }
}
