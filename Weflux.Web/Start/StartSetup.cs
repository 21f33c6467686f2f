namespace Weflux.Web.Start;

public static class StartSetup
{
    public static IServiceCollection AddStart(this IServiceCollection services) =>
        services.AddSingleton<StartQuery>().AddSingleton<TakeTrialNumber>();
}
