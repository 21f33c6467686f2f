using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;

namespace Weflux.Web.Notices;

/// <summary>
/// Somebody was told of something. There is one row for each person, kind and conversation: what comes again moves it up.
/// It holds no words: whether it still holds good, and what it says, is found out when it is shown.
/// </summary>
public sealed class Notice
{
    /// <summary>How many are kept for a person.</summary>
    public const int Kept = 50;

    /// <summary>How many are kept of what is told to everybody who may see it.</summary>
    public const int KeptForAll = 200;

    /// <summary>Whom a notice is for that everybody gets who may see the conversation.</summary>
    public static readonly UserId Everybody;

    /// <summary>How long one is kept.</summary>
    public static TimeSpan Retention => TimeSpan.FromDays(30);

    public long Id { get; init; }

    public WorkspaceId WorkspaceId { get; init; }

    /// <summary>Who is told; <see cref="Everybody"/> for what is told to all who may see it.</summary>
    public UserId UserId { get; init; }

    public NoticeKind Kind { get; init; }

    public long ConversationId { get; init; }

    /// <summary>When it last happened (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The workspace's change counter when it last happened.</summary>
    public long Sequence { get; private set; }

    /// <summary>Who did it; null for the customer, a program or Weflux itself.</summary>
    public UserId? ById { get; private set; }

    /// <summary>What it is about beside the conversation: a note, a message; null for nothing.</summary>
    public long? SubjectId { get; private set; }

    /// <summary>How many messages the customer had written before those that it tells of.</summary>
    public int HeardBefore { get; private set; }

    /// <summary>How many messages the customer had written with those that it tells of.</summary>
    public int HeardUpTo { get; private set; }

    /// <summary>A time that it tells of (UTC): when the window closes; null for none.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>When the person marked it as read (UTC); null if not.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was settled by whoever raised it (UTC); null if it was not.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>It happened, for the first time or again.</summary>
    internal void Happen(NoticeNews news)
    {
        var continues = news.Heard is { Continues: true } && HeardUpTo > 0 && ReadAt is null && HandledAt is null;
        (At, Sequence, ById, SubjectId, Until) = (news.At, news.Sequence, news.By, news.SubjectId, news.Until);
        (HeardBefore, HeardUpTo) = news.Heard is { } heard ? (continues ? HeardBefore : heard.Before, heard.UpTo) : (0, 0);
        (ReadAt, HandledAt) = (null, null);
    }
}

/// <summary>How far a person has read what is told to everybody.</summary>
public sealed class NoticeReader
{
    public WorkspaceId WorkspaceId { get; init; }

    public UserId UserId { get; init; }

    /// <summary>The change counter of the newest notice that was read.</summary>
    public long ReadUpTo { get; set; }
}

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(n => n.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.WorkspaceId, n.UserId, n.Kind, n.ConversationId }).IsUnique();
        builder.HasIndex(n => new { n.WorkspaceId, n.UserId, n.At, n.Id });
        builder.HasIndex(n => new { n.WorkspaceId, n.ConversationId });

        // What is old is looked for in all workspaces at once.
        builder.HasIndex(n => n.At);
    }
}

internal sealed class NoticeReaderMapping : IEntityTypeConfiguration<NoticeReader>
{
    public void Configure(EntityTypeBuilder<NoticeReader> builder)
    {
        builder.ToTable("NoticeReaders");
        builder.HasKey(r => new { r.WorkspaceId, r.UserId });
    }
}
