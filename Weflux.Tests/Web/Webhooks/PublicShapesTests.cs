using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>
/// Shapes of messages as they were seen in the wild, written anew: each goes the whole road, is stored once, and is
/// either shown in a thread or filed under its kind. Nothing is lost and nothing stops what follows.
/// </summary>
public sealed class PublicShapesTests : IAsyncLifetime
{
    private const string From = "\"from\":\"919300000001\",\"timestamp\":\"1795000000\"";
    private WefluxHost _host = null!;
    private HttpClient _client = null!;

    /// <summary>The members of a message beside its id, and the kind under which it is shown.</summary>
    private static readonly (string Members, string Kind)[] Messages =
    [
        (From + ""","type":"text","text":{"body":"hi"}""", "text"),
        (From + ""","text":{"body":"no type"}""", "text"),
        (From + ""","type":"text","text":{"body":"hi"},"context":{"from":"919876543210","id":"wamid.unknown"}""", "text"),
        (From + ""","type":"text","text":{"body":"fwd"},"context":{"forwarded":true}""", "text"),
        (From + ""","type":"text","text":{"body":"fwd"},"context":{"frequently_forwarded":true}""", "text"),
        (From + ""","type":"text","text":{"body":"this one?"},"context":{"from":"919876543210","id":"wamid.x","referred_product":{"catalog_id":"1","product_retailer_id":"tea"}}""", "text"),
        (From + ""","type":"text","text":{"body":"ad"},"referral":{"source_url":"https://fb.me/1","source_type":"ad","source_id":"1","headline":"Tea","body":"20%","media_type":"image","image_url":"https://x.test/i","ctwa_clid":"c"}""", "text"),
        (From + ""","type":"image","image":{"id":"1","mime_type":"image/jpeg","sha256":"a=","url":"https://lookaside.test/1","caption":"cup"}""", "image"),
        (From + ""","type":"image","image":{"id":"1","mime_type":"image/jpeg"}""", "image"),
        (From + ""","type":"audio","audio":{"id":"1","mime_type":"audio/ogg; codecs=opus","sha256":"a=","voice":true}""", "audio"),
        (From + ""","type":"audio","audio":{"id":"1","mime_type":"audio/mpeg","voice":false}""", "audio"),
        (From + ""","type":"voice","voice":{"id":"1","mime_type":"audio/ogg"}""", "audio"),
        (From + ""","type":"video","video":{"id":"1","mime_type":"video/mp4","caption":"goal"}""", "video"),
        (From + ""","type":"document","document":{"id":"1","mime_type":"application/pdf","filename":"../bill.pdf"}""", "document"),
        (From + ""","type":"sticker","sticker":{"id":"1","mime_type":"image/webp","animated":true}""", "sticker"),
        (From + ""","type":"location","location":{"latitude":12.9,"longitude":77.5,"name":"Shop","address":"Main road","url":"https://shop.test"}""", "location"),
        (From + ""","type":"location","location":{"latitude":"12.9","longitude":"77.5"}""", "location"),
        (From + ""","type":"location","location":{"latitude":0,"longitude":0,"live":true,"accuracy":12,"sequence_number":1}""", "location"),
        (From + ""","type":"contacts","contacts":[{"name":{"formatted_name":"Ravi","first_name":"Ravi"},"phones":[{"phone":"+91 98","wa_id":"9198","type":"CELL"}],"emails":[{"email":"r@x.test","type":"WORK"}],"org":{"company":"Tea","department":"Hot","title":"Boss"},"addresses":[{"city":"Pune"}],"urls":[{"url":"https://x.test"}],"birthday":"1990-01-01"}]""", "contacts"),
        (From + ""","type":"contacts","contacts":[{"phones":[{"phone":"+91 98"}]}]""", "contacts"),
        (From + ""","type":"contacts","contacts":[{"name":{"formatted_name":"Me"},"origin":"contact_request","phones":[{"wa_id":"919300000001"}]}]""", "contacts"),
        (From + ""","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"y","title":"Yes"}},"context":{"from":"9","id":"wamid.o"}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Tue","description":"10:00"}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"size\":\"M\",\"flow_token\":\"t\"}"}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"booking_flow","response_json":"{\"slot\":\"10am\"}"}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":{"slot":"10am"}}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"address_message","response_json":"not json"}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":1795600000,"response_source":"user_action"}}""", "interactive"),
        (From + ""","type":"interactive","interactive":{"type":"flow_reply","flow_reply":{}}""", "unsupported"),
        (From + ""","type":"interactive" """, "unsupported"),
        (From + ""","type":"button","button":{"payload":"p","text":"Track"},"context":{"id":"wamid.t"}""", "button"),
        (From + ""","type":"button","button":{"text":"Track"}""", "button"),
        (From + ""","type":"order","order":{"catalog_id":"1","text":"","product_items":[{"product_retailer_id":"tea","quantity":2,"item_price":349.5,"currency":"INR"}]}""", "order"),
        (From + ""","type":"order","order":{"catalog_id":"1","product_items":[{"product_retailer_id":"tea","quantity":"2","item_price":"349.50","currency":"INR"}]}""", "order"),
        (From + ""","type":"reaction","reaction":{"message_id":"wamid.shape.0","emoji":"\ud83d\ude00"}""", "reaction"),
        (From + ""","type":"reaction","reaction":{"message_id":"wamid.shape.0"}""", "reaction"),
        (From + ""","type":"reaction","reaction":{"message_id":"wamid.shape.0","emoji":""}""", "reaction"),
        (From + ""","type":"reaction" """, "unsupported"),
        (From + ""","type":"system","system":{"body":"changed","identity":"h","type":"customer_identity_changed","customer":"919300000001"},"identity":{"acknowledged":true,"created_timestamp":"1795000000","hash":"h"}""", "system"),
        (From + ""","type":"edit","edit":{"original_message_id":"wamid.shape.0","message":{"type":"text","text":{"body":"hi!"},"context":{"id":"M0"}}}""", "edit"),
        (From + ""","type":"revoke","revoke":{"original_message_id":"wamid.shape.1"}""", "revoke"),
        (From + ""","type":"revoke" """, "unsupported"),
        (From + ""","type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown","error_data":{"details":"Message type is currently not supported."}}],"unsupported":{"type":"poll_creation"}""", "unsupported"),
        (From + ""","type":"unsupported","errors":[{"code":131051,"details":"Message type is not currently supported","title":"Unsupported message type"}]""", "unsupported"),
        (From + ""","type":"unknown","errors":[{"code":131051,"details":"Message type is not currently supported","title":"Unsupported message type"}]""", "unsupported"),
        (From + ""","type":"ephemeral","errors":[{"code":131051,"title":"Unsupported"}]""", "unsupported"),
        (From + ""","type":"request_welcome" """, "unsupported"),
        (From + ""","type":"payment","payment":{"status":"done"}""", "unsupported"),
        (From + ""","errors":[{"code":131052,"title":"Media download error"}],"type":"image" """, "unsupported"),
        (""" "from_user_id":"IN.1","timestamp":1795000000,"type":"text","text":{"body":"no phone"} """, "text"),
    ];

