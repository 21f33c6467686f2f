using MudBlazor.Services;

namespace Weflux.Web.App;

public static class AppSetup
{
    public static IServiceCollection AddApp(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
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
