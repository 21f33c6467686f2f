using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

/// <summary>The limits of the platform for what is put together in forms or by programs.</summary>
public sealed class InteractiveLimitsTests
{
    private static readonly MessageFrame Frame = new("Which one?");
    private static readonly ListRow Row = new("r", "Row");

    /// <summary>What is wrong, under the reason that says so.</summary>
    public static TheoryData<MessageContent, InvalidReason> Wrong => new()
    {
        { Buttons(new MessageFrame(" "), "A"), InvalidReason.BodyMissing },
        { Buttons(new MessageFrame("\u200b"), "A"), InvalidReason.BodyMissing },
        { new ButtonsContent(Frame, []), InvalidReason.NoButtons },
        { Buttons(Frame, "A", "B", "C", "D"), InvalidReason.TooManyButtons },
        { Buttons(Frame, " "), InvalidReason.ButtonTitleMissing },
        { Buttons(Frame, "A", "A "), InvalidReason.ButtonTitlesEqual },
        { new ButtonsContent(Frame, [new("", "A")]), InvalidReason.IdMissing },
        { new ButtonsContent(Frame, [new("x", "A"), new("x", "B")]), InvalidReason.IdsEqual },
        { new ListContent(Frame, " ", [new ListSection("", [Row])]), InvalidReason.ListButtonMissing },
        { new ListContent(Frame, "Open", []), InvalidReason.NoRows },
        { new ListContent(Frame, "Open", [new ListSection("", [])]), InvalidReason.NoRows },
        { new ListContent(Frame, "Open", [new ListSection("A", [Row]), new ListSection(" ", [new("s", "S")])]), InvalidReason.SectionTitleMissing },
        { new ListContent(Frame, "Open", [.. Enumerable.Range(0, 11).Select(i => new ListSection($"S{i}", [new($"{i}", $"R{i}")]))]), InvalidReason.TooManySections },
        { List(11), InvalidReason.TooManyRows },
        { new ListContent(Frame, "Open", [new ListSection("", [new("r", "")])]), InvalidReason.RowTitleMissing },
        { new ListContent(Frame, "Open", [new ListSection("", [new("", "R")])]), InvalidReason.IdMissing },
        { new ListContent(Frame, "Open", [new ListSection("A", [Row]), new ListSection("B", [new("r", "Other")])]), InvalidReason.IdsEqual },
        { new LinkButtonContent(Frame, "", "https://shop.test"), InvalidReason.LinkLabelMissing },
        { new LinkButtonContent(Frame, "Open", "shop.test"), InvalidReason.LinkNotWeb },
        { new LinkButtonContent(Frame, "Open", "javascript:alert(1)"), InvalidReason.LinkNotWeb },
        { new LinkButtonContent(Frame, "Open", "ftp://shop.test"), InvalidReason.LinkNotWeb },
        { new LinkButtonContent(Frame, "Open", ""), InvalidReason.LinkNotWeb },
        { new LocationRequestContent(" "), InvalidReason.BodyMissing },
        { new LocationContent(90.0001, 0, null, null, null), InvalidReason.LatitudeOutOfRange },
        { new LocationContent(double.NaN, 0, null, null, null), InvalidReason.LatitudeOutOfRange },
        { new LocationContent(0, -180.5, null, null, null), InvalidReason.LongitudeOutOfRange },
        { new LocationContent(0, double.PositiveInfinity, null, null, null), InvalidReason.LongitudeOutOfRange },
        { new ContactCardsContent([], false), InvalidReason.NoCards },
        { new ContactCardsContent([.. Enumerable.Repeat(new ContactCard("A", ["+919876543210"], [], null), 258)], false), InvalidReason.TooManyCards },
        { new ContactCardsContent([new ContactCard(" ", ["+919876543210"], [], null)], false), InvalidReason.CardNameMissing },
        { new ContactCardsContent([new ContactCard("A", [], [], null)], false), InvalidReason.CardPhoneInvalid },
        { new ContactCardsContent([new ContactCard("A", ["call me"], [], null)], false), InvalidReason.CardPhoneInvalid },
        { new ContactCardsContent([new ContactCard("A", ["+91 98765 43210", "98765 43210"], [], null)], false), InvalidReason.CardPhoneInvalid },
        { Card(new ContactCard("A", [.. Enumerable.Repeat("+919876543210", 21)], [], null)), InvalidReason.TooManyCardLines },
        { Card(new ContactCard("A", ["+919876543210"], [.. Enumerable.Repeat("a@b.test", 21)], null)), InvalidReason.TooManyCardLines },
        { new LinkButtonContent(Frame, "Open", "https://shop.test/" + new string('x', 2000)), InvalidReason.LinkTooLong },
        { new ReactionContent("wamid.1", "ok"), InvalidReason.NotAnEmoji },
        { new ReactionContent("wamid.1", "👍👍"), InvalidReason.NotAnEmoji },
        { new ReactionContent("wamid.1", ""), InvalidReason.NotAnEmoji },
        { new ReactionContent(" ", "👍"), InvalidReason.ReactionTargetUnknown },
        { new ProductContent("", "tea", null, null), InvalidReason.CatalogMissing },
        { new ProductContent("1", "", null, null), InvalidReason.ProductMissing },
        { new ProductListContent(Frame, "1", [new ProductSection("T", ["a"])]), InvalidReason.HeaderMissing },
        { new ProductListContent(Frame with { Header = "H" }, "1", []), InvalidReason.ProductMissing },
        { new ProductListContent(Frame with { Header = "H" }, "1", [new ProductSection("T", [])]), InvalidReason.ProductMissing },
        { new ProductListContent(Frame with { Header = "H" }, "1", [new ProductSection("T", [.. Enumerable.Range(0, 31).Select(i => $"p{i}")])]), InvalidReason.TooManyProducts },
        { new ProductListContent(Frame with { Header = "H" }, "1", [.. Enumerable.Range(0, 11).Select(i => new ProductSection($"T{i}", ["a"]))]), InvalidReason.TooManySections },
    };

