using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox;

/// <summary>Who else is with the conversations of the list.</summary>
public sealed partial class ConversationList
{
    private static readonly IReadOnlyList<TogetherView> Nobody = [];

    private readonly Dictionary<long, IReadOnlyList<TogetherView>> _with = [];

    [CascadingParameter]
    private TogetherBoard? Colleagues { get; set; }

    private IReadOnlyList<TogetherView> WithOf(long conversationId) => _with.GetValueOrDefault(conversationId, Nobody);

    private async Task WatchTogetherAsync(Actor actor)
    {
        if (Colleagues is { } board)
        {
            board.Changed += HearTogether;
            foreach (var conversation in board.Conversations(actor.Workspace))
            {
                await ReadTogetherAsync(conversation);
            }
        }
    }

    private void LeaveTogether()
    {
        if (Colleagues is { } board)
        {
            board.Changed -= HearTogether;
        }
    }

    private void HearTogether(object? sender, TogetherChangedEventArgs change)
    {
        if (change.Workspace == Actor?.Workspace)
        {
            _ = Aside.RunAsync(() => InvokeAsync(() => ReadTogetherAsync(change.ConversationId)), DispatchExceptionAsync);
        }
    }

    /// <summary>Also of conversations that are not in the list now: they may come into it.</summary>
    private async Task ReadTogetherAsync(long conversationId)
    {
        if (Colleagues is not { } board || Actor is not { } actor || _reading.Ending.IsCancellationRequested)
        {
            return;
        }

        var there = await board.WithAsync(actor.Workspace, conversationId, actor.User);
        if (there.Count == 0)
        {
            _with.Remove(conversationId);
        }
        else
        {
            _with[conversationId] = there;
        }

        if (_window?.Find(conversationId) is not null)
        {
            StateHasChanged();
        }
    }
}
