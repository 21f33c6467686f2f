using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;

namespace Weflux.Web.Team.Settings;

/// <summary>The settings of a workspace.</summary>
public sealed partial class GeneralPage
{
    private WorkspaceSettings? _settings;
    private Actor? _shown;
    private bool _isForbidden;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private WorkspaceSettingsQuery Query { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var settings = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.GetAsync(actor) : null;
        (_settings, _isForbidden) = (settings, settings is null);
    }
}
