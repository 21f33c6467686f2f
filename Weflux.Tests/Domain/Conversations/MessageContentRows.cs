using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Conversations;

/// <summary>One example of every kind of content, and what a customer's message of that kind does.</summary>
/// <param name="Content">The example.</param>
/// <param name="Kind">The platform's name of the kind.</param>
/// <param name="Text">The words in it.</param>
/// <param name="OpensWindow">Whether it opens or extends the service window.</param>
/// <param name="AsksForReply">Whether somebody should answer it.</param>
public sealed record ContentRow(MessageContent Content, string Kind, string Text, bool OpensWindow, bool AsksForReply);

/// <summary>The table of all kinds. Keyed by name, so that every row is a test of its own in the report.</summary>
public static class MessageContentRows
{
    private static readonly MediaReference Media = new("media-1", "image/jpeg", "hash");

    /// <summary>Every row under its name.</summary>
    public static IReadOnlyDictionary<string, ContentRow> All { get; } = new Dictionary<string, ContentRow>(StringComparer.Ordinal)
    {
        ["text"] = new(new TextContent("Hello", PreviewUrl: true), "text", "Hello", true, true),
        ["image"] = new(new ImageContent(Media, "Our cat"), "image", "Our cat", true, true),
        ["image without caption"] = new(new ImageContent(Media, null), "image", "", true, true),
        ["video"] = new(new VideoContent(Media, "The goal"), "video", "The goal", true, true),
        ["video without caption"] = new(new VideoContent(Media, null), "video", "", true, true),
        ["audio"] = new(new AudioContent(Media, IsVoice: true), "audio", "", true, true),
        ["document"] = new(new DocumentContent(Media, "bill.pdf", "The bill"), "document", "The bill", true, true),
        ["document without caption"] = new(new DocumentContent(Media, "bill.pdf", null), "document", "bill.pdf", true, true),
        ["document without name"] = new(new DocumentContent(Media, null, null), "document", "", true, true),
        ["sticker"] = new(new StickerContent(Media, IsAnimated: true), "sticker", "", true, true),
        ["location"] = new(new LocationContent(12.97, -77.59, "Shop", "Main road 1", "https://shop.test"), "location", "Shop", true, true),
        ["location with address only"] = new(new LocationContent(0, 0, null, "Main road 1", null), "location", "Main road 1", true, true),
        ["bare location"] = new(new LocationContent(0, 0, null, null, null), "location", "", true, true),
        ["contact cards"] = new(
            new ContactCardsContent([new("Asha", ["+91 98"], ["asha@shop.test"], "Chai"), new("", [], [], null), new("Ravi", [], [], null)], IsOwnNumber: true),
            "contacts", "Asha, Ravi", true, true),
        ["button reply"] = new(new ButtonReplyContent("yes-1", "Yes"), "interactive", "Yes", true, true),
        ["list reply"] = new(new ListReplyContent("slot-3", "Tue 10:00", "Room 2"), "interactive", "Tue 10:00", true, true),
        ["flow reply"] = new(new FlowReplyContent("flow", "Sent", """{"size":"M"}"""), "interactive", "Sent", true, true),
        ["call permission reply"] = new(
            new CallPermissionReplyContent(true, new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)), "interactive", "", true, true),
        ["template button"] = new(new TemplateButtonContent("payload-1", "Track"), "button", "Track", true, true),
        ["order"] = new(new OrderContent("catalog-1", "Soon please", [new("tea-1", 2, 3.50m, "INR")]), "order", "Soon please", true, true),
        ["order without note"] = new(new OrderContent("catalog-1", null, []), "order", "", true, true),
        ["reaction"] = new(new ReactionContent("wamid.1", "👍"), "reaction", "👍", false, true),
        ["reaction taken back"] = new(new ReactionContent("wamid.1", null), "reaction", "", false, false),
        ["system notice"] = new(new SystemContent("user_changed_number", "Asha changed number", "919876", "IN.1"), "system", "Asha changed number", false, false),
        ["edit"] = new(new EditContent("wamid.1", new TextContent("Hello again")), "edit", "Hello again", false, true),
        ["withdrawal"] = new(new RevokeContent("wamid.1"), "revoke", "", false, false),
        ["template"] = new(
            new TemplateContent("order_sent", "en", TemplateCategory.Utility, ["Asha"], "Hi Asha", ["name"]), "template", "Hi Asha", true, true),
        ["buttons"] = new(new ButtonsContent(new MessageFrame("Which size?", "Tea", "Until Friday"), [new("s", "Small"), new("l", "Large")]), "interactive", "Which size?", true, true),
        ["list"] = new(
            new ListContent(new MessageFrame("When?"), "Times", [new ListSection("Tuesday", [new ListRow("t10", "10:00", "Room 2")])]), "interactive", "When?", true, true),
        ["link button"] = new(new LinkButtonContent(new MessageFrame("Our menu"), "Open", "https://shop.test/menu"), "interactive", "Our menu", true, true),
        ["location request"] = new(new LocationRequestContent("Where are you?"), "interactive", "Where are you?", true, true),
        ["product"] = new(new ProductContent("1", "tea-1", "Our best", "Fresh"), "interactive", "Our best", true, true),
        ["product without words"] = new(new ProductContent("1", "tea-1", null, null), "interactive", "", true, true),
        ["products"] = new(new ProductListContent(new MessageFrame("Two teas", "Tea"), "1", [new ProductSection("Tea", ["tea-1", "tea-2"])]), "interactive", "Two teas", true, true),
        ["unsupported"] = new(
            new UnsupportedContent("poll_creation", [new PlatformFault(131051, "Message type unknown", "Polls")]), "unsupported", "", true, true),
        ["unsupported edit"] = new(new UnsupportedContent("edit", []), "unsupported", "", false, true),
        ["unsupported reaction"] = new(new UnsupportedContent("reaction", []), "unsupported", "", false, true),
        ["unsupported withdrawal"] = new(new UnsupportedContent("revoke", []), "unsupported", "", false, false),
        ["pinned message"] = new(new UnsupportedContent("pin", []), "unsupported", "", false, false),
        ["kept message"] = new(new UnsupportedContent("keep_in_chat", []), "unsupported", "", false, false),
    };

    /// <summary>The names of all rows.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Keys];
}
