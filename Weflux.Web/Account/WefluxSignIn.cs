using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Account;

/// <summary>Every way to sign in ends here, and begins a session that its person can see and end.</summary>
public sealed class WefluxSignIn(
    UserManager<WefluxUser> users,
    IHttpContextAccessor contexts,
    IUserClaimsPrincipalFactory<WefluxUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<WefluxUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<WefluxUser> confirmation,
    WefluxDbContext db,
    WefluxDatabase database,
    SessionBook sessions,
    SignInTries tries)
    : SignInManager<WefluxUser>(users, contexts, claims, options, logger, schemes, confirmation)
{
    public override async Task SignInWithClaimsAsync(
        WefluxUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var person = new UserId(user.Id);
        var from = Context.Connection.RemoteIpAddress?.ToString();

        if (Context.User.UserId() is { } former && former != person && Context.User.SessionId() is { } left)
        {
            // The new cookie takes the place of the old one, which nobody could use or end any more.
            await sessions.EndQuietlyAsync(former, left, CancellationToken.None);
            TellLater(former);
        }

        // A cookie that is made anew for the same person stays in its session, if that was not ended meanwhile.
        var session = Context.User.UserId() == person && Context.User.SessionId() is { } known
            && await sessions.IsOpenAsync(person, known, Context.RequestAborted)
                ? known
                : await sessions.BeginAsync(person, Devices.Describe(Context.Request.Headers.UserAgent), from, Context.RequestAborted);
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims.Append(SessionClaim.For(session)));
    }

    /// <summary>Identity counts a wrong password after the fact and loses count when many come at once.</summary>
    public override async Task<SignInResult> CheckPasswordSignInAsync(WefluxUser user, string password, bool lockoutOnFailure)
    {
        var person = new UserId(user.Id);
        if (await tries.CountAsync(person, Context.RequestAborted) is not { } counted)
        {
            return SignInResult.LockedOut;
        }

        var verdict = user.PasswordHash is { } hash
            ? UserManager.PasswordHasher.VerifyHashedPassword(user, hash, password)
            : PasswordVerificationResult.Failed;
        if (verdict == PasswordVerificationResult.Failed)
        {
            return counted.LocksUntil is null ? SignInResult.Failed : SignInResult.LockedOut;
        }

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await RehashAsync(user, password);
        }

        var isIn = !user.TwoFactorEnabled || await IsTwoFactorClientRememberedAsync(user);
        await tries.ForgiveAsync(person, counted, isIn);
        return SignInResult.Success;
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.UserId() is { } person && Context.User.SessionId() is { } session)
        {
            await sessions.EndQuietlyAsync(person, session, CancellationToken.None);
            TellLater(person);
        }

        await base.SignOutAsync();
    }

    /// <summary>
    /// Has every page of the person look again once this answer has left. Sooner, an open page would leave for the sign-in
    /// page by itself while a new cookie is on its way to it.
    /// </summary>
    public void TellLater(UserId person)
    {
        sessions.Forget(person);
        Context.Response.OnCompleted(() =>
        {
            sessions.Tell(person);
            return Task.CompletedTask;
        });
    }

    /// <summary>Our second factor is not one of Identity's providers, so the flag alone tells.</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(WefluxUser user) => Task.FromResult(user.TwoFactorEnabled);

    /// <summary>Makes the cookie of this request anew after the person's own password or second factor changed.</summary>
    public async Task RefreshAsync(UserId person)
    {
        if (Context.User.UserId() == person && await UserManager.FindByIdAsync(person.ToString()) is { } user)
        {
            // The request may have read the person before the change.
            await db.Entry(user).ReloadAsync(Context.RequestAborted);
            await RefreshSignInAsync(user);
        }
    }

    private Task RehashAsync(WefluxUser user, string password)
    {
        var (id, old, renewed) = (user.Id, user.PasswordHash, UserManager.PasswordHasher.HashPassword(user, password));
        return database.WriteForSystemAsync(
            changed => changed.Set<WefluxUser>().Where(u => u.Id == id && u.PasswordHash == old)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, renewed), CancellationToken.None),
            CancellationToken.None);
    }
}
