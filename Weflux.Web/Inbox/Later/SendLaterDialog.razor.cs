using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.App;
using Weflux.Web.Scheduling;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox.Later;

/// <summary>Asks when something is to go out, and what if it cannot go out as it is then.</summary>
public sealed partial class SendLaterDialog
{
    private IReadOnlyList<LaterChoice> _choices = [];
    private TimeZoneInfo? _zone;
    private TemplateList? _list;
    private TemplateChooser? _chooser;
    private ElementReference _dayBox;
    private ReplyNotice? _notice;
    private DateOnly? _day;
    private TimeOnly? _time;
    private DateTimeOffset? _dueAt;
    private string? _timeFault;
    private string? _timeNote;
    private bool _cancels = true;
    private bool _wantsTemplate;
    private bool _choosesAnother;
    private bool _isBusy;
    private bool _mustFocus;

    [CascadingParameter]
    private IMudDialogInstance? Dialog { get; set; }

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public LaterTarget Target { get; set; } = null!;

    /// <summary>What is to go out, in its order; empty where something is planned anew.</summary>
    [Parameter]
    public IReadOnlyList<LaterItem> Items { get; set; } = [];

    /// <summary>The message that the first of them answers; null for none.</summary>
    [Parameter]
    public long? QuotedId { get; set; }

    /// <summary>The message that went wrong and that is to go out again; null for none.</summary>
    [Parameter]
    public long? ResendOfId { get; set; }

    /// <summary>A good time (UTC); null if none is better than another.</summary>
    [Parameter]
    public DateTimeOffset? Suggested { get; set; }

    /// <summary>What is planned anew; null for what is new.</summary>
    [Parameter]
    public ScheduledView? Existing { get; set; }

