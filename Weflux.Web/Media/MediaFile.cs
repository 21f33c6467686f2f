using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>How far a file is.</summary>
public enum MediaState
{
    /// <summary>Announced; being fetched or waiting for its next try.</summary>
    Fetching = 1,

    /// <summary>Stored and checked.</summary>
    Ready = 2,

    /// <summary>It will never come: the platform has it no more, it is too large, or it never arrives as it was announced.</summary>
    Gone = 3,

    /// <summary>Tried often; it may come yet, so somebody may ask for it again.</summary>
    Failed = 4,
}

/// <summary>A file: one that a customer sent, or one that was put here to be sent.</summary>
public sealed class MediaFile
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Its name in the store, which nobody can guess from the id. Each try to fetch it writes under a name of its own.</summary>
    public required Guid Key { get; set; }

    public required MediaKind Kind { get; set; }

    public required MediaState State { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number that it came to; null for what we send.</summary>
    public long? ConnectionId { get; init; }

    /// <summary>The platform's id of what came; null for what we send.</summary>
    public string? PlatformId { get; init; }

    /// <summary>The hash as it was announced, base64 or hex; null if none was.</summary>
    public string? AnnouncedHash { get; init; }

    /// <summary>Who put it here; null for what came, and for what an API key put here.</summary>
    public UserId? UploadedBy { get; init; }

    /// <summary>The API key that put it here; null otherwise.</summary>
    public long? ApiKeyId { get; init; }

    /// <summary>A harmless name, with an ending that tells the truth once the file is here.</summary>
    public string? FileName { get; set; }

    /// <summary>What it is by its bytes; empty if that cannot be told, or it is not here yet.</summary>
    public string MimeType { get; set; } = "";

    public long Size { get; set; }

    /// <summary>SHA-256 of what is stored; null while nothing is.</summary>
    public byte[]? Hash { get; set; }

    public int? Width { get; set; }

    public int? Height { get; set; }

    public bool IsAnimated { get; set; }

    public bool HasThumbnail { get; set; }

    /// <summary>Whether a browser may show or play it in place: a picture that was decoded, a sound or a film that is what it says.</summary>
    public bool IsShowable { get; set; }

    /// <summary>Whether opening it may run something.</summary>
    public bool IsRisky { get; set; }

    public int Tries { get; set; }

    /// <summary>
    /// When it is tried next (UTC): to be fetched, or, once it is here, to have its small picture drawn; null when nothing is
    /// to be done.
    /// </summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Who works at it; null while nobody does. A try that lost its claim changes nothing.</summary>
    public Guid? Claim { get; set; }

    /// <summary>How often its small picture was begun, counted before, because one may end the program.</summary>
    public int DrawTries { get; set; }

    /// <summary>When it was given up (UTC), though the platform may have it still; null if it was not.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why it is not here, in one plain sentence; null if it is or may come yet.</summary>
    public string? Trouble { get; set; }

    /// <summary>Whoever put it here and nobody else may send it.</summary>
    public bool IsOf(Actor actor) => actor.Key is { } key
        ? ApiKeyId == key.Id.Value
        : UploadedBy is { } owner && owner == actor.User;
}

/// <summary>A file of a message. A template can have several, and a file that is sent again belongs to several messages.</summary>
public sealed class MessageFile
{
    public long MessageId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public long FileId { get; init; }

    /// <summary>Only set where both are stored at once, so that neither has a key yet.</summary>
    public Message? Message { get; init; }

    public MediaFile? File { get; init; }
}

/// <summary>A file that the platform has from us, under its own id, which belongs to the number that it was uploaded with.</summary>
public sealed class PlatformUpload
{
    public required long FileId { get; init; }

    public required long ConnectionId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required string PlatformId { get; set; }

    public required DateTimeOffset UploadedAt { get; set; }
}

internal sealed class MediaFileMapping : IEntityTypeConfiguration<MediaFile>
{
    public void Configure(EntityTypeBuilder<MediaFile> builder)
    {
        builder.ToTable("MediaFiles");
        builder.Property(f => f.PlatformId).IsPlatformId();
        builder.Property(f => f.AnnouncedHash).HasMaxLength(128);
        builder.Property(f => f.FileName).HasMaxLength(FileNames.MaxLength);
        builder.Property(f => f.MimeType).HasMaxLength(100);
        builder.Property(f => f.Hash).HasMaxLength(32);
        builder.Property(f => f.Trouble).HasMaxLength(300);
        builder.HasIndex(f => f.Key).IsUnique();
        builder.HasIndex(f => f.NextTryAt).HasFilter("\"NextTryAt\" IS NOT NULL");
        builder.HasIndex(f => f.FailedAt).HasFilter("\"FailedAt\" IS NOT NULL");
        builder.HasIndex(f => new { f.WorkspaceId, f.UploadedBy, f.CreatedAt });
        builder.HasIndex(f => f.CreatedAt);
        builder.HasOne<Connection>().WithMany().HasForeignKey(f => f.ConnectionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MessageFileMapping : IEntityTypeConfiguration<MessageFile>
{
    public void Configure(EntityTypeBuilder<MessageFile> builder)
    {
        builder.ToTable("MessageFileLinks");
        builder.HasKey(f => new { f.MessageId, f.FileId });
        builder.HasOne(f => f.Message).WithMany().HasForeignKey(f => f.MessageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.WorkspaceId, f.FileId });
    }
}

internal sealed class PlatformUploadMapping : IEntityTypeConfiguration<PlatformUpload>
{
    public void Configure(EntityTypeBuilder<PlatformUpload> builder)
    {
        builder.ToTable("PlatformUploads");
        builder.HasKey(u => new { u.FileId, u.ConnectionId });
        builder.Property(u => u.PlatformId).IsPlatformId();
        builder.HasOne<MediaFile>().WithMany().HasForeignKey(u => u.FileId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(u => u.UploadedAt);
    }
}
