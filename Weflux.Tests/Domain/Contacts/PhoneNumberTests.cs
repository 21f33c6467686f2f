using CsCheck;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Contacts;

public sealed class PhoneNumberTests
{
    private static readonly Gen<string> Digits =
        Gen.Select(Gen.Char['1', '9'], Gen.String[Gen.Char['0', '9'], 4, 14], (first, rest) => first + rest);

    [Theory]
    [InlineData("+91 98765 43210", "919876543210")]
    [InlineData("0091 98765-43210", "919876543210")]
    [InlineData("91.9876.543210", "919876543210")]
    [InlineData("  (+1) 555\u00A0010 0001 ", "15550100001")]
    [InlineData("12345", "12345")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("00123456789012345", "123456789012345")]
    public void Numbers_are_read_as_people_write_them(string text, string digits)
    {
        PhoneNumber.TryParse(text, out var number).Should().BeTrue();

        number.Digits.Should().Be(digits);
        number.E164.Should().Be("+" + digits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("1234")]
    [InlineData("1234567890123456")]
    [InlineData("098765")]
    [InlineData("+0098765")]
    [InlineData("000987654")]
    [InlineData("91+98765")]
    [InlineData("++9198765")]
    [InlineData("91987x5")]
    [InlineData("९८७६५४३२१०")]
    [InlineData("91/98765")]
    [InlineData("98765\n43210")]
    public void Anything_else_is_refused(string? text)
    {
        PhoneNumber.TryParse(text, out var number).Should().BeFalse();

        number.Should().Be(default(PhoneNumber));
    }

    [Fact]
    public void Every_number_reads_back_from_what_it_is_sent_as() =>
        Digits.Sample(digits =>
            PhoneNumber.TryParse("+" + digits, out var number)
            && number.Digits == digits
            && PhoneNumber.TryParse(number.E164, out var again)
            && again == number);

    [Fact]
    public void Masked_number_shows_only_its_first_two_and_last_two_digits() =>
        Digits.Sample(digits =>
        {
            var number = Number(digits);
            return number.Masked == $"+{digits[..2]}{new string('•', digits.Length - 4)}{digits[^2..]}"
                && number.ToString() == number.Masked;
        });

    [Fact]
    public void Default_value_shows_nothing()
    {
        default(PhoneNumber).ToString().Should().BeEmpty();
        default(PhoneNumber).Masked.Should().BeEmpty();
        default(PhoneNumber).E164.Should().BeEmpty();
        default(PhoneNumber).Variants().Should().BeEmpty();
    }

    [Theory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("5511961234567", "551161234567")]
    [InlineData("5511998765432", "551198765432")]
    [InlineData("5211234567890", "521234567890")]
    [InlineData("5491123456789", "541123456789")]
    [InlineData("5219876543210", "529876543210")]
    public void Old_and_new_form_of_a_number_name_each_other(string one, string other)
    {
        Number(one).Variants().Should().Equal(Number(other));
        Number(other).Variants().Should().Equal(Number(one));
    }

    [Theory]
    [InlineData("551123456789")]
    [InlineData("551133334444")]
    [InlineData("551144445555")]
    [InlineData("551155556666")]
    [InlineData("5511923456789")]
    [InlineData("5511951234567")]
    [InlineData("5511887654321")]
    [InlineData("55119876543")]
    [InlineData("919876543210")]
    [InlineData("15550100001")]
    [InlineData("52123456789")]
    [InlineData("52223456789012")]
    [InlineData("54123456789")]
    [InlineData("54112345678901")]
    [InlineData("521234567890123")]
    [InlineData("549112345678901")]
    public void Landlines_and_other_numbers_have_no_variant(string digits) => Number(digits).Variants().Should().BeEmpty();

    [Fact]
    public void Variants_are_always_mutual() =>
        Gen.Select(Gen.OneOf(Gen.Const("55"), Gen.Const("52"), Gen.Const("521"), Gen.Const("54"), Gen.Const("549"), Gen.Const("5511")), Gen.String[Gen.Char['0', '9'], 6, 11])
            .Where((prefix, rest) => prefix.Length + rest.Length <= 15)
            .Sample((prefix, rest) =>
            {
                var number = Number(prefix + rest);
                return number.Variants().All(v => v != number && v.Variants().Contains(number));
            }, iter: Fuzz.Iterations(5_000));

    private static PhoneNumber Number(string digits)
    {
        PhoneNumber.TryParse(digits, out var number).Should().BeTrue();
        return number;
    }
}
