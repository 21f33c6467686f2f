using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;

namespace Weflux.Web.Team.Settings;

/// <summary>What the sections of the settings have in common: each is saved on its own, and says what came of it.</summary>
public abstract class SettingsSection : ComponentBase
{
    internal const string NotYours = "Only an Admin may change this. Ask one of yours.";

    /// <summary>The slug of the workspace in the address of the page.</summary>
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public WorkspaceSettings Settings { get; set; } = null!;

    /// <summary>Told when something was saved, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    protected string? Fault { get; set; }

    protected bool IsSaved { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>Does the work as who is acting now.</summary>
    /// <param name="workAsync">Returns what went wrong; null if nothing did.</param>
    protected async Task SaveAsync(Func<Actor, Task<string?>> workAsync)
    {
        if (IsBusy)
        {
            return;
        }

        (IsBusy, IsSaved, Fault) = (true, false, null);
        try
        {
            Fault = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : NotYours;
            IsSaved = Fault is null;
        }
        finally
        {
            IsBusy = false;
        }

        if (IsSaved)
        {
            await OnSaved.InvokeAsync();
        }
    }

    /// <summary>The form was touched again: what was said about it is no longer about it.</summary>
    protected void Touch() => (Fault, IsSaved) = (null, false);
}
