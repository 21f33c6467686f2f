using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Numbers;

/// <summary>Tells the Admins on whichever page they are that a number does not work.</summary>
public sealed partial class BrokenNumbersNotice : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<BrokenNumber> _broken = [];

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private BrokenNumbers Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!Actor.May(Permission.ManageConnections))
        {
            return;
        }

        await ReadAsync();
        _ = WatchAsync(_ending.Token);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(ReadAsync);
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
        var actor = await CurrentActor.FindRecentAsync(Slug, _ending.Token);
        IReadOnlyList<BrokenNumber> broken = actor is null ? [] : await Query.ListAsync(actor, _ending.Token);
        if (!broken.SequenceEqual(_broken))
        {
            _broken = broken;
            StateHasChanged();
        }
    }
}
