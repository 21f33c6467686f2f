namespace Weflux.Web.Live;

public static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services, IConfiguration configuration)
    {
        var signalR = services.AddSignalR();
        if (configuration.GetConnectionString("Redis") is { Length: > 0 } redis)
        {
            signalR.AddStackExchangeRedis(redis, options =>
                options.Configuration.ChannelPrefix = StackExchange.Redis.RedisChannel.Literal("weflux"));
        }

        services.AddSingleton<InProcessHubConnection>();
        services.AddSingleton<InboxBroadcaster>();
        services.AddSingleton<ChangeBeat>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeBeat>());
        services.AddScoped<InboxFeed>();
        return services;
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<InboxHub>("/hubs/inbox");
        return endpoints;
    }
}
