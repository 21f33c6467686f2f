using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weflux.Simulator.Chats;
using Weflux.Simulator.Control;
using Weflux.Simulator.Faults;
using Weflux.Simulator.Graph;
using Weflux.Simulator.Graph.Accounts;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.Graph.Sending;
using Weflux.Simulator.Graph.Templates;
using Weflux.Simulator.People;
using Weflux.Simulator.Phone;
using Weflux.Simulator.State;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator;

public static class SimulatorSetup
{
    public static IServiceCollection AddSimulator(this IServiceCollection services, Action<SimulatorOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => SimulatorOptions.From(configure));
        services.AddSingleton<StateLog>();
        services.AddSingleton<FaultBook>();
        services.AddPhone().AddGraph();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookPoster>();
        services.AddHostedService<WebhookCourier>();
        return services;
    }

    public static IEndpointRouteBuilder MapSimulator(this IEndpointRouteBuilder endpoints)
    {
        var simulator = endpoints.MapGroup("/simulator")
            .AllowAnonymous()
            .DisableAntiforgery()
            // An error page of the host in place of a Graph error would not be what Meta says.
            .WithMetadata(new SkipStatusCodePagesAttribute(), new ExcludeFromDescriptionAttribute());
        GraphEndpoints.Map(simulator);
        ControlEndpoints.Map(simulator);
        AccountEndpoints.Map(simulator);
        TemplateEndpoints.Map(simulator);
        PhoneEndpoints.Map(simulator);
        FaultEndpoints.Map(simulator);
        return endpoints;
    }

    private static IServiceCollection AddPhone(this IServiceCollection services) => services
        .AddSingleton<PhoneFeed>()
        .AddSingleton<PhoneStream>()
        .AddSingleton<Handsets>()
        .AddSingleton<CustomerBook>()
        .AddSingleton<ChatBook>()
        .AddSingleton<Delivery>()
        .AddSingleton<CustomerMessageItem>()
        .AddSingleton<CustomerSends>();

    private static IServiceCollection AddGraph(this IServiceCollection services) => services
        .AddSingleton<GraphFrontDoor>()
        .AddSingleton<GraphFaults>()
        .AddSingleton<GraphRouter>()
        .AddSingleton<Ledger>()
        .AddSingleton<NumberNode>()
        .AddSingleton<AccountNode>()
        .AddSingleton<AppNode>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<TokenBook>()
        .AddSingleton<AppBook>()
        .AddSingleton<FactBook>()
        .AddSingleton<NumberFields>()
        .AddSingleton<CallbackCheck>()
        .AddSingleton<AccountNews>()
        .AddSingleton<TokenInspection>()
        .AddSingleton<TemplateCatalogue>()
        .AddSingleton<TemplateList>()
        .AddSingleton<TemplateNews>()
        .AddSingleton<TemplateReview>()
        .AddSingleton<TemplateDesk>()
        .AddSingleton<SampleShelf>()
        .AddSingleton<SendMessage>()
        .AddSingleton<MarkRead>()
        .AddSingleton<RecipientLookup>()
        .AddSingleton<MessageRules>()
        .AddSingleton<MediaRules>()
        .AddSingleton<ReactionRules>()
        .AddSingleton<TemplateRules>()
        .AddSingleton<MediaShelf>()
        .AddSingleton<MediaNode>()
        .AddSingleton<MediaDownload>()
        .AddSingleton<UploadMedia>();
}
