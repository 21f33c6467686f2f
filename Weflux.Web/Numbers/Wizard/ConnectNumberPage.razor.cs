using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.App;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Team;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>Takes the values in, has them checked as they come, and stores them once all are right. Ids survive a reload; secrets are kept nowhere but in the circuit.</summary>
public sealed partial class ConnectNumberPage : IAsyncDisposable
{
    private readonly NumberEntry _entry = new();
    private readonly HashSet<string> _touched = [];
    private CancellationTokenSource _checking = new();
    private IJSObjectReference? _module;
    private IReadOnlyList<KnownApp> _apps = [];
    private PracticeNumber? _practice;
    private EntryReport? _report;
    private string? _trouble;
    private bool _isForbidden;
    private bool _isChecking;
    private bool _isConnecting;
    private int _filled;

    [Parameter]
    public string Workspace { get; set; } = "";

    [Inject]
    private CheckNumber Check { get; set; } = null!;

    [Inject]
    private ConnectNumber Connect { get; set; } = null!;

    [Inject]
    private NumbersQuery Query { get; set; } = null!;

    [Inject]
    private FreePracticeNumbers Free { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private IOptions<DemoOptions> Demo { get; set; } = null!;

    private static IReadOnlyList<EntryField> Fields => EntryField.All;

    private bool IsPractice => _entry.Kind == ConnectionKind.Simulator;

    private string? KnownEnding => _apps.FirstOrDefault(a => a.AppId == _entry.AppId) is { } known
        ? known.SecretEnding is { } ending ? $" (it ends with {ending})" : ""
        : null;

    public async ValueTask DisposeAsync()
    {
        await _checking.CancelAsync();
        _checking.Dispose();
        await _module.LetGoAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        _entry.Kind = Demo.Value.Enabled ? ConnectionKind.Simulator : ConnectionKind.CloudApi;
        var actor = await CurrentActor.FindAsync(Workspace);
        var apps = actor is null ? null : await Query.AppsAsync(actor);
        (_isForbidden, _apps) = (apps is null, apps ?? []);
        if (actor is not null && Demo.Value.Enabled)
        {
            _practice = await Free.ListAsync(actor) is [var first, ..] ? first : null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Numbers/Wizard/ConnectNumberPage.razor.js");
        if (await _module.InvokeAsync<string?>("load", Workspace) is { } kept && Restore(kept))
        {
            _filled++;
            StateHasChanged();
        }
    }

    private bool Restore(string kept)
    {
        try
        {
            if (JsonSerializer.Deserialize<KeptEntry>(kept) is not { } known)
            {
                return false;
            }

            _entry.Kind = known.Kind == ConnectionKind.Simulator && Demo.Value.Enabled ? ConnectionKind.Simulator : ConnectionKind.CloudApi;
            (_entry.AppId, _entry.WabaId, _entry.PhoneNumberId) = (known.AppId ?? "", known.WabaId ?? "", known.PhoneNumberId ?? "");
            return true;
        }
        catch (JsonException)
        {
            // Whatever stands there was not written by this page.
            return false;
        }
    }

    private async Task KeepAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync(
                "keep", Workspace, JsonSerializer.Serialize(new KeptEntry(_entry.Kind, _entry.AppId, _entry.WabaId, _entry.PhoneNumberId)));
        }
    }

    private async Task ChooseAsync(ConnectionKind kind)
    {
        (_entry.Kind, _report) = (kind, null);
        await KeepAsync();
    }

    private async Task FillAsync(PracticeNumber practice)
    {
        (_entry.AppId, _entry.AppSecret, _entry.WabaId) = (practice.AppId, practice.AppSecret, practice.WabaId);
        (_entry.PhoneNumberId, _entry.Token) = (practice.PhoneNumberId, practice.AccessToken);
        _filled++;
        await KeepAsync();
        await CheckAllAsync();
    }

    private async Task EnterAsync(EntryField field, string? value)
    {
        field.Set(_entry, (value ?? "").Trim());
        _touched.Add(field.Id);
        await KeepAsync();
        if (_entry.Token.Length > 0 || (_entry.AppId.Length > 0 && (_entry.AppSecret.Length > 0 || KnownEnding is not null)))
        {
            await CheckAsync();
        }
    }

    private async Task CheckAllAsync()
    {
        _touched.UnionWith(Fields.Select(f => f.Id));
        await CheckAsync();
    }

    private string? Wrong(EntryField field) => !_touched.Contains(field.Id) ? null
        : field.Id == "secret" && _entry.AppSecret.Length == 0 && KnownEnding is not null ? null
        : field.Wrong(_entry);

    /// <summary>What was asked before does not matter any more once something else was typed.</summary>
    private async Task CheckAsync()
    {
        await _checking.CancelAsync();
        _checking.Dispose();
        var mine = _checking = new CancellationTokenSource();
        (_isChecking, _trouble) = (true, null);
        StateHasChanged();
        try
        {
            if (await ActorAsync() is { } actor)
            {
                var report = await Check.ExecuteAsync(actor, _entry, mine.Token);
                (_report, _isForbidden) = (report, report is null);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }

        _isChecking = false;
    }

    private async Task ConnectAsync()
    {
        _touched.UnionWith(Fields.Select(f => f.Id));
        if (_isConnecting || Fields.Any(f => Wrong(f) is not null))
        {
            _trouble = _isConnecting ? null : "Mend the fields that are marked first.";
            return;
        }

        (_isConnecting, _trouble) = (true, null);
        StateHasChanged();
        try
        {
            if (await ActorAsync() is { } actor && await Connect.ExecuteAsync(actor, _entry) is { } result)
            {
                _report = result.Report;
                _trouble = result.ConnectionId is null && result.Report.Refusal is null ? "The number is not connected yet. The lines marked ✕ say what to do." : null;
                if (result.ConnectionId is { } id)
                {
                    await _module!.InvokeVoidAsync("forget", Workspace);
                    Navigation.NavigateTo($"/w/{Workspace}/settings/numbers/{id}");
                }
            }
        }
        finally
        {
            _isConnecting = false;
        }
    }

    private async Task<Actor?> ActorAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace);
        _isForbidden = actor?.May(Permission.ManageConnections) != true;
        return actor;
    }

    private sealed record KeptEntry(ConnectionKind Kind, string? AppId, string? WabaId, string? PhoneNumberId);
}