    /// <summary>Whole values of other fields, and under which field or kind they are found afterwards.</summary>
    private static readonly (string Field, string Members, string Found)[] Others =
    [
        ("smb_message_echoes", """ "message_echoes":[{"from":"919876543210","to":"919300000001","to_user_id":"IN.9","id":"wamid.echo.1","timestamp":"1795000000","type":"text","text":{"body":"On my way"}}],"contacts":[{"wa_id":"919300000001","user_id":"IN.9"}] """, "message:wamid.echo.1"),
        ("smb_message_echoes", """ "message_echoes":[{"from":"919876543210","to":"91 93000-00002","id":"wamid.echo.2","timestamp":"1795000000","type":"image","image":{"id":"M9","caption":"menu"}}] """, "message:wamid.echo.2"),
        ("smb_message_echoes", """ "message_echoes":[{"from":"919876543210","to":"919300000001","id":"wamid.echo.3","type":"reaction"}] """, "message:wamid.echo.3"),
        ("smb_message_echoes", """ "message_echoes":[{"from":"919876543210","to":"919300000001","id":"wamid.echo.4","type":"revoke","revoke":{"original_message_id":"wamid.echo.1"}}] """, "message:wamid.echo.4"),
        ("smb_message_echoes", """ "message_echoes":[{"from":"919876543210","to":"919300000001","id":"wamid.echo.5","type":"edit","edit":{"original_message_id":"wamid.echo.1","message":{"type":"text","text":{"body":"There now"}}}}] """, "message:wamid.echo.5"),
        ("history", """ "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[{"id":"919300000003","messages":[{"from":"919300000003","id":"wamid.history.1","timestamp":"1780000000","type":"text","text":{"body":"long ago"},"history_context":{"status":"READ"}},{"from":"919876543210","to":"919300000003","id":"wamid.history.2","timestamp":"1780000060","type":"media_placeholder","history_context":{"status":"PLAYED"}}]}]}] """, "message:wamid.history.2"),
        ("history", """ "history":[{"errors":[{"code":2593109,"title":"History sync is turned off"}]}] """, "history"),
        ("history", """ "messages":[{"from":"919300000003","id":"wamid.history.3","timestamp":"1780000000","type":"image","image":{"id":"1"}}] """, "message:wamid.history.3"),
        ("history", """ "messages":[{"from":"919876543210","id":"wamid.history.4","timestamp":"1780000000","type":"image","image":{"id":"2"}}] """, "history.media"),
        ("history", """ "messages":[{"from":"919300000003","id":"wamid.history.5","timestamp":"1780000000","type":"media_placeholder"}] """, "history.media"),
        ("smb_app_state_sync", """ "state_sync":[{"type":"contact","contact":{"full_name":"Ravi","phone_number":"919300000001"},"action":"add","metadata":{"timestamp":"1"}}] """, "smb_app_state_sync"),
        ("messages", """ "messages":[{"from":"919300000004","group_id":"group-7","id":"wamid.group.1","timestamp":"1795000000","type":"text","text":{"body":"hi all"}}],"contacts":[{"wa_id":"919300000004","profile":{"name":"Kim"}}] """, "message:wamid.group.1"),
        ("group_lifecycle_update", """ "groups":[{"type":"group_create","group_id":"group-7"}] """, "group_lifecycle_update"),
        ("calls", """ "calls":[{"id":"wacid.1","event":"connect","direction":"USER_INITIATED","from":"919300000001"}] """, "calls"),
        ("messages", """ "errors":[{"code":130429,"title":"Rate limit hit"}] """, "messages"),
        ("business_username_updates", """ "display_phone_number":"919876543210","username":"chai","status":"approved" """, "business_username_updates"),
    ];

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _client = _host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Each_shape_is_stored_once_and_shown_or_filed_under_its_kind()
    {
        var webhooks = new MetaWebhooks(_client);
        var bodies = Messages.Select((m, nth) => Body("messages", $$"""
                "contacts":[{"profile":{"name":"Asha"},"wa_id":"919300000001","user_id":"IN.1"}],"messages":[{"id":"wamid.shape.{{nth}}",{{m.Members}}}]
                """))
            .Concat(Others.Select(o => Body(o.Field, o.Members))).ToList();
        foreach (var body in bodies.Concat(bodies))
        {
            await webhooks.PostAsync(body);
        }

        var deliveries = await _host.SettledAsync();
        deliveries.Should().HaveCount(2 * bodies.Count);
        var parked = deliveries.Select((d, nth) => (d, nth)).Where(x => x.d.State != WebhookDeliveryState.Done)
            .Select(x => Encoding.UTF8.GetString(bodies[x.nth % bodies.Count]) + " " + string.Join(' ', x.d.ParkedItems.Select(p => p.Reason)));
        parked.Should().BeEmpty();

        var stored = (await _host.MessagesAsync()).ToDictionary(m => m.WhatsAppId!, StringComparer.Ordinal);
        Messages.Select((m, nth) => stored.GetValueOrDefault($"wamid.shape.{nth}")?.Content.Kind).Should().Equal(Messages.Select(m => m.Kind));
        var filed = await _host.ReadAsync(db => db.Set<Weflux.Web.Webhooks.StoredEvent>().Select(e => e.Field).ToListAsync());
        foreach (var (field, _, found) in Others)
        {
            (found.StartsWith("message:", StringComparison.Ordinal) ? stored.ContainsKey(found["message:".Length..]) : filed.Contains(found))
                .Should().BeTrue("{0} is found as {1}", field, found);
        }

        await EachIsSeenAsync(stored.Values);
    }

