using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Weflux.Web.Account.Passkeys;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Demo;

namespace Weflux.Web.Account;

public sealed partial class SignInPage
{
    private EditContext _form = null!;
    private string? _message;

    private bool _maySignUp;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInInput Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")]
    private PasskeyInput? Passkey { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    /// <summary>What has just been done elsewhere; only words that are known here are shown.</summary>
    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SignIn SignIn { get; set; } = null!;

    [Inject]
    private PasskeySignIn PasskeySignIn { get; set; } = null!;

    [Inject]
    private SignUpDoor Door { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IOptions<DemoOptions> Demo { get; set; } = null!;

    private QueryString SecondStepQuery => QueryString.Create("returnUrl", ReturnUrl ?? "/").Add("remember", Input.Remember ? "true" : "false");

    private string? Told => After switch
    {
        "reset" => "Your password is changed. Sign in with it.",
        "sign-up" => "Sign in to go on. If this address had an account before, use the password that it had.",
        "ended" => "You were signed out: the session was ended, or the password was changed. Sign in again to go on.",
        "email" => "Your new e-mail address is confirmed.",
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SignInInput();
        _form = new EditContext(Input);
        if (HttpMethods.IsGet(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        _maySignUp = await Door.IsOpenAsync(Http.RequestAborted);
        if (_maySignUp && Door.IsFirstRun && HttpMethods.IsGet(Http.Request.Method) && await Door.IsNobodyThereAsync(Http.RequestAborted))
        {
            Navigation.NavigateTo("/sign-up");
        }
    }

    private async Task SubmitAsync()
    {
        if (string.IsNullOrWhiteSpace(Input.Email) || string.IsNullOrEmpty(Input.Password))
        {
            _message = "Enter your e-mail address and your password.";
            return;
        }

        var outcome = await SignIn.ExecuteAsync(
            Input.Email, Input.Password, Input.Remember, Http.Connection.RemoteIpAddress, Http.RequestAborted);

        // Or the form would send the password back in the page.
        Input.Password = "";
        if (outcome is SignInOutcome.NeedsSecondStep)
        {
            Navigation.NavigateTo($"/sign-in/second-step{SecondStepQuery}");
            return;
        }

        Show(outcome);
    }

    private async Task PasskeyAsync() => Show(await PasskeySignIn.ExecuteAsync(Passkey?.Credential, Http.Connection.RemoteIpAddress, Http.RequestAborted));

    private void Show(SignInOutcome outcome)
    {
        if (outcome is SignInOutcome.SignedIn)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        if (outcome is SignInOutcome.TooManyTries tries)
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Http.Response.Headers.RetryAfter = Math.Ceiling(tries.RetryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        _message = Passkey is not null && outcome is SignInOutcome.Refused
            ? "This passkey could not be checked. Try again, or use your password."
            : outcome.Sentence();
    }
}

/// <summary>What the browser says of a passkey.</summary>
public sealed class PasskeyInput
{
    public string? Credential { get; set; }
}

/// <summary>What the sign-in form holds.</summary>
public sealed class SignInInput
{
    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}
