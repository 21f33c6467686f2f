using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;

namespace Weflux.Web.Failures;

/// <summary>The messages that went wrong, live: by cause, each with the way on.</summary>
public sealed partial class FailuresPage : IAsyncDisposable
{
    internal const string MineLane = "mine";

    /// <summary>Under load it is read once in this time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly OneAtATime _reading = new();
    private readonly Dictionary<FailureKey, int> _shown = [];
    private FeedSubscription? _subscription;
    private FailuresView? _view;
    private FailuresNotice? _said;
    private FailureKey? _busy;
    private string _progress = "";
    private string? _address;
    private ScreenClock _clock = ScreenClock.Utc;
    private bool _isForbidden;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Whose messages: everybody's unless it says otherwise.</summary>
    [SupplyParameterFromQuery(Name = "lane")]
    public string? Lane { get; set; }

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private FailuresQuery Query { get; set; } = null!;

    [Inject]
    private SendAgain SendAgain { get; set; } = null!;

    [Inject]
    private SendAllAgain SendAllAgain { get; set; } = null!;

    [Inject]
    private LeaveTrouble LeaveTrouble { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool WantsEverybodys => Lane != MineLane;

    public ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        return _reading.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var address = $"{Workspace}?{Lane}";
        if (address == _address)
        {
            return;
        }

        (_address, _isForbidden, _said) = (address, false, null);
        _shown.Clear();
        if (_subscription is null && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync);
            if (_reading.Ending.IsCancellationRequested)
            {
                _subscription.Dispose();
                return;
            }
        }

        await _reading.RunAsync(ReadAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js");
            _clock = ScreenClock.Of(await module.InvokeAsync<BrowserTime?>("time"), Profile?.TimeZone);
            StateHasChanged();
        }
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        try
        {
            await InvokeAsync(() => _reading.RunAsync(ReadAsync));
            await Task.Delay(Rest, Time, _reading.Ending);
        }
        catch (OperationCanceledException) when (_reading.Ending.IsCancellationRequested)
        {
            // The screen is gone, and with it the wish to know.
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _view = actor is null ? null : await Query.GetAsync(actor, WantsEverybodys, _shown, _reading.Ending);
        _isForbidden = _view is null;
        if (_subscription is { } subscription && _view is { } view)
        {
            subscription.ReadAt = view.Counter;
        }

        StateHasChanged();
    }

    private Task ShowMoreAsync(FailureKey key) => _reading.RunAsync(async () =>
    {
        if (_view is { } view && view.Groups.FirstOrDefault(g => g.Key == key) is { } group
            && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            var more = await Query.MoreAsync(actor, view.IsEverybodys, key, group.Items[^1].Way.MessageId, _reading.Ending);
            _shown[key] = group.Items.Count + more.Count;
            _view = view with { Groups = [.. view.Groups.Select(g => g.Key == key ? g with { Items = [.. g.Items, .. more] } : g)] };
        }
    });

    private async Task SendAgainAsync(FailureItem item)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            var result = await SendAgain.ExecuteAsync(actor, item.Way.MessageId, Guid.CreateVersion7(), _reading.Ending);
            _said = result is null ? new FailuresNotice("This message cannot be sent again.", ["Its state changed meanwhile."])
                : result.Decision.IsAllowed ? new FailuresNotice($"It is on its way to {item.Customer} again.", [])
                : new FailuresNotice($"It was not sent to {item.Customer}.", [RefusalWords.Of(result.Decision)]);
            await _reading.RunAsync(ReadAsync);
        }
    }

    private async Task LeaveAsync(FailureItem item)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            await LeaveTrouble.ExecuteAsync(actor, item.Way.MessageId, _reading.Ending);
            await _reading.RunAsync(ReadAsync);
        }
    }

    private Task SendAllAsync(FailureGroup group) => WorkAsync(group, "Sending …", async actor =>
    {
        var sent = await SendAllAgain.ExecuteAsync(actor, CauseOf(group), TellProgressAsync, _reading.Ending);
        _said = sent is null ? new FailuresNotice("You may not send here.", []) : FailuresNotice.Of(sent);
    });

    private Task LeaveAllAsync(FailureGroup group) => WorkAsync(group, "Leaving …", async actor =>
    {
        var count = await LeaveTrouble.ExecuteAllAsync(actor, CauseOf(group), _reading.Ending);
        _said = new FailuresNotice(count == 1 ? "1 message is left as it is." : $"{count} messages are left as they are.", []);
    });

    private TroubleCause CauseOf(FailureGroup group) => new(group.Key.Code, group.Key.ConnectionId, _view!.IsEverybodys, group.NewestId);

    private async Task WorkAsync(FailureGroup group, string words, Func<Actor, Task> work)
    {
        if (_busy is not null || await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            return;
        }

        (_busy, _progress) = (group.Key, words);
        StateHasChanged();
        try
        {
            await work(actor);
        }
        catch (OperationCanceledException) when (_reading.Ending.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _busy = null;
        }

        await _reading.RunAsync(ReadAsync);
    }

    private Task TellProgressAsync(int seen) => InvokeAsync(() =>
    {
        _progress = $"{seen} done …";
        StateHasChanged();
    });
}

/// <summary>What the page says of something that was done.</summary>
/// <param name="Title">What became of it.</param>
/// <param name="Lines">What else there is to know.</param>
internal sealed record FailuresNotice(string Title, IReadOnlyList<string> Lines)
{
    public static FailuresNotice Of(SentAgain sent) => new(
        sent.Sent switch
        {
            0 => "Nothing was sent.",
            1 => "1 message is on its way again.",
            var many => $"{many} messages are on their way again.",
        },
        [.. sent.Refused.GroupBy(RefusalWords.Of).OrderByDescending(g => g.Count())
            .Select(g => $"{(g.Count() == 1 ? "1 stays" : $"{g.Count()} stay")} here: {g.Key}")]);
}
