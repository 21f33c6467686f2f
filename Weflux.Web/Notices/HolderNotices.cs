using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Notices;

/// <summary>Who is told when a conversation comes to somebody else or to nobody, or when somebody is asked to take it over and answers.</summary>
internal static class HolderNotices
{
    /// <param name="db">The transaction. The caller saves.</param>
    /// <param name="conversation">The conversation as it is now.</param>
    /// <param name="before">Whose it was until now.</param>
    /// <param name="by">Who changed that; null for a program or Weflux itself.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="sequence">The change counter of the change.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task FollowAsync(
        WefluxDbContext db, Conversation conversation, Holding before, UserId? by, DateTimeOffset now, long sequence, CancellationToken cancellationToken)
    {
        var after = conversation.Holding;
        if (after == before)
        {
            return;
        }

        var news = Of(conversation, before, by, now, sequence);
        if ((after.AskedMember, after.AskedTeam) != (before.AskedMember, before.AskedTeam))
        {
            await NoticeBook.SettleAsync(db, NoticeKind.HandOverOffered, conversation.Id, person: null, now, cancellationToken);
            foreach (var asked in await AskedAsync(db, after, cancellationToken))
            {
                news.Add(new NoticeNews(NoticeKind.HandOverOffered, asked, conversation.Id, now, sequence) { By = by });
            }
        }

        if (news.Count > 0)
        {
            await NoticeBook.AddAsync(db, news, cancellationToken);
        }
    }

    /// <summary>Who is told, beside those who are asked to take it over.</summary>
    /// <inheritdoc cref="FollowAsync"/>
    public static List<NoticeNews> Of(Conversation conversation, Holding before, UserId? by, DateTimeOffset now, long sequence)
    {
        var (after, news) = (conversation.Holding, new List<NoticeNews>());
        if (after.Assignee == before.Assignee)
        {
            if (IsAsked(before) && !IsAsked(after) && after.Assignee is { } giver)
            {
                news.Add(new NoticeNews(NoticeKind.HandOverReturned, giver, conversation.Id, now, sequence) { By = by });
            }

            return news;
        }

        if (before.Assignee is { } last)
        {
            var isAccepted = IsAsked(before) && by is not null && after.Assignee == by;
            news.Add(new NoticeNews(isAccepted ? NoticeKind.HandOverAccepted : NoticeKind.TakenAway, last, conversation.Id, now, sequence) { By = by });
        }

        if (after.Assignee is { } holder)
        {
            news.Add(new NoticeNews(NoticeKind.Assigned, holder, conversation.Id, now, sequence) { By = by });
            if (IsClosing(conversation, now))
            {
                // The sweep tells whoever holds it as the last hours begin; this one comes after that.
                news.Add(Closing(conversation, holder, now, sequence));
            }
        }
        else if (conversation is { State: ConversationState.Open, NeedsReply: true })
        {
            news.Add(new NoticeNews(NoticeKind.Waiting, Notice.Everybody, conversation.Id, now, sequence));
        }

        return news;
    }

    /// <summary>Whether an answer is due and the window shuts within <see cref="NoticeSweep.Ahead"/>.</summary>
    public static bool IsClosing(Conversation conversation, DateTimeOffset now) =>
        conversation is { State: ConversationState.Open, NeedsReply: true }
        && conversation.Window.IsOpenAt(now) && conversation.Window.RemainingAt(now) <= NoticeSweep.Ahead;

    /// <summary>That the window is about to shut.</summary>
    public static NoticeNews Closing(Conversation conversation, UserId holder, DateTimeOffset now, long sequence) =>
        new(NoticeKind.WindowClosing, holder, conversation.Id, now, sequence) { Until = conversation.Window.ClosesAt };

    private static bool IsAsked(Holding held) => held.AskedMember is not null || held.AskedTeam is not null;

    private static async Task<IReadOnlyList<UserId>> AskedAsync(WefluxDbContext db, Holding held, CancellationToken cancellationToken) =>
        held.AskedMember is { } member ? [member]
        : held.AskedTeam is { } team ? await db.Set<TeamMember>().Where(m => m.TeamId == team && m.UserId != held.Assignee).Select(m => m.UserId).ToListAsync(cancellationToken)
        : [];
}
