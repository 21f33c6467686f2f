using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox.Bubbles;

namespace Weflux.Web.Api.Reading;

/// <summary>What a message holds beyond its words. Only the members that its kind has are there.</summary>
[Description("What a message holds beyond its words. Only the members that its kind has are there.")]
public sealed record ApiContent
{
    [Description("The name of the file of a document.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileName { get; init; }

    [Description("The type of the file as its sender claims it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MimeType { get; init; }

    [Description("Whether audio was recorded as a voice message.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Voice { get; init; }

    [Description("Whether a sticker moves.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Animated { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Latitude { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Longitude { get; init; }

    [Description("The name of a place.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [Description("The address of a place.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    [Description("Contact cards.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiReadCard>? Cards { get; init; }

    [Description("Whether the card is the customer's own number, shared on request.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OwnNumber { get; init; }

    [Description("The id of the button or line that was tapped, or the payload of a template's button.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChoiceId { get; init; }

    [Description("What stands below the line that was chosen from a list.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChoiceDescription { get; init; }

    [Description("Which form was answered: `flow` or `address_message`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Form { get; init; }

    [Description("The answers to a form: an object whose members its author named. What came as no object is missing, and then `formText` is there.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? FormAnswers { get; init; }

    [Description("The answers to a form as they came, if they could not be read.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FormText { get; init; }

    [Description("Whether the customer allows calls.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CallsAllowed { get; init; }

    [Description("Until when calls are allowed; missing if that was not said. UTC.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? CallsAllowedUntil { get; init; }

    [Description("The catalogue of an order or of products.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CatalogId { get; init; }

    [Description("The words with an order.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [Description("The lines of an order.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiOrderLine>? Order { get; init; }

    [Description("The emoji of a reaction; missing if it was taken back.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Emoji { get; init; }

    [Description("What happened, in a notice of the platform, such as `user_changed_number`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    [Description("The new number, in a notice that it changed. Masked without the scope `contacts:phone`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NewPhone { get; init; }

    [Description("The new user id, in a notice that it changed.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NewUserId { get; init; }

    [Description("The titles of the buttons of a message that was sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Buttons { get; init; }

    [Description("Where the button of a message leads, or a page about a place.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    [Description("The template that was sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Template { get; init; }

    [Description("The ids of the files in the header and on the cards of a template, in order, under `/api/v1/media`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? FileIds { get; init; }

    [Description("The language of the template.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TemplateLanguage { get; init; }

    [Description("What filled the words of the template, by the name of each variable, or by its number from 1.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? TemplateValues { get; init; }

    [Description("A message with buttons, a list, a link, a request for the location, or products, in the shape in which it is sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApiReadInteractive? Interactive { get; init; }

    [Description("The kind of something that the platform or Weflux cannot show.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnsupportedKind { get; init; }

    [Description("What the platform says about something that cannot be shown.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiPlatformError>? Errors { get; init; }

    internal static ApiContent Of(MessageContent content) => content switch
    {
        ImageContent { Media: var media } => File(media),
        VideoContent { Media: var media } => File(media),
        StickerContent sticker => File(sticker.Media) with { Animated = sticker.IsAnimated },
        AudioContent audio => File(audio.Media) with { Voice = audio.IsVoice },
        DocumentContent document => File(document.Media) with { FileName = document.FileName },
        LocationContent place => new()
        {
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            Name = place.Name,
            Address = place.Address,
            Url = place.Url,
        },
        ContactCardsContent cards => new() { Cards = [.. cards.Cards.Select(ApiReadCard.Of)], OwnNumber = cards.IsOwnNumber },
        ButtonReplyContent button => new() { ChoiceId = button.Id },
        ListReplyContent row => new() { ChoiceId = row.Id, ChoiceDescription = row.Description },
        TemplateButtonContent tap => new() { ChoiceId = tap.Payload },
        FlowReplyContent form => ReadForm(form),
        CallPermissionReplyContent call => new() { CallsAllowed = call.IsAccepted, CallsAllowedUntil = call.ExpiresAt?.UtcDateTime },
        OrderContent order => new()
        {
            CatalogId = order.CatalogId.Length > 0 ? order.CatalogId : null,
            Note = string.IsNullOrEmpty(order.Note) ? null : order.Note,
            Order = [.. order.Items.Select(i => new ApiOrderLine(i.ProductId, i.Quantity, i.ItemPrice, i.Currency))],
        },
        ReactionContent reaction => new() { Emoji = reaction.Emoji },
        SystemContent notice => new() { Event = notice.Event, NewUserId = notice.NewUserId },
        EditContent edit => Of(edit.Content),
        TemplateContent template => new()
        {
            Template = template.Name,
            TemplateLanguage = template.Language,
            TemplateValues = Values(template),
            FileIds = template.Files().Select(f => f.FileId).OfType<long>().ToList() is { Count: > 0 } files ? files : null,
        },
        UnsupportedContent other => new()
        {
            UnsupportedKind = other.KindName,
            Errors = other.Errors.Count == 0 ? null : [.. other.Errors.Select(e => new ApiPlatformError(e.Code, e.Title, e.Details))],
        },
        _ => ApiReadInteractive.Of(content) is { } interactive
            ? new() { Interactive = interactive, Buttons = interactive.Titles(), Url = interactive.Url, CatalogId = interactive.CatalogId }
            : new(),
    };

    private static ApiContent File(MediaReference media) => new() { MimeType = media.MimeType.Length > 0 ? media.MimeType : null };

    // What a form's author sends back need not be an object; then it is told as it came.
    private static ApiContent ReadForm(FlowReplyContent form) => FlowAnswers.Whole(form.ResponseJson) is { } answers
        ? new ApiContent { Form = form.Name, FormAnswers = answers }
        : new ApiContent { Form = form.Name, FormText = form.ResponseJson };

    private static Dictionary<string, string>? Values(TemplateContent template)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < template.BodyParameters.Count; i++)
        {
            var name = i < template.ParameterNames.Count ? template.ParameterNames[i] : (i + 1).ToString(CultureInfo.InvariantCulture);
            values[name] = template.BodyParameters[i];
        }

        return values.Count == 0 ? null : values;
    }
}

/// <summary>An error as the platform reports it.</summary>
[Description("An error as the platform reports it.")]
public sealed record ApiPlatformError(int Code, string Title, string? Details);

/// <summary>A contact card that was received or sent.</summary>
[Description("A contact card.")]
public sealed record ApiReadCard(
    string Name,
    IReadOnlyList<string> Phones,
    IReadOnlyList<string> Emails,
    string? Organization,
    string? Department,
    [property: Description("As what the person works.")]
    string? Title,
    [property: Description("As it came, usually year, month and day.")]
    string? Birthday,
    IReadOnlyList<string> Urls,
    IReadOnlyList<ApiCardAddress> Addresses)
{
    internal static ApiReadCard Of(ContactCard card) => new(
        card.Name,
        card.Phones,
        card.Emails,
        card.Organization,
        card.More?.Department,
        card.More?.Title,
        card.More?.Birthday,
        card.More?.Urls ?? [],
        [.. (card.More?.Addresses ?? []).Select(a => new ApiCardAddress(a.Street, a.City, a.State, a.Zip, a.Country))]);
}

/// <summary>A postal address on a contact card.</summary>
[Description("A postal address on a contact card.")]
public sealed record ApiCardAddress(string? Street, string? City, string? State, string? Zip, string? Country);

/// <summary>A line of an order.</summary>
[Description("A line of an order.")]
public sealed record ApiOrderLine(
    [property: Description("The retailer's id of the product.")]
    string ProductId,
    decimal Quantity,
    [property: Description("The price of one; null if none was told.")]
    decimal? ItemPrice,
    [property: Description("ISO 4217.")]
    string Currency);
