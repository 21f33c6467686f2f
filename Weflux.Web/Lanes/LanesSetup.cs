namespace Weflux.Web.Lanes;

public static class LanesSetup
{
    public static IServiceCollection AddLanes(this IServiceCollection services)
    {
        services.AddSingleton<LaneSignals>();
        services.AddSingleton<LaneKeeper>();
        services.AddSingleton<LaneHost>();
        services.AddHostedService(provider => provider.GetRequiredService<LaneHost>());
        services.AddHealthChecks().AddCheck<LanesMove>("lanes", tags: ["ready"]);
        return services;
    }
}
