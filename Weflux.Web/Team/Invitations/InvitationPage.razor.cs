using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;
using Weflux.Web.Account;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Invitations;

/// <summary>What an invitation's link opens. It is drawn on the server: only here can the cookie of a new account be set.</summary>
public sealed partial class InvitationPage
{
    private readonly List<string> _faults = [];
    private EditContext _form = null!;
    private InvitationView? _view;
    private bool _isMailed;

    [Parameter]
    public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "join")]
    private JoinInput Input { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private InvitationQuery Query { get; set; } = null!;

    [Inject]
    private AcceptInvitation Accept { get; set; } = null!;

    [Inject]
    private AcceptAsNewPerson NewPerson { get; set; } = null!;

    [Inject]
    private SignInManager<WefluxUser> SignIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new JoinInput();
        _form = new EditContext(Input);

        // The address is a secret while the invitation is open.
        Http.Response.Headers.CacheControl = "no-store";
        await ReadAsync();
    }

    private async Task ReadAsync() => _view = await Query.FindAsync(Token, Http.User.UserId(), Http.RequestAborted);

    private async Task AcceptAsync()
    {
        if (Http.User.UserId() is { } user)
        {
            await ShowAsync(await Accept.ExecuteAsync(user, Token, Http.User.From(), Http.RequestAborted));
        }
    }

    private async Task JoinAsync()
    {
        var (result, faults) = await NewPerson.ExecuteAsync(
            Token, Input.Name ?? "", Input.Email ?? "", Input.Password ?? "", Http.Connection.RemoteIpAddress, Http.RequestAborted);

        // Or the form would send the password back in the page.
        Input.Password = "";
        _faults.AddRange(faults);
        if (faults.Count == 0)
        {
            if (result.Account is { } account)
            {
                await SignIn.SignInAsync(account, isPersistent: false);
            }

            await ShowAsync(result);
        }
    }

    private async Task SignOutAsync()
    {
        await SignIn.SignOutAsync();
        Navigation.NavigateTo($"/invitation/{Token}");
    }

    private async Task ShowAsync(AcceptResult result)
    {
        switch (result.Outcome)
        {
            case AcceptOutcome.Joined or AcceptOutcome.AlreadyMember:
                Navigation.NavigateTo($"/w/{result.Slug}/inbox");
                break;
            case AcceptOutcome.SeeMail:
                _isMailed = true;
                break;
            case AcceptOutcome.TooManyTries:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _faults.Add("There were too many attempts. Wait a moment, then try again.");
                break;
            case AcceptOutcome.EmailTaken:
                await ReadAsync();
                _faults.Add("This address cannot get a new account here. If it is yours, sign in and come back here.");
                break;
            default:
                // Somebody was faster, or the link ran out while the form was filled in: the page says which.
                await ReadAsync();
                break;
        }
    }

    private static string Title(InvitationState state) => state switch
    {
        InvitationState.Used => "This invitation was used",
        InvitationState.Revoked => "This invitation was taken back",
        _ => "This invitation has expired",
    };

    private static string Lead(InvitationView view) => view.State switch
    {
        InvitationState.Used => $"It works once. If it was you, open {view.WorkspaceName}; if not, ask {view.InvitedBy} for a new one.",
        InvitationState.Revoked => $"An Admin of {view.WorkspaceName} revoked it. Ask {view.InvitedBy} if that is a surprise.",
        _ => $"It worked for 7 days. Ask {view.InvitedBy} of {view.WorkspaceName} for a new one.",
    };
}

/// <summary>What the form of a new person holds.</summary>
public sealed class JoinInput
{
    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public string Password { get; set; } = "";
}
