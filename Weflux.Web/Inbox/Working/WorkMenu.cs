using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Working;

/// <summary>What the menus of a thread's header have in common: each does one thing as who is acting now, and says why it did not.</summary>
public abstract class WorkMenu : ComponentBase
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>Told when something was done, so that the thread is read again.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    /// <summary>Told why something was not done.</summary>
    [Parameter]
    public EventCallback<ReplyNotice> OnRefused { get; set; }

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    /// <summary>Who looks, for what is offered; what is allowed is decided where it is done.</summary>
    protected Actor? Me { get; private set; }

    protected Popover? Pop { get; set; }

    protected bool IsBusy { get; private set; }

    protected bool May(Permission permission) => Me?.May(permission) == true;

    protected override async Task OnInitializedAsync() => Me = await CurrentActor.FindAsync(Workspace);

    /// <summary>Reads what the menu shows.</summary>
    protected virtual async Task OpenAsync() => Me = await CurrentActor.FindAsync(Workspace);

    protected async Task<WorkOutcome> RunAsync(Func<Actor, Task<WorkOutcome>> workAsync, bool staysOpen = false)
    {
        if (IsBusy)
        {
            return WorkOutcome.Unchanged;
        }

        IsBusy = true;
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : WorkOutcome.NotFound;
            if (!staysOpen && Pop is { } pop)
            {
                await pop.CloseAsync();
            }

            if (WorkNotices.Explain(outcome) is { } notice)
            {
                await OnRefused.InvokeAsync(notice);
            }

            await OnDone.InvokeAsync();
            return outcome;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
