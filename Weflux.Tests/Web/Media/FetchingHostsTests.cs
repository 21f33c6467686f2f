using Microsoft.AspNetCore.Http;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

/// <summary>Whom a file, and with it the access token, is asked of.</summary>
public sealed class FetchingHostsTests : FetchingWorld
{
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost:1/x")]
    [InlineData("https://evil.example/x")]
    [InlineData("https://fbsbx.com.evil.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("no address at all")]
    public async Task The_token_goes_to_the_platforms_own_hosts_and_nowhere_else(string address)
    {
        Answer(_ => address, (context, _) => context.Response.Body.WriteAsync(Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var file = await FileAsync(f => f.Tries == 1);
        file.State.Should().Be(MediaState.Fetching);
        file.Trouble.Should().BeOneOf("WhatsApp named an address for the file that is not its own.", "WhatsApp did not hand over the file.");
        Asked.Should().OnlyContain(a => a.StartsWith("node "));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await GraphStub.StartAsync();
        var heard = 0;
        elsewhere.Reading = context =>
        {
            heard++;
            return Status(context, 200);
        };
        Answer(_ => Graph.Address + "file/x", (context, _) =>
        {
            context.Response.Redirect(elsewhere.Address + "stolen");
            return Task.CompletedTask;
        });

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).State.Should().Be(MediaState.Fetching);
        heard.Should().Be(0);
    }

    [Theory]
    [InlineData("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true)]
    [InlineData("https://scontent.fbsbx.com/x", true)]
    [InlineData("https://graph.facebook.com/x", false)]
    [InlineData("http://lookaside.fbsbx.com/x", false)]
    [InlineData("https://lookaside.fbsbx.com:8443/x", false)]
    [InlineData("https://user@lookaside.fbsbx.com/x", false)]
    [InlineData("https://fbsbx.com/x", false)]
    [InlineData("https://evilfbsbx.com/x", false)]
    [InlineData("https://lookaside.fbsbx.com.evil.example/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("https://[::ffff:169.254.169.254]/x", false)]
    [InlineData("https://0x7f000001/x", false)]
    [InlineData("ftp://lookaside.fbsbx.com/x", false)]
    public void With_Meta_itself_only_its_own_hosts_are_asked(string address, bool may) =>
        Weflux.Web.CloudApi.MediaHosts.MayBe(new Uri(address), new Uri("https://graph.facebook.com/v26.0/")).Should().Be(may);
}
