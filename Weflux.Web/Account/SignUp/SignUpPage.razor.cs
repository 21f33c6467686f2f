using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Weflux.Web.Demo;

namespace Weflux.Web.Account.SignUp;

/// <summary>Where a person makes an account and its first workspace.</summary>
public sealed partial class SignUpPage
{
    private IReadOnlyList<SignUpFault> _faults = [];
    private bool _isOpen;
    private bool _isMailed;
    private string? _message;

    [SupplyParameterFromForm(FormName = "sign-up")]
    private SignUpInput Input { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private OpenAccount OpenAccount { get; set; } = null!;

    [Inject]
    private SignUpDoor Door { get; set; } = null!;

    [Inject]
    private IOptions<DemoOptions> Demo { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SignUpInput();
        if (Http.User.Identity?.IsAuthenticated == true && HttpMethods.IsGet(Http.Request.Method))
        {
            Navigation.NavigateTo("/account/new-workspace");
            return;
        }

        _isOpen = await Door.IsOpenAsync(Http.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        var request = new SignUpRequest(Input.Name ?? "", Input.Email ?? "", Input.Password ?? "", Input.Organisation ?? "", Input.Slug ?? "", Input.TimeZone);
        switch (await OpenAccount.ExecuteAsync(request, Http.Connection.RemoteIpAddress, Http.RequestAborted))
        {
            case SignUpOutcome.Made made:
                Navigation.NavigateTo($"/w/{made.Slug}/start");
                break;
            case SignUpOutcome.PleaseSignIn:
                Navigation.NavigateTo("/sign-in?after=sign-up");
                break;
            case SignUpOutcome.SeeMail:
                _isMailed = true;
                break;
            case SignUpOutcome.Closed:
                _isOpen = false;
                break;
            case SignUpOutcome.TooManyTries:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _message = "There were too many attempts. Wait a moment, then try again.";
                break;
            case SignUpOutcome.Wrong wrong:
                _faults = wrong.Faults;
                _message = "Some of it cannot be used as it is. See below.";
                break;
        }
    }

    private string? Invalid(SignUpField field) => _faults.Any(f => f.Field == field) ? "true" : null;
}

/// <summary>What the sign-up form holds.</summary>
public sealed class SignUpInput
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? Organisation { get; set; }

    public string? Slug { get; set; }

    /// <summary>What the browser says; the workspace begins with it.</summary>
    public string? TimeZone { get; set; }
}
