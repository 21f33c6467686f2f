using Weflux.Web.Lanes;

namespace Weflux.Web.Scheduling;

public static class SchedulingSetup
{
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton<ScheduleMessage>();
        services.AddSingleton<ChangeSchedule>();
        services.AddSingleton<CancelScheduled>();
        services.AddSingleton<SendScheduledNow>();
        services.AddSingleton<ScheduledQuery>();
        services.AddSingleton<ScheduledSender>();
        services.AddSingleton<ILaneWork>(provider => provider.GetRequiredService<ScheduledSender>());
        return services;
    }
}
