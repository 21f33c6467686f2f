using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Weflux.Web.Inbox.Together;

internal static class TogetherSetup
{
    public static IServiceCollection AddTogether(this IServiceCollection services) => services
        .AddSingleton<Seats>()
        .AddHostedService(provider => provider.GetRequiredService<Seats>())
        .AddSingleton<Lookers>()
        .AddHostedService(provider => provider.GetRequiredService<Lookers>())
        .AddSingleton<TogetherNames>()
        .AddScoped<TogetherBoard>()
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<TogetherBoard>());
}
