using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Sending;

public sealed class TemplateFillTests
{
    private static readonly Template Rich = new(
        "order_sent", "en", TemplateCategory.Utility, "APPROVED",
        new TemplateHeader(TemplateHeaderFormat.Text, "Order {{1}}"),
        "Hi {{1}}, it comes at {{2}}.",
        "Chai & Co.",
        [
            new TemplateButton(TemplateButtonKind.QuickReply, "Call me"),
            new TemplateButton(TemplateButtonKind.Url, "Track", "https://chai.example/t/{{1}}"),
            new TemplateButton(TemplateButtonKind.Url, "Menu", "https://chai.example/menu"),
            new TemplateButton(TemplateButtonKind.CopyCode, "Copy code"),
        ],
        HasNamedParameters: false);

    private static readonly Template Carousel = new(
        "blends", "en", TemplateCategory.Marketing, "APPROVED", null, "Look, {{first_name}}!", null, [], HasNamedParameters: true,
        [
            new TemplateCard(new TemplateHeader(TemplateHeaderFormat.Image), "Ginger for {{price}}", [new TemplateButton(TemplateButtonKind.Url, "Buy", "https://chai.example/{{1}}")]),
            new TemplateCard(new TemplateHeader(TemplateHeaderFormat.Image), "Pepper", [new TemplateButton(TemplateButtonKind.Url, "Buy", "https://chai.example/{{1}}")]),
        ]);

    private static readonly Template Code = new(
        "sign_in", "en", TemplateCategory.Authentication, "APPROVED", null, "*{{1}}* is your code.", null,
        [new TemplateButton(TemplateButtonKind.Url, "Copy", "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}")], HasNamedParameters: false);

    [Fact]
    public void Every_place_that_needs_a_value_is_listed_in_order()
    {
        Rich.Slots().Select(s => (s.Id, s.Kind)).Should().Equal(
            ("header.1", TemplateSlotKind.Text), ("body.1", TemplateSlotKind.Text), ("body.2", TemplateSlotKind.Text), ("button.1", TemplateSlotKind.UrlEnding), ("button.3", TemplateSlotKind.Coupon));
        Carousel.Slots().Select(s => (s.Id, s.Card)).Should().Equal(
            ("body.first_name", null), ("card.0.header", 0), ("card.0.body.price", 0), ("card.0.button.0", 0), ("card.1.header", 1), ("card.1.button.0", 1));
        Code.Slots().Should().Equal(new TemplateSlot(Template.CodeSlot, TemplateSlotKind.Code, ""));
    }

    [Fact]
    public void A_card_keeps_the_names_of_its_variables()
    {
        var values = Values(("body.first_name", "Asha"), ("card.0.body.price", "₹90"), ("card.0.button.0", "a"), ("card.1.button.0", "b"));
        foreach (var card in new[] { 0, 1 })
        {
            values[$"card.{card}.header"] = new FileValue(null, "https://chai.example/a.jpg");
        }

        var content = Carousel.Fill(values);

        content.Cards!.Select(c => string.Join(' ', c.ParameterNames)).Should().Equal("price", "");
        Carousel.Fits(content).Should().BeTrue();
        Carousel.Fits(content with { Cards = [content.Cards![0] with { ParameterNames = ["cost"] }, content.Cards[1]] }).Should().BeFalse();
    }

    [Theory]
    [InlineData(TemplateHeaderFormat.Image, TemplateSlotKind.Image)]
    [InlineData(TemplateHeaderFormat.Video, TemplateSlotKind.Video)]
    [InlineData(TemplateHeaderFormat.Document, TemplateSlotKind.Document)]
    [InlineData(TemplateHeaderFormat.Location, TemplateSlotKind.Location)]
    public void A_header_that_is_no_text_is_one_slot(TemplateHeaderFormat format, TemplateSlotKind kind) =>
        (Rich with { Header = new TemplateHeader(format), Body = "Hi", Buttons = [] }).Slots().Should().Equal(new TemplateSlot("header", kind, "", IsInHeader: true));

    [Fact]
    public void A_filled_template_carries_every_value_in_its_place()
    {
        var content = Rich.Fill(Values(("header.1", "#7"), ("body.1", "Asha"), ("body.2", "6 pm"), ("button.1", "7"), ("button.3", "CHAI20")));

        content.RenderedText.Should().Be("Hi Asha, it comes at 6 pm.");
        content.BodyParameters.Should().Equal("Asha", "6 pm");
        content.Header.Should().Be(new TemplateHeaderValue(TemplateHeaderFormat.Text, new TextValue("#7")));
        content.ButtonValues.Should().Equal(new TemplateButtonValue(1, TemplateButtonKind.Url, "7"), new TemplateButtonValue(3, TemplateButtonKind.CopyCode, "CHAI20"));
        content.Frame!.HeaderText.Should().Be("Order #7");
        content.Frame.Buttons.Select(b => b.Target).Should().Equal(null, "https://chai.example/t/7", "https://chai.example/menu", "CHAI20");
        Rich.Fits(content).Should().BeTrue();
    }

