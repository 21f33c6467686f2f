using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Later;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>
/// Where a reply is typed. The textarea belongs to the browser: its script decides on Enter and holds the text until
/// the server has it, so that a lost circuit loses nothing.
/// </summary>
public sealed partial class Composer : IAsyncDisposable
{
    private const int CounterFrom = 3_800;

    private ElementReference _root;
    private DotNetObjectReference<Composer>? _self;
    private IJSObjectReference? _module;
    private ReplyNotice? _refusal;
    private ComposerWish? _granted;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>What the reader had typed when the conversation was opened.</summary>
    [Parameter]
    public DraftView Draft { get; set; } = new(Guid.Empty, "");

    /// <summary>The change counter at which the thread above was read: what came until then is to be seen.</summary>
    [Parameter]
    public long KnownSequence { get; set; }

    /// <summary>The message that the reply quotes; null for none.</summary>
    [Parameter]
    public ThreadMessage? Quote { get; set; }

    /// <summary>Told when the quote went out with a reply.</summary>
    [Parameter]
    public EventCallback OnQuoteUsed { get; set; }

    /// <summary>What to do once; each time another instance, even if it says the same.</summary>
    [Parameter]
    public ComposerWish? Wish { get; set; }

    [Parameter]
    public EventCallback OnSent { get; set; }

    [Parameter]
    public EventCallback<long> OnDraftSaved { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SendReply SendReply { get; set; } = null!;

    [Inject]
    private ReadReceiptSender Receipts { get; set; } = null!;

    [Inject]
    private SaveDraft SaveDraft { get; set; } = null!;

    [Inject]
    private ThreadQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool MayReply => Head.Reply.IsAllowed;

    private bool IsWindowOpen => new WindowView(Head.WindowClosesAt, Time.GetUtcNow()).IsOpen;

    /// <summary>Sends what is typed. The text stays in the box unless it was sent.</summary>
    [JSInvokable]
    public Task<SendOutcome> SendAsync(string text, Guid draftId, bool withPreview = false, long known = 0) => SendAsync(new TextContent(text, withPreview), draftId, known);

    /// <summary>Sends a file that was put into the store before.</summary>
    [JSInvokable]
    public async Task<SendOutcome> SendFileAsync(AttachedFile file) =>
        file.ToContent() is { } content ? await SendAsync(content, file.DraftId, file.Known) : new SendOutcome(IsSent: false, file.DraftId);

    private async Task<SendOutcome> SendAsync(MessageContent content, Guid draftId, long known)
    {
        var actor = await CurrentActor.FindAsync(Workspace);
        var result = actor is null ? null : await SendReply.ExecuteAsync(actor, Head.ConversationId, content, draftId, quotedId: Quote?.Id, known: known > 0 ? known : null);
        if (result?.Decision is ColleagueAnswered answered && await StopAsync(actor!, answered))
        {
            return new SendOutcome(IsSent: false, draftId);
        }

        var isSent = result?.Decision.IsAllowed == true;
        _refusal = isSent ? null : ReplyWords.Explain(result?.Decision ?? new NotPermitted(), Head.Contact, Clock);
        StateHasChanged();
        try
        {
            if (isSent && Quote is not null)
            {
                await OnQuoteUsed.InvokeAsync();
            }

            await OnSent.InvokeAsync();
        }
        catch (Exception exception)
        {
            // What was sent is sent, even if the screen could not be read again.
            await DispatchExceptionAsync(exception);
        }

        return new SendOutcome(isSent, isSent ? Guid.CreateVersion7() : draftId);
    }

    /// <summary>Keeps what is typed.</summary>
    /// <returns>Whether the server has it now, so that the browser may forget its copy.</returns>
    [JSInvokable]
    public async Task<bool> SaveAsync(string text, Guid draftId, long known = 0)
    {
        var isKept = await CurrentActor.FindAsync(Workspace) is { } actor
            && await SaveDraft.ExecuteAsync(actor, Head.ConversationId, draftId, text, known);
        if (isKept)
        {
            await OnDraftSaved.InvokeAsync(Head.ConversationId);
        }

        return isKept;
    }

    /// <summary>Told by the script, at most every 20 seconds, that somebody is typing.</summary>
    [JSInvokable]
    public async Task TypingAsync()
    {
        if (MayReply && await CurrentActor.FindAsync(Workspace) is { } actor)
        {
            Receipts.Typing(actor, Head.ConversationId);
        }
    }

    /// <summary>Whether a text that the browser kept was sent after all.</summary>
    [JSInvokable]
    public async Task<bool> WasSentAsync(Guid draftId) =>
        await CurrentActor.FindAsync(Workspace) is { } actor
        && await Query.WasSentAsync(actor, Head.ConversationId, draftId);

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await CurrentActor.UserAsync() is { } user)
        {
            await EnterAsync(user);
        }

        if (_module is { } module && Wish is { } wish && !ReferenceEquals(wish, _granted))
        {
            _granted = wish;
            await GrantAsync(module, wish);
        }
    }

    private async Task GrantAsync(IJSObjectReference module, ComposerWish wish)
    {
        if (wish.Text is null)
        {
            await ChooseTemplateAsync();
        }
        else if (!await module.InvokeAsync<bool>("offer", _root, wish.Text))
        {
            _refusal = new ReplyNotice("What you had typed is still here.", "The earlier message was not put over it. You can copy its words from above.");
            StateHasChanged();
        }
    }

    private async Task EnterAsync(UserId user)
    {
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Composer.razor.js");
        await _module.InvokeVoidAsync("enter", _root, _self, new
        {
            // A tab can change hands; nobody gets the text of the one before.
            key = $"weflux-draft-{user}-{Head.ConversationId}",
            draftId = Draft.DraftId,
            text = Draft.Text,
            known = Draft.Known,
            max = TextContent.MaxLength,
            counterFrom = CounterFrom,
            address = FormattableString.Invariant($"/w/{Uri.EscapeDataString(Workspace)}/media"),
            limits = AttachmentChoice.LimitsByKind,
        });
    }

    private async Task HandleComposedAsync(bool usedQuote)
    {
        _refusal = null;
        if (usedQuote)
        {
            await OnQuoteUsed.InvokeAsync();
        }

        await OnSent.InvokeAsync();
    }

    private async Task ChooseTemplateAsync()
    {
        var typed = _module is { } module ? await module.InvokeAsync<string?>("text", _root) ?? "" : Draft.Text;
        var parameters = new DialogParameters<TemplatePicker>
        {
            { p => p.Workspace, Workspace },
            { p => p.Head, Head },
            { p => p.Typed, typed },
            { p => p.Clock, Clock },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseButton = true, BackdropClick = false, CloseOnEscapeKey = true };
        var dialog = await Dialogs.ShowAsync<TemplatePicker>("Choose a template", parameters, options);
        var usedTyped = await dialog.Result switch
        {
            { Canceled: false, Data: TemplateSent sent } => sent.UsedTyped,
            { Canceled: false, Data: TemplateForLater later } when await PlanAsync([new LaterItem(Guid.CreateVersion7(), later.Content)], null) > 0 => later.UsedTyped,
            _ => (bool?)null,
        };
        if (usedTyped is { } used)
        {
            if (used && _module is { } script)
            {
                await script.InvokeVoidAsync("clear", _root);
            }

            _refusal = null;
            await OnSent.InvokeAsync();
        }
    }
}

/// <summary>What the script learns of a send.</summary>
/// <param name="IsSent">Whether the text may go from the box.</param>
/// <param name="DraftId">The id under which to go on.</param>
public sealed record SendOutcome(bool IsSent, Guid DraftId);
