using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Connections;
using Weflux.Web.Numbers.History;
using Weflux.Web.Team;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Everything about one number. It reads again by itself: every second while it waits for its first message, every five otherwise.</summary>
public sealed partial class NumberPage : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private const int TicksBetweenReads = 5;

    private readonly CancellationTokenSource _ending = new();
    private NumberView? _view;
    private IReadOnlyList<HistoryLine>? _history;
    private string? _browserZone;
    private Outcome? _outcome;
    private CheckKind? _examining;
    private bool _isExamining;
    private bool _isForbidden;
    private bool _isLeaving;
    private bool _isRead;

    [Parameter]
    public string Workspace { get; set; } = "";

    [Parameter]
    public long Id { get; set; }

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private NumberQuery Query { get; set; } = null!;

    [Inject]
    private NumberHistoryQuery HistoryQuery { get; set; } = null!;

    [Inject]
    private ExamineNumber Examine { get; set; } = null!;

    [Inject]
    private PauseNumber Pause { get; set; } = null!;

    [Inject]
    private ResumeNumber Resume { get; set; } = null!;

    [Inject]
    private DisconnectNumber Disconnect { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The zone that the reader chose, else the browser's.</summary>
    private LocalClock Clock => LocalClock.Of(Profile?.TimeZone ?? _browserZone);

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        await ReadAsync();
        _isRead = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Numbers/Doctor/NumberPage.razor.js");
            _browserZone = await module.InvokeAsync<string?>("begin");
            StateHasChanged();
            _ = WatchAsync(_ending.Token);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, Time);
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(cancellationToken); tick++)
            {
                if (_view?.State == ConnectionState.Waiting || tick % TicksBetweenReads == 0)
                {
                    await InvokeAsync(async () =>
                    {
                        await ReadAsync();
                        StateHasChanged();
                    });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindRecentAsync(Workspace, _ending.Token);
        _isForbidden = actor is not null && !actor.May(Permission.ManageConnections);
        _view = actor is null ? null : await Query.FindAsync(actor, Id, _ending.Token);
        _history = actor is null || _view is null ? null : await HistoryQuery.ListAsync(actor, Id, _ending.Token);
    }

    private async Task ExamineAsync(CheckKind? only)
    {
        if (_isExamining)
        {
            return;
        }

        (_isExamining, _examining, _outcome) = (true, only, null);
        StateHasChanged();
        try
        {
            if (await CurrentActor.FindAsync(Workspace) is { } actor)
            {
                await Examine.ExecuteAsync(actor, Id, only, _ending.Token);
            }

            await ReadAsync();
        }
        finally
        {
            (_isExamining, _examining) = (false, null);
        }
    }

    /// <summary>Does something as whoever acts, and shows what came of it.</summary>
    private async Task<Outcome?> ActAsync(Func<Actor, Task<Outcome?>> act)
    {
        var actor = await CurrentActor.FindAsync(Workspace);
        _outcome = actor is null ? null : await act(actor);
        _isLeaving = false;
        await ReadAsync();
        StateHasChanged();
        return _outcome;
    }

    private async Task<Outcome?> PauseAsync(Actor actor) =>
        await Pause.ExecuteAsync(actor, Id) ? new Outcome(IsDone: true, "Sending is paused.") : null;

    private async Task<Outcome?> ResumeAsync(Actor actor) =>
        await Resume.ExecuteAsync(actor, Id) ? new Outcome(IsDone: true, "Sending goes on.") : null;

    private Task<Outcome?> LeaveAsync(Actor actor) => Disconnect.ExecuteAsync(actor, Id);
}
