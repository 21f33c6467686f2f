using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Weflux.Tests.Support;

/// <summary>
/// Makes every step between browser and server slow, if WEFLUX_TESTS_DELAY says by how many milliseconds. A journey
/// that goes on before the page has followed it passes on a quick machine and fails on a busy one; so it fails at once.
/// </summary>
internal static class SlowCircuits
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(
        int.Parse(Environment.GetEnvironmentVariable("WEFLUX_TESTS_DELAY") ?? "0", CultureInfo.InvariantCulture));

    public static void AddTo(IServiceCollection services)
    {
        if (Delay > TimeSpan.Zero)
        {
            services.AddServerSideBlazor().AddHubOptions(options => options.AddFilter(new Slowly()));
        }
    }

    private sealed class Slowly : IHubFilter
    {
        public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            // What people do; the browser's acknowledgements go on at once.
            if (invocationContext.HubMethodName is "BeginInvokeDotNetFromJS" or "OnLocationChanged")
            {
                await Task.Delay(Delay);
            }

            return await next(invocationContext);
        }
    }
}
