using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Webhooks;

public enum WebhookDeliveryState
{
    /// <summary>Stored, not yet applied.</summary>
    Pending = 1,

    /// <summary>Everything in it is applied.</summary>
    Done = 2,

    /// <summary>Something in it could not be applied; the rest is.</summary>
    Parked = 3,
}

/// <summary>One webhook POST, as it came: the journal's row. It is committed before the platform gets its 200.</summary>
public sealed class WebhookDelivery
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The app whose secret signed it, which is also the lane it is processed in.</summary>
    public required long MetaAppId { get; init; }

    /// <summary>Binds the encrypted body to this row.</summary>
    public required Guid BodyKey { get; init; }

    /// <summary>The raw body, encrypted; null once its 14 days are over.</summary>
    public byte[]? Body { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required WebhookDeliveryState State { get; set; }

    /// <summary>When it was applied or parked (UTC); null while pending.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>How many items it holds; null until it was read.</summary>
    public int? ItemCount { get; set; }

    /// <summary>What could not be applied and why; empty if all was.</summary>
    public IReadOnlyList<ParkedItem> ParkedItems { get; set; } = [];

    /// <summary>Which items a replay applies, by index; empty for all.</summary>
    public IReadOnlyList<int> ReplayItems { get; set; } = [];

    public static string BodyContext(Guid key) => $"WebhookDeliveries/{key:N}/Body";
}

/// <summary>One thing in a delivery that could not be applied.</summary>
/// <param name="Index">Its place in the body, in reading order; -1 for the whole body.</param>
/// <param name="Reason">Why, without personal data.</param>
public sealed record ParkedItem(int Index, string Reason)
{
    public const int WholeBody = -1;
}

/// <summary>Something that the platform reported about a number, an account or a template, kept whole. The history of a number is made of it.</summary>
public sealed class StoredEvent
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The number it speaks of; null if it speaks of the whole account.</summary>
    public long? ConnectionId { get; init; }

    public required string WabaId { get; init; }

    /// <summary>The webhook field, such as <c>message_template_status_update</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Binds the encrypted payload to this row and keeps a repeated delivery from storing it twice.</summary>
    public required Guid PayloadKey { get; init; }

    /// <summary>The item as JSON, encrypted: it may hold what customers wrote.</summary>
    public required byte[] Payload { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public static string PayloadContext(Guid key) => $"StoredEvents/{key:N}/Payload";
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("WebhookDeliveries");
        builder.Property(d => d.ParkedItems).IsJson();
        builder.Property(d => d.ReplayItems).IsJson();
        builder.HasIndex(d => new { d.MetaAppId, d.Id }).HasFilter("\"State\" = 1").HasDatabaseName("IX_WebhookDeliveries_Pending");
        builder.HasIndex(d => new { d.WorkspaceId, d.State, d.Id });
        builder.HasIndex(d => d.ReceivedAt).HasFilter("\"Body\" IS NOT NULL");
        builder.HasOne<MetaApp>().WithMany().HasForeignKey(d => d.MetaAppId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoredEventMapping : IEntityTypeConfiguration<StoredEvent>
{
    public void Configure(EntityTypeBuilder<StoredEvent> builder)
    {
        builder.ToTable("StoredEvents");
        builder.Property(e => e.WabaId).IsPlatformId(64);
        builder.Property(e => e.Field).HasMaxLength(100);
        builder.HasIndex(e => new { e.WorkspaceId, e.PayloadKey }).IsUnique();
        builder.HasIndex(e => new { e.WorkspaceId, e.Field, e.Id });
    }
}
