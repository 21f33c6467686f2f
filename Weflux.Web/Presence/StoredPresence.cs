using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>
/// The presence of one member of one workspace. The facts are written by every node on which a page of theirs is open;
/// what followed from them when somebody last looked is kept beside them, so that one node alone tells of a change.
/// </summary>
public sealed class StoredPresence
{
    /// <summary>A number of its own, so that a beat names people of many workspaces in one statement.</summary>
    public long Id { get; private set; }

    public WorkspaceId WorkspaceId { get; init; }

    public UserId UserId { get; init; }

    public PresenceChoice Choice { get; set; } = PresenceChoice.Available;

    /// <summary>When the choice was made (UTC).</summary>
    public DateTimeOffset ChosenAt { get; set; }

    public DateTimeOffset? AwayUntil { get; set; }

    public DateTimeOffset? OpenAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The node that last knew a page to be open.</summary>
    public string? Node { get; set; }

    /// <summary>What was told last.</summary>
    public MemberPresence State { get; set; }

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset Since { get; set; }

    public PresenceFacts Facts => new(Choice, AwayUntil, OpenAt, UsedAt);
}

internal sealed class StoredPresenceMapping : IEntityTypeConfiguration<StoredPresence>
{
    public void Configure(EntityTypeBuilder<StoredPresence> builder)
    {
        builder.ToTable("MemberPresences");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedOnAdd();
        builder.Property(p => p.Node).HasMaxLength(100);
        builder.Ignore(p => p.Facts);
        builder.HasIndex(p => new { p.WorkspaceId, p.UserId }).IsUnique();

        // Those who are here are looked through in all workspaces at once; most people of an installation are not.
        builder.HasIndex(p => p.State).HasFilter("\"State\" <> 0");
        builder.HasOne<Membership>().WithOne().HasForeignKey<StoredPresence>(p => new { p.WorkspaceId, p.UserId }).OnDelete(DeleteBehavior.Cascade);
    }
}
