using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.App;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Notices;

/// <summary>
/// Tells a person who looks elsewhere that a customer wrote, in the way the profile asks for, on whichever page of the
/// workspace they are. A notice goes away by itself once the message was read anywhere.
/// </summary>
public sealed partial class MessageNotices : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private FeedSubscription? _subscription;
    private IJSObjectReference? _module;
    private FreshMessages? _fresh;

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private ConversationListQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _subscription?.Dispose();
        await _module.LetGoAsync();
        _ending.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _fresh = new FreshMessages(Actor.User, Time.GetUtcNow());
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Notices/MessageNotices.razor.js");
        var subscription = await Feed.SubscribeAsync(Actor, Slug, news => InvokeAsync(() => TellAsync(news)));
        if (_ending.IsCancellationRequested)
        {
            subscription.Dispose();
            return;
        }

        _subscription = subscription;
    }

    private async Task TellAsync(FeedNews news)
    {
        if (Profile?.Preferences is not ({ DesktopNotices: true } or { Sound: true }) || news.Hints.Count == 0 || _ending.IsCancellationRequested
            || await CurrentActor.FindRecentAsync(Slug, _ending.Token) is not { } actor)
        {
            return;
        }

        var changed = await Query.ChangedAsync(actor, InboxView.Default, [.. news.Hints.Select(h => new RowVersion(h.ConversationId, h.Version, h.IsOwn))]);
        var (told, settled) = _fresh!.Sift(changed, Profile.Preferences);
        if (told.Count == 0 && settled.Count == 0)
        {
            return;
        }

        try
        {
            await _module!.InvokeVoidAsync(
                "tell",
                _ending.Token,
                new
                {
                    notices = told.Select(row => new
                    {
                        tag = Tag(row.Id),
                        title = row.ContactName,
                        body = Profile.Preferences.ShowText ? LineWords.Line(row) : "New message",
                        address = Address.List(Slug, row.Id, ListOrder.NeedsReplyFirst),
                    }),
                    settled = settled.Select(Tag),
                    Profile.Preferences.DesktopNotices,
                    Profile.Preferences.Sound,
                });
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed meanwhile; nobody is there to be told.
        }
    }

    private string Tag(long conversation) => $"{Slug}/{conversation}";
}
