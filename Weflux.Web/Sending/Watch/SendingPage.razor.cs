using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Sending;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Sending.Watch;

/// <summary>Admins watch the way out.</summary>
public sealed partial class SendingPage
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<NumberSending>? _numbers;
    private DateTimeOffset _now;
    private Task _beating = Task.CompletedTask;
    private bool _isForbidden;
    private bool _hasFailed;

    [Parameter]
    public string Workspace { get; set; } = "";

    [Inject]
    private SendingQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _beating;
        _ending.Dispose();
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _beating = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Beat, Time);
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await InvokeAsync(async () =>
                {
                    await ReadAgainAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            await ReadAsync();
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or DatabaseUnavailableException)
        {
            _hasFailed = true;
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace, _ending.Token);
        _numbers = actor is null ? null : await Query.ListAsync(actor, _ending.Token);
        _now = Time.GetUtcNow();
        _isForbidden = _numbers is null;
    }

    private static string Kind(NumberSending number) => number switch
    {
        { State: not ConnectionState.Ready } => "stopped",
        { Rest: not null } => "rests",
        _ => "sends",
    };

    private static string State(NumberSending number) => number switch
    {
        { State: ConnectionState.Paused } => "Paused by an Admin",
        { State: ConnectionState.Broken } => "Not working",
        { State: ConnectionState.Disconnected } => "Disconnected",
        { State: ConnectionState.Waiting } => "Waits for its first message",
        { Rest: not null } => "Resting",
        _ => "Sending",
    };

    private string Words(NumberRest rest)
    {
        var next = rest.Until > _now
            ? $"One message tries again in {Span(rest.Until - _now)}; then the others follow."
            : "The next message tries whether it goes again.";
        var times = rest.Times == 1 ? "for the first time" : string.Create(CultureInfo.InvariantCulture, $"{rest.Times} times in a row");
        return $"{rest.Why} {next} It began {Span(_now - rest.Since)} ago and was refused {times}.";
    }

    private static string Words(SendingFault fault) => fault switch
    {
        { Code: { } code } => PlatformErrors.Explain(code),
        { Outcome: AttemptOutcome.NotSent } => "WhatsApp could not be reached. The message was tried again.",
        { Outcome: AttemptOutcome.Unknown } => "The answer was lost. The message was not sent again by itself.",
        _ => "The message was refused.",
    };

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalMinutes: < 2 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };
}
