using CsCheck;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("invoice.pdf", "invoice.pdf")]
    [InlineData("Rechnung März.pdf", "Rechnung März.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system32\\evil.dll", "evil.dll")]
    [InlineData("/absolute/name.txt", "name.txt")]
    [InlineData("C:\\name.txt", "name.txt")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("photo\u202Egnp.exe", "photo_gnp.exe")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "a__Set-Cookie_ x.pdf")]
    [InlineData("a\"; filename=\"b.html", "a__ filename=_b.html")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("con .txt", "_con .txt")]
    [InlineData("name. . .", "name")]
    [InlineData(". . name.pdf", "name.pdf")]
    [InlineData(".\u3000name.pdf.\u00A0", "name.pdf")]
    [InlineData("", null)]
    [InlineData("...", null)]
    [InlineData("/", null)]
    [InlineData(null, null)]
    public void A_name_loses_what_could_do_harm(string? name, string? clean) => FileNames.Clean(name).Should().Be(clean);

    [Theory]
    [InlineData("invoice.exe", "application/pdf", "invoice.exe.pdf")]
    [InlineData("invoice.PDF", "application/pdf", "invoice.PDF")]
    [InlineData("picture", "image/jpeg", "picture.jpg")]
    [InlineData("picture.jpeg", "image/jpeg", "picture.jpeg")]
    [InlineData(null, "audio/ogg", "voice message.ogg")]
    [InlineData("strange.bin", "", "strange.bin")]
    public void The_ending_tells_the_truth(string? name, string type, string fitting) =>
        FileNames.Fit(name, type, "voice message").Should().Be(fitting);

    [Fact]
    public void No_name_is_too_long_and_its_ending_stays()
    {
        FileNames.Fit(new string('x', 500) + ".pdf", "application/pdf", "document").Should().HaveLength(FileNames.MaxLength).And.EndWith(".pdf");
        FileNames.Fit(new string('x', 500), "application/pdf", "document").Should().HaveLength(FileNames.MaxLength).And.EndWith(".pdf");
    }

    [Fact]
    public void Whatever_a_name_says_what_is_left_is_one_harmless_name() => Gen.String.Sample(name =>
    {
        var clean = FileNames.Fit(name, "application/pdf", "document");
        clean.Should().EndWithEquivalentOf(".pdf");
        clean.Length.Should().BeLessThanOrEqualTo(FileNames.MaxLength);
        clean.Should().NotContainAny("/", "\\", "\"", "\r", "\n", "\0", ":", "*", "?", "<", ">", "|");
        clean.Should().NotStartWith(".");
        FileNames.Clean(clean).Should().Be(clean, "cleaning twice changes nothing");
    });
}
