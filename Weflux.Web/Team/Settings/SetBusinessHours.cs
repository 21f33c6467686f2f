using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin says when the business is open.</summary>
public sealed class SetBusinessHours(WorkspaceEdits edits)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="ranges">When it is open; null for nothing said.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<HoursAnswer> ExecuteAsync(Actor actor, IReadOnlyList<OpenRange>? ranges, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return new HoursAnswer(SettingsOutcome.NotAllowed);
        }

        BusinessHours? hours = null;
        if (ranges is not null && BusinessHours.Read(ranges, out hours) is var fault && fault != HoursFault.None)
        {
            return new HoursAnswer(SettingsOutcome.Invalid, fault);
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.HoursChanged,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed("Business hours", ("Open", SettingsWords.Of(workspace.OpenRanges), SettingsWords.Of(hours?.Ranges)));
                workspace.OpenRanges = hours?.Ranges;
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: false,
            cancellationToken);
        return new HoursAnswer(outcome.ToSettings());
    }
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">Why the hours cannot be taken.</param>
public sealed record HoursAnswer(SettingsOutcome Outcome, HoursFault Fault = HoursFault.None);
