using Microsoft.AspNetCore.Components;
using Weflux.Web.Live;

namespace Weflux.Web.Presence;

/// <summary>What shows one's own presence renders again when it changes.</summary>
public abstract class OwnPresenceView : ComponentBase, IDisposable
{
    [Inject]
    protected OwnPresenceBoard Board { get; set; } = null!;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Board.Changed += Hear;

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Board.Changed -= Hear;
        }
    }

    private void Hear(object? sender, EventArgs e) => _ = Aside.RunAsync(() => InvokeAsync(StateHasChanged), DispatchExceptionAsync);
}
