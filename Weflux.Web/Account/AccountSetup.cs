using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Weflux.Web.Data;

namespace Weflux.Web.Account;

public static class AccountSetup
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddOptions<PasswordHashOptions>().BindConfiguration(PasswordHashOptions.Section)
            .Validate(o => o.Cost is >= PasswordHashOptions.LowestCost and <= PasswordHashOptions.HighestCost, PasswordHashOptions.CostFault)
            .ValidateOnStart();
        services.AddSingleton<IPasswordHasher<WefluxUser>, BcryptPasswordHasher>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<WefluxUser>(ConfigureIdentity)
            .AddEntityFrameworkStores<WefluxDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddPasswordValidator<PasswordLimit>();
        services.AddSingleton<UnknownAccounts>();
        services.AddSingleton<SignInLimits>();
        services.AddScoped<SignIn>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureAll<SecurityStampValidatorOptions>(options => options.ValidationInterval = Recheck);
        services.ConfigureOptions<Cookies>();
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        return services;
    }

    public static void MapAccount(this WebApplication app) =>
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, SignInManager<WefluxUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static void ConfigureIdentity(IdentityOptions options)
    {
        IdentitySchema.Apply(options);
        options.User.RequireUniqueEmail = true;
        options.Lockout.MaxFailedAccessAttempts = Lockout.Tries;
        options.Lockout.DefaultLockoutTimeSpan = Lockout.Length;

        // Length protects; demanded digits and signs only make people append "1!".
        options.Password.RequiredLength = PasswordLimit.Lowest;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }
}

/// <summary>How many wrong passwords in a row close an account, and for how long.</summary>
public static class Lockout
{
    public const int Tries = 5;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);
}
