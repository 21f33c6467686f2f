using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.App;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>
/// Stands on every page of a workspace: its person counts as being here while it is open, and the page knows what they
/// count as.
/// </summary>
public sealed partial class PresenceHere : IAsyncDisposable
{
    /// <summary>Commands of the palette.</summary>
    public const string Available = "presence-available";
    public const string Away = "presence-away";

    private readonly CancellationTokenSource _ending = new();
    private DotNetObjectReference<PresenceHere>? _self;
    private FeedSubscription? _subscription;
    private IJSObjectReference? _module;
    private OpenPage? _page;
    private string _said = "";

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private PresentCircuit Circuit { get; set; } = null!;

    [Inject]
    private OwnPresenceBoard Board { get; set; } = null!;

    [Inject]
    private PresenceQuery Query { get; set; } = null!;

    [Inject]
    private ChoosePresence Choose { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Told by the script when nobody has touched the page for long, and when somebody does again.</summary>
    [JSInvokable]
    public void Use(bool isUsed) => _page?.Use(isUsed);

    public async ValueTask DisposeAsync()
    {
        Circuit.BrowserBack -= AskAgain;
        _page?.Dispose();
        _subscription?.Dispose();
        await _ending.CancelAsync();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("leave");
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its script with it.
        }

        await _module.LetGoAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        _page = Circuit.Enter(Actor);
        Circuit.BrowserBack += AskAgain;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Presence/PresenceHere.razor.js");
        await _module.InvokeVoidAsync("watch", _self, PresenceFacts.Idle.TotalMilliseconds);
        var subscription = await Feed.SubscribeAsync(Actor, Slug, HandleNewsAsync, hearsPeople: true);
        if (_ending.IsCancellationRequested)
        {
            subscription.Dispose();
            return;
        }

        _subscription = subscription;
        await ReadAsync();
    }

    private void AskAgain(object? sender, EventArgs e) => _ = Aside.RunAsync(() => InvokeAsync(AskAsync), DispatchExceptionAsync);

    private async Task AskAsync()
    {
        try
        {
            if (_module is { } module && !_ending.IsCancellationRequested)
            {
                Use(await module.InvokeAsync<bool>("isInUse"));
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // Out of reach once more; it is asked when it is back.
        }
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        if (!news.ReadAgain && !news.People.Contains(Actor.User))
        {
            return;
        }

        try
        {
            await InvokeAsync(ReadAsync);
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task ReadAsync()
    {
        if (!_ending.IsCancellationRequested && await CurrentActor.FindRecentAsync(Slug) is { } actor)
        {
            Board.Show(await Query.OwnAsync(actor));
        }
    }

    private async Task ChooseAsync(PresenceChoice choice)
    {
        if (await CurrentActor.FindAsync(Slug) is { } actor && await Choose.ExecuteAsync(actor, choice) == PresenceOutcome.Done)
        {
            _said = choice == PresenceChoice.Away ? "You are away." : "You are available.";
            await ReadAsync();
        }
    }
}
