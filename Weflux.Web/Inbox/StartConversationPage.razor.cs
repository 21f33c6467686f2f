using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Contacts;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.App;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox;

/// <summary>Where a person writes first to a new number: who it is, how they agreed, and with which template.</summary>
public sealed partial class StartConversationPage
{
    private static readonly string[] Ways = ["On our website", "In the shop", "On the phone", "By e-mail", "On paper", "In another way"];

    private readonly Guid _draftId = Guid.CreateVersion7();
    private IReadOnlyList<StartNumber>? _numbers;
    private Actor? _actor;
    private StartLook? _look;
    private TemplateList? _list;
    private TemplateChooser? _chooser;
    private ReplyNotice? _refusal;
    private long? _existing;
    private ElementReference _numberBox;
    private ScreenClock _clock = ScreenClock.Utc;
    private string _workspace = "";
    private string _typed = "";
    private string _name = "";
    private string _way = "";
    private string _words = "";
    private string? _numberFault;
    private string? _evidenceFault;
    private DateOnly? _day;
    private long _connectionId;
    private bool _agreedToMarketing;
    private bool _isForbidden;
    private bool _isBusy;

    [Parameter]
    public string Workspace { get; set; } = "";

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private NewConversationQuery Query { get; set; } = null!;

    [Inject]
    private TemplateListQuery Templates { get; set; } = null!;

    [Inject]
    private StartConversation Start { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool MayRecordMarketing => _actor?.May(Permission.CurateContacts) == true;

    private DateOnly Today => _clock.DayOf(Time.GetUtcNow());

    /// <summary>How the typed number is understood, before it is used.</summary>
    private string NumberHint => _look is { } look
        ? $"You write to {Grouped(look.Number)}."
        : "With or without the country code. You see how it is understood before anything is sent.";

    protected override async Task OnParametersSetAsync()
    {
        if (_workspace == Workspace)
        {
            return;
        }

        _workspace = Workspace;
        _actor = await CurrentActor.FindAsync(Workspace);
        _numbers = _actor is null ? null : await Query.NumbersAsync(_actor);
        _isForbidden = _numbers is null;
        _connectionId = _numbers is [var first, ..] ? first.ConnectionId : 0;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js");
            _clock = ScreenClock.Of(await module.InvokeAsync<BrowserTime?>("time"), Profile?.TimeZone);
            _day ??= Today;
            StateHasChanged();
            if (_numbers is { Count: > 0 })
            {
                await _numberBox.FocusIfShownAsync();
            }
        }
    }

    private void Reset() => _numberFault = null;

    // The templates stay; only what they are filled in with changes.
    private void Rename()
    {
        if (_list is { } list && _look is { } look)
        {
            var name = NameOf(look);
            _list = list with { ContactName = name, Version = list.Version is { } version ? version with { ContactName = name } : null };
        }
    }

    private string? NameOf(StartLook look) => look.Name ?? (_name.Trim().Length > 0 ? _name.Trim() : null);

    private void Touch() => _evidenceFault = null;

    private void ChangeNumber() => (_look, _list, _refusal, _evidenceFault) = (null, null, null, null);

