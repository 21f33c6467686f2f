using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>The whole road, from the POST to the thread, with bodies that nobody should send.</summary>
public sealed class HostileBodiesTests(HostileBodiesTests.LoggedHost logged) : IClassFixture<HostileBodiesTests.LoggedHost>
{
    private readonly WefluxHost _host = logged.Host;
    private readonly MetaWebhooks _webhooks = new(logged.Client);

    [Fact]
    public async Task Sound_bodies_of_every_kind_and_field_are_applied_whole()
    {
        await PostAsync(Corpus.Sound);

        var deliveries = await SinceAsync();
        deliveries.Should().HaveCount(Corpus.Sound.Count);
        for (var i = 0; i < deliveries.Count; i++)
        {
            deliveries[i].State.Should().Be(WebhookDeliveryState.Done, $"{Corpus.Sound[i]} is sound, and yet: {Reasons(deliveries[i])}");
        }

        TellNobody();
    }

    [Fact]
    public async Task Poison_harms_no_neighbour_and_says_why_it_is_parked()
    {
        await PostAsync(Corpus.Poison);

        var deliveries = await SinceAsync();
        deliveries.Should().HaveCount(Corpus.Poison.Count);
        deliveries.ForEach(HaveReadableReasons);
        var messages = await _host.MessagesAsync();
        var neighbours = messages.Where(m => Corpus.Poison.Any(f => m.WhatsAppId == $"wamid.{f.Name}.before" || m.WhatsAppId == $"wamid.{f.Name}.after")).ToList();
        neighbours.ToDictionary(m => m.WhatsAppId!, m => m.Content.Text).Should().Equal(
            Corpus.Poison.SelectMany(f => new[] { "before", "after" }.Select(where => (Id: $"wamid.{f.Name}.{where}", Text: $"{where} {f.Name}"))).ToDictionary(n => n.Id, n => n.Text),
            "each neighbour arrives once, as it was said");
        foreach (var file in Corpus.Poison)
        {
            neighbours.Select(m => m.WhatsAppId).Where(id => id == $"wamid.{file.Name}.before" || id == $"wamid.{file.Name}.after")
                .Should().Equal($"wamid.{file.Name}.before", $"wamid.{file.Name}.after");
        }

        neighbours.Select(m => m.ConversationId).Distinct().Should().ContainSingle("they are of one person");
        await ReplayHarmsNobodyAsync(deliveries);
        TellNobody();
    }

    [Fact]
    public async Task What_cannot_be_read_is_taken_in_and_parked_with_a_reason()
    {
        await PostAsync(Corpus.Unreadable);

        var deliveries = await SinceAsync();
        deliveries.Should().HaveCount(Corpus.Unreadable.Count).And.OnlyContain(d => d.State == WebhookDeliveryState.Parked);
        deliveries.Should().OnlyContain(d => d.ParkedItems.Single().Index == ParkedItem.WholeBody);
        deliveries.ForEach(HaveReadableReasons);
        await ReplayHarmsNobodyAsync(deliveries);
        TellNobody();
    }

    [Fact]
    public async Task Members_of_another_type_harm_nobody_on_the_whole_road()
    {
        var round = 0;
        await Corpus.AnyMutant.Array[40, 60].SampleAsync(
            async mutants =>
            {
                var series = $"mutants{Interlocked.Increment(ref round)}";
                var entries = new JsonArray();
                entries.Add(Neighbour($"wamid.{series}.before"));
                for (var i = 0; i < mutants.Length; i++)
                {
                    entries.Add(mutants[i].Build($"{series}.{i}"));
                }

                entries.Add(Neighbour($"wamid.{series}.after"));
                var body = new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = entries };
                var last = (await _host.DeliveriesAsync()).Select(d => d.Id).LastOrDefault();

                (await _webhooks.PostAsync(body)).Should().Be(HttpStatusCode.OK);

                var deliveries = (await _host.SettledAsync()).Where(d => d.Id > last).ToList();
                deliveries.ForEach(HaveReadableReasons);
                (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Where(id => id == $"wamid.{series}.before" || id == $"wamid.{series}.after")
                    .Should().Equal($"wamid.{series}.before", $"wamid.{series}.after");
                await ReplayHarmsNobodyAsync(deliveries);
            },
            iter: Fuzz.Iterations(4),
            threads: 1);
        TellNobody();
    }

