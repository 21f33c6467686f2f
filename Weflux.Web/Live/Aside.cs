namespace Weflux.Web.Live;

/// <summary>Work of a screen that nobody waits for, such as that of a timer. What goes wrong in it is still told to the screen.</summary>
internal static class Aside
{
    /// <param name="work">The work.</param>
    /// <param name="fault">Where a fault goes: the component's <c>DispatchExceptionAsync</c>.</param>
    public static async Task RunAsync(Func<Task> work, Func<Exception, Task> fault)
    {
        try
        {
            await work();
        }
        catch (ObjectDisposedException)
        {
            // The screen is gone, and with it the wish to know.
        }
        catch (Exception exception)
        {
            await fault(exception);
        }
    }
}
