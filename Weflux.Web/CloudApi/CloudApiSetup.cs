using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Weflux.Web.CloudApi;

public static class CloudApiSetup
{
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddCloudApi(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(CloudApiOptions.Section).Get<CloudApiOptions>() ?? new CloudApiOptions();
        services.Configure<CloudApiOptions>(configuration.GetSection(CloudApiOptions.Section));
        services.AddSingleton<SimulatorAddress>();
        services.AddSingleton<CloudApiClient>();
        services.AddHttpClient(CloudApiClient.ClientName)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });

        // A send is never repeated here: the outbox alone decides what may be sent again.
        services.AddResiliencePipeline(CloudApiClient.SendPipeline, pipeline => pipeline.AddTimeout(options.Timeout));
        services.AddResiliencePipeline(CloudApiClient.CheckPipeline, pipeline => pipeline.AddTimeout(
            options.Timeout < CheckPatience ? options.Timeout : CheckPatience));
        services.AddResiliencePipeline(CloudApiClient.ReadPipeline, pipeline => pipeline
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder()
                    .Handle<HttpRequestException>()
                    .Handle<IOException>()
                    .Handle<TimeoutRejectedException>()
                    .Handle<CloudApiException>(e => e.IsTransient),
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddTimeout(options.Timeout));
        return services;
    }
}
