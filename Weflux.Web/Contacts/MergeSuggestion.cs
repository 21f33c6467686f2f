using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>Two contacts that one signed payload named as one person. A person decides; nothing merges by itself.</summary>
public sealed class MergeSuggestion
{
    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The contact under which the platform's user id is filed.</summary>
    public required long ContactId { get; init; }

    /// <summary>The contact under which the number is filed.</summary>
    public required long OtherContactId { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class MergeSuggestionMapping : IEntityTypeConfiguration<MergeSuggestion>
{
    public void Configure(EntityTypeBuilder<MergeSuggestion> builder)
    {
        builder.ToTable("MergeSuggestions");
        builder.HasKey(s => new { s.WorkspaceId, s.ContactId, s.OtherContactId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(s => s.ContactId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Contact>().WithMany().HasForeignKey(s => s.OtherContactId).OnDelete(DeleteBehavior.NoAction);
    }
}