    /// <summary>A text of a length in its place, how long it may be, and the reason if it is longer.</summary>
    private static readonly (Func<string, MessageContent> Place, int Most, InvalidReason Reason)[] Lengths =
    [
        (t => Buttons(new MessageFrame(t), "A"), 1024, InvalidReason.BodyTooLong),
        (t => new LocationContent(1, 1, t, null, null), PlainLimits.PlaceText, InvalidReason.PlaceTooLong),
        (t => new LocationContent(1, 1, null, t, null), PlainLimits.PlaceText, InvalidReason.PlaceTooLong),
        (t => Card(new ContactCard(t, ["+919876543210"], [], null)), PlainLimits.CardText, InvalidReason.CardTooLong),
        (t => Card(new ContactCard("A", ["+919876543210"], [t], null)), PlainLimits.CardText, InvalidReason.CardTooLong),
        (t => Card(new ContactCard("A", ["+919876543210"], [], t)), PlainLimits.CardText, InvalidReason.CardTooLong),
        (t => new ProductContent(t, "tea", null, null), ProductLimits.Id, InvalidReason.ProductIdTooLong),
        (t => new ProductContent("1", t, null, null), ProductLimits.Id, InvalidReason.ProductIdTooLong),
        (t => new ProductListContent(Frame with { Header = "H" }, "1", [new ProductSection("T", [t])]), ProductLimits.Id, InvalidReason.ProductIdTooLong),
        (t => Buttons(Frame with { Header = t }, "A"), 60, InvalidReason.HeaderTooLong),
        (t => Buttons(Frame with { Footer = t }, "A"), 60, InvalidReason.FooterTooLong),
        (t => Buttons(Frame, t), 20, InvalidReason.ButtonTitleTooLong),
        (t => new ButtonsContent(Frame, [new(t, "A")]), 256, InvalidReason.IdTooLong),
        (t => new ListContent(new MessageFrame(t), "Open", [new ListSection("", [Row])]), 4096, InvalidReason.BodyTooLong),
        (t => new ListContent(Frame, t, [new ListSection("", [Row])]), 20, InvalidReason.ListButtonTooLong),
        (t => new ListContent(Frame, "Open", [new ListSection(t, [Row])]), 24, InvalidReason.SectionTitleTooLong),
        (t => new ListContent(Frame, "Open", [new ListSection("", [new("r", t)])]), 24, InvalidReason.RowTitleTooLong),
        (t => new ListContent(Frame, "Open", [new ListSection("", [new(t, "R")])]), 200, InvalidReason.IdTooLong),
        (t => new ListContent(Frame, "Open", [new ListSection("", [new("r", "R", t)])]), 72, InvalidReason.RowDescriptionTooLong),
        (t => new LinkButtonContent(new MessageFrame(t), "Open", "https://shop.test"), 1024, InvalidReason.BodyTooLong),
        (t => new LinkButtonContent(Frame, t, "https://shop.test"), 20, InvalidReason.LinkLabelTooLong),
        (t => new LocationRequestContent(t), 1024, InvalidReason.BodyTooLong),
        (t => new ProductContent("1", "tea", t, null), 1024, InvalidReason.BodyTooLong),
        (t => new ProductContent("1", "tea", null, t), 60, InvalidReason.FooterTooLong),
        (t => new ProductListContent(Frame with { Header = t }, "1", [new ProductSection("T", ["a"])]), 60, InvalidReason.HeaderTooLong),
    ];

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_has_its_own_reason(MessageContent content, InvalidReason reason) =>
        SendPolicy.Check(content)!.Reason.Should().Be(reason);

