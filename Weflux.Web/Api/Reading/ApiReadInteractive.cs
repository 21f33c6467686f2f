using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Api.Reading;

/// <summary>A message with buttons, a list, a link, a request for the location, or products.</summary>
[Description("A message with buttons, a list, a link, a request for the location, or products. Only the members that its type has are there.")]
public sealed record ApiReadInteractive
{
    [AllowedValues("button", "list", "cta_url", "location_request_message", "product", "product_list")]
    public string Type { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Header { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Footer { get; init; }

    [Description("The buttons of a message of the type `button`.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiReadChoice>? Buttons { get; init; }

    [Description("What stands on the button that opens a list or a link.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    [Description("The sections of a list, or of products.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiReadSection>? Sections { get; init; }

    [Description("Where a link leads.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CatalogId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductId { get; init; }

    internal static ApiReadInteractive? Of(MessageContent content) => content switch
    {
        ButtonsContent buttons => In("button", buttons.Frame) with { Buttons = [.. buttons.Buttons.Select(b => new ApiReadChoice(b.Id, b.Title, null))] },
        ListContent list => In("list", list.Frame) with
        {
            Label = list.Button,
            Sections = [.. list.Sections.Select(s => new ApiReadSection(s.Title, [.. s.Rows.Select(r => new ApiReadChoice(r.Id, r.Title, r.Description))], []))],
        },
        LinkButtonContent link => In("cta_url", link.Frame) with { Label = link.Label, Url = link.Url },
        LocationRequestContent request => new() { Type = "location_request_message", Body = request.Body },
        ProductContent product => new()
        {
            Type = "product",
            Body = product.Body,
            Footer = product.Footer,
            CatalogId = product.CatalogId,
            ProductId = product.ProductId,
        },
        ProductListContent products => In("product_list", products.Frame) with
        {
            CatalogId = products.CatalogId,
            Sections = [.. products.Sections.Select(s => new ApiReadSection(s.Title, [], s.ProductIds))],
        },
        _ => null,
    };

    /// <summary>What stands on its buttons or lines; null if it has none.</summary>
    internal IReadOnlyList<string>? Titles() => Type switch
    {
        "button" => [.. Buttons!.Select(b => b.Title)],
        "list" => [.. Sections!.SelectMany(s => s.Rows).Select(r => r.Title)],
        "cta_url" => [Label!],
        _ => null,
    };

    private static ApiReadInteractive In(string type, MessageFrame frame) =>
        new() { Type = type, Header = frame.Header, Body = frame.Body, Footer = frame.Footer };
}

/// <summary>A button, or a line of a list.</summary>
[Description("A button, or a line of a list.")]
public sealed record ApiReadChoice(
    [property: Description("What comes back as `choiceId` when it is chosen.")]
    string Id,
    string Title,
    string? Description);

/// <summary>A section of a list or of products.</summary>
[Description("A section of a list or of products.")]
public sealed record ApiReadSection(
    string Title,
    [property: Description("The lines of a list.")]
    IReadOnlyList<ApiReadChoice> Rows,
    [property: Description("The products.")]
    IReadOnlyList<string> ProductIds);
