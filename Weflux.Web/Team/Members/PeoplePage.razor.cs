using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Mail;
using Weflux.Web.Presence;
using Weflux.Web.Team.Invitations;

namespace Weflux.Web.Team.Members;

/// <summary>The people of a workspace.</summary>
public sealed partial class PeoplePage
{
    private PeopleView? _view;
    private IReadOnlyDictionary<UserId, PresenceNow>? _presence;
    private Actor? _shown;
    private bool _isForbidden;
    private string _said = "";
    private string? _mailTrouble;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private PeopleQuery Query { get; set; } = null!;

    [Inject]
    private MailTrouble MailTrouble { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace);
        var view = actor is null ? null : await Query.GetAsync(actor);
        _mailTrouble = actor is null ? null : await MailTrouble.FindAsync(actor);
        (_view, _isForbidden) = (view, view is null);
    }

    private async Task SayAsync(string said)
    {
        _said = said;
        await ReadAsync();
    }

    private static string Words(InvitationState state) => state switch
    {
        InvitationState.Used => "accepted",
        InvitationState.Revoked => "revoked",
        _ => "expired",
    };
}