    [Fact]
    public void Every_length_is_taken_up_to_its_limit_and_refused_beyond_with_both_numbers() =>
        Gen.Select(Gen.Int[0, Lengths.Length - 1], Gen.Int[1, 80]).Sample((nth, over) =>
        {
            var (place, most, reason) = Lengths[nth];
            SendPolicy.Check(place(new string('x', most))).Should().BeNull();
            SendPolicy.Check(place(new string('x', most + over))).Should().Be(new Invalid(reason, most + over, most));
        });

    [Fact]
    public void A_list_of_one_to_ten_lines_in_whatever_sections_is_taken() =>
        Gen.Int[1, 10].SelectMany(count => Gen.Int[1, count].Select(sections => (count, sections))).Sample(shape =>
        {
            var rows = Enumerable.Range(0, shape.count).Select(i => (Section: i % shape.sections, Row: new ListRow($"id-{i}", $"Line {i}")));
            var list = new ListContent(Frame, "Open", [.. rows.GroupBy(r => r.Section).Select(g => new ListSection($"Section {g.Key}", [.. g.Select(r => r.Row)]))]);
            SendPolicy.Check(list).Should().BeNull();
        });

    [Fact]
    public void Every_place_on_earth_is_taken() =>
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180]).Sample((latitude, longitude) =>
            SendPolicy.Check(new LocationContent(latitude, longitude, null, null, null)).Should().BeNull());

    [Fact]
    public void Whatever_is_put_together_the_check_answers_and_says_the_same_again() =>
        Gen.Select(Gen.String, Gen.String, Gen.String.Array[0, 6]).Sample((body, button, texts) =>
        {
            MessageContent[] contents =
            [
                new ButtonsContent(new MessageFrame(body, button, button), [.. texts.Select(t => new ReplyButton(t, t))]),
                new ListContent(new MessageFrame(body), button, [.. texts.Select(t => new ListSection(t, [new ListRow(t, t, t)]))]),
                new LinkButtonContent(new MessageFrame(body), button, texts.FirstOrDefault() ?? ""),
                new ReactionContent(body, button),
                new ProductListContent(new MessageFrame(body, button), button, [new ProductSection(body, texts)]),
            ];
            foreach (var content in contents)
            {
                SendPolicy.Check(content).Should().Be(SendPolicy.Check(content));
            }
        });

    [Theory]
    [InlineData("👍", true)]
    [InlineData("❤️", true)]
    [InlineData("👩‍👩‍👧", true)]
    [InlineData("🏳️‍🌈", true)]
    [InlineData("🇮🇳", true)]
    [InlineData("1️⃣", true)]
    [InlineData("👍🏽", true)]
    [InlineData("‼️", true)]
    [InlineData("1", false)]
    [InlineData("#", false)]
    [InlineData("a", false)]
    [InlineData("अ", false)]
    [InlineData("👍 ", false)]
    [InlineData("", false)]
    public void One_emoji_is_one_emoji(string text, bool isEmoji) => PlainLimits.IsEmoji(text).Should().Be(isEmoji);

    [Fact]
    public void Taking_a_reaction_back_needs_no_emoji() => SendPolicy.Check(new ReactionContent("wamid.1", null)).Should().BeNull();

    [Fact]
    public void Every_reason_has_a_sentence_of_its_own()
    {
        var sentences = Enum.GetValues<InvalidReason>().Where(r => r != InvalidReason.NotSendable)
            .Select(r => Weflux.Web.Inbox.InvalidWords.Explain(new Invalid(r, 30, 20))).ToList();

        sentences.Should().OnlyHaveUniqueItems().And.OnlyContain(s => s.Title.EndsWith('.') && s.Advice.EndsWith('.'));
        sentences.Should().NotContain(Weflux.Web.Inbox.InvalidWords.Explain(new Invalid(InvalidReason.NotSendable)));
    }

    private static ButtonsContent Buttons(MessageFrame frame, params string[] titles) =>
        new(frame, [.. titles.Select((t, nth) => new ReplyButton($"b{nth}", t))]);

    private static ListContent List(int rows) =>
        new(Frame, "Open", [new ListSection("", [.. Enumerable.Range(0, rows).Select(i => new ListRow($"{i}", $"Row {i}"))])]);

    private static ContactCardsContent Card(ContactCard card) => new([card], IsOwnNumber: false);
}
