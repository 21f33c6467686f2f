using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class GstinTests
{
    [Theory]
    [InlineData("27AAPFU0939F1ZV")]
    [InlineData("29AAGCB7383J1Z4")]
    [InlineData("24AAACC1206D1ZM")]
    [InlineData("33AAACH7409R1Z8")]
    [InlineData("09AAACI1681G1ZN")]
    public void Published_numbers_are_read(string text)
    {
        Gstin.Read(text, out var gstin).Should().Be(GstinFault.None);
        gstin.Value.Should().Be(text);
    }

    [Fact]
    public void Case_spaces_and_hyphens_do_not_matter()
    {
        Gstin.Read(" 27 aapfu-0939f 1zv ", out var gstin).Should().Be(GstinFault.None);
        gstin.ToString().Should().Be("27AAPFU0939F1ZV");
    }

    [Theory]
    [InlineData(null, GstinFault.WrongLength)]
    [InlineData("", GstinFault.WrongLength)]
    [InlineData("27AAPFU0939F1Z", GstinFault.WrongLength)]
    [InlineData("27AAPFU0939F1ZVV", GstinFault.WrongLength)]
    [InlineData("A7AAPFU0939F1ZV", GstinFault.WrongShape)]
    [InlineData("27A4PFU0939F1ZV", GstinFault.WrongShape)]
    [InlineData("27AAPFU09X9F1ZV", GstinFault.WrongShape)]
    [InlineData("27AAPFU0939F0ZV", GstinFault.WrongShape)]
    [InlineData("27AAPFU0939F1Z!", GstinFault.WrongShape)]
    [InlineData("२7AAPFU0939F1ZV", GstinFault.WrongShape)]
    [InlineData("00AAPFU0939F1ZV", GstinFault.UnknownState)]
    [InlineData("39AAPFU0939F1ZV", GstinFault.UnknownState)]
    [InlineData("98AAPFU0939F1ZV", GstinFault.UnknownState)]
    [InlineData("27AAPFU0939F1ZA", GstinFault.WrongCheck)]
    [InlineData("27AAPFU0939F1Z0", GstinFault.WrongCheck)]
    public void What_is_wrong_is_said(string? text, GstinFault fault)
    {
        Gstin.Read(text, out var gstin).Should().Be(fault);
        gstin.Should().Be(default(Gstin));
        gstin.ToString().Should().BeEmpty();
    }

    /// <summary>What the check is for: no single slip of the finger goes unnoticed.</summary>
    [Fact]
    public void One_wrong_character_is_always_noticed() => Gen.Select(Gen.Int[0, 14], Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]).Sample((place, other) =>
    {
        const string right = "27AAPFU0939F1ZV";
        var typed = right[..place] + other + right[(place + 1)..];
        (Gstin.Read(typed, out _) == GstinFault.None).Should().Be(typed == right);
    });
}
