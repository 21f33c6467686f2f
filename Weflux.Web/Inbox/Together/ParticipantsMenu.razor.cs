using Microsoft.AspNetCore.Components;
using Weflux.Web.App;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Web.Inbox.Together;

/// <summary>Who takes part in the conversation beside whoever holds it: to see, to add and to take off.</summary>
public sealed partial class ParticipantsMenu
{
    private const int MostFaces = 3;

    private IReadOnlyList<MemberView> _members = [];
    private string _search = "";
    private string _said = "";
    private ElementReference _box;

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private AddParticipant Add { get; set; } = null!;

    [Inject]
    private RemoveParticipant Remove { get; set; } = null!;

    private string Title => Head.Participants.Count switch
    {
        0 => "Who takes part",
        1 => $"{Head.Participants[0].Colleague.Name} takes part. Change who takes part",
        var count => $"{count} colleagues take part. Change who takes part",
    };

    private IEnumerable<MemberView> Found => _members
        .Where(m => m.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase) && Head.Participants.All(p => p.User != m.User));

    protected override async Task OpenAsync()
    {
        await base.OpenAsync();
        (_search, _said) = ("", "");
        _members = Me is { } actor ? await Query.MembersAsync(actor) : [];
    }

    /// <summary>The menu stays open: often several are added.</summary>
    private async Task AddAsync(MemberView member)
    {
        if (await RunAsync(actor => Add.ExecuteAsync(actor, Head.ConversationId, member.User), staysOpen: true) == WorkOutcome.Done)
        {
            (_search, _said) = ("", $"{member.Name} takes part now.");
        }

        await StayAsync();
    }

    private async Task RemoveAsync(ParticipantView there)
    {
        var isMe = there.User == Me?.User;
        if (await RunAsync(actor => Remove.ExecuteAsync(actor, Head.ConversationId, there.User), staysOpen: !isMe) == WorkOutcome.Done)
        {
            _said = $"{there.Colleague.Name} takes part no more.";
        }

        if (!isMe)
        {
            await StayAsync();
        }
    }

    /// <summary>The button that was pressed is gone from the list, and with it the focus.</summary>
    private async Task StayAsync()
    {
        StateHasChanged();
        if (Pop?.IsOpen == true)
        {
            await _box.FocusIfShownAsync();
        }
    }
}
