using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

/// <summary>Tells the Admins on whichever page they are that a webhook was switched off, until one of them switches it on, or off for good.</summary>
public sealed partial class WebhookNotice : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _ending = new();
    private Task _watching = Task.CompletedTask;
    private IReadOnlyList<GivenUpEndpoint> _off = [];

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private EventEndpointsQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (Actor.May(Permission.ManageWebhooks))
        {
            await ReadAsync();
            _watching = WatchAsync();
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await InvokeAsync(ReadAgainAsync);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    /// <summary>What is shown stays while the database cannot be read; the next round tries again.</summary>
    private async Task ReadAgainAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or DatabaseUnavailableException)
        {
            // Nobody waits for it.
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindRecentAsync(Slug, _ending.Token);
        IReadOnlyList<GivenUpEndpoint> off = actor is null ? [] : await Query.GivenUpAsync(actor, _ending.Token);
        if (!off.SequenceEqual(_off))
        {
            _off = off;
            StateHasChanged();
        }
    }
}