    private async Task LookAsync()
    {
        if (_isBusy || _look is not null)
        {
            return;
        }

        _isBusy = true;
        try
        {
            if (await CurrentActor.FindAsync(Workspace) is not { } actor || !NewConversationQuery.MayBegin(actor))
            {
                _isForbidden = true;
                return;
            }

            var look = await Query.LookAsync(actor, _connectionId, _typed);
            switch (look)
            {
                case null when await Query.NumbersAsync(actor) is not { } now || now.All(n => n.ConnectionId != _connectionId):
                    _numberFault = "Your own number cannot send now. Load the page again and choose another one.";
                    break;
                case null:
                    _numberFault = "That is no phone number. Enter it with its country code, such as +91 98765 43210.";
                    break;
                case { IsOwn: true }:
                    _numberFault = "That is a number of this business itself. Enter the customer's.";
                    break;
                case { ConversationId: { } conversationId }:
                    Navigation.NavigateTo(Address.List(Workspace, conversationId, ListOrder.NeedsReplyFirst));
                    break;
                case { IsHeldByOther: true }:
                    _numberFault = "A colleague is in conversation with this customer. Ask a Manager to assign it to you.";
                    break;
                default:
                    _look = look;
                    await ReadTemplatesAsync();
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task ReadTemplatesAsync()
    {
        if (_look is not { } look || await CurrentActor.FindAsync(Workspace) is not { } actor)
        {
            return;
        }

        (_actor, _evidenceFault, _existing) = (actor, null, null);
        _list = await Templates.ForNumberAsync(
            actor, _connectionId, look.Consent, NameOf(look), CancellationToken.None, _agreedToMarketing);
        StateHasChanged();
    }

    private async Task<bool> IsStaleAsync() => _look is { } look
        && (await CurrentActor.FindAsync(Workspace) is not { } actor
            || await Templates.VersionForNumberAsync(actor, _connectionId, look.Consent, NameOf(look), CancellationToken.None) != _list?.Version);

    private async Task SendAsync()
    {
        if (_isBusy || _look is not { } look)
        {
            return;
        }

        if (NeedsEvidence(look) && (_way.Length == 0 || string.IsNullOrWhiteSpace(_words) || _day is null))
        {
            _evidenceFault = "Say where, when and in which words they agreed. Without that WhatsApp does not allow you to write first.";
            return;
        }

        if (_chooser?.TryMake() is not { } content)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var start = new ConversationStart(
                _connectionId, look.Number.E164, _name.Trim(), content, _way.Length == 0 ? "" : $"{_way}: {_words.Trim()}", _day ?? Today, _agreedToMarketing);
            Take(await CurrentActor.FindAsync(Workspace) is { } actor
                ? await Start.ExecuteAsync(actor, start, _draftId)
                : new StartAnswer(StartOutcome.NotFound));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private bool NeedsEvidence(StartLook look) => !look.IsKnown || _agreedToMarketing;

    private void Take(StartAnswer answer)
    {
        switch (answer)
        {
            case { Outcome: StartOutcome.Sent, ConversationId: { } id }:
                Navigation.NavigateTo(Address.List(Workspace, id, ListOrder.NeedsReplyFirst));
                break;
            case { Outcome: StartOutcome.Exists, ConversationId: { } id }:
                _existing = id;
                _refusal = new ReplyNotice("Nothing was sent: meanwhile there is a conversation with this customer.", "Look into it first.");
                break;
            case { Outcome: StartOutcome.NoEvidence }:
                _evidenceFault = "Say how they agreed.";
                break;
            case { Outcome: StartOutcome.FutureDay }:
                _evidenceFault = "That day has not come yet. Enter the day on which they agreed.";
                break;
            case { Outcome: StartOutcome.HeldByOther }:
                _refusal = new ReplyNotice("A colleague is in conversation with this customer.", "Ask a Manager to assign it to you.");
                break;
            case { Decision: { } decision }:
                _refusal = ReplyWords.Explain(decision, Stranger(), _clock);
                break;
            default:
                _refusal = new ReplyNotice("This cannot be sent from here now.", "The number may have been disconnected, or your role changed. Load the page again.");
                break;
        }
    }

    private ContactView Stranger() => new(
        0, _look?.Name ?? (_name.Trim().Length > 0 ? _name.Trim() : "This customer"), "", null, null, IsPhoneMasked: false, Time.GetUtcNow(),
        _look?.Consent.AllStoppedAt, _look?.Consent.IsMarketingStopped == true, _look?.Consent.MarketingGivenAt, IsRestricted: false, IsBlocked: false);

    /// <summary>The code of the country apart from the rest, so that a wrong one is seen.</summary>
    private static string Grouped(PhoneNumber number)
    {
        var code = CallingCode.Of(number).Digits;
        return $"+{code} {number.Digits[code.Length..]}";
    }
}
