using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Weflux.Web.Demo;

namespace Weflux.Web.Account;

public sealed partial class SignInPage
{
    private EditContext _form = null!;
    private string? _message;

    [SupplyParameterFromForm]
    private SignInInput Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SignIn SignIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IOptions<DemoOptions> Demo { get; set; } = null!;

    protected override void OnInitialized()
    {
        Input ??= new SignInInput();
        _form = new EditContext(Input);
        if (HttpMethods.IsGet(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
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
        switch (outcome)
        {
            case SignInOutcome.SignedIn:
                Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
                break;
            case SignInOutcome.TooManyTries tries:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                Http.Response.Headers.RetryAfter = Math.Ceiling(tries.RetryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                _message = "There were too many attempts. Wait a moment, then try again.";
                break;
            case SignInOutcome.LockedOut locked:
                _message = $"There were too many wrong passwords for this account. Try again in {Minutes(locked.For)}.";
                break;
            case SignInOutcome.TooLong:
                _message = PasswordLimit.TooLong;
                break;
            case SignInOutcome.NeedsSecondStep:
                _message = "This account needs a second step to sign in, which this version cannot ask for yet.";
                break;
            default:
                _message = "That e-mail address and password do not match. Check both and try again.";
                break;
        }
    }

    private static string Minutes(TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return minutes == 1 ? "one minute" : $"{minutes} minutes";
    }
}

/// <summary>What the sign-in form holds.</summary>
public sealed class SignInInput
{
    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}
