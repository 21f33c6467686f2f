using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor.Services;
using Weflux.Web.Account;

namespace Weflux.Web.App;

public static class AppSetup
{
    public static IServiceCollection AddApp(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();

        // After the line above, which registers a provider that never looks again.
        services.AddScoped<AuthenticationStateProvider, RevalidatingSignIn>();
        services.AddScoped<CircuitHandler, WatchedCircuit>();
        services.AddMudServices();
        return services;
    }

    public static void MapApp(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();

        // Closed by default: a page that strangers may see says so itself. This covers the circuit as well.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization();
    }
}