    [Fact]
    public async Task What_was_said_without_Weflux_opens_no_window_and_a_group_is_nobodys_own_thread()
    {
        var webhooks = new MetaWebhooks(_client);
        foreach (var (field, members, _) in Others)
        {
            await webhooks.PostAsync(Body(field, members));
        }

        await _host.SettledAsync();
        var conversations = await _host.ConversationsAsync();
        conversations.Should().OnlyContain(c => c.LastCustomerActAt == null && !c.NeedsReply);
        var group = conversations.Single(c => c.IsGroup);
        var contacts = await _host.ContactsAsync();
        contacts.Single(c => c.Id == group.ContactId).IsGroup.Should().BeTrue();
        contacts.Should().NotContain(c => c.PhoneDigits == "919300000004", "who speaks in a group is no contact because of it");
        var agent = await _host.ActorAsync();
        var thread = (await _host.Services.GetRequiredService<ThreadQuery>().GetAsync(agent, group.Id))!;
        thread.Head.Reply.Should().Be(new Weflux.Domain.Sending.GroupIsReadOnly());
        thread.Messages.Single().Participant.Should().Be("Kim");
    }

    [Fact]
    public async Task An_edit_a_withdrawal_and_a_reaction_change_the_message_that_they_are_about()
    {
        var webhooks = new MetaWebhooks(_client);
        string[] said =
        [
            """{"id":"wamid.a",""" + From + ""","type":"text","text":{"body":"two boxes"}}""",
            """{"id":"wamid.b",""" + From + ""","type":"text","text":{"body":"secret"}}""",
            """{"id":"wamid.c",""" + From + ""","type":"edit","edit":{"original_message_id":"wamid.a","message":{"type":"text","text":{"body":"three boxes"}}}}""",
            """{"id":"wamid.d",""" + From + ""","type":"revoke","revoke":{"original_message_id":"wamid.b"}}""",
            """{"id":"wamid.e",""" + From + ""","type":"reaction","reaction":{"message_id":"wamid.a","emoji":"❤️"}}""",
            """{"id":"wamid.f",""" + From + ""","type":"reaction","reaction":{"message_id":"wamid.a","emoji":"👍"}}""",
        ];
        foreach (var message in said)
        {
            await webhooks.PostAsync(Body("messages", $"\"messages\":[{message}]"));
        }

        await _host.SettledAsync();
        var agent = await _host.ActorAsync();
        var query = _host.Services.GetRequiredService<ThreadQuery>();
        var conversation = (await _host.ConversationsAsync()).Single().Id;
        var thread = (await query.GetAsync(agent, conversation))!;
        var first = thread.Messages.Single(m => m.WhatsAppId == "wamid.a");
        first.Shown.Should().Be(new TextContent("three boxes"));
        first.Marks.Earlier.Single().Content.Should().Be(new TextContent("two boxes"));
        first.Marks.Reactions.Single().Emoji.Should().Be("👍");
        thread.Messages.Single(m => m.WhatsAppId == "wamid.b").Marks.WithdrawnAt.Should().NotBeNull();

        // A screen that has the first message hears that it looks different now.
        var changes = (await query.ChangesAsync(agent, conversation, thread.Messages.Single(m => m.WhatsAppId == "wamid.e").ChangeSequence))!;
        changes.Messages.Select(m => m.WhatsAppId).Should().BeEquivalentTo("wamid.f", "wamid.a");
    }

