using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Notices;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>Who is to be told of what the slice's customers said.</summary>
public sealed partial class ReceiveContext
{
    private readonly Dictionary<Conversation, Heard> _news = [];

    /// <summary>A customer said something.</summary>
    /// <param name="conversation">Where, as it is now.</param>
    /// <param name="before">How the conversation stood before.</param>
    /// <param name="heardBefore">How many messages the customer had written before.</param>
    /// <param name="message">What was said.</param>
    public void NoteHeard(Conversation conversation, Standing before, int heardBefore, Message message)
    {
        var first = _news.TryGetValue(conversation, out var known) ? known : new Heard(before is { NeedsReply: true, State: ConversationState.Open }, heardBefore, message.Sequence);
        _news[conversation] = first with { Sequence = message.Sequence };
    }

    /// <summary>Tells whoever holds the conversations or takes part in them of what was said; of those that nobody holds, that a customer waits. Call once all threads have keys.</summary>
    public Task TellOfHeardAsync(CancellationToken cancellationToken)
    {
        var news = new List<NoticeNews>();
        foreach (var (conversation, heard) in _news.Where(n => n.Key.NeedsReply && n.Key.InboundCount > n.Value.Before))
        {
            UserId?[] people = [conversation.AssigneeId, .. conversation.Participants.Members];
            news.AddRange(people.OfType<UserId>().Distinct().Select(person => new NoticeNews(NoticeKind.NewMessage, person, conversation.Id, Now, heard.Sequence)
            {
                Heard = new HeardMessages(heard.Before, conversation.InboundCount, heard.WasWaiting),
            }));
            if (conversation.AssigneeId is null && !heard.WasWaiting)
            {
                news.Add(new NoticeNews(NoticeKind.Waiting, Notice.Everybody, conversation.Id, Now, heard.Sequence));
            }
        }

        _news.Clear();
        return news.Count == 0 ? Task.CompletedTask : NoticeBook.AddAsync(Db, news, cancellationToken);
    }

    private sealed record Heard(bool WasWaiting, int Before, long Sequence);
}
