using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Invitations;

/// <summary>
/// A place in a workspace that waits for somebody. Its link opens it once. The token in the link is kept twice: hashed,
/// to find the invitation by it, and encrypted, so that an Admin can copy the link again while it is open.
/// </summary>
public sealed class Invitation
{
    public long Id { get; private set; }

    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Binds the encrypted token to this row.</summary>
    public required Guid Key { get; init; }

    /// <summary>Whom it is for; null if whoever has the link.</summary>
    public string? Email { get; init; }

    public required Role Role { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Encrypted, see <see cref="TokenContext"/>; null once it opens nothing any more.</summary>
    public byte[]? Token { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required UserId CreatedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public UserId? AcceptedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>How often the link was used with an address of which something was told: to its reader by mail, or else to whoever typed it.</summary>
    public int Tries { get; set; }

    /// <summary>Whom it is for, on record.</summary>
    public string For => Email ?? "Whoever has the link";

    /// <summary>From here on the link opens nothing.</summary>
    public void Revoke(DateTimeOffset now) => (RevokedAt, Token) = (now, null);

    public static string TokenContext(Guid key) => $"Invitations/{key:N}/Token";

    public InvitationState StateAt(DateTimeOffset now) =>
        AcceptedAt is not null ? InvitationState.Used
        : RevokedAt is not null ? InvitationState.Revoked
        : now >= ExpiresAt ? InvitationState.Expired
        : InvitationState.Open;
}

public enum InvitationState
{
    Open,
    Used,
    Revoked,
    Expired,
}

/// <summary>The secret of an invitation's link: 256 random bits.</summary>
internal static class InvitationToken
{
    private const int Bytes = 32;
    private const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string PathOf(string token) => $"/invitation/{token}";

    /// <summary>What an invitation is found by; null if the text cannot be a token, the empty one above all.</summary>
    public static byte[]? HashOf(string? token) =>
        token is { Length: Length } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? SHA256.HashData(Encoding.ASCII.GetBytes(token))
            : null;

    public static string Read(SecretProtector protector, Invitation invitation) =>
        protector.UnprotectText(invitation.Token, Invitation.TokenContext(invitation.Key));
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Ignore(i => i.For);
        builder.Property(i => i.TokenHash).HasMaxLength(32);
        builder.HasIndex(i => new { i.WorkspaceId, i.Id });
        builder.HasIndex(i => i.TokenHash).IsUnique();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(i => i.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
