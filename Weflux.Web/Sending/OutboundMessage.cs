using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

public enum OutboundState
{
    /// <summary>Waits for its turn, or until <see cref="OutboundMessage.NextAt"/>.</summary>
    Waiting = 1,

    /// <summary>An attempt was committed and its call may be under way.</summary>
    InFlight = 2,

    /// <summary>The answer was lost. Never sent again by the machine; a status settles it, or the time runs out.</summary>
    Unknown = 3,
}

/// <summary>A row of the outbox: a message on its way out. The row goes when the message is settled.</summary>
public sealed class OutboundMessage
{
    public required long MessageId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConnectionId { get; init; }

    public required long ConversationId { get; init; }

    public required OutboundState State { get; set; }

    /// <summary>When something happens next (UTC). No row waits without a time.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>How many attempts were refused for the moment.</summary>
    public int Refusals { get; set; }

    /// <summary>The attempt under way or lost; null while none is.</summary>
    public Guid? AttemptId { get; set; }
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Begun; the answer is not there yet.</summary>
    InFlight = 0,

    /// <summary>The platform took the message.</summary>
    Accepted = 1,

    /// <summary>Refused for good.</summary>
    Rejected = 2,

    /// <summary>Refused for the moment.</summary>
    RetryLater = 3,

    /// <summary>Certainly not sent: no byte of the request left.</summary>
    NotSent = 4,

    /// <summary>The answer was lost.</summary>
    Unknown = 5,
}

/// <summary>One call to the platform. Its id goes out as <c>biz_opaque_callback_data</c> and comes back in statuses.</summary>
public sealed class SendAttempt
{
    public required Guid Id { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long MessageId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public AttemptOutcome Outcome { get; set; }

    public int? ErrorCode { get; set; }

    /// <summary>What happened, for the operator; no personal data.</summary>
    public string? Detail { get; set; }
}

/// <summary>A status of one of our messages as it was reported, kept for the message's history.</summary>
public sealed class MessageStatusEntry
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long MessageId { get; init; }

    public required DeliveryStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public PlatformFault? Fault { get; init; }
}

/// <summary>A status that came before we knew the message's id, waiting for the answer to the send.</summary>
public sealed class EarlyStatus
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long ConnectionId { get; init; }

    public required string WhatsAppId { get; init; }

    public required DeliveryStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public PlatformFault? Fault { get; init; }
}

internal sealed class OutboundMessageMapping : IEntityTypeConfiguration<OutboundMessage>
{
    public void Configure(EntityTypeBuilder<OutboundMessage> builder)
    {
        builder.ToTable("OutboundMessages");
        builder.HasKey(o => o.MessageId);
        builder.Property(o => o.MessageId).ValueGeneratedNever();
        builder.HasOne<Message>().WithOne().HasForeignKey<OutboundMessage>(o => o.MessageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(o => new { o.WorkspaceId, o.ConnectionId, o.MessageId });
        builder.HasIndex(o => new { o.WorkspaceId, o.ConversationId, o.MessageId });
        builder.HasIndex(o => o.NextAt);
    }
}

internal sealed class SendAttemptMapping : IEntityTypeConfiguration<SendAttempt>
{
    public void Configure(EntityTypeBuilder<SendAttempt> builder)
    {
        builder.ToTable("SendAttempts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Detail).HasMaxLength(500);
        builder.HasIndex(a => new { a.WorkspaceId, a.MessageId });
        builder.HasIndex(a => new { a.WorkspaceId, a.Outcome, a.StartedAt });
        builder.HasOne<Message>().WithMany().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MessageStatusEntryMapping : IEntityTypeConfiguration<MessageStatusEntry>
{
    public void Configure(EntityTypeBuilder<MessageStatusEntry> builder)
    {
        builder.ToTable("MessageStatuses");
        builder.Property(s => s.Fault).IsJson();
        builder.HasIndex(s => new { s.WorkspaceId, s.MessageId, s.Status }).IsUnique();
        builder.HasOne<Message>().WithMany().HasForeignKey(s => s.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class EarlyStatusMapping : IEntityTypeConfiguration<EarlyStatus>
{
    public void Configure(EntityTypeBuilder<EarlyStatus> builder)
    {
        builder.ToTable("EarlyStatuses");
        builder.Property(s => s.WhatsAppId).IsPlatformId();
        builder.Property(s => s.Fault).IsJson();
        builder.HasIndex(s => new { s.WorkspaceId, s.ConnectionId, s.WhatsAppId, s.Status }).IsUnique();
    }
}
