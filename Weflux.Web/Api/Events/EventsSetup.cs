using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weflux.Web.App;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Api.Events;

internal static class EventsSetup
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section)
            .Validate(o => o.IsSensible, EventOptions.Fault).ValidateOnStart();
        services.AddSingleton<EventAddresses>().AddSingleton<EventConnector>().AddSingleton<EventCall>().AddSingleton<EventSignals>();
        services.AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<EventRecorder>().AddSingleton<IInterceptor>(provider => provider.GetRequiredService<EventRecorder>());
        services.AddSingleton<EventResults>().AddSingleton<EventRun>();
        services.AddSingleton<EventSender>().AddHostedService(provider => provider.GetRequiredService<EventSender>());
        services.AddSingleton<EventSweep>().AddHostedService(provider => provider.GetRequiredService<EventSweep>());
        services.AddSingleton<EventEndpointEdits>().AddSingleton<MakeEventEndpoint>().AddSingleton<EditEventEndpoint>().AddSingleton<SwitchEventEndpoint>()
            .AddSingleton<DeleteEventEndpoint>().AddSingleton<RotateEventSecret>().AddSingleton<StopOldEventSecret>().AddSingleton<SendTestEvent>()
            .AddSingleton<ReplayEvents>().AddSingleton<EventEndpointsQuery>().AddSingleton<EventDeliveriesQuery>();
        services.AddSingleton(new ShellNotice(typeof(WebhookNotice)));
        return services.AddExports();
    }

    private static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddSingleton(ExportPart.Of<EventEndpoint>("webhooks.jsonl", "whom it tells of events, without the secrets", e => new
        {
            e.Id,
            e.Name,
            Host = EventEndpointEdits.Host(e.Address),
            e.Types,
            e.HasText,
            e.HasNumbers,
            State = e.State.ToString(),
            e.CreatedAt,
            CreatedBy = e.CreatedBy?.Value,
        }))
        .AddSingleton(ExportPart.Of<EventDelivery>("webhook-events.jsonl", "what became of each event of the last 30 days, without what it told", d => new
        {
            d.Id,
            d.EndpointId,
            d.WebhookId,
            d.Type,
            d.At,
            State = d.State.ToString(),
            d.Tries,
            d.Status,
        }));
}
