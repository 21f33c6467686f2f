using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox.Compose;

namespace Weflux.Tests.Web.Inbox;

public sealed class ComposeModelTests
{
    [Theory]
    [InlineData("12.9716, 77.5946", "12.9716", "77.5946")]
    [InlineData("12.9716,77.5946", "12.9716", "77.5946")]
    [InlineData(" -12.5 ; +77 ", "-12.5", "+77")]
    [InlineData("12,9716 77,5946", "12,9716", "77,5946")]
    [InlineData("12,9716; 77,5946", "12,9716", "77,5946")]
    public void Both_numbers_of_a_place_are_taken_from_one_field(string typed, string latitude, string longitude)
    {
        var model = new ComposeModel { Latitude = typed };

        model.SplitCoordinates();

        (model.Latitude, model.Longitude).Should().Be((latitude, longitude));
    }

    [Theory]
    [InlineData("12,9")]
    [InlineData("12,9716")]
    [InlineData("-7,5")]
    [InlineData("12.9,")]
    [InlineData("somewhere, else")]
    [InlineData("")]
    public void One_number_with_a_decimal_comma_stays_one(string typed)
    {
        var model = new ComposeModel { Latitude = typed, Longitude = "77" };

        model.SplitCoordinates();

        (model.Latitude, model.Longitude).Should().Be((typed, "77"));
    }

    [Fact]
    public void A_header_that_is_longer_than_the_title_of_a_section_is_no_fault()
    {
        var model = new ComposeModel { Header = new string('h', InteractiveLimits.Header), Body = "Have a look", Products = "a\nb" };

        var content = model.Build(ComposeKind.Products, "9");

        SendPolicy.Check(content).Should().BeNull();
        ((ProductListContent)content).Sections[0].Title.Should().HaveLength(InteractiveLimits.SectionTitle).And.EndWith("…");
    }
}
