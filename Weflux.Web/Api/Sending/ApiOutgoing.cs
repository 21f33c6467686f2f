using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Weflux.Web.Api.Sending;

/// <summary>A message that a program wants to be sent. Beside <c>type</c> stands one object of the same name.</summary>
[Description("A message to send. Beside `type` stands one member of the same name.")]
public sealed record ApiOutgoing
{
    [Description("The conversation it goes to. A reaction goes to that of its message and needs none.")]
    public long? ConversationId { get; init; }

    [Description("Which kind it is; the member of the same name holds it.")]
    [AllowedValues("text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "interactive", "template")]
    public string? Type { get; init; }

    [Description("The id of a message of the same conversation that it answers; null for none.")]
    public long? ReplyTo { get; init; }

    public ApiText? Text { get; init; }

    public ApiFile? Image { get; init; }

    public ApiFile? Video { get; init; }

    public ApiFile? Audio { get; init; }

    public ApiFile? Document { get; init; }

    public ApiFile? Sticker { get; init; }

    public ApiPlace? Location { get; init; }

    [Description("One to 257 cards.")]
    public IReadOnlyList<ApiCard>? Contacts { get; init; }

    public ApiReaction? Reaction { get; init; }

    public ApiInteractive? Interactive { get; init; }

    public TemplateToSend? Template { get; init; }
}

[Description("Plain words.")]
public sealed record ApiText
{
    [Description("At most 4096 characters.")]
    public string? Body { get; init; }

    [Description("Whether the first link shows a preview.")]
    public bool PreviewUrl { get; init; }
}

[Description("A file that was uploaded before.")]
public sealed record ApiFile
{
    [Description("The id that the upload answered with.")]
    public long? FileId { get; init; }

    [Description("Words below it, at most 1024 characters; not for audio and stickers.")]
    public string? Caption { get; init; }

    [Description("What a document is called on the customer's phone.")]
    public string? FileName { get; init; }

    [Description("Whether audio is shown as a voice message.")]
    public bool Voice { get; init; }
}

[Description("A place.")]
public sealed record ApiPlace
{
    [Description("From -90 to 90.")]
    public double? Latitude { get; init; }

    [Description("From -180 to 180.")]
    public double? Longitude { get; init; }

    public string? Name { get; init; }

    public string? Address { get; init; }
}

[Description("A contact card.")]
public sealed record ApiCard
{
    public string? Name { get; init; }

    [Description("With country codes. At least one.")]
    public IReadOnlyList<string>? Phones { get; init; }

    public IReadOnlyList<string>? Emails { get; init; }

    public string? Organization { get; init; }
}

[Description("A reaction to a customer's message.")]
public sealed record ApiReaction
{
    [Description("The id of the customer's message, at most 30 days old.")]
    public long? MessageId { get; init; }

    [Description("One emoji; null to take the reaction back.")]
    public string? Emoji { get; init; }
}

[Description("A message with buttons, a list, a link, a request for the location, or products.")]
public sealed record ApiInteractive
{
    [AllowedValues("button", "list", "cta_url", "location_request_message", "product", "product_list")]
    public string? Type { get; init; }

    [Description("At most 60 characters.")]
    public string? Header { get; init; }

    [Description("At most 1024 characters; 4096 above a list.")]
    public string? Body { get; init; }

    [Description("At most 60 characters.")]
    public string? Footer { get; init; }

    [Description("For `button`: one to three.")]
    public IReadOnlyList<ApiChoice>? Buttons { get; init; }

    [Description("For `list`: what stands on the button that opens it. For `cta_url`: what stands on the button. At most 20 characters.")]
    public string? Label { get; init; }

    [Description("For `list`: one to ten sections with at most ten lines together. For `product_list`: sections of products.")]
    public IReadOnlyList<ApiSection>? Sections { get; init; }

    [Description("For `cta_url`: a whole address of http or https.")]
    public string? Url { get; init; }

    [Description("For `product`: its id in the catalogue that is set for the workspace.")]
    public string? ProductId { get; init; }
}

[Description("A button, or a line of a list.")]
public sealed record ApiChoice
{
    [Description("What comes back when it is tapped. At most 256 characters, 200 in a list.")]
    public string? Id { get; init; }

    [Description("At most 20 characters, 24 in a list.")]
    public string? Title { get; init; }

    [Description("For a line of a list; at most 72 characters.")]
    public string? Description { get; init; }
}

[Description("A section of a list or of products.")]
public sealed record ApiSection
{
    [Description("At most 24 characters; needed if there are several.")]
    public string? Title { get; init; }

    public IReadOnlyList<ApiChoice>? Rows { get; init; }

    [Description("The ids of products in the catalogue.")]
    public IReadOnlyList<string>? ProductIds { get; init; }
}

[Description("An approved template.")]
public sealed record TemplateToSend
{
    public string? Name { get; init; }

    [Description("Its language code; `en` and `en_US` are two templates.")]
    public string? Language { get; init; }

    [Description("What fills its places, in the order in which `GET /api/v1/templates` names them, apart from those in `files` and the location: words, or an https link for a file.")]
    public IReadOnlyList<string>? Values { get; init; }

    [Description("Uploaded files for the header and the cards.")]
    public IReadOnlyList<ApiTemplateFile>? Files { get; init; }

    [Description("The place in a header of the kind `location`.")]
    public ApiPlace? Location { get; init; }
}

[Description("An uploaded file in a place of a template.")]
public sealed record ApiTemplateFile
{
    [Description("The place's id, as `GET /api/v1/templates` names it: `header`, `card.0.header`, …")]
    public string? Slot { get; init; }

    [Description("The id that the upload answered with.")]
    public long? FileId { get; init; }

    [Description("What a document is called on the customer's phone; null for the name it was uploaded with.")]
    public string? FileName { get; init; }
}
