using Microsoft.AspNetCore.Components;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>One template: how it looks, how it stands with Meta, and what happened to it.</summary>
public sealed partial class TemplatePage : IDisposable
{
    private TemplateView? _view;
    private (Actor, long)? _shown;
    private LiveTemplates? _live;
    private string? _fault;
    private bool _isForbidden;
    private bool _isGone;
    private bool _asksToDelete;
    private bool _allLanguages;
    private bool _isBusy;

    [Parameter]
    public string Workspace { get; set; } = "";

    [Parameter]
    public long Id { get; set; }

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TemplatesQuery Query { get; set; } = null!;

    [Inject]
    private DeleteTemplate Delete { get; set; } = null!;

    [Inject]
    private UnpauseTemplate Unpause { get; set; } = null!;

    [Inject]
    private TemplateSignals Signals { get; set; } = null!;

    [Inject]
    private Live.ChangeBeat Beat { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private TemplateClock Clock => TemplateClock.Of(Profile?.TimeZone);

    public void Dispose() => _live?.Dispose();

    internal static Dictionary<string, TemplateValue> ExampleValues(Template template) => (template.Examples ?? new Dictionary<string, string>(StringComparer.Ordinal))
        .Where(e => !string.IsNullOrWhiteSpace(e.Value)).ToDictionary(e => e.Key, e => (TemplateValue)new TextValue(e.Value), StringComparer.Ordinal);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Actor, Id))
        {
            _shown = (Actor, Id);
            _live?.Dispose();
            _live = new LiveTemplates(Signals, Beat, Actor.Workspace, () => InvokeAsync(ReadAsync), DispatchExceptionAsync);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace);
        _isForbidden = actor is null || !actor.May(Permission.EditTemplates);
        _view = actor is null ? null : await Query.FindAsync(actor, Id);
        _isGone = !_isForbidden && _view is null;
        StateHasChanged();
    }

    private async Task TakeUpAsync()
    {
        (_isBusy, _fault) = (true, null);
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await Unpause.ExecuteAsync(actor, Id) : TemplateAnswer.NotFound;
            _fault = answer.Outcome == TemplateOutcome.Taken ? null
                : answer.Refusal?.Words ?? "This template does not exist any more, or you may not change it.";
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task DeleteAsync()
    {
        if (_view is not { Row.Template: var template } view)
        {
            return;
        }

        var what = view.OtherLanguages.Count == 0 ? template.Name
            : $"{template.Name} in {(_allLanguages ? "all languages" : TemplateLanguages.Name(template.Language))}";
        (_isBusy, _fault) = (true, null);
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await Delete.ExecuteAsync(actor, Id, _allLanguages) : TemplateAnswer.NotFound;
            if (answer.Outcome == TemplateOutcome.Taken)
            {
                Navigation.NavigateTo($"/w/{Workspace}/settings/templates", new NavigationOptions { HistoryEntryState = $"{what} was deleted." });
                return;
            }

            _fault = answer.Refusal?.Words ?? "This template does not exist any more, or you may not delete it.";
        }
        finally
        {
            _isBusy = false;
        }
    }
}
