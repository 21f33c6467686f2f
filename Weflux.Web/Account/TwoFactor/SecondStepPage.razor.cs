using Microsoft.AspNetCore.Components;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>Asks for a code after the password was right.</summary>
public sealed partial class SecondStepPage
{
    private bool _isExpected;
    private string? _message;

    [SupplyParameterFromForm(FormName = "second-step")]
    private SecondStepInput? Input { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private bool Remember { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SecondStep SecondStep { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _isExpected = await SecondStep.IsExpectedAsync();

    private async Task SubmitAsync()
    {
        var outcome = await SecondStep.ExecuteAsync(
            Input?.Code, Remember, Input?.RememberDevice == true, Http.Connection.RemoteIpAddress, Http.RequestAborted);
        if (outcome is SignInOutcome.SignedIn)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        _isExpected = outcome is not null;
        _message = outcome is SignInOutcome.Refused
            ? "That code is not right, or it was used already. Wait for the next one and try again."
            : outcome?.Sentence();
    }
}

/// <summary>What the form of the second step holds.</summary>
public sealed class SecondStepInput
{
    public string? Code { get; set; }

    public bool RememberDevice { get; set; }
}
