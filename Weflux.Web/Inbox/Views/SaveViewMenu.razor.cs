using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>Gives what is shown a name.</summary>
public sealed partial class SaveViewMenu
{
    private Popover? _pop;
    private string _name = "";
    private ViewAudience _audience = ViewAudience.Me;
    private string? _fault;
    private bool _mayShare;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public InboxView View { get; set; } = null!;

    /// <summary>Whether it was a saved view that somebody changed, and becomes another one.</summary>
    [Parameter]
    public bool IsCopy { get; set; }

    /// <summary>Told the number of the saved view.</summary>
    [Parameter]
    public EventCallback<long> OnSaved { get; set; }

    [Inject]
    private SaveView Save { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    private async Task OpenAsync()
    {
        (_fault, _audience) = (null, ViewAudience.Me);
        _mayShare = await CurrentActor.FindAsync(Workspace) is { } actor && actor.May(Permission.ShareViews);
    }

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await Save.ExecuteAsync(actor, _name, View, _audience)
                : new ViewAnswer(ViewOutcome.NotAllowed);
            _fault = ViewFaults.Explain(answer.Outcome);
            if (_fault is null)
            {
                _name = "";
                if (_pop is { } pop)
                {
                    await pop.CloseAsync();
                }

                await OnSaved.InvokeAsync(answer.Id);
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}

/// <summary>Why a saved view could not be changed, in plain words.</summary>
public static class ViewFaults
{
    public static string? Explain(ViewOutcome outcome) => outcome switch
    {
        ViewOutcome.Saved => null,
        ViewOutcome.NotAllowed => "Only Managers and Admins may do this. Ask one of yours.",
        ViewOutcome.NotFound => "This view is not there any more.",
        ViewOutcome.Taken => "There is a view of this name already. Choose another one.",
        ViewOutcome.Full => "There are 50 views already. Delete one first.",
        _ => "A name says something, in one line of at most 60 characters.",
    };
}
