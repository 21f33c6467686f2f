using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Security;

namespace Weflux.Web.Account;

/// <summary>
/// Looks whether the person of a circuit may still be here: when told that the access changed, and every minute as the
/// backstop.
/// </summary>
internal sealed partial class RevalidatingSignIn : RevalidatingServerAuthenticationStateProvider
{
    private const int MostUnanswered = 5;
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private readonly IServiceScopeFactory _scopes;
    private readonly IOptions<SecurityStampValidatorOptions> _options;
    private readonly AccessWatch _access;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private IDisposable? _watching;
    private int _unanswered;

    public RevalidatingSignIn(
        ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<SecurityStampValidatorOptions> options, AccessWatch access)
        : base(loggers)
    {
        _scopes = scopes;
        _options = options;
        _access = access;
        _logger = loggers.CreateLogger<RevalidatingSignIn>();
    }

    /// <summary>
    /// From here on the person is watched. A page without a circuit needs no watching: its request was looked at when it
    /// came, and what it changes itself must not make it stop halfway.
    /// </summary>
    internal async Task WatchAsync()
    {
        AuthenticationStateChanged += state => _ = WatchAsync(state);
        await WatchAsync(GetAuthenticationStateAsync());
    }

    protected override TimeSpan RevalidationInterval => _options.Value.ValidationInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<WefluxUser>>();
            var isValid = await signIn.ValidateSecurityStampAsync(authenticationState.User) is not null
                && await IsSessionOpenAsync(scope.ServiceProvider, authenticationState.User, cancellationToken);
            _unanswered = 0;
            return isValid;
        }
        catch (DbException)
        {
            // A database that is away for a moment says nothing about the person; one that stays away does end the session.
            return ++_unanswered <= MostUnanswered;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
            _ending.Cancel();
            _ending.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task<bool> IsSessionOpenAsync(IServiceProvider services, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        principal.UserId() is { } person && principal.SessionId() is { } session
        && await services.GetRequiredService<SessionBook>().IsInUseAsync(person, session, cancellationToken);

    private async Task WatchAsync(Task<AuthenticationState> state)
    {
        _watching?.Dispose();
        var principal = (await state).User;
        _watching = principal.UserId() is { } person ? _access.Watch(person, () => _ = LookAsync(principal)) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether a person may stay could not be found out; the next look tries again")]
    private partial void LookFailed(Exception exception);

    private async Task LookAsync(ClaimsPrincipal principal)
    {
        try
        {
            if (!await ValidateAuthenticationStateAsync(new AuthenticationState(principal), _ending.Token))
            {
                SetAuthenticationState(Nobody);
            }
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended meanwhile.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LookFailed(exception);
        }
    }
}

/// <summary>Has the person of a circuit watched from its beginning.</summary>
internal sealed class WatchedCircuit(AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        authentication is RevalidatingSignIn signIn ? signIn.WatchAsync() : Task.CompletedTask;
}
