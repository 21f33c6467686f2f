using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Domain.Sending;
using Weflux.Web.Templates;

namespace Weflux.Web.Api.Reading;

/// <summary>A template as the API tells it.</summary>
[Description("A pre-approved message of one of the workspace's WhatsApp accounts.")]
public sealed record ApiTemplate(
    [property: Description("The template's id.")]
    long Id,
    [property: Description("Meta's id of the WhatsApp account that it belongs to.")]
    string AccountId,
    string Name,
    [property: Description("Meta's language code. `en` and `en_US` are different templates.")]
    string Language,
    [property: AllowedValues("marketing", "utility", "authentication")]
    string Category,
    [property: Description("Meta's word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, … Only `APPROVED` can be sent.")]
    string Status,
    [property: Description("Meta's word: `GREEN`, `YELLOW` or `RED`; null if it is not known.")]
    string? Quality,
    [property: Description("Why it was rejected or paused, in Meta's words; null if it was not.")]
    string? Reason,
    [property: Description("Its words, with their variables.")]
    string Body,
    [property: Description("The kind of its header: `text`, `image`, `video`, `document`, `location`; null if it has none.")]
    [property: AllowedValues("text", "image", "video", "document", "location", null)]
    string? Header,
    [property: Description("The words of a text header.")]
    string? HeaderText,
    string? Footer,
    [property: Description("The labels of its buttons, in order.")]
    IReadOnlyList<string> Buttons,
    [property: Description("How many cards its carousel has; 0 if it is none.")]
    int Cards,
    [property: Description("Whether its variables have names instead of positions.")]
    bool HasNamedParameters,
    [property: Description("Every value that a send needs.")]
    IReadOnlyList<ApiTemplateSlot> Slots,
    [property: Description("Parts that Weflux cannot fill in, in Meta's words. With any, the template cannot be sent from here.")]
    IReadOnlyList<string> Unsupported,
    [property: Description("When it was last sent from here; null if never. UTC.")]
    DateTime? LastUsedAt)
{
    internal static ApiTemplate Of(TemplateRow row) => new(
        row.Id,
        row.WabaId,
        row.Template.Name,
        row.Template.Language,
        ApiWords.Of(row.Template.Category),
        row.Template.Status,
        row.Quality is "UNKNOWN" ? null : row.Quality,
        row.Reason,
        row.Template.Body,
        row.Template.Header is { } header ? ApiWords.Of(header.Format) : null,
        row.Template.Header?.Text,
        row.Template.Footer,
        [.. row.Template.Buttons.Select(b => b.Text)],
        row.Template.Cards?.Count ?? 0,
        row.Template.HasNamedParameters,
        [.. row.Template.Slots().Select(s => new ApiTemplateSlot(s.Id, ApiWords.Of(s.Kind), row.Template.Examples?.GetValueOrDefault(s.Id)))],
        row.Template.Strange ?? [],
        row.LastUsedAt?.UtcDateTime);
}

/// <summary>A value that a template needs.</summary>
[Description("A place of a template that needs a value with every send.")]
public sealed record ApiTemplateSlot(
    [property: Description("Its name: `body.1`, `body.first_name`, `header`, `button.0`, `card.1.body.day`, `code`.")]
    string Id,
    [property: AllowedValues("text", "image", "video", "document", "location", "url_ending", "coupon", "code")]
    string Kind,
    [property: Description("What the reviewer was shown; null if nothing.")]
    string? Example);
