using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A fact that a workspace keeps of its contacts. It is put away rather than deleted, and its values with it.</summary>
public sealed class ContactField
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required string Name { get; set; }

    /// <summary>What programs call it. It stays when the name changes.</summary>
    public required string Key { get; init; }

    /// <summary>It stays too: the values were checked by it.</summary>
    public required ContactFieldType Type { get; init; }

    /// <summary>What can be chosen, for one of a list.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    public int Position { get; set; }

    /// <summary>When it was put away (UTC); null while it is in use.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }
}

/// <summary>How far a workspace has come with a contact, one of its own list.</summary>
public sealed class LifecycleStage
{
    public const int NameLength = 40;

    /// <summary>What a workspace starts with.</summary>
    public static IReadOnlyList<string> Defaults { get; } = ["New", "Interested", "Customer", "Inactive"];

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required string Name { get; set; }

    public int Position { get; set; }

    /// <summary>When it was put away (UTC); null while it is in use.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }
}

/// <summary>What a field says of one contact.</summary>
public sealed class ContactFieldValue
{
    public required WorkspaceId WorkspaceId { get; init; }

    public required long ContactId { get; set; }

    public required long FieldId { get; init; }

    /// <summary>As <see cref="ContactFieldRules"/> keeps it; never empty.</summary>
    public required string Value { get; set; }
}

/// <summary>A word that people have put on a contact.</summary>
public sealed class ContactTag
{
    public required WorkspaceId WorkspaceId { get; init; }

    public required long ContactId { get; set; }

    /// <summary>As it is compared.</summary>
    public required string Tag { get; init; }

    /// <summary>As it was written.</summary>
    public required string Shown { get; init; }
}

internal sealed class ContactFieldMapping : IEntityTypeConfiguration<ContactField>
{
    public void Configure(EntityTypeBuilder<ContactField> builder)
    {
        builder.ToTable("ContactFields");
        builder.Property(f => f.Name).HasMaxLength(ContactFieldRules.NameLength);
        builder.Property(f => f.Key).IsPlatformId(ContactFieldRules.KeyLength);
        builder.Property(f => f.Choices).IsJson().HasMaxLength(8000);
        builder.HasIndex(f => new { f.WorkspaceId, f.Key }).IsUnique();
    }
}

internal sealed class LifecycleStageMapping : IEntityTypeConfiguration<LifecycleStage>
{
    public void Configure(EntityTypeBuilder<LifecycleStage> builder)
    {
        builder.ToTable("LifecycleStages");
        builder.Property(s => s.Name).HasMaxLength(LifecycleStage.NameLength);
        builder.HasIndex(s => new { s.WorkspaceId, s.Position });
    }
}

internal sealed class ContactFieldValueMapping : IEntityTypeConfiguration<ContactFieldValue>
{
    public void Configure(EntityTypeBuilder<ContactFieldValue> builder)
    {
        builder.ToTable("ContactFieldValues");
        builder.HasKey(v => new { v.WorkspaceId, v.ContactId, v.FieldId });
        builder.Property(v => v.Value).HasMaxLength(ContactFieldRules.ValueLength);
        builder.HasOne<Contact>().WithMany().HasForeignKey(v => v.ContactId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ContactField>().WithMany().HasForeignKey(v => v.FieldId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContactTagMapping : IEntityTypeConfiguration<ContactTag>
{
    public void Configure(EntityTypeBuilder<ContactTag> builder)
    {
        builder.ToTable("ContactTags");
        builder.HasKey(t => new { t.WorkspaceId, t.ContactId, t.Tag });
        builder.Property(t => t.Tag).IsPlatformId(ContactTagRules.TagLength);
        builder.Property(t => t.Shown).HasMaxLength(ContactTagRules.TagLength);
        builder.HasIndex(t => new { t.WorkspaceId, t.Tag, t.ContactId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(t => t.ContactId).OnDelete(DeleteBehavior.Cascade);
    }
}
