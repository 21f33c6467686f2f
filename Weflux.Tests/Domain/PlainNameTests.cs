using Weflux.Domain;

namespace Weflux.Tests.Domain;

public sealed class PlainNameTests
{
    [Theory]
    [InlineData("Ana Lima", NameFault.None, "Ana Lima")]
    [InlineData("  Chai & Co. ", NameFault.None, "Chai & Co.")]
    [InlineData("अनीता 👩‍🍳", NameFault.None, "अनीता 👩‍🍳")]
    [InlineData(null, NameFault.Blank, "")]
    [InlineData(" ", NameFault.Blank, "")]
    [InlineData("\u200b\u3164", NameFault.Blank, "")]
    [InlineData("Ana\nLima", NameFault.Controls, "")]
    [InlineData("Ana\u0000", NameFault.Controls, "")]
    [InlineData("Ana\u2028Lima", NameFault.Controls, "")]
    [InlineData("Ana\u202eamiL", NameFault.Controls, "")]
    [InlineData("twenty-one characters", NameFault.TooLong, "")]
    public void A_name_is_one_line_that_can_be_read(string? typed, NameFault fault, string name)
    {
        PlainName.Read(typed, 20, out var read).Should().Be(fault);
        read.Should().Be(name);
    }
}
