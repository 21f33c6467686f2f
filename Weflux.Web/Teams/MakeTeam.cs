using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Teams;

/// <summary>A Manager or an Admin makes a team, with nobody in it yet.</summary>
public sealed class MakeTeam(TeamEdits edits)
{
    public Task<TeamOutcome> ExecuteAsync(Actor actor, string? name, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.TeamMade,
            async (db, _, _) =>
            {
                var (fault, plain) = await TeamNames.JudgeAsync(db, name, null, cancellationToken);
                if (fault != TeamOutcome.Saved)
                {
                    return TeamEdit.Refused(fault);
                }

                if (await db.Set<WorkTeam>().CountAsync(cancellationToken) >= WorkTeam.Most)
                {
                    return TeamEdit.Refused(TeamOutcome.Full);
                }

                db.Add(WorkTeam.Make(actor.Workspace, plain));
                return new TeamEdit(TeamOutcome.Saved, AuditFacts.Made(plain));
            },
            cancellationToken);
}

/// <summary>A Manager or an Admin gives a team another name, also in threads that tell of it.</summary>
public sealed class RenameTeam(TeamEdits edits)
{
    public Task<TeamOutcome> ExecuteAsync(Actor actor, long teamId, string? name, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(
            actor,
            AuditActions.TeamRenamed,
            async (db, _, _) =>
            {
                if (await TeamEdits.FindAsync(db, teamId, cancellationToken) is not { } team)
                {
                    return TeamEdit.Refused(TeamOutcome.NotFound);
                }

                var (fault, plain) = await TeamNames.JudgeAsync(db, name, teamId, cancellationToken);
                if (fault != TeamOutcome.Saved)
                {
                    return TeamEdit.Refused(fault);
                }

                var facts = AuditFacts.Changed(team.Name, ("Name", team.Name, plain));
                team.Rename(plain);
                return new TeamEdit(TeamOutcome.Saved, facts.After!.Count == 0 ? null : facts);
            },
            cancellationToken);
}

internal static class TeamNames
{
    /// <summary>Whether a team can be called so; <paramref name="of"/> is the team whose name it is now.</summary>
    public static async Task<(TeamOutcome Fault, string Plain)> JudgeAsync(WefluxDbContext db, string? name, long? of, CancellationToken cancellationToken)
    {
        if (PlainName.Read(name, WorkTeam.MaxName, out var plain) != NameFault.None)
        {
            return (TeamOutcome.Invalid, "");
        }

        var key = WorkTeam.KeyOf(plain);
        return await db.Set<WorkTeam>().AnyAsync(t => t.NameKey == key && t.Id != of, cancellationToken) ? (TeamOutcome.Taken, "") : (TeamOutcome.Saved, plain);
    }
}
