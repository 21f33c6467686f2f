using Microsoft.AspNetCore.Components;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox;

/// <summary>Tries again when somebody asks, and by itself: after five seconds, then after longer, at most after a minute.</summary>
public sealed partial class TryAgain : IDisposable
{
    private const int MostDoublings = 4;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private ITimer? _timer;

    /// <summary>How often it was tried in vain.</summary>
    [Parameter]
    public int Tries { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnTry { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        var wait = First * (1 << Math.Min(Tries, MostDoublings));
        _timer = Time.CreateTimer(_ => _ = Aside.RunAsync(() => InvokeAsync(OnTry.InvokeAsync), DispatchExceptionAsync), state: null, wait < Longest ? wait : Longest, Timeout.InfiniteTimeSpan);
    }
}
