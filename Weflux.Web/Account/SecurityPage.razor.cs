using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passkeys;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.Profile;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Security;

namespace Weflux.Web.Account;

/// <summary>How a person signs in, and where the person is signed in.</summary>
public sealed partial class SecurityPage
{
    private const string Others = "others";

    private ProfileView? _view;
    private IReadOnlyList<PasskeyLine> _passkeys = [];
    private IReadOnlyList<SessionLine> _sessions = [];
    private IReadOnlyList<string> _codes = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private int _codesLeft;
    private string? _message;
    private string? _open;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordInput? Password { get; set; }

    [SupplyParameterFromForm(FormName = "factor")]
    private FactorInput? Factor { get; set; }

    [SupplyParameterFromForm(FormName = "sessions")]
    private SessionInput? Session { get; set; }

    [SupplyParameterFromForm(FormName = "passkeys")]
    private PasskeyChange? Passkey { get; set; }

    [SupplyParameterFromForm(FormName = "add-passkey")]
    private PasskeyInput? NewPasskey { get; set; }

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ProfileQuery Query { get; set; } = null!;

    [Inject]
    private SessionsQuery SessionsQuery { get; set; } = null!;

    [Inject]
    private SessionBook Sessions { get; set; } = null!;

    [Inject]
    private EndOtherSessions EndOthers { get; set; } = null!;

    [Inject]
    private ChangePassword ChangePassword { get; set; } = null!;

    [Inject]
    private PasswordProof Proof { get; set; } = null!;

    [Inject]
    private SecondFactors Factors { get; set; } = null!;

    [Inject]
    private OwnSecondFactor OwnFactor { get; set; } = null!;

    [Inject]
    private OwnPasskeys Passkeys { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private UserId Person => Http.User.UserId()!.Value;

    private string? Told => _message is not null || _codes.Count > 0 ? null : Done switch
    {
        "password" => "Your password is changed. Everywhere else you were signed out.",
        "factor-off" => "The second step is turned off. Everywhere else you were signed out.",
        "passkey" => "The passkey is added.",
        "passkey-renamed" => "The passkey has its new name.",
        "passkey-removed" => "The passkey is removed.",
        "session" => "The session is ended.",
        "sessions" => "All other sessions are ended. Your other devices ask for the second step again.",
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        _view = await Query.GetAsync(Person, Http.RequestAborted);
        _zone = _view?.TimeZone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        _passkeys = await Passkeys.ListAsync(Person);
        _sessions = await SessionsQuery.GetAsync(Person, Http.User.SessionId(), Http.RequestAborted);
        _codesLeft = await Factors.CountCodesAsync(Person, Http.RequestAborted);
    }

    private async Task ChangePasswordAsync()
    {
        _open = "password";
        Settle(
            await ChangePassword.ExecuteAsync(
                Person, Http.User.SessionId(), Password?.Current, Password?.Next, Http.Connection.RemoteIpAddress, Http.RequestAborted),
            "password");
    }

    private async Task ChangeFactorAsync()
    {
        _open = "factor";
        if (_view?.HasSecondFactor != true)
        {
            return;
        }

        var from = Http.Connection.RemoteIpAddress;
        if (Factor?.Do == "off")
        {
            Settle(await OwnFactor.RemoveAsync(Person, Http.User.SessionId(), Factor.Password, from, Http.RequestAborted), "factor-off");
            return;
        }

        var renewed = await OwnFactor.RenewCodesAsync(Person, Factor?.Password, from, Http.RequestAborted);
        (_message, _codes) = (renewed.Fault, renewed.Codes);
        _codesLeft = renewed.Fault is null ? _codes.Count : _codesLeft;
    }

    private async Task AddPasskeyAsync()
    {
        var device = Devices.Describe(Http.Request.Headers.UserAgent);
        Settle(
            await Passkeys.AddAsync(Person, NewPasskey?.Credential, device, Http.Connection.RemoteIpAddress, Http.RequestAborted), "passkey");
    }

    private async Task ChangePasskeyAsync()
    {
        if (Passkey?.Remove is { } removed)
        {
            var refusal = (await Proof.CheckAsync(Person, Passkey.Password, Http.Connection.RemoteIpAddress, Http.RequestAborted)).Sentence();
            Settle(refusal ?? await Passkeys.RemoveAsync(Person, removed, Http.RequestAborted), "passkey-removed");
        }
        else if (Passkey?.Rename is { } renamed)
        {
            Settle(await Passkeys.RenameAsync(Person, renamed, Passkey.Names.GetValueOrDefault(renamed)), "passkey-renamed");
        }
    }

    private async Task EndAsync()
    {
        if (Session?.End == Others)
        {
            await EndOthers.ExecuteAsync(Person, Http.User.SessionId(), Http.RequestAborted);
            Settle(null, "sessions");
        }
        else if (Guid.TryParse(Session?.End, out var ended))
        {
            // One that is gone already is as good as ended.
            await Sessions.EndAsync(Person, ended, Http.RequestAborted);
            Settle(null, "session");
        }
    }

    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, _zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + (_zone.Equals(TimeZoneInfo.Utc) ? " UTC" : "");

    private void Settle(string? fault, string done)
    {
        _message = fault;
        if (fault is null)
        {
            Navigation.NavigateTo($"/account/security?done={done}");
        }
    }

    /// <summary>What the form for a new password holds.</summary>
    public sealed class PasswordInput
    {
        public string? Current { get; set; }

        public string? Next { get; set; }
    }

    /// <summary>What the form about the second step holds.</summary>
    public sealed class FactorInput
    {
        public string? Password { get; set; }

        public string? Do { get; set; }
    }

    /// <summary>What the form of passkeys holds.</summary>
    public sealed class PasskeyChange
    {
        public Dictionary<string, string> Names { get; set; } = [];

        public string? Rename { get; set; }

        public string? Remove { get; set; }

        public string? Password { get; set; }
    }

    /// <summary>Which session is to end.</summary>
    public sealed class SessionInput
    {
        public string? End { get; set; }
    }
}