    [Fact]
    public void A_code_stands_in_the_body_and_in_the_button()
    {
        var content = Code.Fill(Values((Template.CodeSlot, "482913")));

        content.RenderedText.Should().Be("*482913* is your code.");
        content.BodyParameters.Should().Equal("482913");
        content.ButtonValues.Should().Equal(new TemplateButtonValue(0, TemplateButtonKind.Url, "482913"));
        Code.Fits(content).Should().BeTrue();
    }

    [Fact]
    public void Cards_are_filled_each_for_itself()
    {
        var values = Values(("body.first_name", "Asha"), ("card.0.body.price", "₹90"), ("card.0.button.0", "ginger"), ("card.1.button.0", "pepper"));
        values["card.0.header"] = new FileValue(null, "https://chai.example/1.jpg");
        values["card.1.header"] = new FileValue(new MediaReference("", "image/jpeg", "", FileId: 7), null);

        var content = Carousel.Fill(values);

        content.Cards!.Select(c => c.BodyParameters.Count).Should().Equal(1, 0);
        content.Frame!.Cards.Select(c => c.Body).Should().Equal("Ginger for ₹90", "Pepper");
        content.ParameterNames.Should().Equal("first_name");
        Carousel.Fits(content).Should().BeTrue();
        content.Files().Select(f => f.FileId).Should().Equal(7);
        content.WithFiles(f => f with { Id = "900" }).Files().Single().Id.Should().Be("900");
    }

