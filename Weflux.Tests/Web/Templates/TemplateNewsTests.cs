using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Templates;

/// <summary>Webhooks about templates in every shape in which the platform sends them.</summary>
public sealed class TemplateNewsTests(TemplateWorld world) : IClassFixture<TemplateWorld>
{
    private static long _second;

    [Fact]
    public async Task News_find_their_template_by_its_number_or_by_name_and_language()
    {
        await TellAsync("message_template_status_update", """{"event":"DISABLED","message_template_id":300000000000003,"reason":null}""");
        await world.SeeAsync("visit_reminder", t => t?.Status == "DISABLED");

        await TellAsync("message_template_status_update", """{"event":"REINSTATED","message_template_name":"visit_reminder","message_template_language":"en","reason":"NONE"}""");
        await world.SeeAsync("visit_reminder", t => t?.Status == "APPROVED");
    }

    [Fact]
    public async Task Quality_is_quality_whatever_the_field_is_called()
    {
        await TellAsync("message_template_status_update", """{"previous_quality_score":"GREEN","new_quality_score":"RED","message_template_id":300000000000001,"message_template_name":"order_update","message_template_language":"en_US"}""");

        (await world.SeeAsync("order_update", t => t?.Quality == "RED", "en_US"))!.Status.Should().Be("APPROVED");
    }

    [Fact]
    public async Task Advice_may_stand_beside_the_value()
    {
        await TellAsync(
            "message_template_status_update",
            """{"event":"REJECTED","message_template_id":300000000000002,"reason":"SCAM"}""",
            """{"reason":"Looks like fraud","recommendation":"Say who you are."}""");

        var row = await world.SeeAsync("order_update", t => t?.Status == "REJECTED", "es");
        (row!.Reason, row.Advice).Should().Be(("Looks like fraud", "Say who you are."));
    }

    [Fact]
    public async Task News_that_are_older_than_what_is_known_change_nothing_and_are_kept()
    {
        await TellAsync("message_template_status_update", """{"event":"PAUSED","message_template_id":300000000000005}""", at: 5_000);
        await world.SeeAsync("new_blend", t => t?.Status == "PAUSED", "en_US");
        await TellAsync("message_template_status_update", """{"event":"REJECTED","message_template_id":300000000000005}""", at: 4_000);

        await Eventually.BeAsync(async () => (await world.HistoryAsync("new_blend")).Count == 2);
        (await world.FindAsync("new_blend", "en_US"))!.Status.Should().Be("PAUSED");
    }

    [Fact]
    public async Task News_of_one_fact_do_not_hold_back_older_news_of_another()
    {
        await TellAsync("message_template_quality_update", """{"new_quality_score":"YELLOW","message_template_id":300000000000004}""", at: 9_000);
        var name = (await world.Host.ReadAsync(db => db.Set<StoredTemplate>().AsNoTracking().SingleAsync(t => t.PlatformId == "300000000000004"))).Name;
        await Eventually.BeAsync(async () => (await RowAsync("300000000000004")).Quality == "YELLOW");

        await TellAsync("message_template_status_update", """{"event":"PAUSED","message_template_id":300000000000004}""", at: 8_000);

        await Eventually.BeAsync(async () => (await RowAsync("300000000000004")).Status == "PAUSED");
        (await world.HistoryAsync(name)).Should().HaveCount(2);
    }

    [Fact]
    public async Task The_same_delivery_twice_is_told_once()
    {
        for (var i = 0; i < 2; i++)
        {
            await TellAsync("template_category_update", """{"message_template_id":300000000000006,"message_template_name":"sign_in_code","message_template_language":"en_US","previous_category":"AUTHENTICATION","new_category":"UTILITY"}""", at: 7_000);
        }

        await world.Host.SettledAsync();
        (await world.HistoryAsync("sign_in_code")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_template_that_is_not_known_and_changed_components_make_the_list_be_read_at_once()
    {
        var before = (await AccountAsync()).SyncedAt;

        await TellAsync("message_template_components_update", """{"message_template_id":300000000000007,"message_template_name":"weekend_sale","message_template_language":"en_US","message_template_element":"New words"}""");

        await Eventually.BeAsync(async () => (await world.HistoryAsync("weekend_sale")).Exists(e => e.Kind == TemplateEventKind.Content));
        await Eventually.BeAsync(async () => (await AccountAsync()).SyncedAt > before);
    }

    [Fact]
    public async Task News_that_are_faster_than_what_they_tell_of_make_the_list_be_read_once_it_is_stored()
    {
        var before = (await AccountAsync()).SyncedAt;
        await TellAsync("message_template_status_update", """{"event":"APPROVED","message_template_id":399999999999999,"message_template_name":"news_wait","message_template_language":"en"}""");
        await Eventually.BeAsync(async () => (await AccountAsync()).SyncedAt > before);
        before = (await AccountAsync()).SyncedAt;

        (await world.Get<CreateTemplate>().ExecuteAsync(world.Manager, TemplateWorld.Waba, TemplateWorld.Draft("news_wait"))).Outcome.Should().Be(TemplateOutcome.Taken);

        await Eventually.BeAsync(async () => (await AccountAsync()).SyncedAt > before);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event":null,"message_template_id":{},"message_template_name":[],"reason":7}""")]
    [InlineData("""{"event":"NEXT_YEARS_EVENT","message_template_id":"x"}""")]
    [InlineData("""{"new_quality_score":{},"message_template_name":"\u0000"}""")]
    public async Task Odd_news_harm_nobody(string value)
    {
        foreach (var field in new[] { "message_template_status_update", "message_template_quality_update", "message_template_components_update", "template_category_update" })
        {
            await TellAsync(field, value);
        }

        (await world.Host.SettledAsync()).Should().OnlyContain(d => d.State == Weflux.Web.Webhooks.WebhookDeliveryState.Done);
    }

    private Task<StoredTemplate> RowAsync(string platformId) =>
        world.Host.ReadAsync(db => db.Set<StoredTemplate>().AsNoTracking().SingleAsync(t => t.PlatformId == platformId));

    private Task<TemplateAccount> AccountAsync() => world.Host.ReadAsync(db => db.Set<TemplateAccount>().AsNoTracking().SingleAsync());

    private async Task TellAsync(string field, string value, string? rejection = null, long? at = null)
    {
        var change = new JsonObject { ["field"] = field, ["value"] = JsonNode.Parse(value) };
        if (rejection is not null)
        {
            change["rejection_info"] = JsonNode.Parse(rejection);
        }

        using var client = world.Host.NewClient();
        await new MetaWebhooks(client).PostAsync(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = TemplateWorld.Waba,
                ["time"] = at is { } seconds ? 1_900_000_000 + seconds : 1_800_000_000 + Interlocked.Increment(ref _second),
                ["changes"] = new JsonArray(change),
            }),
        });
    }
}
