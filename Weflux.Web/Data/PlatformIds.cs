using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Weflux.Web.Data;

/// <summary>Marks columns that hold ids of the platform: opaque, compared byte for byte in every database.</summary>
public static class PlatformIds
{
    public const int MaxLength = 256;
    private const string Annotation = "Weflux:PlatformId";

    public static PropertyBuilder<T> IsPlatformId<T>(this PropertyBuilder<T> property, int maxLength = MaxLength) =>
        property.HasMaxLength(maxLength).HasAnnotation(Annotation, true);

    internal static bool IsPlatformId(this IReadOnlyProperty property) => property.FindAnnotation(Annotation) is not null;
}
