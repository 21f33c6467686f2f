using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Web.Account.Profile;
using Weflux.Web.Live;
using Weflux.Web.Scheduling;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Later;

/// <summary>What waits to be sent later: one's own, and for Managers everybody's. Live.</summary>
public sealed partial class ScheduledPage : IAsyncDisposable
{
    private const string Mine = "mine";
    private const string Everybody = "all";

    private readonly OneAtATime _reading = new();
    private FeedSubscription? _subscription;
    private ScheduledList? _list;
    private SortedDictionary<string, string> _authors = [];
    private ScreenClock _clock = ScreenClock.Utc;
    private string _whose = Mine;
    private string _workspace = "";
    private bool _isForbidden;

    [Parameter]
    public string Workspace { get; set; } = "";

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private ScheduledQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private IReadOnlyList<ScheduledView> Shown => _list is null ? [] : _whose is Mine or Everybody
        ? _list.Rows
        : [.. _list.Rows.Where(r => Key(r) == _whose)];

    private IEnumerable<(string Heading, IReadOnlyList<ScheduledView> Rows)> Parts =>
        new[] { ("Not sent", true), ("Waiting", false) }
            .Select(p => (p.Item1, (IReadOnlyList<ScheduledView>)[.. Shown.Where(r => (r.State != ScheduledState.Waiting) == p.Item2)]))
            .Where(p => p.Item2.Count > 0);

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _reading.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_workspace == Workspace)
        {
            return;
        }

        (_workspace, _list, _isForbidden) = (Workspace, null, false);
        _subscription?.Dispose();
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync);
            if (_reading.Ending.IsCancellationRequested)
            {
                _subscription.Dispose();
                return;
            }
        }

        await ReadAsync();
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

    private static string Key(ScheduledView row) => row.AuthorId.Value.ToString(CultureInfo.InvariantCulture);

    private Task HandleNewsAsync(FeedNews news) => InvokeAsync(async () =>
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private Task ReadAsync() => _reading.RunAsync(async () =>
    {
        var actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _list = actor is null ? null : await Query.ListAsync(actor, _whose != Mine, _reading.Ending);
        _isForbidden = _list is null;
        if (_list is not null && _whose != Mine)
        {
            _authors = new SortedDictionary<string, string>(
                _list.Rows.DistinctBy(Key).ToDictionary(Key, r => r.AuthorName, StringComparer.Ordinal), StringComparer.Ordinal);
        }

        if (_subscription is { } subscription && _list is { } list)
        {
            subscription.ReadAt = list.ChangeSequence;
        }

        StateHasChanged();
    });
}
