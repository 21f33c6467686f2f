using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Several;

/// <summary>What the menus for several conversations have in common: each wishes for one thing, and what comes of it is told by the list.</summary>
public abstract class ChosenMenu : ComponentBase
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    /// <summary>How many are chosen.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    [Parameter]
    public EventCallback<SeveralWish> OnWish { get; set; }

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    /// <summary>Who looks, for what is offered; what is allowed is decided where it is done.</summary>
    protected Actor? Me { get; private set; }

    protected Popover? Pop { get; set; }

    /// <summary>Those that are chosen, as a menu says it.</summary>
    protected string Them => Count == 1 ? "1 conversation" : $"{Count} conversations";

    protected bool May(Permission permission) => Me?.May(permission) == true;

    protected override async Task OnInitializedAsync() => Me = await CurrentActor.FindAsync(Workspace);

    /// <summary>Reads what the menu shows.</summary>
    protected virtual async Task OpenAsync() => Me = await CurrentActor.FindAsync(Workspace);

    protected async Task WishAsync(SeveralWish wish)
    {
        if (Pop is { } pop)
        {
            await pop.CloseAsync();
        }

        await OnWish.InvokeAsync(wish);
    }
}
