using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Events;

public enum EventDeliveryState
{
    /// <summary>It is sent when its time comes.</summary>
    Waiting = 1,

    /// <summary>The address took it.</summary>
    Taken = 2,

    /// <summary>Nobody sends it any more, unless somebody asks for it.</summary>
    Failed = 3,
}

/// <summary>
/// One event on its way to one address. It is written in the transaction of what it tells of, so neither is there without
/// the other.
/// </summary>
public sealed class EventDelivery
{
    public const int FaultLength = 300;

    /// <summary>How much of an answer is kept, in bytes.</summary>
    public const int AnswerLength = 1024;

    /// <summary>How long it is kept, whatever became of it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long EndpointId { get; init; }

    /// <summary>The id under which it is sent, however often. Binds the encrypted columns to this row.</summary>
    public required Guid EventId { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The contact that it tells of, so that it goes when the contact goes; null for none.</summary>
    public long? ContactId { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What may be sent, encrypted; see <see cref="EventBodies"/> and <see cref="BodyContext"/>.</summary>
    public required byte[] Body { get; set; }

    public EventDeliveryState State { get; set; } = EventDeliveryState.Waiting;

    /// <summary>When it is sent next (UTC); null if it is not.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>How often it was sent since it came or was last asked for.</summary>
    public int Tries { get; set; }

    /// <summary>When it was last sent (UTC).</summary>
    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>The status of the last answer; null if there was none.</summary>
    public int? Status { get; set; }

    /// <summary>What went wrong the last time, in words; null if nothing did.</summary>
    public string? Fault { get; set; }

    /// <summary>The beginning of the last answer, encrypted: it may quote what was sent. Null if there was none.</summary>
    public byte[]? Answer { get; set; }

    public string WebhookId => WebhookIdOf(EventId);

    public static string WebhookIdOf(Guid eventId) => $"evt_{eventId:N}";

    public static string BodyContext(Guid eventId) => $"EventDeliveries/{eventId:N}/{nameof(Body)}";

    public static string AnswerContext(Guid eventId) => $"EventDeliveries/{eventId:N}/{nameof(Answer)}";
}

internal sealed class EventDeliveryMapping : IEntityTypeConfiguration<EventDelivery>
{
    public void Configure(EntityTypeBuilder<EventDelivery> builder)
    {
        builder.ToTable("EventDeliveries");
        builder.Property(d => d.Type).HasMaxLength(40);
        builder.Property(d => d.Fault).HasMaxLength(EventDelivery.FaultLength);
        builder.HasOne<EventEndpoint>().WithMany().HasForeignKey(d => d.EndpointId).OnDelete(DeleteBehavior.Cascade);

        // Those that wait, by when they are sent; and each list of the page by id.
        builder.HasIndex(d => new { d.WorkspaceId, d.EndpointId, d.State, d.NextAt, d.Id });
        builder.HasIndex(d => new { d.WorkspaceId, d.EndpointId, d.State, d.Id });
        builder.HasIndex(d => new { d.WorkspaceId, d.EndpointId, d.Id });
        builder.HasIndex(d => new { d.WorkspaceId, d.ContactId });
        builder.HasIndex(d => d.At);
    }
}
