using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Several;

/// <summary>
/// Somebody does the same with several conversations. Each is a change of its own, by the use case that does it with one, so
/// what is allowed is asked anew for each, and nobody else waits long for a turn to write.
/// </summary>
public sealed class ChangeSeveral(
    TakeConversation take,
    AssignConversation assign,
    HandBackConversation handBack,
    SetLabel label,
    SnoozeConversation snooze,
    CloseConversation close,
    ReopenConversation reopen,
    MarkNoReplyNeeded noReply,
    MarkSeen seen)
{
    /// <summary>So many at a time.</summary>
    public const int Most = 500;

    /// <param name="actor">Who acts.</param>
    /// <param name="conversationIds">Which, in the order in which they are changed.</param>
    /// <param name="wish">What to do with each.</param>
    /// <param name="onProgress">Told how many are behind, after each.</param>
    /// <param name="stop">Ends it after the one that is under way, never in the middle of one.</param>
    public async Task<SeveralResult> ExecuteAsync(
        Actor actor, IReadOnlyCollection<long> conversationIds, SeveralWish wish, Action<int>? onProgress = null, CancellationToken stop = default)
    {
        var ids = conversationIds.Distinct().ToList();
        if (ids.Count > Most)
        {
            return new SeveralResult { NotBegun = ids, IsTooMany = true };
        }

        List<long> done = [], unchanged = [];
        var refused = new List<SeveralRefusal>();
        var (at, isInterrupted) = (0, false);
        for (; at < ids.Count && !stop.IsCancellationRequested; at++)
        {
            try
            {
                switch (await ChangeAsync(actor, ids[at], wish))
                {
                    case WorkOutcome.Done:
                        done.Add(ids[at]);
                        break;
                    case WorkOutcome.Unchanged:
                        unchanged.Add(ids[at]);
                        break;
                    case var outcome:
                        refused.Add(new SeveralRefusal(ids[at], outcome));
                        break;
                }
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or DbException or DbUpdateException)
            {
                // Of what is done already somebody has to be told.
                isInterrupted = true;
                break;
            }

            onProgress?.Invoke(at + 1);
        }

        return new SeveralResult { Done = done, Unchanged = unchanged, Refused = refused, NotBegun = ids[at..], IsInterrupted = isInterrupted };
    }

    private Task<WorkOutcome> ChangeAsync(Actor actor, long id, SeveralWish wish) => wish switch
    {
        TakeThem => take.ExecuteAsync(actor, id),
        AssignThem to => assign.ExecuteAsync(actor, id, to.Assignee),
        HandThemBack => handBack.ExecuteAsync(actor, id),
        LabelThem with => label.ExecuteAsync(actor, id, with.LabelId, with.IsOn),
        SnoozeThem later => snooze.ExecuteAsync(actor, id, later.Until),
        CloseThem why => close.ExecuteAsync(actor, id, why.ReasonId, why.Words),
        ReopenThem => reopen.ExecuteAsync(actor, id),
        LeaveThemUnanswered => noReply.ExecuteAsync(actor, id),
        MarkThemRead => seen.ExecuteAsync(actor, id, int.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(wish), wish.GetType().Name, "Nothing does this."),
    };
}
