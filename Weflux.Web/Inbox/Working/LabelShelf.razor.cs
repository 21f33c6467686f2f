using Microsoft.AspNetCore.Components;
using Weflux.Web.Live;
using Weflux.Web.Team;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Working;

/// <summary>Keeps the labels of the workspace for what is shown inside, and reads them again when the workspace was changed.</summary>
public sealed partial class LabelShelf : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private IDisposable? _watch;
    private LabelBook _book = LabelBook.Empty;
    private long _readAt = -1;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    [Inject]
    private LabelsQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ChangeBeat Beat { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _reading.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor && !_reading.Ending.IsCancellationRequested)
        {
            _watch = Beat.Watch(actor.Workspace, Hear);
            await ReadAsync();
        }
    }

    private void Hear(long counter)
    {
        if (counter > _readAt)
        {
            _readAt = counter;
            _ = Aside.RunAsync(() => InvokeAsync(ReadAsync), DispatchExceptionAsync);
        }
    }

    private Task ReadAsync() => _reading.RunAsync(async () =>
    {
        if (await CurrentActor.FindRecentAsync(Workspace, _reading.Ending) is { } actor
            && await Query.GetAsync(actor, _reading.Ending) is { } words && !_book.IsSame(words.Labels))
        {
            _book = new LabelBook(words.Labels);
            StateHasChanged();
        }
    });
}
