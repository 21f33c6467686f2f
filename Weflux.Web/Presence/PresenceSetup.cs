using Microsoft.AspNetCore.Components.Server.Circuits;
using Weflux.Web.App;

namespace Weflux.Web.Presence;

public static class PresenceSetup
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<OpenPages>()
        .AddScoped<PresentCircuit>()
        .AddScoped<OwnPresenceBoard>()
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<PresentCircuit>())
        .AddSingleton(new ShellNotice(typeof(PresenceHere)))
        .AddSingleton<PresenceNews>()
        .AddSingleton<PresenceEdits>()
        .AddSingleton<PresenceQuery>()
        .AddSingleton<ChoosePresence>()
        .AddSingleton<PresenceBeat>()
        .AddHostedService(provider => provider.GetRequiredService<PresenceBeat>());
}
