using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team.Members;

namespace Weflux.Web.Team.Invitations;

/// <summary>The form that invites somebody.</summary>
public sealed partial class InviteSection
{
    private string _email = "";
    private Role _role = Role.Agent;
    private InviteResult? _made;
    private string? _fault;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter]
    public EventCallback OnInvited { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InviteMember Invite { get; set; } = null!;

    private async Task SubmitAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _fault, _made) = (true, null, null);
        try
        {
            var result = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await Invite.ExecuteAsync(actor, _email, _role)
                : new InviteResult(InviteOutcome.NotAllowed);
            if (result.Outcome == InviteOutcome.Invited)
            {
                (_made, _email) = (result, "");
                await OnInvited.InvokeAsync();
            }
            else
            {
                _fault = Words(result.Outcome);
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string Words(InviteOutcome outcome) => outcome switch
    {
        InviteOutcome.NoAddress => "That is no e-mail address. Enter one such as name@example.com, or leave it empty for a link.",
        InviteOutcome.AlreadyMember => "Somebody with this address is a member already. Change their role in the list below.",
        InviteOutcome.Deactivated => "Somebody with this address was deactivated. Reactivate them in the list below.",
        InviteOutcome.AlreadyInvited => "There is an open invitation for this address. Copy its link below, or revoke it first.",
        InviteOutcome.TooMany => $"There are {InviteMember.MostOpen} open invitations. Revoke those that nobody needs.",
        InviteOutcome.TooManyMails => $"A workspace mails {InviteMember.MostMailsADay} invitations a day. Make a link without an address and hand it over, or go on tomorrow.",
        InviteOutcome.UnknownRole => RoleWords.Of(RosterAnswer.UnknownRole),
        _ => RoleWords.Of(RosterAnswer.NotAllowed),
    };
}
