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
        builder.Property(c => c.PhoneTail).HasMaxLength(32);
        builder.Property(c => c.SortName).IsPlatformId(NameWords.SortLength);
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
        builder.HasMany(c => c.Words).WithOne().HasForeignKey(w => w.ContactId).OnDelete(DeleteBehavior.Cascade);

        // The list of contacts goes along these. Only one of them moves with every message.
        builder.HasIndex(c => new { c.WorkspaceId, c.SortName, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.LastSeenAt, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.StageId, c.SortName, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.Standing, c.SortName, c.Id });
        builder.HasIndex(c => new { c.WorkspaceId, c.PhoneTail, c.Id });
    }
}

internal sealed class ContactWordMapping : IEntityTypeConfiguration<ContactWord>
{
    public void Configure(EntityTypeBuilder<ContactWord> builder)
    {
        builder.ToTable("ContactWords");
        builder.Property(w => w.Word).IsPlatformId(NameWords.WordLength);
        builder.HasIndex(w => new { w.WorkspaceId, w.Word, w.ContactId });

        // For the question whether one contact has a word: without it, SQLite would go through all who have.
        builder.HasIndex(w => new { w.WorkspaceId, w.ContactId, w.Word });
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
