using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Api.Keys;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Api;

public sealed class ClosedDemoKeyTests
{
    [Fact]
    public async Task The_public_keys_open_nothing_while_the_demo_is_off_and_work_again_with_it()
    {
        await using var demo = await WefluxHost.StartAsync();
        (await StatusAsync(demo)).Should().Be(HttpStatusCode.OK);
        await demo.StopKeepingDataAsync();

        await using (var closed = await WefluxHost.StartAsync(o =>
        {
            o.DataDirectory = demo.DataDirectory;
            o.Settings["Demo:Enabled"] = "false";
        }))
        {
            (await StatusAsync(closed)).Should().Be(HttpStatusCode.Unauthorized);
            await closed.StopKeepingDataAsync();
        }

        await using var again = await WefluxHost.StartAsync(o => o.DataDirectory = demo.DataDirectory);
        (await StatusAsync(again)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_demo_that_was_seeded_before_there_were_keys_gets_them_at_the_next_start()
    {
        await using var before = await WefluxHost.StartAsync();
        await before.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            db => db.Set<ApiKey>().AcrossWorkspaces().ExecuteDeleteAsync(), CancellationToken.None);
        (await StatusAsync(before)).Should().Be(HttpStatusCode.Unauthorized);

        await using var after = await before.RestartAsync();

        (await StatusAsync(after)).Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(WefluxHost host)
    {
        using var client = host.NewApiClient();
        using var answer = await client.GetAsync("/api/v1/conversations");
        return answer.StatusCode;
    }
}
