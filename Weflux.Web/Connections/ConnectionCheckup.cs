using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Connections;

/// <summary>What the platform last said of a number, and when it is asked again.</summary>
public sealed class ConnectionCheckup
{
    public required long ConnectionId { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>When it is due (UTC). A send that was refused makes it due at once.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>When it was last made (UTC); null if it never was.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>When the last one that is written down began, whole or of one line (UTC). One that began earlier and ended later is old news.</summary>
    public DateTimeOffset? BegunAt { get; set; }

    /// <summary>The lines of the last one.</summary>
    public IReadOnlyList<CheckLine> Lines { get; set; } = [];

    public NumberFacts Facts { get; set; } = NumberFacts.Unknown;
}

/// <summary>What the platform says of a number. Each may be unknown.</summary>
/// <param name="Quality">The platform's rating.</param>
/// <param name="MessagingLimit">How many customers may be written to first.</param>
/// <param name="MessagesPerSecond">How many messages may leave in a second.</param>
public sealed record NumberFacts(string? Quality, string? MessagingLimit, int? MessagesPerSecond = null)
{
    public static NumberFacts Unknown { get; } = new(null, null);
}

/// <summary>Something that is looked at to tell whether a number works.</summary>
public enum CheckKind
{
    Token = 1,
    Expiry = 2,
    Scopes = 3,
    App = 4,
    Secret = 5,
    Account = 6,
    Number = 7,
    Name = 8,
    Registration = 9,
    Quality = 10,
    Throughput = 11,
    Limit = 12,
    Verification = 13,
    Subscription = 14,
    Fields = 15,
    Callback = 16,
    Signature = 17,
    LastWebhook = 18,
    Clock = 19,
    RoundTrip = 20,
}

public enum CheckState
{
    Good = 1,

    /// <summary>It works, but somebody should know.</summary>
    Warning = 2,

    Bad = 3,

    /// <summary>It could not be looked at, which says nothing about it.</summary>
    NotChecked = 4,
}

/// <summary>What came of looking at one thing.</summary>
/// <param name="Kind">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Words">What is the case, in a sentence.</param>
/// <param name="WayOut">What to do about it; null if there is nothing to do.</param>
public sealed record CheckLine(CheckKind Kind, CheckState State, string Words, string? WayOut = null)
{
    public static CheckLine Good(CheckKind kind, string words) => new(kind, CheckState.Good, words);

    public static CheckLine Warn(CheckKind kind, string words, string wayOut) => new(kind, CheckState.Warning, words, wayOut);

    public static CheckLine Bad(CheckKind kind, string words, string wayOut) => new(kind, CheckState.Bad, words, wayOut);

    public static CheckLine Skip(CheckKind kind, string words) => new(kind, CheckState.NotChecked, words);
}

internal sealed class ConnectionCheckupMapping : IEntityTypeConfiguration<ConnectionCheckup>
{
    public void Configure(EntityTypeBuilder<ConnectionCheckup> builder)
    {
        builder.ToTable("ConnectionCheckups");
        builder.HasKey(c => c.ConnectionId);
        builder.Property(c => c.ConnectionId).ValueGeneratedNever();
        builder.Property(c => c.Lines).IsJson();
        builder.Property(c => c.Facts).IsJson();
        builder.HasIndex(c => c.NextAt);
        builder.HasOne<Connection>().WithOne().HasForeignKey<ConnectionCheckup>(c => c.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}
