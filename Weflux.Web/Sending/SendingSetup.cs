using Weflux.Web.Lanes;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Sending.Watch;

namespace Weflux.Web.Sending;

public static class SendingSetup
{
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddSingleton<SendReply>();
        services.AddSingleton<SendAgain>();
        services.AddSingleton<SendReaction>();
        services.AddSingleton<TakeBack>();
        services.AddSingleton<QueueQuery>();
        services.AddSingleton<LeaveTrouble>();
        services.AddSingleton<TroubleCountQuery>();
        services.AddSingleton<ReadReceiptSender>().AddHostedService(provider => provider.GetRequiredService<ReadReceiptSender>());
        services.AddSingleton<SendPace>();
        services.AddSingleton<SendBreakers>();
        services.AddSingleton<SendingMeter>();
        services.AddSingleton<SendingQuery>();
        services.AddSingleton<OutboxGauges>().AddHostedService(provider => provider.GetRequiredService<OutboxGauges>());
        services.AddSingleton<Dispatch>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<ILaneWork>(provider => provider.GetRequiredService<OutboxSender>());
        return services;
    }
}
