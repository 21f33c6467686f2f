using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Inbox.Notices;

/// <summary>Picks out of what changed the messages of customers in conversations of colleagues that one person has not been told of yet.</summary>
/// <param name="me">The person.</param>
/// <param name="since">From when on: what came before is not news.</param>
internal sealed class FreshMessages(UserId me, DateTimeOffset since)
{
    private readonly Dictionary<long, long> _told = [];

    /// <returns>Conversations to tell of, and those whose notice is settled because somebody answered, read or took them.</returns>
    public (IReadOnlyList<ConversationRow> Told, IReadOnlyList<long> Settled) Sift(ChangedRows changed)
    {
        var told = new List<ConversationRow>();
        var settled = changed.GoneIds.Where(_told.ContainsKey).ToList();
        foreach (var row in changed.Rows)
        {
            // Of what the person holds or takes part in a notice is kept that tells of it.
            if (row.UnreadCount == 0 || row.LastDirection != MessageDirection.In || row.AssigneeId is null || row.AssigneeId == me || row.IsJoined)
            {
                settled.AddRange(_told.ContainsKey(row.Id) ? [row.Id] : []);
            }
            else if (IsFresh(row))
            {
                _told[row.Id] = row.LastSequence;
                told.Add(row);
            }
        }

        settled.ForEach(id => _told.Remove(id));
        return (told, settled);
    }

    // The platform tells times to the second.
    private bool IsFresh(ConversationRow row) =>
        row.LastActivityAt >= since.AddSeconds(-1) && row.LastSequence > _told.GetValueOrDefault(row.Id, -1);
}
