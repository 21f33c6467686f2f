using Microsoft.AspNetCore.Components;
using Weflux.Web.Team;

namespace Weflux.Web.Start;

/// <summary>Where the Admin of a new workspace lands, and finds the way back to until all is done.</summary>
public sealed partial class StartPage
{
    private StartView? _view;
    private bool _isForbidden;
    private bool _isBusy;
    private string? _message;

    [Parameter]
    public string Workspace { get; set; } = "";

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private StartQuery Query { get; set; } = null!;

    [Inject]
    private TakeTrialNumber TakeTrialNumber { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnParametersSetAsync() => await ReadAsync();

    private async Task ReadAsync()
    {
        _view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.GetAsync(actor) : null;
        _isForbidden = _view is null;
    }

    private async Task TryAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await TakeTrialNumber.ExecuteAsync(actor)
                : TrialOutcome.NotAllowed;
            if (outcome == TrialOutcome.Ready)
            {
                Navigation.NavigateTo($"/w/{Workspace}/inbox?phone=open", forceLoad: true);
                return;
            }

            _message = outcome == TrialOutcome.NoneLeft
                ? "All pretend numbers are taken by other workspaces. Connect a number of your own instead."
                : "You may not do this any more. Ask an Admin of your workspace.";
        }
        finally
        {
            _isBusy = false;
        }
    }
}
