using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Events;

public enum EventEndpointState
{
    /// <summary>Events are kept for it and sent.</summary>
    On = 1,

    /// <summary>Somebody switched it off.</summary>
    Off = 2,

    /// <summary>It failed for days, or said that it is gone.</summary>
    GivenUp = 3,
}

/// <summary>An address outside that is told of events. People call it a webhook.</summary>
public sealed class EventEndpoint
{
    public const int NameLength = 100;

    /// <summary>How many a workspace can have.</summary>
    public const int Most = 20;

    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Binds the encrypted secrets to this row.</summary>
    public required Guid Key { get; init; }

    public required string Name { get; set; }

    public required string Address { get; set; }

    /// <summary>The kinds of events that it is told, of <see cref="EventTypes"/>.</summary>
    public required IReadOnlyList<string> Types { get; set; }

    /// <summary>Whether it gets what people wrote: messages, notes, evidence.</summary>
    public bool HasText { get; set; }

    /// <summary>Whether it gets phone numbers in full.</summary>
    public bool HasNumbers { get; set; }

    /// <summary>What sendings are signed with, encrypted; see <see cref="SecretContext"/>.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>What they were signed with before, encrypted; null if that is over.</summary>
    public byte[]? OldSecret { get; set; }

    /// <summary>Until when they are signed with both (UTC).</summary>
    public DateTimeOffset? OldSecretUntil { get; set; }

    public EventEndpointState State { get; set; } = EventEndpointState.On;

    /// <summary>Why it was given up; null unless it was.</summary>
    public string? WhyOff { get; set; }

    /// <summary>When the first of the failures was, with nothing taken since (UTC); null if the last one was taken.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>How many sendings failed one after another.</summary>
    public int Failures { get; set; }

    /// <summary>Until when nothing is sent to it (UTC); null for no rest.</summary>
    public DateTimeOffset? RestsUntil { get; set; }

    /// <summary>When it last took an event (UTC).</summary>
    public DateTimeOffset? TookAt { get; set; }

    /// <summary>Which run sends to it now; null if none does.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>Until when that run may be relied on (UTC). Whoever comes later takes over.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public UserId? CreatedBy { get; init; }

    public static string SecretContext(Guid key) => $"EventEndpoints/{key:N}/{nameof(Secret)}";

    public static string OldSecretContext(Guid key) => $"EventEndpoints/{key:N}/{nameof(OldSecret)}";
}

internal sealed class EventEndpointMapping : IEntityTypeConfiguration<EventEndpoint>
{
    public void Configure(EntityTypeBuilder<EventEndpoint> builder)
    {
        builder.ToTable("EventEndpoints");
        builder.Property(e => e.Name).HasMaxLength(EventEndpoint.NameLength);
        builder.Property(e => e.Address).HasMaxLength(EventAddress.MaxLength);
        builder.Property(e => e.Types).IsJson().HasMaxLength(2000);
        builder.Property(e => e.WhyOff).HasMaxLength(500);
        builder.HasIndex(e => new { e.WorkspaceId, e.State });
    }
}