    /// <summary>Every stored message has a bubble or a line with words, for who sees numbers and for who does not.</summary>
    private async Task EachIsSeenAsync(IEnumerable<Message> stored)
    {
        var query = _host.Services.GetRequiredService<ThreadQuery>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var conversation in await _host.ConversationsAsync())
        {
            foreach (var actor in new[] { await _host.ActorAsync("manager@demo.test"), await _host.ActorAsync() })
            {
                var view = (await query.GetAsync(actor, conversation.Id))!;
                var window = new ThreadWindow(view);
                while (window is { HasOlder: true, Oldest: { } oldest })
                {
                    window.Prepend(await query.OlderAsync(actor, conversation.Id, oldest));
                }

                seen.UnionWith(window.Messages.Select(m => m.WhatsAppId!));
                window.Messages.Should().OnlyContain(m => LineWords.Line(m.Content.ShownKind, m.Content.Text, m.Direction).Length > 0);
            }
        }

        seen.Should().BeEquivalentTo(stored.Select(m => m.WhatsAppId));
    }

    private static byte[] Body(string field, string members) => Encoding.UTF8.GetBytes(JsonNode.Parse($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{MetaWebhooks.Waba}}}","time":1795000000,"changes":[{"field":"{{{field}}}","value":{
          "messaging_product":"whatsapp","metadata":{"display_phone_number":"919876543210","phone_number_id":"{{{MetaWebhooks.Number}}}"},{{{members}}}}}]}]}
        """)!.ToJsonString());
}
