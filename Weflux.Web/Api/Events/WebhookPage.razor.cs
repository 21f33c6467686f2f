using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

/// <summary>One webhook: whether it works, what became of its events, and what it is. It reads again by itself.</summary>
public sealed partial class WebhookPage
{
    private const int PageLength = 25;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ending = new();
    private Task _beating = Task.CompletedTask;
    private EventEndpointView? _view;
    private IReadOnlyList<EventDeliveryView> _events = [];
    private SettingsClock _clock = SettingsClock.Utc;
    private WebhookForm? _form;
    private DateTimeOffset _now;
    private (Actor?, long) _shown;
    private string _filter = "";
    private int _length = PageLength;
    private bool _hasOlder;
    private bool _isForbidden;
    private bool _isGone;
    private bool _isBusy;
    private bool _isSaved;
    private bool _asksReplay;
    private bool _asksSecret;
    private bool _asksDelete;
    private string? _secret;
    private string? _fault;
    private string? _editFault;
    private string _said = "";

    [Parameter]
    public string Workspace { get; set; } = "";

    [Parameter]
    public long Id { get; set; }

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private EventEndpointsQuery Query { get; set; } = null!;

    [Inject]
    private EventDeliveriesQuery Deliveries { get; set; } = null!;

    [Inject]
    private ApiClockQuery ClockQuery { get; set; } = null!;

    [Inject]
    private EditEventEndpoint Edit { get; set; } = null!;

    [Inject]
    private SwitchEventEndpoint Switch { get; set; } = null!;

    [Inject]
    private DeleteEventEndpoint Delete { get; set; } = null!;

    [Inject]
    private RotateEventSecret Rotate { get; set; } = null!;

    [Inject]
    private StopOldEventSecret StopOld { get; set; } = null!;

    [Inject]
    private SendTestEvent Test { get; set; } = null!;

    [Inject]
    private ReplayEvents Replay { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string List => $"/w/{Workspace}/settings/webhooks";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _beating;
        _ending.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Actor, Id))
        {
            return;
        }

        if (_shown.Item2 != Id)
        {
            Clear();
        }

        _shown = (Actor, Id);
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _beating = BeatAsync();
        }
    }

    /// <summary>A link may lead from one webhook to another, and the page stays the same: nothing of the one before is shown or saved for it.</summary>
    private void Clear()
    {
        (_view, _events, _form, _filter, _length) = (null, [], null, "", PageLength);
        (_isGone, _isSaved, _asksReplay, _asksSecret, _asksDelete) = (false, false, false, false, false);
        (_secret, _fault, _editFault, _said) = (null, null, null, "");
    }

    private async Task BeatAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Beat, Time);
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await InvokeAsync(ReadAgainAsync);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    /// <summary>What is shown stays while the database cannot be read; the next beat tries again.</summary>
    private async Task ReadAgainAsync()
    {
        try
        {
            if (!_isBusy)
            {
                await ReadAsync();
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or DatabaseUnavailableException)
        {
            _said = "The list could not be read again just now.";
            StateHasChanged();
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace, _ending.Token);
        if (actor is null || !EventEndpointEdits.May(actor))
        {
            (_view, _isForbidden) = (null, true);
            return;
        }

        var (id, filter, length) = (Id, _filter, _length);
        var view = await Query.FindAsync(actor, id, _ending.Token);
        var events = view is null ? [] : await Deliveries.NewestAsync(actor, id, State, null, length + 1, _ending.Token) ?? [];
        var clock = await ClockQuery.GetAsync(actor, _ending.Token);
        if ((id, filter, length) != (Id, _filter, _length))
        {
            // Something else is shown by now, and whoever asked for it reads that.
            return;
        }

        (_now, _clock, _isForbidden) = (Time.GetUtcNow(), clock, false);
        if (view is null)
        {
            (_view, _isGone) = (null, true);
            return;
        }

        _form ??= WebhookForm.Of(view);
        (_view, _events, _hasOlder) = (view, [.. events.Take(length)], events.Count > length);
    }

    private EventDeliveryState? State => Enum.TryParse<EventDeliveryState>(_filter, out var state) ? state : null;

    private async Task FilterAsync(ChangeEventArgs change)
    {
        (_filter, _length) = (change.Value as string ?? "", PageLength);
        await ReadAsync();
    }

    private async Task OlderAsync()
    {
        _length += PageLength;
        await ReadAsync();
    }

    private Task TestAsync() => RunAsync(
        actor => Test.ExecuteAsync(actor, Id), _ => "A test is on its way. Below stands what comes of it.");

    private Task SwitchAsync(bool isOn) => RunAsync(
        actor => Switch.ExecuteAsync(actor, Id, isOn), _ => isOn ? "Events are sent again from now on." : "Nothing is sent any more.");

    private Task RotateAsync() => RunAsync(
        actor => Rotate.ExecuteAsync(actor, Id),
        answer =>
        {
            (_secret, _asksSecret) = (answer.Secret, false);
            return "";
        });

    private Task StopOldAsync() => RunAsync(actor => StopOld.ExecuteAsync(actor, Id), _ => "Events are signed with the new secret alone.");

    private async Task DeleteAsync()
    {
        await RunAsync(actor => Delete.ExecuteAsync(actor, Id), _ => "");
        if (_isGone)
        {
            Navigation.NavigateTo(List);
        }
    }

    private async Task SaveAsync()
    {
        await RunAsync(actor => Edit.ExecuteAsync(actor, Id, _form!.Input), _ =>
        {
            _isSaved = true;
            return "";
        });
        (_editFault, _fault) = (_fault, null);
    }

    private async Task ReplayAsync(long deliveryId) => await AskAsync(actor => Replay.ExecuteAsync(actor, deliveryId));

    private async Task ReplayAllAsync()
    {
        _asksReplay = false;
        await AskAsync(actor => Replay.ExecuteAsync(actor, Id, DateTimeOffset.MinValue));
    }

    private async Task AskAsync(Func<Actor, Task<EventReplayAnswer>> askAsync)
    {
        await RunAsync(
            async actor => await askAsync(actor) switch
            {
                { Outcome: EventReplayOutcome.Asked } answer => new EventEndpointAnswer(EventEndpointOutcome.Saved) { Id = answer.Count },
                { Outcome: EventReplayOutcome.Off } => new EventEndpointAnswer(EventEndpointOutcome.Invalid, "Switch the webhook on first."),
                { Outcome: EventReplayOutcome.NotAllowed } => new EventEndpointAnswer(EventEndpointOutcome.NotAllowed),
                _ => new EventEndpointAnswer(EventEndpointOutcome.Invalid, "This event is not kept any more."),
            },
            answer => answer.Id == 1 ? "One event is sent again." : $"{answer.Id} events are sent again.");
    }

    private async Task RunAsync(Func<Actor, Task<EventEndpointAnswer>> workAsync, Func<EventEndpointAnswer, string> say)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _fault, _said, _isSaved) = (true, null, "", false);
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : new EventEndpointAnswer(EventEndpointOutcome.NotAllowed);
            _fault = answer.Words;
            _said = answer.IsDone ? say(answer) : "";
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string Told(EventDeliveryView one)
    {
        var last = one.TriedAt is { } at ? $"Last sent {_clock.Exact(at)}, {(one.Tries == 1 ? "1 try" : $"{one.Tries} tries")}." : "Not sent yet.";
        var next = one is { State: EventDeliveryState.Waiting, NextAt: { } due } && due > _now ? $" Next try {_clock.Exact(due)}." : "";
        return $"{last} {one.Fault}{next} {one.WebhookId}";
    }
}
