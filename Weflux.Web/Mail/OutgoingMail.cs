using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Web.Data;

namespace Weflux.Web.Mail;

/// <summary>A mail on its way. Its text holds links that open accounts, so it is encrypted and forgotten once the mail is out.</summary>
public sealed class OutgoingMail
{
    public long Id { get; private set; }

    /// <summary>Binds the encrypted text to this row.</summary>
    public required Guid Key { get; init; }

    /// <summary>Encrypted <see cref="MailText"/>, see <see cref="TextContext"/>; null once it was sent or given up.</summary>
    public byte[]? Text { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next (UTC); null if it is not to be tried any more.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why the last try failed, without address and text; null if none did.</summary>
    public string? Fault { get; set; }

    public static string TextContext(Guid key) => $"OutgoingMails/{key:N}/Text";
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMails");
        builder.Property(m => m.Fault).HasMaxLength(500);
        builder.HasIndex(m => m.NextTryAt);
        builder.HasIndex(m => m.CreatedAt);
    }
}