    /// <summary>The reader's clock: nothing cascades into a dialog.</summary>
    [Parameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private ScheduledQuery Query { get; set; } = null!;

    [Inject]
    private ScheduleMessage Schedule { get; set; } = null!;

    [Inject]
    private ChangeSchedule Change { get; set; } = null!;

    [Inject]
    private TemplateListQuery Templates { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The clock on the wall of the business.</summary>
    private ScreenClock Wall => Clock.In(_zone ?? TimeZoneInfo.Utc);

    private MessageContent? First => Existing?.Content ?? (Items.Count > 0 ? Items[0].Content : null);

    private bool IsTemplate => First is TemplateContent;

    private bool NeedsFallback => !IsTemplate && _dueAt is { } due && !(Target.WindowClosesAt > due);

    private string Typed => First is TextContent text ? text.Body : "";

    private string What => First is not { } content ? "" : Items.Count switch
    {
        > 1 => $"{LineWords.Say(content, MessageDirection.Out)} and {Items.Count - 1} more",
        _ => LineWords.Say(content, MessageDirection.Out),
    };

    protected override async Task OnInitializedAsync()
    {
        _zone = (await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ZoneAsync(actor) : null) ?? TimeZoneInfo.Utc;
        _choices = WallClock.Choices(Now, _zone);
        _cancels = Existing?.CancelsWhenCustomerWrites ?? true;
        _wantsTemplate = Existing?.Fallback is not null;
        Show(Existing is { } existing && existing.DueAt > Now ? existing.DueAt
            : Suggested is { } good && good > Now ? good.AddMinutes(1) : _choices[0].At);
        _mustFocus = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocus)
        {
            _mustFocus = false;
            await _dayBox.FocusIfShownAsync();
        }
    }

    private string Day(DateTimeOffset at) => Wall.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Close() => Dialog?.Cancel();

    private void Choose(LaterChoice choice) => Show(choice.At);

    private void Show(DateTimeOffset at)
    {
        var wall = WallClock.Show(at, _zone!);
        (_day, _time) = (DateOnly.FromDateTime(wall), new TimeOnly(wall.Hour, wall.Minute));
        ReadTime();
    }

    private void ReadTime()
    {
        (_dueAt, _timeFault, _timeNote, _notice) = (null, null, null, null);
        if (_day is not { } day || _time is not { } time)
        {
            _timeFault = "Choose a day and a time.";
            return;
        }

        var read = WallClock.Read(day.ToDateTime(time), _zone!, out var at);
        _timeFault = read == WallTime.Never
            ? "There is no such time on that day: the clocks are put forward over it. Choose another one."
            : SchedulePolicy.Check(at, Now) switch
            {
                DueTime.TooSoon => "This time is past, or less than a minute ahead. Choose a later one.",
                DueTime.TooFar => "This is more than 90 days ahead. Choose a nearer day.",
                _ => null,
            };
        _timeNote = read == WallTime.Twice ? "The clocks are put back over this time, so it comes twice. The first one is meant." : null;
        _dueAt = _timeFault is null ? at : null;
    }

    private async Task WantTemplateAsync(bool wants)
    {
        _wantsTemplate = wants;
        if (wants && _list is null && (Existing?.Fallback is null || _choosesAnother))
        {
            await ReadTemplatesAsync();
        }
    }

    private Task ChooseAnotherAsync()
    {
        _choosesAnother = true;
        return ReadTemplatesAsync();
    }

    private async Task ReadTemplatesAsync()
    {
        _list = await CurrentActor.FindAsync(Workspace) is { } actor
            ? await Templates.GetAsync(actor, Target.ConversationId, CancellationToken.None)
            : new TemplateList([], "You are not a member of this workspace any more.");
        StateHasChanged();
    }

    private async Task<bool> IsStaleAsync() => await CurrentActor.FindAsync(Workspace) is not { } actor
        || await Templates.VersionAsync(actor, Target.ConversationId, CancellationToken.None) != _list?.Version;

    /// <summary>The template for a closed window, if one is wanted.</summary>
    /// <returns>False if one is wanted and not chosen, or not filled in.</returns>
    private bool TryFallback(out TemplateContent? fallback)
    {
        fallback = null;
        if (!NeedsFallback)
        {
            // Kept for a later change of the plan.
            fallback = Existing?.Fallback;
            return true;
        }

        if (!_wantsTemplate)
        {
            return true;
        }

        fallback = _choosesAnother || Existing?.Fallback is null ? _chooser?.TryMake() : Existing.Fallback;
        if (fallback is null && _chooser is not { HasChoice: true })
        {
            _notice = new ReplyNotice("No template is chosen.", "Choose one, or let the message come back to you.");
        }

        return fallback is not null;
    }

    private async Task PlanAsync()
    {
        // A minute may have passed since the time was chosen.
        ReadTime();
        if (_isBusy || _dueAt is not { } due || !TryFallback(out var fallback))
        {
            return;
        }

        _isBusy = true;
        try
        {
            await PlanAsync(new SchedulePlan(due, fallback, _cancels));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task PlanAsync(SchedulePlan plan)
    {
        if (await CurrentActor.FindAsync(Workspace) is not { } actor)
        {
            _notice = ReplyWords.Explain(new NotPermitted(), Target.Contact, Clock);
            return;
        }

        if (Existing is { } existing)
        {
            _notice = LaterWords.Explain(await Change.ExecuteAsync(actor, existing.Id, plan), Target.Contact, Clock);
        }
        else
        {
            var done = 0;
            foreach (var item in Items)
            {
                var answer = await Schedule.ExecuteAsync(
                    actor, Target.ConversationId, item.Content!, plan, item.DraftId, done == 0 ? QuotedId : null, ResendOfId);
                _notice = LaterWords.Explain(answer, Target.Contact, Clock);
                if (_notice is not null)
                {
                    break;
                }

                done++;
            }

            // Those in front wait already; what is left stays in the composer, and the next try says what is wrong with it.
            if (done > 0)
            {
                Dialog?.Close(DialogResult.Ok(done));
                return;
            }
        }

        if (_notice is null)
        {
            Dialog?.Close(DialogResult.Ok(1));
        }
    }
}
