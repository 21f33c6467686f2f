using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox.Together;

/// <summary>Who else is with the open conversation. What is said aloud is said once, not at every pause of somebody's typing.</summary>
public sealed partial class HeaderTogether : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Dictionary<UserId, (bool WasWriting, DateTimeOffset At)> _told = [];
    private IReadOnlyList<TogetherView> _there = [];
    private bool _isGone;
    private string _words = "";
    private string _said = "";
    private int _asked;

    [Parameter, EditorRequired]
    public long ConversationId { get; set; }

    [CascadingParameter]
    private TogetherBoard? Board { get; set; }

    [CascadingParameter]
    private Actor? Actor { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public void Dispose()
    {
        if (Board is { } board)
        {
            board.Changed -= Hear;
        }

        _isGone = true;
    }

    protected override async Task OnInitializedAsync()
    {
        if (Board is { } board)
        {
            board.Changed += Hear;
            await ReadAsync();
        }
    }

    private void Hear(object? sender, TogetherChangedEventArgs change)
    {
        if (change.ConversationId == ConversationId && change.Workspace == Actor?.Workspace)
        {
            _ = Aside.RunAsync(() => InvokeAsync(ReadAsync), DispatchExceptionAsync);
        }
    }

    private async Task ReadAsync()
    {
        var asked = ++_asked;
        if (Board is not { } board || Actor is not { } actor || _isGone)
        {
            return;
        }

        var there = await board.WithAsync(actor.Workspace, ConversationId, actor.User);
        if (asked != _asked || _isGone)
        {
            return;
        }

        _there = there;
        var words = TogetherWords.Say(there);
        if (!string.Equals(words, _words, StringComparison.Ordinal))
        {
            _words = words;
            Announce();
            StateHasChanged();
        }
    }

    /// <summary>Somebody new, or somebody who begins to write after a while, is worth a word; the rest can be read where it stands.</summary>
    private void Announce()
    {
        var now = Time.GetUtcNow();
        var news = _there.Where(t => !_told.TryGetValue(t.User, out var told) || (t.IsWriting && (!told.WasWriting || now - told.At > Quiet))).ToList();
        foreach (var person in _there)
        {
            var wasWriting = person.IsWriting || (_told.TryGetValue(person.User, out var told) && told.WasWriting);
            _told[person.User] = (wasWriting, now);
        }

        if (news.Count > 0)
        {
            _said = TogetherWords.Say(news);
        }
    }
}
