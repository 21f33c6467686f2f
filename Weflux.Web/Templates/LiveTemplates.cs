using Weflux.Domain.Team;
using Weflux.Web.Live;

namespace Weflux.Web.Templates;

/// <summary>Has a page read again when templates of its workspace change: at once on this node, within a beat of the change counter on others.</summary>
internal sealed class LiveTemplates : IDisposable
{
    private readonly IDisposable _here;
    private readonly IDisposable _elsewhere;
    private long _counter = -1;

    public LiveTemplates(TemplateSignals signals, ChangeBeat beat, WorkspaceId workspace, Func<Task> read)
    {
        _here = signals.Watch(workspace, () => _ = read());
        _elsewhere = beat.Watch(workspace, counter =>
        {
            var before = Interlocked.Exchange(ref _counter, counter);
            if (before >= 0 && before != counter)
            {
                _ = read();
            }
        });
    }

    public void Dispose()
    {
        _here.Dispose();
        _elsewhere.Dispose();
    }
}
