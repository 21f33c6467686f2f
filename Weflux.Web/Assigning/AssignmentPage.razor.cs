using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Assigning;

/// <summary>How conversations are given to people, and taken off those who are not there.</summary>
public sealed partial class AssignmentPage
{
    private AssignmentView? _view;
    private Actor? _shown;
    private bool _isForbidden;
    private bool _isBusy;
    private bool _isSaved;
    private string? _fault;
    private string _minutes = "";
    private ReleasePolicy _release;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private AssignmentQuery Query { get; set; } = null!;

    [Inject]
    private ChangeAbsence Change { get; set; } = null!;

    private (string Id, string Label, string Hint, int Chosen, Action<int> Choose)[] Releases =>
    [
        ("release-away", "When somebody is away", "Away is whoever chose to be, or left the page untouched for a while. Choose it at the end of a shift.", _release.AwayAfter,
            minutes => Set(_release with { AwayAfter = minutes })),
        ("release-offline", "When somebody is offline",
            _view?.HasHours == true
                ? "Only while you are open: after hours nobody else would answer either."
                : "Offline is whoever has no page open. With business hours set, this counts only while you are open.",
            _release.OfflineAfter,
            minutes => Set(_release with { OfflineAfter = minutes })),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
            if (_view is { } view)
            {
                (_release, _minutes) = (view.Release, view.HandOverMinutes.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private async Task ReadAsync()
    {
        var view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.GetAsync(actor) : null;
        (_view, _isForbidden) = (view, view is null);
    }

    private void Set(ReleasePolicy release) => (_release, _fault, _isSaved) = (release, null, false);

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _isSaved, _fault) = (true, false, null);
        try
        {
            var minutes = int.TryParse(_minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
            _fault = await CurrentActor.FindAsync(Workspace) is not { } actor ? AssigningFaults.NotYours : await Change.ExecuteAsync(actor, minutes, _release) switch
            {
                SettingsOutcome.Saved => null,
                SettingsOutcome.NotAllowed => AssigningFaults.NotYours,
                _ => $"Enter whole minutes from {HandOverRules.FewestMinutes} to {HandOverRules.MostMinutes}.",
            };
            _isSaved = _fault is null;
        }
        finally
        {
            _isBusy = false;
        }

        await ReadAsync();
    }
}

internal static class AssigningFaults
{
    public const string NotYours = "Only Managers and Admins may change this. Ask one of yours.";
}
