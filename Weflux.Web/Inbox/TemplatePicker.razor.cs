using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Weflux.Domain.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox;

/// <summary>Chooses a template for a conversation, fills it in and sends it.</summary>
public sealed partial class TemplatePicker
{
    private readonly Guid _draftId = Guid.CreateVersion7();
    private TemplateChooser? _chooser;
    private TemplateList? _list;
    private ReplyNotice? _refusal;
    private bool _isBusy;
    private bool _asks;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>What was typed for a free reply, offered as a value.</summary>
    [Parameter]
    public string Typed { get; set; } = "";

    /// <summary>The reader's clock: nothing cascades into a dialog.</summary>
    [Parameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [CascadingParameter]
    private IMudDialogInstance? Dialog { get; set; }

    [Inject]
    private TemplateListQuery Query { get; set; } = null!;

    [Inject]
    private SendReply SendReply { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _list = await CurrentActor.FindAsync(Workspace) is { } actor
            ? await Query.GetAsync(actor, Head.ConversationId, CancellationToken.None)
            : new TemplateList([], "You are not a member of this workspace any more.");
        StateHasChanged();
    }

    private async Task<bool> IsStaleAsync() => await CurrentActor.FindAsync(Workspace) is not { } actor
        || await Query.VersionAsync(actor, Head.ConversationId, CancellationToken.None) != _list?.Version;

    /// <summary>From now on Escape asks before it closes.</summary>
    private Task StayOpenAsync() => Dialog?.SetOptionsAsync(Dialog.Options with { CloseOnEscapeKey = false }) ?? Task.CompletedTask;

    private void HandleKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape" && _chooser?.IsFilledIn == true)
        {
            _asks = !_asks;
        }
        else if (key.Key == "Escape" && Dialog?.Options.CloseOnEscapeKey == false)
        {
            Dialog.Cancel();
        }
    }

    private async Task SendAsync()
    {
        if (_chooser?.TryMake() is not { } content)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var result = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await SendReply.ExecuteAsync(actor, Head.ConversationId, content, _draftId)
                : null;
            if (result?.Decision.IsAllowed == true)
            {
                Dialog?.Close(new TemplateSent(_chooser.UsedTyped));
                return;
            }

            _refusal = ReplyWords.Explain(result?.Decision ?? new NotPermitted(), Head.Contact, Clock);
        }
        finally
        {
            _isBusy = false;
        }
    }
}

/// <summary>A template was sent.</summary>
/// <param name="UsedTyped">Whether the typed text went with it, so that it need not be kept.</param>
public sealed record TemplateSent(bool UsedTyped);
