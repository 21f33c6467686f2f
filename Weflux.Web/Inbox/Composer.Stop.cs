using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Together;

namespace Weflux.Web.Inbox;

/// <summary>A colleague answered since the writing began: what they said is shown, and the person decides.</summary>
public sealed partial class Composer
{
    private Stop? _stop;

    [Inject]
    private ColleagueAnswerQuery Answers { get; set; } = null!;

    /// <returns>Whether there is something to show; the answer may have been taken back meanwhile.</returns>
    private async Task<bool> StopAsync(Actor actor, ColleagueAnswered answered)
    {
        var answer = await Answers.FindAsync(actor, Head.ConversationId, answered.MessageId);
        (_stop, _refusal) = (answer is null ? null : new Stop(answer, answered.Sequence), null);
        StateHasChanged();
        return answer is not null;
    }

    private async Task GoOnAsync(bool sends)
    {
        if (_stop is { } stop && _module is { } module)
        {
            _stop = null;
            StateHasChanged();
            await module.InvokeVoidAsync("goOn", _root, stop.Sequence, sends);
        }
    }

    private sealed record Stop(ColleagueAnswer Answer, long Sequence);
}
