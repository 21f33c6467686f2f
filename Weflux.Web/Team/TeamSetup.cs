namespace Weflux.Web.Team;

public static class TeamSetup
{
    public static IServiceCollection AddTeam(this IServiceCollection services) =>
        services.AddSingleton<Actors>().AddScoped<CurrentActor>();
}
