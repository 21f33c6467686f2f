using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("Contacts");
        builder.Property(c => c.ProfileName).HasMaxLength(200);
        builder.Property(c => c.GivenName).HasMaxLength(200);
        builder.Property(c => c.Username).HasMaxLength(200);
        builder.Property(c => c.PhoneDigits).HasMaxLength(32);
        builder.Ignore(c => c.Phone);
        builder.Ignore(c => c.DisplayName);
        builder.ComplexProperty(c => c.Consent, consent =>
        {
            consent.Ignore(x => x.IsAllStopped);
            consent.Ignore(x => x.IsMarketingStopped);
            consent.Ignore(x => x.WroteAfterStop);
            consent.Ignore(x => x.AllowsReply);
        });
        builder.HasMany(c => c.Identities).WithOne().HasForeignKey(i => i.ContactId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.WorkspaceId, c.PhoneDigits });
        builder.HasIndex(c => new { c.WorkspaceId, c.Id });
    }
}

internal sealed class ContactIdentityMapping : IEntityTypeConfiguration<ContactIdentity>
{
    public void Configure(EntityTypeBuilder<ContactIdentity> builder)
    {
        builder.ToTable("ContactIdentities");
        builder.Property(i => i.Scope).IsPlatformId(64);
        builder.Property(i => i.Value).IsPlatformId();
        builder.Ignore(i => i.Key);
        builder.HasIndex(i => new { i.WorkspaceId, i.Value, i.Kind, i.Scope }).IsUnique();
    }
}

internal sealed class ConsentEntryMapping : IEntityTypeConfiguration<ConsentEntry>
{
    public void Configure(EntityTypeBuilder<ConsentEntry> builder)
    {
        builder.ToTable("ConsentEntries");
        builder.Property(e => e.Evidence).HasMaxLength(2000);
        builder.Property(e => e.MessageWhatsAppId).IsPlatformId();
        builder.HasIndex(e => new { e.WorkspaceId, e.ContactId, e.At });
        builder.HasOne<Contact>().WithMany().HasForeignKey(e => e.ContactId).OnDelete(DeleteBehavior.Cascade);
    }
}
