using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;

namespace Weflux.Web.Teams;

/// <summary>
/// A Manager or an Admin puts a team away. Its conversations belong to no team any more, and those that are not closed say
/// so; who holds them stays. Nothing comes to it by itself, and threads go on to tell its name.
/// </summary>
public sealed class ArchiveTeam(TeamEdits edits)
{
    public Task<TeamOutcome> ExecuteAsync(Actor actor, long teamId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.TeamArchived,
            async (db, now, sequence) =>
            {
                if (await TeamEdits.FindAsync(db, teamId, cancellationToken) is not { } team)
                {
                    return TeamEdit.Refused(TeamOutcome.NotFound);
                }

                if (!team.Archive(now))
                {
                    return new TeamEdit(TeamOutcome.Saved);
                }

                var changes = await HandBackAsync(db, actor.User, teamId, now, sequence, cancellationToken);
                await ForgetRulesAsync(db, teamId, cancellationToken);
                var count = changes.Count.ToString(CultureInfo.InvariantCulture);
                return new TeamEdit(TeamOutcome.Saved, AuditFacts.Changed(team.Name, ("State", "At work", "Put away"), ("Conversations handed back", null, count)))
                {
                    Members = await TeamEdits.MembersAsync(db, teamId, cancellationToken),
                    Changes = changes,
                };
            },
            cancellationToken);

    private static async Task<List<ConversationChange>> HandBackAsync(
        WefluxDbContext db, UserId by, long teamId, DateTimeOffset now, long sequence, CancellationToken cancellationToken)
    {
        var own = await db.Set<Conversation>().Where(c => c.TeamId == teamId && c.State != ConversationState.Closed).ToListAsync(cancellationToken);
        var asked = await db.Set<Conversation>().Where(c => c.AskedTeamId == teamId).ToListAsync(cancellationToken);
        var before = own.Union(asked).ToDictionary(c => c, c => c.Holding);
        foreach (var conversation in own)
        {
            conversation.GiveToTeam(null);
            db.Add(conversation.TellTeam(AssignmentReason.TeamArchived, by, now, sequence));
        }

        foreach (var conversation in asked)
        {
            conversation.EndAsking();
            db.Add(conversation.TellHandOver(ConversationEventKind.HandOverEnded, conversation.AssigneeId, by, now, sequence));
            await HolderNotices.FollowAsync(db, conversation, before[conversation], by, now, sequence, cancellationToken);
        }

        // What is closed comes back to everybody when the customer writes again.
        await db.Set<Conversation>().Where(c => c.TeamId == teamId && c.State == ConversationState.Closed).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.TeamId, (long?)null).SetProperty(c => c.Version, c => c.Version + 1), cancellationToken);
        return [.. before.Select(c => ConversationChange.Of(c.Key, c.Value))];
    }

    private static async Task ForgetRulesAsync(WefluxDbContext db, long teamId, CancellationToken cancellationToken)
    {
        var rules = await db.Set<AssignmentRule>().Where(r => r.TeamId == teamId || r.GoesToTeamId == teamId).ToListAsync(cancellationToken);
        rules.ForEach(r => r.Set(AssignmentTerms.Off));
    }
}

/// <summary>A Manager or an Admin takes a team up again, with the people that it had. No conversation comes back to it by that.</summary>
public sealed class RestoreTeam(TeamEdits edits)
{
    public Task<TeamOutcome> ExecuteAsync(Actor actor, long teamId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.TeamRestored,
            async (db, _, _) =>
            {
                if (await TeamEdits.FindAsync(db, teamId, cancellationToken) is not { } team)
                {
                    return TeamEdit.Refused(TeamOutcome.NotFound);
                }

                return team.Restore()
                    ? new TeamEdit(TeamOutcome.Saved, AuditFacts.Changed(team.Name, ("State", "Put away", "At work")))
                    {
                        Members = await TeamEdits.MembersAsync(db, teamId, cancellationToken),
                    }
                    : new TeamEdit(TeamOutcome.Saved);
            },
            cancellationToken);
}
