using Microsoft.AspNetCore.Components;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>Every template of the workspace, live.</summary>
public sealed partial class TemplatesPage : IDisposable
{
    private TemplatesView? _view;
    private Actor? _shown;
    private LiveTemplates? _live;
    private string _search = "";
    private string _status = "";
    private string _category = "";
    private string _language = "";
    private string _said = "";
    private bool _isForbidden;
    private bool _isSyncing;

    [Parameter]
    public string Workspace { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TemplatesQuery Query { get; set; } = null!;

    [Inject]
    private SyncTemplates Sync { get; set; } = null!;

    [Inject]
    private TemplateSignals Signals { get; set; } = null!;

    [Inject]
    private Live.ChangeBeat Beat { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private TemplateClock Clock => TemplateClock.Of(Profile?.TimeZone);

    private List<TemplateRow> Found =>
    [
        .. (_view?.Templates ?? []).Where(r =>
            (_status.Length == 0 || r.Template.Status == _status)
            && (_category.Length == 0 || r.Template.Category.ToString() == _category)
            && (_language.Length == 0 || r.Template.Language == _language)
            && _search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w =>
                r.Template.Name.Contains(w, StringComparison.OrdinalIgnoreCase) || r.Template.Body.Contains(w, StringComparison.OrdinalIgnoreCase))),
    ];

    public void Dispose() => _live?.Dispose();

    // Whoever deleted one comes from its page, which leaves its last words in the history of the browser.
    protected override void OnInitialized() => _said = Navigation.HistoryEntryState ?? "";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            _live?.Dispose();
            _live = new LiveTemplates(Signals, Beat, Actor.Workspace, () => InvokeAsync(ReadAsync), DispatchExceptionAsync);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ListAsync(actor) : null;
        _isForbidden = _view is null;
        StateHasChanged();
    }

    private async Task SyncAsync()
    {
        (_isSyncing, _said) = (true, "");
        try
        {
            var faults = await CurrentActor.FindAsync(Workspace) is { } actor ? await Sync.ExecuteAsync(actor) : null;
            _said = faults is [] ? "Templates are up to date." : "";
            await ReadAsync();
        }
        finally
        {
            _isSyncing = false;
        }
    }

    private void Clear() => (_search, _status, _category, _language) = ("", "", "", "");
}
