using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team;

/// <summary>One business.</summary>
public sealed class Workspace
{
    public WorkspaceId Id { get; private set; }

    /// <summary>The business in addresses: <c>a-z 0-9 -</c>.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public AgentVisibility AgentVisibility { get; set; } = AgentSettings.Default.Visibility;

    public bool MaskPhoneNumbers { get; set; } = AgentSettings.Default.MaskPhoneNumbers;

    public bool AgentsMayReveal { get; set; } = AgentSettings.Default.MayReveal;

    /// <summary>Whether members must have a second step to sign in.</summary>
    public bool RequiresTwoFactor { get; set; }

    /// <summary>Further words that ask for silence, beyond the built-in ones.</summary>
    public IReadOnlyList<string> ExtraStopWords { get; set; } = [];

    /// <summary>Further words that lift it.</summary>
    public IReadOnlyList<string> ExtraStartWords { get; set; } = [];

    /// <summary>What a contact reads once after asking for silence.</summary>
    public string StopConfirmation { get; set; } = "You will get no more messages from us. Send START if you change your mind.";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When customers see blue ticks under what they wrote.</summary>
    public ReadReceipts ReadReceipts { get; set; } = ReadReceipts.WhenReplied;

    /// <summary>The catalogue at Meta whose products can be sent; null for none.</summary>
    public string? CatalogId { get; set; }

    /// <summary>The zone of the business's clock, by its IANA name.</summary>
    public string TimeZone { get; set; } = WorkspaceTime.Default;

    /// <summary>What its people and customers speak: codes of <see cref="WorkspaceLanguages"/>, separated by spaces.</summary>
    public string Languages { get; set; } = WorkspaceLanguages.Default;

    /// <summary>When it is open; null if nobody has said.</summary>
    public IReadOnlyList<OpenRange>? OpenRanges { get; set; }

    /// <summary>Whether notices never show what customers wrote, whatever a person chose.</summary>
    public bool ForbidsNoticeText { get; set; }

    public LegalProfile LegalProfile { get; set; } = LegalProfile.Other;

    /// <summary>How many minutes somebody has who is asked to take a conversation over.</summary>
    public int HandOverMinutes { get; set; } = HandOverRules.DefaultMinutes;

    /// <summary>After how many minutes what waits is taken off somebody who is away; 0 for never.</summary>
    public int ReleaseAwayAfter { get; set; } = ReleasePolicy.Default.AwayAfter;

    /// <summary>The same of somebody who is offline while the business is open.</summary>
    public int ReleaseOfflineAfter { get; set; } = ReleasePolicy.Default.OfflineAfter;

    public ReleasePolicy ReleasePolicy => new(ReleaseAwayAfter, ReleaseOfflineAfter);

    /// <summary>When it is to be erased (UTC); null if it stays.</summary>
    public DateTimeOffset? DeletionDueAt { get; set; }

    /// <summary>Who asked for that.</summary>
    public UserId? DeletionAskedBy { get; set; }

    /// <summary>When erasing began (UTC). From then on nobody is a member any more, and nothing brings it back.</summary>
    public DateTimeOffset? ErasingSince { get; set; }

    public AgentSettings AgentSettings => new(AgentVisibility, MaskPhoneNumbers, AgentsMayReveal);

    public OptOutWords OptOutWords => ExtraStopWords.Count + ExtraStartWords.Count == 0
        ? OptOutWords.BuiltIn
        : OptOutWords.With(ExtraStopWords, ExtraStartWords);
}

/// <summary>A person's place in a workspace.</summary>
public sealed class Membership
{
    public WorkspaceId WorkspaceId { get; init; }

    public UserId UserId { get; init; }

    public required Role Role { get; set; }

    /// <summary>A deactivated member keeps the place and may do nothing.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>When the person last had a page of this workspace open (UTC, within minutes); null if never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>How many open conversations the person is to hold at most when conversations are handed out; null for no limit.</summary>
    public int? Capacity { get; set; }
}

internal sealed class WorkspaceMapping : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.ToTable("Workspaces");
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Id).ValueGeneratedOnAdd();
        builder.Property(w => w.Slug).HasMaxLength(60);
        builder.Property(w => w.Name).HasMaxLength(200);
        builder.Property(w => w.StopConfirmation).HasMaxLength(1000);
        builder.Property(w => w.ExtraStopWords).IsJson();
        builder.Property(w => w.ExtraStartWords).IsJson();
        builder.Property(w => w.TimeZone).HasMaxLength(64).HasDefaultValue(WorkspaceTime.Default);
        builder.Property(w => w.Languages).HasMaxLength(200).HasDefaultValue(WorkspaceLanguages.Default);
        builder.Property(w => w.ReadReceipts).HasDefaultValue(ReadReceipts.WhenReplied).HasSentinel((ReadReceipts)0);
        builder.Property(w => w.CatalogId).HasMaxLength(64);
        builder.Property(w => w.OpenRanges).IsJson();
        builder.Property(w => w.LegalProfile).HasDefaultValue(LegalProfile.Other).HasSentinel((LegalProfile)0);
        builder.Property(w => w.HandOverMinutes).HasDefaultValue(HandOverRules.DefaultMinutes);

        // Zero is a choice, and not what the database puts in by itself.
        builder.Property(w => w.ReleaseAwayAfter).HasDefaultValue(ReleasePolicy.Default.AwayAfter).HasSentinel(-1);
        builder.Property(w => w.ReleaseOfflineAfter).HasDefaultValue(ReleasePolicy.Default.OfflineAfter).HasSentinel(-1);
        builder.Ignore(w => w.ReleasePolicy);
        builder.HasIndex(w => w.DeletionDueAt);
        builder.Ignore(w => w.AgentSettings);
        builder.Ignore(w => w.OptOutWords);
        builder.HasIndex(w => w.Slug).IsUnique();
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("Memberships");
        builder.HasKey(m => new { m.WorkspaceId, m.UserId });
        builder.HasIndex(m => m.UserId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(m => m.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
