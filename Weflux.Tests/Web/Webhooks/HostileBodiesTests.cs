using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>The whole road, from the POST to the thread, with bodies that nobody should send.</summary>
public sealed class HostileBodiesTests(LoggedHost logged) : HostileWorld(logged), IClassFixture<LoggedHost>
{
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
        var messages = await Host.MessagesAsync();
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
                var last = (await Host.DeliveriesAsync()).Select(d => d.Id).LastOrDefault();

                (await Webhooks.PostAsync(body)).Should().Be(HttpStatusCode.OK);

                var deliveries = (await Host.SettledAsync()).Where(d => d.Id > last).ToList();
                deliveries.ForEach(HaveReadableReasons);
                (await Host.MessagesAsync()).Select(m => m.WhatsAppId).Where(id => id == $"wamid.{series}.before" || id == $"wamid.{series}.after")
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
        var now = Host.Clock.GetUtcNow();
        var messages = new JsonArray();
        for (var i = 0; i < 1_000; i++)
        {
            messages.Add(i == 500
                ? new JsonObject { ["id"] = "wamid.thousand.\0", ["from"] = "919900006000", ["type"] = "text" }
                : MetaWebhooks.Text($"wamid.thousand.{i:D3}", $"9199000060{i % 7:D2}", null, $"canary {i}", now));
        }

        (await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], messages)))).Should().Be(HttpStatusCode.OK);

        var delivery = (await SinceAsync()).Single();
        delivery.ParkedItems.Should().Equal(new ParkedItem(500, "The message has no usable id."));
        (await Host.MessagesAsync()).Where(m => m.WhatsAppId?.StartsWith("wamid.thousand.", StringComparison.Ordinal) == true).Select(m => m.WhatsAppId)
            .Should().Equal(Enumerable.Range(0, 1_000).Where(i => i != 500).Select(i => $"wamid.thousand.{i:D3}"));
        TellNobody();
    }

    [Fact]
    public async Task Ids_are_told_apart_byte_for_byte_and_the_first_of_two_equal_ones_counts()
    {
        await PostAsync([.. Corpus.Poison.Where(f => f.Name is "ids-that-differ-in-case" or "same-id-twice" or "id-of-a-neighbour" or "id-with-nul")]);

        await SinceAsync();
        var messages = (await Host.MessagesAsync()).ToLookup(m => m.WhatsAppId ?? "", m => m.Content.Text);
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
            (await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
                [MetaWebhooks.Contact(from, null, "Canary Spelling")],
                [MetaWebhooks.Text($"wamid.spelling.{nth}", from, null, "canary", Host.Clock.GetUtcNow())])))).Should().Be(HttpStatusCode.OK);
        }

        await SinceAsync();
        (await Host.MessagesAsync()).Where(m => m.WhatsAppId?.StartsWith("wamid.spelling.", StringComparison.Ordinal) == true)
            .Should().HaveCount(3).And.OnlyContain(m => m.ConversationId > 0).And.Subject.Select(m => m.ConversationId).Distinct().Should().ContainSingle();
        (await Host.ContactsAsync()).Should().ContainSingle(c => c.PhoneDigits == "919900007001");
    }

    [Fact]
    public async Task A_text_of_a_million_characters_arrives_whole()
    {
        var text = string.Concat(Enumerable.Repeat("canary \0\u202e🦜 e\u0301\u0323", 60_000));

        (await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.million", "919900007002", text, Host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.OK);

        await SinceAsync();
        (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.million").Content.Text.Should().Be(text);
        (await Host.ConversationsAsync()).Single(c => c.LastWhatsAppId == "wamid.million").LastLine.Should().NotContain("\0").And.StartWith("canary");
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
            (await Webhooks.PostAsync(Encoding.UTF8.GetBytes(body))).Should().Be(HttpStatusCode.OK, $"body {nth} is signed");
        }

        (await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.behind", "919900007003", "canary", Host.Clock.GetUtcNow()))).Should().Be(HttpStatusCode.OK);

        var deliveries = await SinceAsync();
        deliveries.Take(3).Should().OnlyContain(d => d.State == WebhookDeliveryState.Parked);
        deliveries.ForEach(HaveReadableReasons);
        (await Host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.behind");
        await ReplayHarmsNobodyAsync(deliveries);
        TellNobody();
    }

    private static JsonObject Neighbour(string id) =>
        (JsonObject)MetaWebhooks.TextFrom(id, "919900005001", "canary neighbour", DateTimeOffset.FromUnixTimeSeconds(1795000000))["entry"]![0]!.DeepClone();

    private async Task PostAsync(IReadOnlyList<CorpusFile> files)
    {
        await SinceAsync();
        foreach (var file in files)
        {
            (await Webhooks.PostAsync(file.Body)).Should().Be(HttpStatusCode.OK, $"{file} is signed");
        }
    }

    private async Task ReplayHarmsNobodyAsync(IEnumerable<WebhookDelivery> deliveries)
    {
        var parked = deliveries.Where(d => d.State == WebhookDeliveryState.Parked).ToList();
        var before = await CountAsync();
        var admin = await Host.ActorAsync("admin@demo.test");
        foreach (var delivery in parked)
        {
            (await Host.Services.GetRequiredService<ReplayDelivery>().ExecuteAsync(admin, delivery.Id)).Should().BeTrue();
        }

        var again = (await Host.SettledAsync()).ToDictionary(d => d.Id);
        foreach (var delivery in parked)
        {
            again[delivery.Id].State.Should().Be(WebhookDeliveryState.Parked);
            again[delivery.Id].ParkedItems.Should().Equal(delivery.ParkedItems);
        }

        (await CountAsync()).Should().Be(before);
    }

    private Task<(int Messages, int Contacts, int Conversations, int Events)> CountAsync() => Host.ReadAsync(async db => (
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
}
