using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A template of a WhatsApp account, as the platform last told it.</summary>
public sealed class StoredTemplate
{
    public const int LongestReason = 500;

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The WhatsApp account that it belongs to.</summary>
    public required string WabaId { get; init; }

    /// <summary>The platform's id of it; null if it was never told.</summary>
    public string? PlatformId { get; set; }

    public required string Name { get; init; }

    public required string Language { get; init; }

    /// <summary>What it says. Its status and category count as of when it was read; the columns are newer.</summary>
    public required Template Model { get; set; }

    public required string Status { get; set; }

    public required TemplateCategory Category { get; set; }

    /// <summary>GREEN, YELLOW, RED or UNKNOWN; null if not told.</summary>
    public string? Quality { get; set; }

    /// <summary>Why it was rejected, paused or disabled, in the platform's words.</summary>
    public string? Reason { get; set; }

    /// <summary>What the platform advises to do about it.</summary>
    public string? Advice { get; set; }

    /// <summary>The category that the platform will put it into; null if it stays.</summary>
    public TemplateCategory? ComingCategory { get; set; }

    public DateTimeOffset? ComingCategoryAt { get; set; }

    /// <summary>When the platform last told news of its status (UTC); a list that was read earlier does not overrule them.</summary>
    public DateTimeOffset? StatusNewsAt { get; set; }

    /// <summary>The same of its quality.</summary>
    public DateTimeOffset? QualityNewsAt { get; set; }

    /// <summary>The same of its category.</summary>
    public DateTimeOffset? CategoryNewsAt { get; set; }

    /// <summary>As of when it is known whole (UTC): the beginning of the reading that brought it, or when it was made or edited here.</summary>
    public DateTimeOffset SyncedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The template as it is now.</summary>
    public Template Current => Model with { Status = Status, Category = Category };
}

/// <summary>How far the templates of a WhatsApp account are known.</summary>
public sealed class TemplateAccount
{
    public const int LongestFault = 500;

    public required WorkspaceId WorkspaceId { get; init; }

    public required string WabaId { get; init; }

    /// <summary>When they are read again (UTC).</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>When all of them were last read (UTC); null if never.</summary>
    public DateTimeOffset? SyncedAt { get; set; }

    /// <summary>Why the last reading failed, in a sentence; null if it did not.</summary>
    public string? Fault { get; set; }

    public DateTimeOffset? FaultAt { get; set; }

    /// <summary>How often in a row it failed.</summary>
    public int Faults { get; set; }
}

/// <summary>What a line of a template's history is about.</summary>
public enum TemplateEventKind
{
    Status = 1,
    Quality = 2,
    Category = 3,
    Content = 4,
    Made = 5,
    Edited = 6,
    Deleted = 7,
}

/// <summary>Something that happened to a template. It is kept by name, so that it outlives the template.</summary>
public sealed class TemplateEvent
{
    public const int LongestWords = 1000;

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required string WabaId { get; init; }

    public required string Name { get; init; }

    public required string Language { get; init; }

    public required TemplateEventKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Words { get; init; }

    public bool IsTrouble { get; init; }
}

internal sealed class StoredTemplateMapping : IEntityTypeConfiguration<StoredTemplate>
{
    public const int NameLength = 512;
    public const int LanguageLength = 20;

    public void Configure(EntityTypeBuilder<StoredTemplate> builder)
    {
        builder.ToTable("Templates");
        builder.Property(t => t.WabaId).IsPlatformId(64);
        builder.Property(t => t.PlatformId).IsPlatformId(64);
        builder.Property(t => t.Name).IsPlatformId(NameLength);
        builder.Property(t => t.Language).IsPlatformId(LanguageLength);
        builder.Property(t => t.Model).IsJson();
        builder.Property(t => t.Status).HasMaxLength(40);
        builder.Property(t => t.Quality).HasMaxLength(20);
        builder.Property(t => t.Reason).HasMaxLength(StoredTemplate.LongestReason);
        builder.Property(t => t.Advice).HasMaxLength(StoredTemplate.LongestReason);
        // The column is older than the other two, and kept its name.
        builder.Property(t => t.StatusNewsAt).HasColumnName("NewsAt");
        builder.Ignore(t => t.Current);
        builder.HasIndex(t => new { t.WorkspaceId, t.WabaId, t.Name, t.Language }).IsUnique();
    }
}

internal sealed class TemplateAccountMapping : IEntityTypeConfiguration<TemplateAccount>
{
    public void Configure(EntityTypeBuilder<TemplateAccount> builder)
    {
        builder.ToTable("TemplateAccounts");
        builder.HasKey(a => new { a.WorkspaceId, a.WabaId });
        builder.Property(a => a.WabaId).IsPlatformId(64);
        builder.Property(a => a.Fault).HasMaxLength(TemplateAccount.LongestFault);
        builder.HasIndex(a => a.NextAt);
    }
}

internal sealed class TemplateEventMapping : IEntityTypeConfiguration<TemplateEvent>
{
    public void Configure(EntityTypeBuilder<TemplateEvent> builder)
    {
        builder.ToTable("TemplateEvents");
        builder.Property(e => e.WabaId).IsPlatformId(64);
        builder.Property(e => e.Name).IsPlatformId(StoredTemplateMapping.NameLength);
        builder.Property(e => e.Language).IsPlatformId(StoredTemplateMapping.LanguageLength);
        builder.Property(e => e.Words).HasMaxLength(TemplateEvent.LongestWords);
        builder.HasIndex(e => new { e.WorkspaceId, e.WabaId, e.Name, e.Language, e.Id });
    }
}
