using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Weflux.Web.App;

internal static class ScriptModules
{
    /// <summary>Lets go of a script module. If the browser is gone, the module went with it.</summary>
    public static async ValueTask LetGoAsync(this IJSObjectReference? module)
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit ends while it asks, or has ended.
        }
    }
    /// <summary>Moves the focus to an element, unless it has left the page before the browser is asked.</summary>
    public static async ValueTask FocusIfShownAsync(this ElementReference element)
    {
        try
        {
            if (element.Context is not null)
            {
                await element.FocusAsync();
            }
        }
        catch (JSException exception) when (exception.Message.Contains("Unable to focus an invalid element", StringComparison.Ordinal))
        {
            // A person who was faster has gone on to where the element is not; nothing is left to focus.
        }
    }
}
