using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Api.Sending;

/// <summary>Turns what a program sent into content. What the platform takes of it is decided by the policy, not here.</summary>
internal static class OutgoingReader
{
    public const string Types =
        "'type' is text, image, video, audio, document, sticker, location, contacts, reaction, interactive or template, and the member of the same name holds the message.";

    /// <param name="outgoing">What was sent.</param>
    /// <param name="catalogId">The catalogue of the workspace; null for none.</param>
    /// <returns>The content; null if what <c>type</c> names is missing or unknown.</returns>
    public static MessageContent? Read(ApiOutgoing outgoing, string? catalogId) => outgoing.Type switch
    {
        "text" when outgoing.Text is { } text => new TextContent(text.Body ?? "", text.PreviewUrl),
        "image" when File(outgoing.Image) is { } file => new ImageContent(file, outgoing.Image!.Caption),
        "video" when File(outgoing.Video) is { } file => new VideoContent(file, outgoing.Video!.Caption),
        "audio" when File(outgoing.Audio) is { } file => new AudioContent(file, outgoing.Audio!.Voice),
        "document" when File(outgoing.Document) is { } file => new DocumentContent(file, outgoing.Document!.FileName, outgoing.Document.Caption),
        "sticker" when File(outgoing.Sticker) is { } file => new StickerContent(file, IsAnimated: false),
        "location" when outgoing.Location is { } place => new LocationContent(
            place.Latitude ?? double.NaN, place.Longitude ?? double.NaN, place.Name, place.Address, null),
        "contacts" when outgoing.Contacts is { } cards => new ContactCardsContent(
            [.. cards.OfType<ApiCard>().Select(c => new ContactCard(c.Name ?? "", [.. (c.Phones ?? []).OfType<string>()], [.. (c.Emails ?? []).OfType<string>()], c.Organization))], IsOwnNumber: false),
        "interactive" when outgoing.Interactive is { } interactive => Interactive(interactive, catalogId ?? ""),
        _ => null,
    };

    /// <summary>What is missing for it to be a message, or stands there beside it; null if it can be read.</summary>
    public static string? Unreadable(ApiOutgoing outgoing)
    {
        var members = Members(outgoing).ToList();
        if (members.All(m => m.Name != outgoing.Type))
        {
            return Types;
        }

        if (members.Find(m => m.Value is not null && m.Name != outgoing.Type).Name is { } other)
        {
            return $"'type' is {outgoing.Type}, so '{other}' would be left out. Send two messages, or remove it.";
        }

        return members.Find(m => m.Name == outgoing.Type).Value switch
        {
            null => $"'type' is {outgoing.Type}, and the member '{outgoing.Type}' holds the message. It is missing.",
            ApiFile { FileId: null } => $"'{outgoing.Type}.fileId' is missing: the id that POST /api/v1/media answered with.",
            ApiInteractive { Type: not ("button" or "list" or "cta_url" or "location_request_message" or "product" or "product_list") } =>
                "'interactive.type' is button, list, cta_url, location_request_message, product or product_list.",
            TemplateToSend { Name: null } => "'template.name' is missing. GET /api/v1/templates lists them.",
            TemplateToSend { Language: null } => "'template.language' is missing, such as en or en_US. GET /api/v1/templates lists them.",
            _ => null,
        };
    }

    private static IEnumerable<(string? Name, object? Value)> Members(ApiOutgoing outgoing) =>
    [
        ("text", outgoing.Text), ("image", outgoing.Image), ("video", outgoing.Video), ("audio", outgoing.Audio), ("document", outgoing.Document),
        ("sticker", outgoing.Sticker), ("location", outgoing.Location), ("contacts", outgoing.Contacts), ("reaction", outgoing.Reaction),
        ("interactive", outgoing.Interactive), ("template", outgoing.Template),
    ];

    /// <summary>Why what was sent cannot be sent whole; null if it can. Words are never left out in silence.</summary>
    public static Invalid? Lost(ApiOutgoing outgoing) => outgoing switch
    {
        { Type: "audio", Audio.Caption: { Length: > 0 } } or { Type: "sticker", Sticker.Caption: { Length: > 0 } } => new Invalid(InvalidReason.CaptionNotPossible),
        { Type: "template" or "reaction", ReplyTo: not null } => new Invalid(InvalidReason.QuoteNotPossible),
        { Type: "interactive", Interactive: { Type: "product" or "location_request_message", Header: { Length: > 0 } } } => new Invalid(InvalidReason.HeaderNotPossible),
        { Type: "interactive", Interactive: { Type: "location_request_message", Footer: { Length: > 0 } } } => new Invalid(InvalidReason.FooterNotPossible),
        _ => null,
    };

    private static MediaReference? File(ApiFile? file) => file?.FileId is { } id ? new MediaReference("", "", "", id) : null;

    private static MessageContent? Interactive(ApiInteractive given, string catalogId)
    {
        var frame = new MessageFrame(given.Body ?? "", given.Header, given.Footer);
        return given.Type switch
        {
            "button" => new ButtonsContent(frame, [.. (given.Buttons ?? []).OfType<ApiChoice>().Select(b => new ReplyButton(b.Id ?? "", b.Title ?? ""))]),
            "list" => new ListContent(frame, given.Label ?? "", [.. (given.Sections ?? []).OfType<ApiSection>().Select(Section)]),
            "cta_url" => new LinkButtonContent(frame, given.Label ?? "", given.Url ?? ""),
            "location_request_message" => new LocationRequestContent(given.Body ?? ""),
            "product" => new ProductContent(catalogId, given.ProductId ?? "", given.Body, given.Footer),
            "product_list" => new ProductListContent(
                frame, catalogId, [.. (given.Sections ?? []).OfType<ApiSection>().Select(s => new ProductSection(s.Title ?? "", [.. (s.ProductIds ?? []).OfType<string>()]))]),
            _ => null,
        };
    }

    private static ListSection Section(ApiSection section) => new(
        section.Title ?? "", [.. (section.Rows ?? []).OfType<ApiChoice>().Select(r => new ListRow(r.Id ?? "", r.Title ?? "", r.Description))]);
}
