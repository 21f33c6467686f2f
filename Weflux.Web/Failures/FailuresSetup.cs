namespace Weflux.Web.Failures;

public static class FailuresSetup
{
    public static IServiceCollection AddFailures(this IServiceCollection services)
    {
        services.AddSingleton<FailuresQuery>();
        services.AddSingleton<SendAllAgain>();
        return services;
    }
}
