using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Connections;

/// <summary>Where a connection's calls go.</summary>
public enum ConnectionKind
{
    /// <summary>Meta.</summary>
    CloudApi = 1,

    /// <summary>The simulator of this process.</summary>
    Simulator = 2,
}

/// <summary>One phone number of a business, with its token.</summary>
public sealed class Connection
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required long MetaAppId { get; set; }

    public required ConnectionKind Kind { get; set; }

    public required string WabaId { get; set; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The business portfolio, in which user ids are unique; null while it is not known.</summary>
    public string? PortfolioId { get; set; }

    public required string DisplayPhoneNumber { get; set; }

    public required string Name { get; set; }

    /// <summary>Encrypted, see <see cref="TokenContext"/>; empty once it was disconnected.</summary>
    public required byte[] AccessToken { get; set; }

    /// <summary>The last four characters of the token, which is all that is ever shown of it; null for the demo's.</summary>
    public string? TokenEnding { get; set; }

    public ConnectionState State { get; set; } = ConnectionState.Ready;

    /// <summary>When a webhook of this number last reached us (UTC); null if none did.</summary>
    public DateTimeOffset? LastHeardAt { get; set; }

    /// <summary>When somebody entered it, the last time (UTC). What was said before proves nothing; null for a number that was given.</summary>
    public DateTimeOffset? EnteredAt { get; private set; }

    /// <summary>When the first customer's message came through (UTC), which is what proves a connection; null while none has.</summary>
    public DateTimeOffset? ConnectedAt { get; set; }

    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Since when the platform refuses the token or the number (UTC); null if it does not.</summary>
    public DateTimeOffset? BrokenAt { get; private set; }

    /// <summary>Why, in one plain sentence.</summary>
    public string? BrokenReason { get; private set; }

    public DateTimeOffset? DisconnectedAt { get; private set; }

    /// <summary>When it last got a token, or was accepted again after it was not (UTC): what failed before may go now. Null if it never was.</summary>
    public DateTimeOffset? RenewedAt { get; private set; }

    /// <summary>Where its customers' user ids are unique.</summary>
    public string IdentityScope => PortfolioId ?? WabaId;

    public static string TokenContext(string phoneNumberId) => $"Connections/{phoneNumberId}/AccessToken";

    public void Pause(DateTimeOffset at)
    {
        PausedAt ??= at;
        Settle();
    }

    public void Resume()
    {
        PausedAt = null;
        Settle();
    }

    /// <summary>The platform does not accept it any more.</summary>
    /// <returns>Whether this is news.</returns>
    public bool Break(string reason, DateTimeOffset at)
    {
        var isNews = BrokenAt is null && DisconnectedAt is null;
        BrokenAt ??= at;
        BrokenReason = reason;
        Settle();
        return isNews;
    }

    /// <summary>The platform accepts it again.</summary>
    /// <returns>Whether this is news.</returns>
    public bool Mend(DateTimeOffset at)
    {
        var isNews = BrokenAt is not null;
        (BrokenAt, BrokenReason, RenewedAt) = (null, null, isNews ? at : RenewedAt);
        Settle();
        return isNews;
    }

    /// <summary>Gives it another token.</summary>
    public void Renew(byte[] token, string? ending, DateTimeOffset at) => (AccessToken, TokenEnding, RenewedAt) = (token, ending, at);

    /// <summary>Lets go of the platform and of the token. What was said stays.</summary>
    public void Disconnect(DateTimeOffset at)
    {
        (DisconnectedAt, AccessToken, TokenEnding) = (at, [], null);
        Settle();
    }

    /// <summary>Entered, perhaps again, and to be proved by a message.</summary>
    public void BeginAgain(DateTimeOffset at)
    {
        (EnteredAt, RenewedAt) = (at, at);
        (DisconnectedAt, PausedAt, BrokenAt, BrokenReason, ConnectedAt, LastHeardAt) = (null, null, null, null, null, null);
        Settle();
    }

    private void Settle() => State =
        DisconnectedAt is not null ? ConnectionState.Disconnected
        : BrokenAt is not null ? ConnectionState.Broken
        : PausedAt is not null ? ConnectionState.Paused
        : (ConnectedAt ?? LastHeardAt) is null ? ConnectionState.Waiting
        : ConnectionState.Ready;
}

internal sealed class ConnectionMapping : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.ToTable("Connections");
        builder.Property(c => c.WabaId).IsPlatformId(64);
        builder.Property(c => c.PhoneNumberId).IsPlatformId(64);
        builder.Property(c => c.PortfolioId).IsPlatformId(64);
        builder.Property(c => c.DisplayPhoneNumber).HasMaxLength(40);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Ignore(c => c.IdentityScope);
        builder.Property(c => c.TokenEnding).HasMaxLength(4);
        builder.Property(c => c.BrokenReason).HasMaxLength(300);

        // A number that was disconnected may be connected by somebody else.
        builder.HasIndex(c => c.PhoneNumberId).IsUnique().HasFilter("\"State\" <> 4").HasDatabaseName("IX_Connections_PhoneNumberId_InUse");
        builder.HasIndex(c => new { c.WorkspaceId, c.MetaAppId });
        builder.HasOne<MetaApp>().WithMany().HasForeignKey(c => c.MetaAppId).OnDelete(DeleteBehavior.Restrict);
    }
}
