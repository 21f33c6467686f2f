using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>Says whether one is there for customers, for now or for a time.</summary>
public sealed partial class PresenceMenu
{
    private bool _isBusy;
    private string? _fault;

    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    /// <summary>The clock of the workspace.</summary>
    [Parameter]
    public string TimeZone { get; set; } = WorkspaceTime.Default;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ChoosePresence Choose { get; set; } = null!;

    [Inject]
    private PresenceQuery Query { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private TimeZoneInfo Zone => WorkspaceTime.Find(TimeZone);

    private bool IsAway => Board.Own?.IsAwayByChoice == true;

    /// <param name="choice">What is chosen.</param>
    /// <param name="until">The name of the time to be back; null for none. A menu may stand open for long, so its time is reckoned now.</param>
    private async Task ChooseAsync(PresenceChoice choice, string? until)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _fault) = (true, null);
        try
        {
            DateTimeOffset? at = until is null ? null : AwayTimes.Choices(Time.GetUtcNow(), Zone).FirstOrDefault(c => c.Name == until)?.At;
            var outcome = await CurrentActor.FindAsync(Slug) is { } actor ? await Choose.ExecuteAsync(actor, choice, at) : PresenceOutcome.NotAllowed;
            _fault = outcome switch
            {
                PresenceOutcome.Done => null,
                PresenceOutcome.Invalid => "That time is past. Choose another one.",
                _ => "You are no active member here any more. Load the page again.",
            };
            if (outcome == PresenceOutcome.Done && await CurrentActor.FindAsync(Slug) is { } me)
            {
                Board.Show(await Query.OwnAsync(me));
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
