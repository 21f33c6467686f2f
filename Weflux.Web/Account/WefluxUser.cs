using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Weflux.Web.Account;

/// <summary>A person who can sign in. What the person may do is in the memberships, never here.</summary>
public sealed class WefluxUser : IdentityUser<long>
{
    /// <summary>The name colleagues see.</summary>
    public string Name { get; set; } = "";
}

internal sealed class WefluxUserMapping : IEntityTypeConfiguration<WefluxUser>
{
    public void Configure(EntityTypeBuilder<WefluxUser> builder) => builder.Property(u => u.Name).HasMaxLength(200);
}
