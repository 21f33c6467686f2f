using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class WorkspaceSlugTests
{
    [Theory]
    [InlineData("chai-and-co", "chai-and-co")]
    [InlineData("  Chai-7 ", "chai-7")]
    [InlineData("abc", "abc")]
    public void A_slug_is_read_whatever_its_case_and_the_spaces_around_it(string text, string slug)
    {
        WorkspaceSlug.Read(text, out var read).Should().Be(SlugFault.None);
        read.Value.Should().Be(slug);
        read.ToString().Should().Be(slug);
    }

    [Theory]
    [InlineData(null, SlugFault.TooShort)]
    [InlineData("ab", SlugFault.TooShort)]
    [InlineData("chai & co", SlugFault.OtherCharacters)]
    [InlineData("café", SlugFault.OtherCharacters)]
    [InlineData("a_b_c", SlugFault.OtherCharacters)]
    [InlineData("-chai", SlugFault.StrayHyphen)]
    [InlineData("chai-", SlugFault.StrayHyphen)]
    [InlineData("chai--co", SlugFault.StrayHyphen)]
    [InlineData("API", SlugFault.Reserved)]
    [InlineData("weflux", SlugFault.Reserved)]
    public void What_is_no_slug_is_refused_with_its_reason(string? text, SlugFault fault)
    {
        WorkspaceSlug.Read(text, out var read).Should().Be(fault);
        read.Value.Should().BeNull();
        read.ToString().Should().BeEmpty();
    }

    [Fact]
    public void A_slug_has_at_most_60_characters()
    {
        WorkspaceSlug.Read(new string('a', 60), out _).Should().Be(SlugFault.None);
        WorkspaceSlug.Read(new string('a', 61), out _).Should().Be(SlugFault.TooLong);
    }

    [Theory]
    [InlineData("Chai & Co.", "chai-co")]
    [InlineData("Café Zürich", "cafe-zurich")]
    [InlineData("Rosie's Bakery", "rosies-bakery")]
    [InlineData("  The -- Shop!  ", "the-shop")]
    [InlineData("Admin", "admin-team")]
    [InlineData("HP", "hp-team")]
    [InlineData("चाय", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_suggests_a_slug(string? name, string? slug) => WorkspaceSlug.Suggest(name).Should().Be(slug);

    [Fact]
    public void What_is_suggested_is_always_a_slug() => Gen.String.Sample(name =>
        WorkspaceSlug.Suggest(name) is not { } slug || WorkspaceSlug.Read(slug, out _) == SlugFault.None);
}
