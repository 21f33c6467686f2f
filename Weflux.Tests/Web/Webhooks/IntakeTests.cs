using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

public sealed class IntakeTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly WefluxHost _host = shared.Host;

    [Fact]
    public async Task A_get_with_the_verify_token_is_answered_with_the_bare_challenge()
    {
        using var client = _host.NewClient();
        using var answer = await client.GetAsync(
            "/webhooks/whatsapp/demo?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=demo-verify-token");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await answer.Content.ReadAsStringAsync()).Should().Be("1158201444");
    }

    [Theory]
    [InlineData("demo", "subscribe", "wrong", HttpStatusCode.Forbidden)]
    [InlineData("demo", "unsubscribe", "demo-verify-token", HttpStatusCode.Forbidden)]
    [InlineData("demo", "subscribe", "", HttpStatusCode.Forbidden)]
    [InlineData("demo", "subscribe", "demo-two-verify-token", HttpStatusCode.Forbidden)]
    [InlineData("nobody", "subscribe", "demo-verify-token", HttpStatusCode.NotFound)]
    public async Task A_get_without_the_right_token_is_refused(string key, string mode, string token, HttpStatusCode status)
    {
        using var client = _host.NewClient();
        using var answer = await client.GetAsync(
            $"/webhooks/whatsapp/{key}?hub.mode={mode}&hub.challenge=1&hub.verify_token={token}");

        answer.StatusCode.Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_signed_with_the_apps_secret_is_refused_and_not_stored()
    {
        using var client = _host.NewClient();
        var webhooks = new MetaWebhooks(client);
        var body = Encoding.UTF8.GetBytes(MetaWebhooks.TextFrom("wamid.unsigned", "919000000001", "hi", _host.Clock.GetUtcNow()).ToJsonString());
        var good = webhooks.Sign(body);
        var before = (await _host.DeliveriesAsync()).Count;

        (await webhooks.PostAsync(body, "")).Should().Be(HttpStatusCode.Unauthorized);
        (await webhooks.PostAsync(body, "sha256=")).Should().Be(HttpStatusCode.Unauthorized);
        (await webhooks.PostAsync(body, "sha256=" + new string('z', 64))).Should().Be(HttpStatusCode.Unauthorized);
        (await webhooks.PostAsync(body, good.Replace("sha256", "sha1"))).Should().Be(HttpStatusCode.Unauthorized);
        (await webhooks.PostAsync([.. body, (byte)' '], good)).Should().Be(HttpStatusCode.Unauthorized);
        (await new MetaWebhooks(client, secret: "demo-two-app-secret").PostAsync(body)).Should().Be(HttpStatusCode.Unauthorized);
        (await new MetaWebhooks(client, "nobody").PostAsync(body)).Should().Be(HttpStatusCode.NotFound);

        (await _host.DeliveriesAsync()).Should().HaveCount(before);
    }

    [Fact]
    public async Task The_signature_is_over_the_raw_bytes_escapes_included()
    {
        using var client = _host.NewClient();
        var text = MetaWebhooks.TextFrom("wamid.escaped", "919000000002", "PLACE", _host.Clock.GetUtcNow()).ToJsonString();
        var body = Encoding.ASCII.GetBytes(text.Replace("PLACE", @"caf\u00e9 \u0928\u092e \/ \ud83d\ude00", StringComparison.Ordinal));

        (await new MetaWebhooks(client).PostAsync(body)).Should().Be(HttpStatusCode.OK);

        await _host.SettledAsync();
        (await _host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.escaped").Content.Text.Should().Be("café नम / 😀");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_said_or_not()
    {
        using var client = _host.NewClient();
        var body = new byte[WebhookIntake.MaxBodyBytes + 1];
        (await new MetaWebhooks(client).PostAsync(body)).Should().Be(HttpStatusCode.RequestEntityTooLarge);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/demo");
        request.Content = new StreamContent(new MemoryStream(body));
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Large_bodies_beyond_what_memory_bears_are_to_be_sent_again_and_small_ones_get_in()
    {
        using var client = _host.NewClient();
        var held = (int)(WebhookIntake.MostHeldBytes / WebhookIntake.MaxBodyBytes);
        var open = new List<System.Net.Sockets.Socket>();
        try
        {
            for (var i = 0; i < held; i++)
            {
                open.Add(await BeginAsync(client.BaseAddress!, WebhookIntake.MaxBodyBytes));
            }

            var webhooks = new MetaWebhooks(client);

            // A POST may take the place of a body that the server has not seen yet, which is then refused: one more is begun.
            await Eventually.BeAsync(async () =>
            {
                open.Add(await BeginAsync(client.BaseAddress!, WebhookIntake.MaxBodyBytes));
                return await webhooks.PostAsync(new byte[WebhookIntake.MaxBodyBytes]) == HttpStatusCode.ServiceUnavailable;
            });
            var small = MetaWebhooks.TextFrom("wamid.small", "919000000007", "Hi", _host.Clock.GetUtcNow());
            (await webhooks.PostAsync(small)).Should().Be(HttpStatusCode.OK);

            open.ForEach(s => s.Dispose());
            await Eventually.BeAsync(async () => await webhooks.PostAsync(new byte[WebhookIntake.MaxBodyBytes]) == HttpStatusCode.OK);
        }
        finally
        {
            open.ForEach(s => s.Dispose());
        }
    }

    /// <summary>
    /// Announces a body and sends its beginning: at 240 bytes a second, below which the server hangs up, it lasts for
    /// minutes, however slow the machine.
    /// </summary>
    private static async Task<System.Net.Sockets.Socket> BeginAsync(Uri address, int length)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, address.Port);
        var head = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"POST /webhooks/whatsapp/demo HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {length}\r\n\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(head + new string(' ', 128 * 1024)));
        return socket;
    }

    [Theory]
    [InlineData("not json", "The body is not JSON.")]
    [InlineData("{}", "The body is not of the object 'whatsapp_business_account'.")]
    [InlineData("{\"object\":\"page\",\"entry\":[]}", "The body is not of the object 'whatsapp_business_account'.")]
    [InlineData("{\"object\":\"whatsapp_business_account\"}", "The body has no list of entries.")]
    [InlineData("[]", "The body is not of the object 'whatsapp_business_account'.")]
    public async Task What_is_signed_but_not_ours_is_taken_in_and_parked_with_the_reason(string body, string reason)
    {
        using var client = _host.NewClient();
        var before = (await _host.DeliveriesAsync()).Count;

        (await new MetaWebhooks(client).PostAsync(Encoding.UTF8.GetBytes(body))).Should().Be(HttpStatusCode.OK);

        var delivery = (await _host.SettledAsync())[before];
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        delivery.ParkedItems.Should().Equal(new ParkedItem(ParkedItem.WholeBody, reason));
    }

    [Fact]
    public async Task A_number_of_another_workspace_is_parked_and_reaches_nobody()
    {
        using var client = _host.NewClient();
        var now = _host.Clock.GetUtcNow();
        var foreign = MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("919000000003", null, "X")], [MetaWebhooks.Text("wamid.foreign", "919000000003", null, "hi", now)], "200000000000002"));
        var before = (await _host.DeliveriesAsync()).Count;

        (await new MetaWebhooks(client).PostAsync(foreign)).Should().Be(HttpStatusCode.OK);

        var delivery = (await _host.SettledAsync())[before];
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        delivery.ParkedItems.Single().Reason.Should().Contain("not one of this Meta app's connections");
        (await _host.ReadAsync(db => db.Set<Weflux.Domain.Conversations.Message>().CountAsync(m => m.WhatsAppId == "wamid.foreign"), "demo-two")).Should().Be(0);
    }
}

public sealed class UnavailableStorageTests
{
    [Fact]
    public async Task When_the_journal_cannot_be_written_the_platform_is_told_to_come_again()
    {
        await using var host = await WefluxHost.StartAsync();
        using var client = host.NewClient();
        var webhooks = new MetaWebhooks(client);
        var body = MetaWebhooks.TextFrom("wamid.later", "919000000009", "hi", host.Clock.GetUtcNow());
        await RenameAsync(host, "WebhookDeliveries", "Hidden");

        (await webhooks.PostAsync(body)).Should().Be(HttpStatusCode.ServiceUnavailable);

        await RenameAsync(host, "Hidden", "WebhookDeliveries");
        (await webhooks.PostAsync(body)).Should().Be(HttpStatusCode.OK);
        await host.SettledAsync();
        (await host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.later");
    }

    private static async Task RenameAsync(WefluxHost host, string from, string to)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
#pragma warning disable EF1002 // Names of this test.
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{from}\" RENAME TO \"{to}\"");
#pragma warning restore EF1002
    }
}
