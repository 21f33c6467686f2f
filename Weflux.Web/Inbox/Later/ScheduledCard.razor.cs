using Microsoft.AspNetCore.Components;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Scheduling;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Later;

/// <summary>A message that waits for its time, or did not go out, with what can be done about it.</summary>
public sealed partial class ScheduledCard
{
    private ReplyNotice? _notice;
    private string _question = "";
    private bool _asks;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ScheduledView Row { get; set; } = null!;

    /// <summary>The zone of the business's clock.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Whether it stands above a composer, into which its words can go back.</summary>
    [Parameter]
    public bool HasComposer { get; set; }

    /// <summary>Told when something was done.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Told what goes back into the composer.</summary>
    [Parameter]
    public EventCallback<CancelledWords> OnPutBack { get; set; }

    /// <summary>Whether the composer is empty.</summary>
    [Parameter]
    public Func<Task<bool>>? MayPutBack { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private CancelScheduled Cancel { get; set; } = null!;

    [Inject]
    private SendScheduledNow SendNow { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private ScreenClock Wall => Clock.In(Zone);

    private string When => Wall.Ahead(Row.DueAt, Time.GetUtcNow());

    private string ZoneName => Zone.Id.Replace('_', ' ');

    private string Mood => Row.State switch
    {
        ScheduledState.Waiting => "",
        ScheduledState.Returned => "returned",
        _ => "stayed",
    };

    private string Title => Row.State switch
    {
        ScheduledState.Waiting => $"Goes out {When} ({ZoneName})",
        ScheduledState.CancelledByCustomer => $"Not sent: {Row.ContactName} wrote first",
        _ => $"Not sent: was due {When} ({ZoneName})",
    };

    /// <summary>What will happen then, in a line.</summary>
    private string Facts => string.Join(' ',
        new[]
        {
            Row.Content is TemplateContent || Row.WindowClosesAt > Row.DueAt ? null
                : Row.Fallback is { } template ? $"If the window is closed then, the template “{template.Name.Replace('_', ' ')}” goes out instead."
                : "If the window is closed then, it comes back.",
            Row.CancelsWhenCustomerWrites ? "Stays here if the customer writes first." : null,
        }.OfType<string>());

    private bool GoesBack => HasComposer && Row.IsMine && Composer.Takes(Row.Content);

    private ContactView Contact => new(
        0, Row.ContactName, "", null, null, IsPhoneMasked: false, Row.DueAt, AllStoppedAt: null, IsMarketingStopped: false, MarketingGivenAt: null, IsRestricted: false, IsBlocked: false);

    private async Task ChangeAsync()
    {
        var parameters = new DialogParameters<SendLaterDialog>
        {
            { p => p.Workspace, Workspace },
            { p => p.Target, new LaterTarget(Row.ConversationId, Contact, Row.WindowClosesAt) },
            { p => p.Existing, Row },
            { p => p.Clock, Clock },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseButton = true, BackdropClick = false, CloseOnEscapeKey = true };
        var dialog = await Dialogs.ShowAsync<SendLaterDialog>("Change the plan", parameters, options);
        if (await dialog.Result is { Canceled: false })
        {
            _notice = null;
            await OnChanged.InvokeAsync();
        }
    }

    private Task SendNowAsync() => ActAsync(async actor =>
    {
        var result = await SendNow.ExecuteAsync(actor, Row.Id);
        return result is null ? Gone() : result.MessageId is not null ? null : ReplyWords.Explain(result.Decision, Contact, Clock);
    });

    private async Task CancelAsync()
    {
        if (MayPutBack is { } mayPutBack && !await mayPutBack())
        {
            Ask();
            _question = "Something else is in the composer. Send or clear it first, or throw this away.";
            return;
        }

        await RemoveAsync(throwsAway: false);
    }

    private void Ask() => (_asks, _question, _notice) = (true, "Nothing of it stays.", null);

    private Task RemoveAsync(bool throwsAway) => ActAsync(async actor =>
    {
        var words = await Cancel.ExecuteAsync(actor, Row.Id, throwsAway);
        if (words is not null && !throwsAway)
        {
            await OnPutBack.InvokeAsync(words);
        }

        return words is null ? Gone() : null;
    });

    private async Task ActAsync(Func<Actor, Task<ReplyNotice?>> act)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            _notice = await CurrentActor.FindAsync(Workspace) is { } actor ? await act(actor) : Gone();
            _asks = false;
            await OnChanged.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static ReplyNotice Gone() => new("This changed meanwhile.", "It may have gone out, or somebody took it back.");
}
