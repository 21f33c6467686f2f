namespace Weflux.Web.Floor;

public static class FloorSetup
{
    public static IServiceCollection AddFloor(this IServiceCollection services) => services.AddSingleton<FloorQuery>();
}
