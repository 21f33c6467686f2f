using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Security;

public sealed class DataProtectionKeysTests
{
    [Fact]
    public async Task People_stay_signed_in_through_a_restart()
    {
        var host = await WefluxHost.StartAsync();
        var cookies = new CookieContainer();
        (await host.SignInAsync("agent@demo.test", cookies)).Dispose();
        var session = cookies.GetCookieHeader(host.Address);

        await using var again = await host.RestartAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = again.Address };
        client.DefaultRequestHeaders.Add("Cookie", session);
        using var page = await client.GetAsync("/w/demo/inbox");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_database_holds_the_keys_encrypted()
    {
        await using var host = await WefluxHost.StartAsync();
        (await host.SignInAsync()).Dispose();
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var rows = await db.Set<ProtectedXmlKey>().ToListAsync();

        rows.Should().NotBeEmpty();
        rows.Should().AllSatisfy(row => Encoding.UTF8.GetString(row.Xml).Should().NotContain("<key"));
    }

    [Fact]
    public async Task With_another_key_ring_people_sign_in_again_and_the_program_still_starts()
    {
        var host = await WefluxHost.StartAsync(options => options.Settings["Weflux:Keys:Current"] = "");
        var cookies = new CookieContainer();
        (await host.SignInAsync("agent@demo.test", cookies)).Dispose();
        File.Delete(Path.Combine(host.DataDirectory, "keys.json"));

        await using var again = await host.RestartAsync();
        using var client = again.NewClient(cookies);
        using var page = await client.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await again.SignInAsync()).Dispose();
    }
}
