using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Presence;

namespace Weflux.Web.Team.Members;

/// <summary>One member in the list, and what an Admin can do about them.</summary>
public sealed partial class MemberLine
{
    private Asks _asks;
    private Role _role;
    private long _heir;
    private bool _isOpen;
    private bool _isBusy;
    private string? _fault;

    private enum Asks
    {
        Nothing,
        Deactivate,
        Remove,
    }

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public MemberRow Member { get; set; } = null!;

    /// <summary>Who could get the conversations.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MemberRow> Others { get; set; } = [];

    [Parameter]
    public bool IsMe { get; set; }

    /// <summary>Whether the member is there now; null as long as that is not known.</summary>
    [Parameter]
    public PresenceNow? Presence { get; set; }

    [Parameter]
    public string TimeZone { get; set; } = WorkspaceTime.Default;

    /// <summary>Told in a sentence what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ChangeRole ChangeRole { get; set; } = null!;

    [Inject]
    private DeactivateMember Deactivate { get; set; } = null!;

    [Inject]
    private ReactivateMember Reactivate { get; set; } = null!;

    [Inject]
    private RemoveMember Remove { get; set; } = null!;

    private string Held => Member.OpenConversations switch
    {
        0 => "No open conversations",
        1 => "1 open conversation",
        var count => $"{count} open conversations",
    };

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Seen => Member.IsActive && Presence is { State: not MemberPresence.Offline } here
        ? PresenceWords.Since(here, Time.GetUtcNow(), WorkspaceTime.Find(TimeZone))
        : Member.LastSeenAt is { } at
        ? $"Last here {TimeZoneInfo.ConvertTime(at, WorkspaceTime.Find(TimeZone)).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)}"
        : "Not seen yet";

    private string Question => _asks == Asks.Remove ? $"Remove {Member.Name} from this workspace?" : $"Deactivate {Member.Name}?";

    private string Consequence => _asks == Asks.Remove
        ? "What they wrote stays. To come back, they need a new invitation."
        : "They keep their place and cannot open anything here until you reactivate them.";

    private void Toggle()
    {
        _isOpen = !_isOpen;
        (_role, _heir, _asks, _fault) = (Member.Role, 0, Asks.Nothing, null);
    }

    private void Ask(Asks what) => (_asks, _fault) = (what, null);

    private Task ChangeRoleAsync() => DoAsync(
        actor => ChangeRole.ExecuteAsync(actor, Member.User, _role),
        $"{Member.Name} is {(_role == Role.Manager ? "a" : "an")} {_role} now.");

    private Task ReactivateAsync() => DoAsync(actor => Reactivate.ExecuteAsync(actor, Member.User), $"{Member.Name} is active again.");

    private Task TakeAwayAsync()
    {
        UserId? heir = _heir > 0 ? new UserId(_heir) : null;
        return _asks == Asks.Remove
            ? DoAsync(actor => Remove.ExecuteAsync(actor, Member.User, heir), $"{Member.Name} was removed.")
            : DoAsync(actor => Deactivate.ExecuteAsync(actor, Member.User, heir), $"{Member.Name} was deactivated.");
    }

    private async Task SayAsync(string done)
    {
        _isOpen = false;
        await OnDone.InvokeAsync(done);
    }

    private async Task DoAsync(Func<Actor, Task<RosterAnswer>> workAsync, string done)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _fault) = (true, null);
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : RosterAnswer.NotAllowed;
            _fault = answer == RosterAnswer.Yes ? null : RoleWords.Of(answer);
        }
        finally
        {
            _isBusy = false;
        }

        if (_fault is null)
        {
            _isOpen = false;
            await OnDone.InvokeAsync(done);
        }
    }
}
