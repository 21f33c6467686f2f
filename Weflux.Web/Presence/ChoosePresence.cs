using Weflux.Domain.Team;

namespace Weflux.Web.Presence;

/// <summary>A member says whether they are there for customers.</summary>
public sealed class ChoosePresence(PresenceEdits edits, TimeProvider time)
{
    /// <param name="actor">Who says it, of themselves.</param>
    /// <param name="choice">What.</param>
    /// <param name="awayUntil">When they are back by themselves (UTC); null if they say it then.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<PresenceOutcome> ExecuteAsync(
        Actor actor, PresenceChoice choice, DateTimeOffset? awayUntil = null, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return PresenceOutcome.NotAllowed;
        }

        var now = time.GetUtcNow();
        if (choice is not (PresenceChoice.Available or PresenceChoice.Away) || awayUntil <= now || awayUntil > now + PresenceFacts.LongestAway)
        {
            return PresenceOutcome.Invalid;
        }

        var until = choice == PresenceChoice.Away ? awayUntil : null;
        var rows = await edits.ApplyAsync(
            actor.Workspace,
            [actor.User],
            (row, at) =>
            {
                var isSeen = row.Choice != choice || row.AwayUntil != until;
                (row.Choice, row.AwayUntil, row.ChosenAt) = (choice, until, at);
                return isSeen;
            },
            cancellationToken);
        return rows.Count > 0 ? PresenceOutcome.Done : PresenceOutcome.NotAllowed;
    }
}

/// <summary>What became of a choice.</summary>
public enum PresenceOutcome
{
    /// <summary>It is chosen, and colleagues see it.</summary>
    Done,

    /// <summary>Whoever asks is no member here.</summary>
    NotAllowed,

    /// <summary>The time to be back is past, or too far away.</summary>
    Invalid,
}
