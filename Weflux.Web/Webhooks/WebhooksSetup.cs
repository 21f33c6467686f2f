using Weflux.Web.Connections;
using Weflux.Web.Lanes;

namespace Weflux.Web.Webhooks;

public static class WebhooksSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<MetaAppCatalog>();
        services.AddSingleton<SignatureTally>();
        services.AddHostedService(provider => provider.GetRequiredService<SignatureTally>());
        services.AddSingleton<ConnectionSignals>();
        services.AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookJournal>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookJournal>());
        services.AddHealthChecks().AddCheck<JournalStores>("journal", tags: ["ready"]);
        services.AddHostedService<JournalRetention>();
        services.AddSingleton<WebhookProcessor>();
        services.AddSingleton<ILaneWork>(provider => provider.GetRequiredService<WebhookProcessor>());
        services.AddSingleton<ILaneJournal, PendingDeliveries>();
        services.AddSingleton<ReplayDelivery>();
        return services;
    }

    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder endpoints)
    {
        WebhookEndpoints.Map(endpoints);
        return endpoints;
    }
}
