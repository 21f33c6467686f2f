using Weflux.Domain.Team;
using Weflux.Web.Live;

namespace Weflux.Web.Templates;

/// <summary>Has a page read again when templates of its workspace change: at once on this node, within a beat of the change counter on others.</summary>
internal sealed class LiveTemplates : IDisposable
{
    private readonly IDisposable _here;
    private readonly IDisposable _elsewhere;
    private long _counter = -1;

    /// <param name="signals">Tells of changes on this node.</param>
    /// <param name="beat">Tells of changes elsewhere.</param>
    /// <param name="workspace">Whose templates.</param>
    /// <param name="read">Reads the page again.</param>
    /// <param name="fault">Where a fault of the reading goes: the page's <c>DispatchExceptionAsync</c>.</param>
    /// <param name="look">Reads the page again if what changed in the workspace concerns it; null to read it whatever changed.</param>
    public LiveTemplates(
        TemplateSignals signals, ChangeBeat beat, WorkspaceId workspace, Func<Task> read, Func<Exception, Task> fault, Func<Task>? look = null)
    {
        _here = signals.Watch(workspace, () => _ = Aside.RunAsync(read, fault));
        _elsewhere = beat.Watch(workspace, counter =>
        {
            var before = Interlocked.Exchange(ref _counter, counter);
            if (before >= 0 && before != counter)
            {
                _ = Aside.RunAsync(look ?? read, fault);
            }
        });
    }

    public void Dispose()
    {
        _here.Dispose();
        _elsewhere.Dispose();
    }
}
