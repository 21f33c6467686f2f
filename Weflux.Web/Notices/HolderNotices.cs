using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Notices;

/// <summary>Who is told when a conversation comes to somebody else, or to nobody.</summary>
internal static class HolderNotices
{
    /// <param name="db">The transaction. The caller saves.</param>
    /// <param name="conversation">The conversation as it is now.</param>
    /// <param name="before">Who held it until now; null if nobody did.</param>
    /// <param name="by">Who changed that; null for a program or Weflux itself.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="sequence">The change counter of the change.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static Task FollowAsync(
        WefluxDbContext db, Conversation conversation, UserId? before, UserId? by, DateTimeOffset now, long sequence, CancellationToken cancellationToken)
    {
        // Whoever offered it and is told that it was accepted need not hear that it was taken.
        var news = Of(conversation, before, by, now, sequence).Where(n => n.Kind != NoticeKind.TakenAway || !db.ChangeTracker.Entries<Notice>().Any(e =>
            e.Entity.Kind == NoticeKind.HandOverAccepted && e.Entity.UserId == n.Person && e.Entity.ConversationId == n.ConversationId && e.Entity.Sequence == sequence)).ToList();
        return news.Count == 0 ? Task.CompletedTask : NoticeBook.AddAsync(db, news, cancellationToken);
    }

    /// <inheritdoc cref="FollowAsync"/>
    public static IReadOnlyList<NoticeNews> Of(Conversation conversation, UserId? before, UserId? by, DateTimeOffset now, long sequence)
    {
        if (conversation.AssigneeId == before)
        {
            return [];
        }

        var news = new List<NoticeNews>();
        if (before is { } last)
        {
            news.Add(new NoticeNews(NoticeKind.TakenAway, last, conversation.Id, now, sequence) { By = by });
        }

        if (conversation.AssigneeId is { } holder)
        {
            news.Add(new NoticeNews(NoticeKind.Assigned, holder, conversation.Id, now, sequence) { By = by });
        }
        else if (conversation is { State: ConversationState.Open, NeedsReply: true })
        {
            news.Add(new NoticeNews(NoticeKind.Waiting, Notice.Everybody, conversation.Id, now, sequence));
        }

        return news;
    }
}