    [Fact]
    public async Task One_poison_among_a_thousand_updates_costs_none_of_them()
    {
        await SinceAsync();
        var now = _host.Clock.GetUtcNow();
        var messages = new JsonArray();
        for (var i = 0; i < 1_000; i++)
        {
            messages.Add(i == 500
                ? new JsonObject { ["id"] = "wamid.thousand.\0", ["from"] = "919900006000", ["type"] = "text" }
                : MetaWebhooks.Text($"wamid.thousand.{i:D3}", $"9199000060{i % 7:D2}", null, $"canary {i}", now));
        }

        (await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], messages)))).Should().Be(HttpStatusCode.OK);

        var delivery = (await SinceAsync()).Single();
        delivery.ParkedItems.Should().Equal(new ParkedItem(500, "The message has no usable id."));
        (await _host.MessagesAsync()).Where(m => m.WhatsAppId?.StartsWith("wamid.thousand.", StringComparison.Ordinal) == true).Select(m => m.WhatsAppId)
            .Should().Equal(Enumerable.Range(0, 1_000).Where(i => i != 500).Select(i => $"wamid.thousand.{i:D3}"));
        TellNobody();
    }

    [Fact]
    public async Task Ids_are_told_apart_byte_for_byte_and_the_first_of_two_equal_ones_counts()
    {
        await PostAsync([.. Corpus.Poison.Where(f => f.Name is "ids-that-differ-in-case" or "same-id-twice" or "id-of-a-neighbour" or "id-with-nul")]);

        await SinceAsync();
        var messages = (await _host.MessagesAsync()).ToLookup(m => m.WhatsAppId ?? "", m => m.Content.Text);
        messages["wamid.CaSe"].Should().ContainSingle();
        messages["wamid.cAsE"].Should().ContainSingle();
        messages["wamid.twice"].Should().Equal("first");
        messages["wamid.id-of-a-neighbour.before"].Should().Equal("before id-of-a-neighbour");
        messages.Should().NotContain(m => m.Key.StartsWith("wamid.nul", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_in_another_spelling_is_the_same_person()
    {
        foreach (var (from, nth) in new[] { "919900007001", "+919900007001", "+91 99000 07001" }.Select((f, i) => (f, i)))
        {
            (await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
                [MetaWebhooks.Contact(from, null, "Canary Spelling")],
                [MetaWebhooks.Text($"wamid.spelling.{nth}", from, null, "canary", _host.Clock.GetUtcNow())])))).Should().Be(HttpStatusCode.OK);
        }

        await SinceAsync();
        (await _host.MessagesAsync()).Where(m => m.WhatsAppId?.StartsWith("wamid.spelling.", StringComparison.Ordinal) == true)
            .Should().HaveCount(3).And.OnlyContain(m => m.ConversationId > 0).And.Subject.Select(m => m.ConversationId).Distinct().Should().ContainSingle();
        (await _host.ContactsAsync()).Should().ContainSingle(c => c.PhoneDigits == "919900007001");
    }

    [Fact]
    public async Task A_text_of_a_million_characters_arrives_whole()
    {
        var text = string.Concat(Enumerable.Repeat("canary \0\u202e🦜 e\u0301\u0323", 60_000));

        (await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.million", "919900007002", text, _host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.OK);

        await SinceAsync();
        (await _host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.million").Content.Text.Should().Be(text);
        (await _host.ConversationsAsync()).Single(c => c.LastWhatsAppId == "wamid.million").LastLine.Should().NotContain("\0").And.StartWith("canary");
        TellNobody();
    }

    [Fact]
    public async Task Depth_and_number_of_items_at_the_limit_of_the_size_hold_up_nobody()
    {
        await SinceAsync();
        const int Room = WebhookIntake.MaxBodyBytes - 600;
        string[] items =
        [
            new string('[', Room / 2) + new string(']', Room / 2),
            string.Join(',', Enumerable.Repeat("{}", Room / 3)),
            "{\"id\":\"" + new string('i', Room) + "\"}",
        ];
        foreach (var (item, nth) in items.Select((item, i) => (item, i)))
        {
            var body = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"100000000000001","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"200000000000001"},"messages":[{{{item}}}]}}]}]}""";
            (await _webhooks.PostAsync(Encoding.UTF8.GetBytes(body))).Should().Be(HttpStatusCode.OK, $"body {nth} is signed");
        }

        (await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.behind", "919900007003", "canary", _host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.OK);

        var deliveries = await SinceAsync();
        deliveries.Take(3).Should().OnlyContain(d => d.State == WebhookDeliveryState.Parked);
        deliveries.ForEach(HaveReadableReasons);
        (await _host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.behind");
        await ReplayHarmsNobodyAsync(deliveries);
        TellNobody();
    }

    [Fact]
    public async Task A_body_of_exactly_the_most_bytes_is_taken_and_one_byte_more_is_not()
    {
        await SinceAsync();
        var sound = Encoding.UTF8.GetBytes(MetaWebhooks.TextFrom("wamid.full", "919900007004", "canary", _host.Clock.GetUtcNow()).ToJsonString());
        var full = new byte[WebhookIntake.MaxBodyBytes];
        Array.Fill(full, (byte)' ');
        sound.CopyTo(full, full.Length - sound.Length);

        (await _webhooks.PostAsync(full)).Should().Be(HttpStatusCode.OK);
        (await PostChunkedAsync(full)).Should().Be(HttpStatusCode.OK);
        (await _webhooks.PostAsync([.. full, (byte)' '])).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await PostChunkedAsync([.. full, (byte)' '])).Should().Be(HttpStatusCode.RequestEntityTooLarge);

        (await SinceAsync()).Should().HaveCount(2);
        (await _host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.full");
    }

    [Fact]
    public async Task Unsigned_bodies_of_any_shape_are_refused_and_leave_nothing_behind()
    {
        await SinceAsync();
        foreach (var file in (CorpusFile[])[.. Corpus.Unreadable, .. Corpus.Poison.Take(20)])
        {
            (await _webhooks.PostAsync(file.Body, "sha256=" + new string('0', 64))).Should().Be(HttpStatusCode.Unauthorized, $"{file} is not signed");
        }

        (await SinceAsync()).Should().BeEmpty();
        TellNobody();
    }

    [Fact]
    public async Task Headers_of_any_shape_are_refused()
    {
        var body = Corpus.Sound[0].Body;
        var good = _webhooks.Sign(body);
        await SinceAsync();

        (await PostWithAsync(body)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good, good)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, $"{good},{good}")).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, $"{good}, sha1=x")).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good.Replace("sha256=", "SHA256=", StringComparison.Ordinal))).Should().Be(HttpStatusCode.Unauthorized);
        (await PostWithAsync(body, good[..^1])).Should().Be(HttpStatusCode.Unauthorized);
        ((int)await PostWithAsync(body, new string('a', 1024 * 1024))).Should().BeInRange(400, 499);

        (await SinceAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", 403)]
    [InlineData("?hub.mode=subscribe", 403)]
    [InlineData("?hub.verify_token=demo-verify-token", 403)]
    [InlineData("?hub.mode=SUBSCRIBE&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=Demo-Verify-Token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=demo-verify-token%00&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=demo-verify-token%20&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=x&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=1", 403)]
    [InlineData("?hub.mode[]=subscribe&hub.verify_token[]=demo-verify-token&hub.challenge[]=1", 403)]
    [InlineData("?hub_mode=subscribe&hub_verify_token=demo-verify-token&hub_challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=%ff%fe&hub.challenge=1", 403)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=%F0%9F%A6%9C&hub.challenge=1", 403)]
    [InlineData("?%&=&&&;hub.mode=%zz", 403)]
    public async Task A_hostile_handshake_gets_nothing(string query, int status)
    {
        using var answer = await logged.Client.GetAsync(new Uri(_host.Address, "/webhooks/whatsapp/demo" + query));

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("demo%00")]
    [InlineData("DEMO")]
    [InlineData("demo%20")]
    [InlineData("%E2%80%AEdemo")]
    [InlineData("..%2Fdemo")]
    public async Task A_key_of_nobody_is_not_found(string key)
    {
        using var answer = await logged.Client.GetAsync(
            new Uri(_host.Address, $"/webhooks/whatsapp/{key}?hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=1"));

        ((int)answer.StatusCode).Should().BeOneOf(400, 404);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("1158201444");
    }

    [Fact]
    public async Task A_challenge_comes_back_as_bare_text_whatever_it_holds()
    {
        const string Challenge = "<script>alert(1)</script>\r\nSet-Cookie: a=b\0\u202e";
        using var answer = await logged.Client.GetAsync(
            $"/webhooks/whatsapp/demo?hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge={Uri.EscapeDataString(Challenge)}");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        (await answer.Content.ReadAsStringAsync()).Should().Be(Challenge);
    }

    private static JsonObject Neighbour(string id) =>
        (JsonObject)MetaWebhooks.TextFrom(id, "919900005001", "canary neighbour", DateTimeOffset.FromUnixTimeSeconds(1795000000))["entry"]![0]!.DeepClone();

    private async Task PostAsync(IReadOnlyList<CorpusFile> files)
    {
        await SinceAsync();
        foreach (var file in files)
        {
            (await _webhooks.PostAsync(file.Body)).Should().Be(HttpStatusCode.OK, $"{file} is signed");
        }
    }

    private async Task<HttpStatusCode> PostChunkedAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/demo") { Content = new StreamContent(new MemoryStream(body)) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, _webhooks.Sign(body));
        using var answer = await logged.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PostWithAsync(byte[] body, params string[] signatures)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/demo") { Content = new ByteArrayContent(body) };
        foreach (var signature in signatures)
        {
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature);
        }

        using var answer = await logged.Client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>The deliveries since this was last asked, all of them settled.</summary>
    private async Task<List<WebhookDelivery>> SinceAsync()
    {
        var all = await _host.SettledAsync();
        var since = all.Where(d => d.Id > logged.LastDelivery).ToList();
        logged.LastDelivery = all.Select(d => d.Id).LastOrDefault();
        return since;
    }

    private async Task ReplayHarmsNobodyAsync(IEnumerable<WebhookDelivery> deliveries)
    {
        var parked = deliveries.Where(d => d.State == WebhookDeliveryState.Parked).ToList();
        var before = await CountAsync();
        var admin = await _host.ActorAsync("admin@demo.test");
        foreach (var delivery in parked)
        {
            (await _host.Services.GetRequiredService<ReplayDelivery>().ExecuteAsync(admin, delivery.Id)).Should().BeTrue();
        }

        var again = (await _host.SettledAsync()).ToDictionary(d => d.Id);
        foreach (var delivery in parked)
        {
            again[delivery.Id].State.Should().Be(WebhookDeliveryState.Parked);
            again[delivery.Id].ParkedItems.Should().Equal(delivery.ParkedItems);
        }

        (await CountAsync()).Should().Be(before);
    }

    private Task<(int Messages, int Contacts, int Conversations, int Events)> CountAsync() => _host.ReadAsync(async db => (
        await db.Set<Message>().CountAsync(),
        await db.Set<Contact>().CountAsync(),
        await db.Set<Conversation>().CountAsync(),
        await db.Set<StoredEvent>().CountAsync()));

    private static void HaveReadableReasons(WebhookDelivery delivery)
    {
        (delivery.State == WebhookDeliveryState.Parked).Should().Be(delivery.ParkedItems.Count > 0);
        delivery.ParkedItems.Should().NotContain(i => !System.Text.RegularExpressions.Regex.IsMatch(i.Reason, @"^[A-Z][^\p{Cc}]{5,150}\.$"), "somebody has to understand it");
        delivery.ParkedItems.Should().NotContain(i => i.Reason.StartsWith("It could not be applied", StringComparison.Ordinal), "the reader should have seen it");
        delivery.ParkedItems.Should().NotContain(i => i.Reason.StartsWith("The database refused", StringComparison.Ordinal), "the reader should have seen it");
    }

    private static string Reasons(WebhookDelivery delivery) => string.Join(" ", delivery.ParkedItems.Select(i => i.Reason));

    private void TellNobody() => logged.Log.Lines
        .Where(line => LoggedHost.Secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        .Should().BeEmpty("no words, names, numbers or secrets stand in the log");

    /// <summary>A host whose log is read.</summary>
    public sealed class LoggedHost : IAsyncLifetime
    {
        /// <summary>What the bodies hold and the log must not.</summary>
        public static readonly string[] Secrets = ["canary", "99000042", "99000 042", "99000050", "99000060", "99000070", "4001122334455", "before ", "demo-app-secret"];

        public HostLog Log { get; } = new();

        public WefluxHost Host { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public long LastDelivery { get; set; }

        public async ValueTask InitializeAsync()
        {
            Host = await WefluxHost.StartAsync(options =>
            {
                Log.Capture(options);

                // Nothing is sent, so that no webhook comes but those of the tests.
                options.Settings["Weflux:CloudApi:BaseAddress"] = "http://127.0.0.1:9/";
            });
            await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
            Client = Host.NewClient();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
            Log.Dispose();
        }
    }
}