    [Fact]
    public void A_file_is_replaced_with_its_name_and_a_link_stays()
    {
        var document = Rich with { Header = new TemplateHeader(TemplateHeaderFormat.Document), Body = "Hi", Buttons = [] };
        TemplateContent With(FileValue file) => document.Fill(new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { ["header"] = file });

        var ours = With(new FileValue(new MediaReference("", "", "", FileId: 7), null))
            .WithFileValues((format, file) => file with { FileName = $"{format} {file.Media!.FileId}.pdf" });
        var link = With(new FileValue(null, "https://chai.example/a.pdf", "a.pdf"));

        (ours.Header!.Value, ours.Frame!.HeaderText).Should().Be((new FileValue(new MediaReference("", "", "", FileId: 7), null, "Document 7.pdf"), "Document 7.pdf"));
        link.WithFileValues((_, _) => throw new InvalidOperationException()).Should().BeEquivalentTo(link);
        link.Files().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", SlotFaultKind.Missing)]
    [InlineData("   ", SlotFaultKind.Missing)]
    [InlineData("a\nb", SlotFaultKind.NotAllowed)]
    [InlineData("a\rb", SlotFaultKind.NotAllowed)]
    [InlineData("a\tb", SlotFaultKind.NotAllowed)]
    [InlineData("a     b", SlotFaultKind.NotAllowed)]
    public void A_bad_value_is_refused_at_its_place(string value, SlotFaultKind kind) =>
        Rich.Check(Values(("header.1", "#7"), ("body.1", value), ("body.2", "6 pm"), ("button.1", "7"), ("button.3", "X"))).Should().Equal(new SlotFault("body.1", kind));

    [Theory]
    [InlineData("button.1", "a b", SlotFaultKind.NotAllowed)]
    [InlineData("button.3", "CH AI", SlotFaultKind.NotAllowed)]
    [InlineData("body.3", "too much", SlotFaultKind.NotWanted)]
    public void Ends_of_addresses_and_coupons_hold_no_spaces_and_nothing_is_there_twice(string slot, string value, SlotFaultKind kind)
    {
        var values = Values(("header.1", "#7"), ("body.1", "Asha"), ("body.2", "6 pm"), ("button.1", "7"), ("button.3", "X"));
        values[slot] = new TextValue(value);

        Rich.Check(values).Should().Equal(new SlotFault(slot, kind));
    }

    [Fact]
    public void What_becomes_too_long_is_refused_with_its_limit()
    {
        string Long(int count) => new('x', count);
        Rich.Check(Values(("header.1", Long(55)), ("body.1", "A"), ("body.2", "B"), ("button.1", "7"), ("button.3", "X")))
            .Should().Equal(new SlotFault("header.1", SlotFaultKind.TooLong, 60));
        Rich.Check(Values(("header.1", Long(54)), ("body.1", Long(1100)), ("body.2", "B"), ("button.1", "7"), ("button.3", "X")))
            .Should().Contain(new SlotFault("body.1", SlotFaultKind.TooLong, 1024));
        Rich.Check(Values(("header.1", "A"), ("body.1", "A"), ("body.2", "B"), ("button.1", Long(1990)), ("button.3", "X")))
            .Should().Equal(new SlotFault("button.1", SlotFaultKind.TooLong, 2000));
        Code.Check(Values((Template.CodeSlot, Long(16)))).Should().Equal(new SlotFault(Template.CodeSlot, SlotFaultKind.TooLong, 15));
        Code.Check(Values((Template.CodeSlot, Long(15)))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://chai.example/a.jpg", null)]
    [InlineData("http://chai.example/a.jpg", SlotFaultKind.NotALink)]
    [InlineData("file:///etc/passwd", SlotFaultKind.NotALink)]
    [InlineData("javascript:alert(1)", SlotFaultKind.NotALink)]
    [InlineData("a.jpg", SlotFaultKind.NotALink)]
    [InlineData("", SlotFaultKind.Missing)]
    public void A_link_to_a_file_is_https(string link, SlotFaultKind? kind) =>
        (Rich with { Header = new TemplateHeader(TemplateHeaderFormat.Image), Body = "Hi", Buttons = [] })
            .Check(new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { ["header"] = new FileValue(null, link) })
            .Should().Equal(kind is { } wrong ? [new SlotFault("header", wrong)] : Array.Empty<SlotFault>());

    [Theory]
    [InlineData(90, 180, true)]
    [InlineData(-90, -180, true)]
    [InlineData(90.1, 0, false)]
    [InlineData(0, 180.1, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(0, double.PositiveInfinity, false)]
    public void A_place_is_on_earth(double latitude, double longitude, bool isThere) =>
        (Rich with { Header = new TemplateHeader(TemplateHeaderFormat.Location), Body = "Hi", Buttons = [] })
            .Check(new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { ["header"] = new LocationValue(latitude, longitude, null, null) })
            .Count.Should().Be(isThere ? 0 : 1);

    [Fact]
    public void A_value_of_another_kind_is_refused()
    {
        var values = Values(("header.1", "#7"), ("body.2", "6 pm"), ("button.1", "7"), ("button.3", "X"));
        values["body.1"] = new LocationValue(1, 1, null, null);

        Rich.Check(values).Should().Equal(new SlotFault("body.1", SlotFaultKind.NotWanted));
        Rich.Invoking(t => t.Fill(values)).Should().Throw<ArgumentException>().WithParameterName("values");
    }

    [Fact]
    public void A_picture_names_what_is_missing() =>
        Rich.Picture(Values(("body.2", "6 pm"))).Should().Match<TemplatePicture>(p => p.Body == "Hi [1], it comes at 6 pm." && p.Frame.HeaderText == "Order [1]");

    [Fact]
    public void A_message_made_before_the_template_changed_does_not_fit_any_more()
    {
        var content = Rich.Fill(Values(("header.1", "#7"), ("body.1", "Asha"), ("body.2", "6 pm"), ("button.1", "7"), ("button.3", "X")));

        foreach (var changed in new[]
        {
            Rich with { Body = "Hi {{1}}." },
            Rich with { Header = null },
            Rich with { Header = new TemplateHeader(TemplateHeaderFormat.Image) },
            Rich with { Buttons = [] },
            Rich with { Buttons = [Rich.Buttons[1], Rich.Buttons[0], Rich.Buttons[3]] },
            Rich with { HasNamedParameters = true },
            Rich with { Cards = Carousel.Cards },
            Rich with { Body = "Bye {{1}}, it goes at {{2}}." },
            Rich with { Header = new TemplateHeader(TemplateHeaderFormat.Text, "Bill {{1}}") },
            Rich with { Footer = "Another shop" },
            Rich with { Buttons = [Rich.Buttons[0] with { Text = "Never mind" }, .. Rich.Buttons.Skip(1)] },
            Rich with { Buttons = [Rich.Buttons[0], Rich.Buttons[1] with { Url = "https://other.example/{{1}}" }, .. Rich.Buttons.Skip(2)] },
            Rich with { Buttons = [Rich.Buttons[0], Rich.Buttons[1], Rich.Buttons[2] with { Url = "https://other.example/menu" }, Rich.Buttons[3]] },
        })
        {
            changed.Fits(content).Should().BeFalse();
        }
    }

    [Fact]
    public void Whatever_passes_the_check_can_be_filled_and_fits_and_keeps_the_platforms_limits()
    {
        var words = Gen.OneOf(Gen.Char.AlphaNumeric.Array[0, 30].Select(c => new string(c)), Gen.OneOf("", " ", "a\nb", "a     b", "{{1}}", "नमस्ते", new string('x', 600), new string('y', 1100)));
        Gen.Select(words, words, words, words, words).Sample(
            (a, b, c, d, e) =>
            {
                var values = Values(("header.1", a), ("body.1", b), ("body.2", c), ("button.1", d), ("button.3", e));
                if (Rich.Check(values).Count > 0)
                {
                    return true;
                }

                var content = Rich.Fill(values);
                return Rich.Fits(content)
                    && SendPolicy.CheckTemplate(Rich, content) is null
                    && content.RenderedText.Length <= TemplateLimits.Body
                    && content.Frame!.HeaderText!.Length <= TemplateLimits.Header
                    && content.BodyParameters.All(v => v.Trim() == v && v.Length > 0);
            },
            iter: Fuzz.Iterations(5_000));
    }

    private static Dictionary<string, TemplateValue> Values(params (string Id, string Text)[] values) =>
        values.ToDictionary(v => v.Id, v => (TemplateValue)new TextValue(v.Text), StringComparer.Ordinal);
}
