using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Weflux.Web.App;

public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _errors;
    private DotNetObjectReference<MainLayout>? _self;
    private bool _isDark;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Told by the page whenever the theme changes, by the switch or by the system.</summary>
    [JSInvokable]
    public Task ThemeChanged(bool isDark)
    {
        _isDark = isDark;
        return InvokeAsync(StateHasChanged);
    }

    public void Dispose() => _self?.Dispose();

    protected override void OnParametersSet() => _errors?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await Js.InvokeVoidAsync("wefluxTheme.watch", _self);
        }
    }

    private void Recover() => _errors?.Recover();
}
