using Weflux.Domain.Contacts;

namespace Weflux.Tests.Domain.Contacts;

public sealed class ContactFieldRulesTests
{
    private static readonly string[] Sizes = ["S", "M"];

    [Theory]
    [InlineData(ContactFieldType.Text, "  Pune ", "Pune")]
    [InlineData(ContactFieldType.Number, "1250.50", "1250.50")]
    [InlineData(ContactFieldType.Number, "-3", "-3")]
    [InlineData(ContactFieldType.Date, "2028-02-29", "2028-02-29")]
    [InlineData(ContactFieldType.YesNo, "yes", "yes")]
    [InlineData(ContactFieldType.YesNo, "no", "no")]
    [InlineData(ContactFieldType.Choice, "M", "M")]
    [InlineData(ContactFieldType.Link, "https://example.com/a b", "https://example.com/a%20b")]
    [InlineData(ContactFieldType.Link, "http://example.com", "http://example.com/")]
    public void A_value_of_its_type_is_kept(ContactFieldType type, string typed, string kept)
    {
        ContactFieldRules.Read(type, Sizes, typed, out var value).Should().Be(FieldFault.None);
        value.Should().Be(kept);
    }

    [Theory]
    [InlineData(ContactFieldType.Text, "two\nlines", FieldFault.Controls)]
    [InlineData(ContactFieldType.Number, "12,50", FieldFault.NoNumber)]
    [InlineData(ContactFieldType.Number, "1 000", FieldFault.NoNumber)]
    [InlineData(ContactFieldType.Number, "NaN", FieldFault.NoNumber)]
    [InlineData(ContactFieldType.Number, "1e3", FieldFault.NoNumber)]
    [InlineData(ContactFieldType.Number, "99999999999999999999999999999999", FieldFault.NoNumber)]
    [InlineData(ContactFieldType.Date, "2027-02-29", FieldFault.NoDate)]
    [InlineData(ContactFieldType.Date, "29.02.2028", FieldFault.NoDate)]
    [InlineData(ContactFieldType.YesNo, "maybe", FieldFault.NoYesNo)]
    [InlineData(ContactFieldType.Choice, "m", FieldFault.NotInList)]
    [InlineData(ContactFieldType.Link, "javascript:alert(1)", FieldFault.NoLink)]
    [InlineData(ContactFieldType.Link, "ftp://example.com", FieldFault.NoLink)]
    [InlineData(ContactFieldType.Link, "example.com", FieldFault.NoLink)]
    [InlineData(ContactFieldType.Link, "https://asha:secret@example.com", FieldFault.NoLink)]
    public void Anything_else_is_refused_with_its_own_fault(ContactFieldType type, string typed, FieldFault fault)
    {
        ContactFieldRules.Read(type, Sizes, typed, out var value).Should().Be(fault);
        value.Should().BeEmpty();
    }

    [Theory]
    [InlineData(ContactFieldRules.ValueLength, FieldFault.None)]
    [InlineData(ContactFieldRules.ValueLength + 1, FieldFault.TooLong)]
    public void A_value_has_an_end(int length, FieldFault fault) =>
        ContactFieldRules.Read(ContactFieldType.Text, [], new string('a', length), out _).Should().Be(fault);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200B")]
    public void Nothing_empties_a_field_of_any_type(string? typed)
    {
        foreach (var type in Enum.GetValues<ContactFieldType>())
        {
            ContactFieldRules.Read(type, Sizes, typed, out var value).Should().Be(FieldFault.None);
            value.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("Order number", "order-number")]
    [InlineData("Größe (cm)", "große-cm")]
    [InlineData("शहर", "")]
    public void A_key_is_made_of_the_Latin_letters_of_a_name(string name, string key) =>
        ContactFieldRules.KeyOf(name).Should().Be(key.Replace("ß", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("order-number", true)]
    [InlineData("a_1", true)]
    [InlineData("Order", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_key_is_what_programs_can_write(string? key, bool isKey) => ContactFieldRules.IsKey(key).Should().Be(isKey);

    [Theory]
    [InlineData("  #VIP ", "vip", "VIP")]
    [InlineData("big   client", "big client", "big client")]
    public void A_tag_is_compared_in_small_letters_with_single_spaces(string typed, string tag, string shown)
    {
        ContactTagRules.Read(typed, out var written).Should().Be(tag);
        written.Should().Be(shown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" # ")]
    [InlineData("a,b")]
    [InlineData("a\u202Eb")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddE")]
    public void What_is_no_tag_is_refused(string? typed) => ContactTagRules.Read(typed, out _).Should().BeNull();
}
