using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>What the platform takes of messages with products.</summary>
/// <remarks>Platform rule: "Send messages", products of a catalogue.</remarks>
public static class ProductLimits
{
    /// <summary>The most products in one message.</summary>
    public const int MostProducts = 30;

    /// <summary>The longest id of a product or catalogue.</summary>
    public const int Id = 100;

    /// <summary>The most sections of products.</summary>
    public const int MostSections = 10;

    internal static Invalid? Check(ProductContent content) =>
        content.CatalogId.IsBlank() ? new Invalid(InvalidReason.CatalogMissing)
        : content.ProductId.IsBlank() ? new Invalid(InvalidReason.ProductMissing)
        : Ids(content.CatalogId, [content.ProductId])
            ?? InteractiveLimits.Length(content.Body, InteractiveLimits.Body, InvalidReason.BodyTooLong)
            ?? InteractiveLimits.Length(content.Footer, InteractiveLimits.Footer, InvalidReason.FooterTooLong);

    internal static Invalid? Check(ProductListContent content)
    {
        if (content.CatalogId.IsBlank())
        {
            return new Invalid(InvalidReason.CatalogMissing);
        }

        return (string.IsNullOrWhiteSpace(content.Frame.Header) ? new Invalid(InvalidReason.HeaderMissing) : null)
            ?? InteractiveLimits.Frame(content.Frame, InteractiveLimits.Body)
            ?? InteractiveLimits.Count(content.Sections.Count, MostSections, InvalidReason.ProductMissing, InvalidReason.TooManySections)
            ?? InteractiveLimits.Sections(content.Sections, s => s.Title)
            ?? (content.Sections.Any(s => s.ProductIds.Count == 0 || s.ProductIds.Any(id => id.IsBlank())) ? new Invalid(InvalidReason.ProductMissing) : null)
            ?? InteractiveLimits.Count(content.Sections.Sum(s => s.ProductIds.Count), MostProducts, InvalidReason.ProductMissing, InvalidReason.TooManyProducts)
            ?? Ids(content.CatalogId, content.Sections.SelectMany(s => s.ProductIds));
    }

    private static Invalid? Ids(string catalogId, IEnumerable<string> productIds) =>
        productIds.Prepend(catalogId).Select(id => InteractiveLimits.Length(id, Id, InvalidReason.ProductIdTooLong)).FirstOrDefault(i => i is not null);
}
