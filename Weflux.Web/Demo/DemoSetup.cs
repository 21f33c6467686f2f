using Microsoft.Extensions.Options;

namespace Weflux.Web.Demo;

public static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>()
            .Configure<IHostEnvironment>((options, environment) => options.Enabled = environment.IsDevelopment())
            .BindConfiguration(DemoOptions.Section);
        services.AddSingleton<DemoSeed>();
        services.AddSingleton<OwnAddress>();
        return services;
    }

    public static void MapDemo(this WebApplication app)
    {
        if (app.IsDemo())
        {
            app.MapDemoSignIn();
        }
    }

    public static Task SeedDemoAsync(this WebApplication app)
    {
        var seed = app.Services.GetRequiredService<DemoSeed>();
        return app.IsDemo() ? seed.OpenAsync(app.Lifetime.ApplicationStopping) : seed.CloseAsync(app.Lifetime.ApplicationStopping);
    }

    private static bool IsDemo(this WebApplication app) => app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled;
}
