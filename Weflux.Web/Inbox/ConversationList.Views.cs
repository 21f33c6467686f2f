using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>The view that the list shows.</summary>
public sealed partial class ConversationList
{
    /// <summary>What is shown, and how it is sorted.</summary>
    [Parameter]
    public InboxView View { get; set; } = InboxView.Default;

    /// <summary>The saved view that it is.</summary>
    [Parameter]
    public long? SavedId { get; set; }

    /// <summary>The saved view that it was before somebody changed it.</summary>
    [Parameter]
    public long? ChangedId { get; set; }

    /// <summary>What stands behind the path in the addresses of rows, so that the view stays when one is opened.</summary>
    [Parameter]
    public string ViewQuery { get; set; } = "";

    /// <summary>What is known of the views.</summary>
    [Parameter]
    public ViewBoard Board { get; set; } = new();

    private async Task ShowViewAsync()
    {
        await ReadAgainAsync(fromTop: true);
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("toTop", _root);
        }
    }

    /// <summary>Somebody wishes to look through more of what does not fit.</summary>
    private Task LookFurtherAsync() => _reading.RunAsync(async () =>
    {
        if (_window is { End: { } end } window && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            window.Append(await Query.GetAsync(actor, window.View, end, PageDirection.After, PageSize, _reading.Ending));
            _watched = null;
            StateHasChanged();
        }
    });

    /// <summary>Windows shut as time passes, without anybody doing anything.</summary>
    private Task FollowTimeAsync() => _reading.RunAsync(async () =>
    {
        if (_window is { View.MovesWithTime: true })
        {
            await ReadAgainAsync(fromTop: false);
        }

        StateHasChanged();
    });
}
