using Bunit;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Inbox;

/// <summary>Templates with files, in the thread and as a person fills them in.</summary>
public sealed class TemplatePartTests : BunitContext
{
    [Fact]
    public void Files_of_the_header_and_the_cards_stand_in_the_bubble()
    {
        var part = Draw(Content(TemplateHeaderFormat.Image, new FileValue(new MediaReference("", "image/png", "", 5), null)) with
        {
            Cards = [new TemplateCardValue(new TemplateHeaderValue(TemplateHeaderFormat.Image, new FileValue(new MediaReference("", "image/png", "", 6), null)), [], [])],
            Frame = new TemplateFrame(TemplateHeaderFormat.Image, null, null, [], [new TemplateFrameCard(TemplateHeaderFormat.Image, "Ginger", [])]),
        });

        part.FindAll("[data-open-picture]").Select(b => b.GetAttribute("data-open-picture")).Should().Equal("/w/demo/media/5", "/w/demo/media/6");
    }

    [Fact]
    public void The_buttons_of_a_card_stand_on_it()
    {
        var part = Draw(Content(TemplateHeaderFormat.Image, new FileValue(null, "https://chai.example/cup.jpg")) with
        {
            Frame = new TemplateFrame(null, null, null, [], [new TemplateFrameCard(TemplateHeaderFormat.Image, "Ginger", [new TemplateLabel(TemplateButtonKind.QuickReply, "Tell me more")]), new TemplateFrameCard(TemplateHeaderFormat.Image, "Mint", [])]),
        });

        part.FindAll(".cards > li").Select(card => card.QuerySelectorAll(".buttons li").Select(b => b.TextContent).ToList()).Should()
            .BeEquivalentTo([["Tell me more"], Array.Empty<string>()], o => o.WithStrictOrdering());
    }

    [Fact]
    public void A_document_is_offered_to_save() =>
        Draw(Content(TemplateHeaderFormat.Document, new FileValue(new MediaReference("", "application/pdf", "", 7), null, "menu.pdf")))
            .Find("a[data-file]").GetAttribute("href").Should().Be("/w/demo/media/7?download=true");

    [Fact]
    public void A_linked_file_is_named_and_not_loaded()
    {
        var part = Draw(Content(TemplateHeaderFormat.Image, new FileValue(null, "https://chai.example/cup.jpg")));

        part.Markup.Should().Contain("Picture").And.NotContain("chai.example").And.NotContain("<img");
    }

    [Theory]
    [InlineData(TemplateSlotKind.Image, "https://chai.example/a.jpg\n", null, "https://chai.example/a.jpg", null)]
    [InlineData(TemplateSlotKind.Image, "\na.jpg\n12", 12L, null, null)]
    [InlineData(TemplateSlotKind.Document, "\n menu.pdf \n12", 12L, null, "menu.pdf")]
    [InlineData(TemplateSlotKind.Document, "https://chai.example/a.pdf\nmenu.pdf", null, "https://chai.example/a.pdf", "menu.pdf")]
    public void What_is_picked_or_linked_becomes_the_value(TemplateSlotKind kind, string raw, long? file, string? link, string? name)
    {
        var value = (FileValue)SlotInput.Read([new TemplateSlot("header", kind, "")], new Dictionary<string, string>(StringComparer.Ordinal) { ["header"] = raw })["header"];
        (value.Media?.FileId, value.Link, value.FileName).Should().Be((file, link, name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nmenu.pdf")]
    [InlineData("\nmenu.pdf\nnine")]
    [InlineData("\nmenu.pdf\n-9")]
    public void A_name_alone_is_no_value(string raw) =>
        SlotInput.Read([new TemplateSlot("header", TemplateSlotKind.Document, "")], new Dictionary<string, string>(StringComparer.Ordinal) { ["header"] = raw }).Should().BeEmpty();

    private static TemplateContent Content(TemplateHeaderFormat format, FileValue file) => new("cups", "en", TemplateCategory.Utility, [], "Our cups", [])
    {
        Header = new TemplateHeaderValue(format, file),
        Frame = new TemplateFrame(format, file.FileName, null, [], []),
    };

    private IRenderedComponent<TemplatePart> Draw(TemplateContent content) => Render<TemplatePart>(parameters => parameters
        .Add(p => p.Template, content)
        .Add(p => p.Files, [.. new[] { 5L, 6L }.Select(id => View(id, "image/png")), View(7, "application/pdf")])
        .AddCascadingValue(new BubblePlace("demo", _ => Task.CompletedTask)));

    private static MediaView View(long id, string type) =>
        new(id, MediaState.Ready, MediaKind.Image, type, 100, "menu.pdf", 10, 10, type == "image/png", IsShowable: true, IsRisky: false, null);
}
