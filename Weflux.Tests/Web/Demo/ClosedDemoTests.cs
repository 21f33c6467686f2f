using System.Net;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Demo;

public sealed class ClosedDemoTests
{
    [Fact]
    public async Task The_public_secret_of_the_demo_signs_nothing_while_the_demo_is_off()
    {
        await using var demo = await WefluxHost.StartAsync();
        (await PostAsync(demo, "wamid.open")).Should().Be(HttpStatusCode.OK);
        await demo.StopKeepingDataAsync();

        await using (var closed = await WefluxHost.StartAsync(o =>
        {
            o.DataDirectory = demo.DataDirectory;
            o.Settings["Demo:Enabled"] = "false";
        }))
        {
            (await PostAsync(closed, "wamid.closed")).Should().Be(HttpStatusCode.Unauthorized);
            await closed.StopKeepingDataAsync();
        }

        await using var again = await WefluxHost.StartAsync(o => o.DataDirectory = demo.DataDirectory);
        (await PostAsync(again, "wamid.again")).Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> PostAsync(WefluxHost host, string id)
    {
        using var client = host.NewClient();
        return await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom(id, "919400000001", "hi", host.Clock.GetUtcNow()));
    }
}
