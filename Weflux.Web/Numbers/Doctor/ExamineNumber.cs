using Weflux.Domain.Team;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>An admin has a number looked at, wholly or in one point.</summary>
public sealed class ExamineNumber(NumberExam exam)
{
    /// <returns>Whether there is such a number for the actor.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long connectionId, CheckKind? only = null, CancellationToken cancellationToken = default) =>
        actor.May(Permission.ManageConnections) && await exam.ExamineAsync(actor.Workspace, connectionId, only, cancellationToken);
}
