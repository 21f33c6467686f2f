using System.ComponentModel;
using System.Text.Json.Serialization;
using Weflux.Domain.Conversations;

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

    [Description("The id of the button or line that was tapped, or the payload of a template's button.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChoiceId { get; init; }

    [Description("The answers to a form, as JSON in a string.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FormAnswers { get; init; }

    [Description("Whether the customer allows calls.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CallsAllowed { get; init; }

    [Description("The lines of an order.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiOrderLine>? Order { get; init; }

    [Description("The emoji of a reaction; missing if it was taken back.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Emoji { get; init; }

    [Description("What happened, in a notice of the platform, such as `user_changed_number`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    [Description("The titles of the buttons of a message that was sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Buttons { get; init; }

    [Description("Where the button of a message leads.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    [Description("The template that was sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Template { get; init; }

    [Description("The ids of the files in the header and on the cards of a template, in order, under `/api/v1/media`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? FileIds { get; init; }

    [Description("The kind of something that the platform or Weflux cannot show.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnsupportedKind { get; init; }

    internal static ApiContent Of(MessageContent content) => content switch
    {
        ImageContent { Media: var media } => File(media),
        VideoContent { Media: var media } => File(media),
        StickerContent { Media: var media } => File(media),
        AudioContent audio => File(audio.Media) with { Voice = audio.IsVoice },
        DocumentContent document => File(document.Media) with { FileName = document.FileName },
        LocationContent place => new() { Latitude = place.Latitude, Longitude = place.Longitude, Name = place.Name, Address = place.Address },
        ContactCardsContent cards => new() { Cards = [.. cards.Cards.Select(c => new ApiReadCard(c.Name, c.Phones, c.Emails, c.Organization))] },
        ButtonReplyContent button => new() { ChoiceId = button.Id },
        ListReplyContent row => new() { ChoiceId = row.Id },
        TemplateButtonContent tap => new() { ChoiceId = tap.Payload },
        FlowReplyContent form => new() { FormAnswers = form.ResponseJson },
        CallPermissionReplyContent call => new() { CallsAllowed = call.IsAccepted },
        OrderContent order => new() { Order = [.. order.Items.Select(i => new ApiOrderLine(i.ProductId, i.Quantity, i.ItemPrice, i.Currency))] },
        ReactionContent reaction => new() { Emoji = reaction.Emoji },
        SystemContent notice => new() { Event = notice.Event },
        EditContent edit => Of(edit.Content),
        ButtonsContent buttons => new() { Buttons = [.. buttons.Buttons.Select(b => b.Title)] },
        ListContent list => new() { Buttons = [.. list.Sections.SelectMany(s => s.Rows).Select(r => r.Title)] },
        LinkButtonContent link => new() { Buttons = [link.Label], Url = link.Url },
        TemplateContent template => new()
        {
            Template = template.Name,
            FileIds = template.Files().Select(f => f.FileId).OfType<long>().ToList() is { Count: > 0 } files ? files : null,
        },
        UnsupportedContent other => new() { UnsupportedKind = other.KindName },
        _ => new(),
    };

    private static ApiContent File(MediaReference media) => new() { MimeType = media.MimeType.Length > 0 ? media.MimeType : null };
}

/// <summary>A contact card that was received or sent.</summary>
[Description("A contact card.")]
public sealed record ApiReadCard(string Name, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, string? Organization);

/// <summary>A line of an order.</summary>
[Description("A line of an order.")]
public sealed record ApiOrderLine(
    [property: Description("The retailer's id of the product.")]
    string ProductId,
    decimal Quantity,
    [property: Description("The price of one.")]
    decimal ItemPrice,
    [property: Description("ISO 4217.")]
    string Currency);
