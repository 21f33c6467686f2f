using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.App;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Together;

/// <summary>
/// Says to colleagues that the person has this conversation open, while the page is in front, and whether they write. It shows
/// nothing itself.
/// </summary>
public sealed partial class TogetherSeat : IAsyncDisposable
{
    private static readonly TimeSpan WritingPause = TimeSpan.FromSeconds(5);

    private ElementReference _root;
    private DotNetObjectReference<TogetherSeat>? _self;
    private IJSObjectReference? _module;
    private Seat? _seat;
    private bool _isGone;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>Whether the person looks without colleagues hearing of it. What they write is told all the same: nobody shall answer twice.</summary>
    [Parameter]
    public bool IsSilent { get; set; }

    [CascadingParameter]
    private TogetherBoard? Board { get; set; }

    [Inject]
    private Seats Seats { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Told by the script when it changes, and on a slow beat while the page is in front.</summary>
    [JSInvokable]
    public Task ShowAsync(string doing) => _seat is { } seat && !_isGone ? seat.ShowAsync(Read(doing)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (Board is { } board)
        {
            board.BrowserLost -= Stop;
        }

        if (_seat is { } seat)
        {
            await seat.LeaveAsync();
        }

        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override Task OnParametersSetAsync() => _seat is { } seat && !_isGone ? seat.MoveAsync(Head.Holding) : Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Board is not { } board || await CurrentActor.FindAsync(Workspace) is not { } actor || _isGone)
        {
            return;
        }

        board.BrowserLost += Stop;
        _seat = Seats.Take(actor.Workspace, actor.User, Head.ConversationId, Head.Holding);
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Together/TogetherSeat.razor.js");
        if (_isGone)
        {
            await _module.LetGoAsync();
            return;
        }

        await _module.InvokeVoidAsync("enter", _root, _self, new { beat = (int)Seats.Beat.TotalMilliseconds, pause = (int)WritingPause.TotalMilliseconds });
    }

    private Doing Read(string doing) => doing switch
    {
        "writing" => Doing.Writing,
        "looking" when !IsSilent => Doing.Looking,
        _ => Doing.Nothing,
    };

    /// <summary>The script says it anew when it is back.</summary>
    private void Stop(object? sender, EventArgs e)
    {
        if (_seat is { } seat && !_isGone)
        {
            _ = Aside.RunAsync(() => seat.ShowAsync(Doing.Nothing), DispatchExceptionAsync);
        }
    }
}
