using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Teams;

/// <summary>The teams of a workspace, and who is in them.</summary>
public sealed partial class TeamsPage
{
    private TeamsView? _view;
    private Actor? _shown;
    private bool _isForbidden;
    private bool _isBusy;
    private string _name = "";
    private string? _fault;
    private string _said = "";
    private long? _open;
    private string _editName = "";
    private string? _nameFault;
    private string? _peopleFault;
    private string? _actFault;
    private long? _asks;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TeamsQuery Query { get; set; } = null!;

    [Inject]
    private MakeTeam MakeTeam { get; set; } = null!;

    [Inject]
    private RenameTeam RenameTeam { get; set; } = null!;

    [Inject]
    private SetTeamMember SetMember { get; set; } = null!;

    [Inject]
    private ArchiveTeam ArchiveTeam { get; set; } = null!;

    [Inject]
    private RestoreTeam RestoreTeam { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
        }
    }

    private static string Facts(TeamLine team) => team.ArchivedAt is not null ? "Put away"
        : $"{(team.Members.Count == 1 ? "1 person" : $"{team.Members.Count} people")} · {Conversations(team.Count)}";

    private static string Conversations(int count) => count switch
    {
        0 => "no open conversation",
        1 => "1 open conversation",
        _ => $"{count:N0} open conversations",
    };

    private async Task ReadAsync()
    {
        var view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ForEditingAsync(actor) : null;
        (_view, _isForbidden) = (view, view is null);
    }

    private void Open(TeamLine team)
    {
        (_asks, _nameFault, _peopleFault, _editName) = (null, null, null, team.Name);
        _open = _open == team.Id ? null : team.Id;
    }

    private async Task MakeAsync()
    {
        var name = _name;
        if (await RunAsync(actor => MakeTeam.ExecuteAsync(actor, name)) is not { } outcome)
        {
            return;
        }

        _fault = Explain(outcome);
        if (_fault is null)
        {
            (_said, _name) = ($"“{name.Trim()}” is made. Say who is in it.", "");
            if (_view?.Teams.FirstOrDefault(t => WorkTeam.KeyOf(t.Name) == WorkTeam.KeyOf(name.Trim())) is { } made)
            {
                (_open, _editName) = (made.Id, made.Name);
            }
        }
    }

    private async Task RenameAsync()
    {
        var name = _editName;
        if (_open is { } id && await RunAsync(actor => RenameTeam.ExecuteAsync(actor, id, name)) is { } outcome)
        {
            _nameFault = Explain(outcome);
            _said = _nameFault is null ? "The name is saved." : "";
        }
    }

    private async Task SetMemberAsync(TeamLine team, TeamPerson person, bool isIn)
    {
        if (await RunAsync(actor => SetMember.ExecuteAsync(actor, team.Id, person.User, isIn)) is { } outcome)
        {
            _peopleFault = Explain(outcome);
            _said = _peopleFault is not null ? ""
                : isIn ? $"{person.Name} is in “{team.Name}” now."
                : $"{person.Name} is not in “{team.Name}” any more.";
        }
    }

    private Task ArchiveAsync(TeamLine team)
    {
        (_asks, _open) = (null, null);
        return ActAsync(actor => ArchiveTeam.ExecuteAsync(actor, team.Id), $"“{team.Name}” is put away.");
    }

    private Task RestoreAsync(TeamLine team) =>
        ActAsync(actor => RestoreTeam.ExecuteAsync(actor, team.Id), $"“{team.Name}” is at work again.");

    private async Task ActAsync(Func<Actor, Task<TeamOutcome>> workAsync, string done)
    {
        if (await RunAsync(workAsync) is { } outcome)
        {
            _actFault = Explain(outcome);
            _said = _actFault is null ? done : "";
        }
    }

    /// <returns>Null if something else is being saved: this was not done, and there is nothing to say of it.</returns>
    private async Task<TeamOutcome?> RunAsync(Func<Actor, Task<TeamOutcome>> workAsync)
    {
        if (_isBusy)
        {
            return null;
        }

        _isBusy = true;
        Forget();
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : TeamOutcome.NotAllowed;
            await ReadAsync();
            return outcome;
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>What was said of the last thing is over with the next.</summary>
    private void Forget() => (_said, _fault, _nameFault, _peopleFault, _actFault) = ("", null, null, null, null);

    private static string? Explain(TeamOutcome outcome) => outcome switch
    {
        TeamOutcome.Saved => null,
        TeamOutcome.NotAllowed => "Only Managers and Admins may change teams. Ask one of yours.",
        TeamOutcome.NotFound => "That team or that person is not there any more. The list is read again.",
        TeamOutcome.Taken => "There is a team of that name, perhaps one that is put away. Choose another name.",
        TeamOutcome.Full => $"There are {WorkTeam.Most} teams, or {WorkTeam.MostMembers} people in the team, which is as many as there can be.",
        _ => $"Give the team a name of at most {WorkTeam.MaxName} characters, on one line.",
    };
}
