using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Together;

/// <summary>What a colleague answered, for somebody who was about to answer too.</summary>
public sealed class ColleagueAnswerQuery(WefluxDatabase database)
{
    /// <summary>Null if there is no such message of ours that the reader may see.</summary>
    public async Task<ColleagueAnswer?> FindAsync(Actor actor, long conversationId, long messageId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var thread = await db.Set<Conversation>().Where(c => c.Id == conversationId).Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
        if (thread is null || !actor.MaySee(thread.Holding))
        {
            return null;
        }

        var message = await db.Set<Message>().AsNoTracking()
            .SingleOrDefaultAsync(m => m.Id == messageId && m.ConversationId == conversationId && m.Direction == MessageDirection.Out, cancellationToken);
        if (message is null)
        {
            return null;
        }

        var colleagues = await SharedRows.ColleaguesAsync(db, [message.AuthorId], cancellationToken);
        var name = message.AuthorId is { } author ? colleagues.GetValueOrDefault(author.Value)?.Name : null;
        return new ColleagueAnswer(
            name ?? "A colleague", message.SaidAt, LineWords.Say(ContactNames.Show(message.Content, actor.May(Permission.SeePhoneNumbers)), MessageDirection.Out));
    }
}

/// <param name="Name">Who answered.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Words">What they said, or what it is.</param>
public sealed record ColleagueAnswer(string Name, DateTimeOffset At, string Words);
