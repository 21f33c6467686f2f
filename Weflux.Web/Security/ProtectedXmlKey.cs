using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Weflux.Web.Security;

/// <summary>A key of ASP.NET Core Data Protection, encrypted with the key ring, so that nodes share sign-ins.</summary>
public sealed class ProtectedXmlKey
{
    public required string Name { get; init; }

    public required byte[] Xml { get; init; }
}

internal sealed class ProtectedXmlKeyMapping : IEntityTypeConfiguration<ProtectedXmlKey>
{
    public void Configure(EntityTypeBuilder<ProtectedXmlKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.HasKey(k => k.Name);
        builder.Property(k => k.Name).HasMaxLength(200);
    }
}
