using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weflux.Web.Account.Passkeys;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.Profile;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Data;
using Weflux.Web.Operations;

namespace Weflux.Web.Account;

public static class AccountSetup
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddOptions<PasswordHashOptions>().BindConfiguration(PasswordHashOptions.Section)
            .Validate(o => o.Cost is >= PasswordHashOptions.LowestCost and <= PasswordHashOptions.HighestCost, PasswordHashOptions.CostFault)
            .ValidateOnStart();
        services.Configure<FormOptions>(options =>
        {
            // What any form here holds is far shorter; a passkey is the longest.
            (options.ValueLengthLimit, options.ValueCountLimit, options.KeyLengthLimit) = (32 * 1024, 200, 512);
        });
        services.AddSingleton<IPasswordHasher<WefluxUser>, BcryptPasswordHasher>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<WefluxUser>(ConfigureIdentity)
            .AddEntityFrameworkStores<WefluxDbContext>()
            .AddSignInManager<WefluxSignIn>()
            .AddDefaultTokenProviders();

        // Length protects; demanded digits and signs only make people append "1!". So our rules stand in place of Identity's.
        services.RemoveAll<IPasswordValidator<WefluxUser>>().AddScoped<IPasswordValidator<WefluxUser>, PasswordRules>();
        services.AddScoped(provider => (WefluxSignIn)provider.GetRequiredService<SignInManager<WefluxUser>>());
        services.AddSingleton<SignInTries>().AddSingleton<UnknownAccounts>().AddSingleton<SignInLimits>().AddSingleton<AccountMails>().AddSingleton<LockoutNotice>();
        services.AddSingleton<AccountLinks>().AddHostedService<AccountSweep>();
        services.AddScoped<SignIn>();
        AddPasswords(services);
        AddSignUp(services);
        services.AddSingleton<SecondFactors>().AddScoped<OwnSecondFactor>().AddScoped<SecondStep>().AddScoped<OwnPasskeys>().AddScoped<PasskeySignIn>();
        services.AddSingleton<SaveProfile>().AddSingleton<ProfileQuery>().AddSingleton<PersonPictures>();
        services.AddScoped<ChangeEmail>().AddSingleton<ConfirmEmail>();
        AddSessions(services);
        services.AddCascadingAuthenticationState();
        return services;
    }

    public static void MapAccount(this WebApplication app)
    {
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        SlugEndpoint.Map(app);
        PictureEndpoint.Map(app);
        PasskeyEndpoints.Map(app);
    }

    private static void AddPasswords(IServiceCollection services)
    {
        services.AddSingleton<SetPassword>().AddScoped<PasswordProof>().AddScoped<ChangePassword>();
        services.AddSingleton<ForgetPassword>().AddSingleton<ResetPassword>();
        services.AddSingleton<IssueResetLink>().AddSingleton<WaitingResetsQuery>().AddSingleton<ICommand, ResetLinkCommand>();
    }

    private static void AddSignUp(IServiceCollection services)
    {
        services.AddOptions<SignUpOptions>().BindConfiguration(SignUpOptions.Section).Validate(o => o.IsKnown, SignUpOptions.Fault).ValidateOnStart();
        services.AddSingleton<SignUpDoor>().AddSingleton<NewWorkspace>().AddSingleton<SlugAdvice>().AddSingleton<CreateWorkspace>();
        services.AddScoped<OpenAccount>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<SessionBook>().AddScoped<EndOtherSessions>().AddSingleton<SessionsQuery>().AddSingleton<IAuthorizationHandler, OpenSessionCheck>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureAll<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = Recheck;
            options.OnRefreshingPrincipal = SessionCookies.KeepAsync;
        });
        services.ConfigureOptions<Cookies>();
        services.AddAuthorizationBuilder().SetDefaultPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new OpenSession()).Build());
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) =>
        {
            // A passkey stands for a password and a second step, so the device must have asked for finger, face or PIN.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.ServerDomain = address.Uri.IsLoopback ? null : address.Uri.Host;
        });
    }

    private static async Task<RedirectHttpResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, SignInManager<WefluxUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            // A page that was open while somebody else signed in here, say. Nobody is signed out, and the page comes anew.
            return TypedResults.LocalRedirect("/");
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static void ConfigureIdentity(IdentityOptions options)
    {
        IdentitySchema.Apply(options);
        options.User.RequireUniqueEmail = true;

        // EmailAddress says what an address is. Identity's own list has no apostrophe and no umlaut in it, and whoever has
        // one in the address could then not be written any more.
        options.User.AllowedUserNameCharacters = "";
        options.Lockout.MaxFailedAccessAttempts = Lockout.Tries;
        options.Lockout.DefaultLockoutTimeSpan = Lockout.Length;
    }
}

/// <summary>How many wrong passwords in a row close an account, and for how long.</summary>
public static class Lockout
{
    public const int Tries = 5;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>How long a locked account stays so, by what was read of it; a whole lockout if it was locked since.</summary>
    internal static TimeSpan LeftOf(WefluxUser user, TimeProvider time) =>
        user.LockoutEnd - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : Length;
}
