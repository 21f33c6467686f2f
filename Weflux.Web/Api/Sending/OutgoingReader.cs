using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Api.Sending;

/// <summary>Turns what a program sent into content. What the platform takes of it is decided by the policy, not here.</summary>
internal static class OutgoingReader
{
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

    /// <summary>Why what was sent cannot be sent whole; null if it can. Words are never left out in silence.</summary>
    public static Invalid? Lost(ApiOutgoing outgoing) => outgoing switch
    {
        { Type: "audio", Audio.Caption: { Length: > 0 } } or { Type: "sticker", Sticker.Caption: { Length: > 0 } } => new Invalid(InvalidReason.CaptionNotPossible),
        { Type: "template" or "reaction", ReplyTo: not null } => new Invalid(InvalidReason.QuoteNotPossible),
        { Type: "interactive", Interactive: { Type: "product" or "location_request_message", Header: { Length: > 0 } } } => new Invalid(InvalidReason.HeaderNotPossible),
        { Type: "interactive", Interactive: { Type: "location_request_message", Footer: { Length: > 0 } } } => new Invalid(InvalidReason.FooterNotPossible),
        _ => null,
    };

    /// <summary>Why there is no content in what was sent.</summary>
    public static string WhyNot(ApiOutgoing outgoing) => outgoing.Type switch
    {
        "image" or "video" or "audio" or "document" or "sticker" =>
            $"'{outgoing.Type}.fileId' is missing: the id of a file that was uploaded before. Upload it with POST /api/v1/media and send the id that it answers with.",
        "text" or "location" or "contacts" or "template" or "interactive" when !IsThere(outgoing) =>
            $"'{outgoing.Type}' is missing: the member that holds the message.",
        "interactive" => "'interactive.type' is button, list, cta_url, location_request_message, product or product_list.",
        _ => "'type' is text, image, video, audio, document, sticker, location, contacts, reaction, interactive or template, and the member of the same name holds the message.",
    };

    private static bool IsThere(ApiOutgoing outgoing) => outgoing.Type switch
    {
        "text" => outgoing.Text is not null,
        "location" => outgoing.Location is not null,
        "contacts" => outgoing.Contacts is not null,
        "template" => outgoing.Template is not null,
        _ => outgoing.Interactive is not null,
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
