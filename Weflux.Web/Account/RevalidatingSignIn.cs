using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Weflux.Web.Account;

/// <summary>
/// Looks every minute whether the person of a circuit may still be here. Ending a session reaches a circuit at once
/// by other means; this is the backstop.
/// </summary>
internal sealed class RevalidatingSignIn(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<SecurityStampValidatorOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private const int MostUnanswered = 5;
    private int _unanswered;

    protected override TimeSpan RevalidationInterval => options.Value.ValidationInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<WefluxUser>>();
            var isValid = await signIn.ValidateSecurityStampAsync(authenticationState.User) is not null;
            _unanswered = 0;
            return isValid;
        }
        catch (DbException)
        {
            // A database that is away for a moment says nothing about the person; one that stays away does end the session.
            return ++_unanswered <= MostUnanswered;
        }
    }
}
