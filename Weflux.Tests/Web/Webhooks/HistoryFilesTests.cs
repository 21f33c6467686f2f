using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Inbox;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>Files of imported history, which come later than the messages that they belong to, or sooner.</summary>
public sealed class HistoryFilesTests : WebhookWorld
{
    private const string Customer = "919300000003";
    private const string Threads = """
        "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[{"id":"919300000003","messages":[
          {"from":"919300000003","id":"wamid.h.1","timestamp":"1780000000","type":"text","text":{"body":"long ago"}},
          {"from":"919876543210","to":"919300000003","id":"wamid.h.2","timestamp":"1780000060","type":"media_placeholder"},
          {"from":"919300000003","id":"wamid.h.3","timestamp":"1780000120","type":"media_placeholder"}]}]}]
        """;

    private const string Voice = """ "messages":[{"from":"919300000003","id":"wamid.h.3","timestamp":"1780000120","type":"audio","audio":{"id":"M3","mime_type":"audio/ogg","voice":true}}] """;

    [Fact]
    public async Task A_file_that_comes_later_takes_the_place_of_its_placeholder_and_is_fetched()
    {
        await HearAsync(Threads);
        var before = (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.h.3");
        before.Content.Should().BeOfType<UnsupportedContent>();

        await HearAsync(Voice);

        var message = (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.h.3");
        message.Content.Should().BeEquivalentTo(new { IsVoice = true });
        (message.Id, message.Sequence, message.SaidAt, message.Origin).Should().Be((before.Id, before.Sequence, before.SaidAt, MessageOrigin.History));
        message.ChangeSequence.Should().BeGreaterThan(before.ChangeSequence, "open screens read it again");
        var conversation = (await Host.ConversationsAsync()).Single();
        (conversation.LastKind, conversation.InboundCount, conversation.NeedsReply).Should().Be(("voice", 0, false));
        conversation.Window.IsOpenAt(Now).Should().BeFalse();
        var file = (await Host.FilesAsync()).Single();
        file.PlatformId.Should().Be("M3");
        var bubble = (await ThreadAsync()).Messages.Single(m => m.WhatsAppId == "wamid.h.3");
        bubble.Files.Should().ContainSingle(f => f.FileId == file.Id);
    }

    [Fact]
    public async Task A_file_that_comes_first_is_a_message_and_its_placeholder_changes_nothing()
    {
        await HearAsync(Voice);
        await HearAsync(Threads);

        var messages = await Host.MessagesAsync();
        messages.Should().HaveCount(3);
        messages.Single(m => m.WhatsAppId == "wamid.h.3").Content.Should().BeOfType<AudioContent>();
    }

    [Fact]
    public async Task Both_in_one_delivery_make_one_message_with_its_file()
    {
        await HearAsync($"{Threads},{Voice}");

        (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.h.3").Content.Should().BeOfType<AudioContent>();
        (await Host.FilesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task The_same_file_delivered_twice_is_one_file()
    {
        await HearAsync(Threads);
        await HearAsync(Voice);
        await HearAsync(Voice.Replace("M3", "M4", StringComparison.Ordinal));

        (await Host.FilesAsync()).Should().ContainSingle(f => f.PlatformId == "M3");
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("message_echoes")]
    public async Task What_the_business_sent_is_found_by_its_id_even_if_it_names_nobody(string list)
    {
        await HearAsync(Threads);

        await HearAsync($$$$""" "{{{{list}}}}":[{"from":"919876543210","id":"wamid.h.2","timestamp":"1780000060","type":"document","document":{"id":"M2","filename":"menu.pdf"}}] """);

        var message = (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.h.2");
        (message.Content.Text, message.Direction).Should().Be(("menu.pdf", MessageDirection.Out));
        (await Host.FilesAsync()).Single().PlatformId.Should().Be("M2");
    }

    [Fact]
    public async Task What_names_nobody_and_is_not_there_is_kept_on_record_and_parks_nothing()
    {
        await HearAsync(""" "messages":[{"from":"919876543210","id":"wamid.h.9","timestamp":"1780000060","type":"image","image":{"id":"M9"}}] """);

        (await Host.MessagesAsync()).Should().BeEmpty();
        (await Host.ContactsAsync()).Should().BeEmpty();
        (await Host.ReadAsync(db => db.Set<StoredEvent>().Select(e => e.Field).ToListAsync())).Should().Contain("history.media");
        (await Host.ReadAsync(db => db.Set<WebhookDelivery>().AllAsync(d => d.State == WebhookDeliveryState.Done))).Should().BeTrue();
    }

    [Fact]
    public async Task A_message_that_is_complete_is_not_changed_by_a_file_of_its_id()
    {
        await HearAsync(Threads);

        await HearAsync(""" "messages":[{"from":"919300000003","id":"wamid.h.1","timestamp":"1780000000","type":"image","image":{"id":"M1"}}] """);

        (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.h.1").Content.Text.Should().Be("long ago");
        (await Host.FilesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_sent_from_the_phone_is_fetched()
    {
        var body = Body("smb_message_echoes", $$$$""" "message_echoes":[{"from":"919876543210","to":"{{{{Customer}}}}","id":"wamid.echo","timestamp":"1795000000","type":"image","image":{"id":"M5","caption":"menu"}}] """);
        await Webhooks.PostAsync(body);
        await Host.SettledAsync();

        (await Host.FilesAsync()).Single().PlatformId.Should().Be("M5");
    }

    private async Task<ThreadView> ThreadAsync() => (await Host.Services.GetRequiredService<ThreadQuery>()
        .GetAsync(await Host.ActorAsync("manager@demo.test"), (await Host.ConversationsAsync()).Single().Id))!;

    private async Task HearAsync(string members)
    {
        await Webhooks.PostAsync(Body("history", members));
        await Host.SettledAsync();
    }

    private static byte[] Body(string field, string members) => Encoding.UTF8.GetBytes(JsonNode.Parse($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{MetaWebhooks.Waba}}}","time":1795000000,"changes":[{"field":"{{{field}}}","value":{
          "messaging_product":"whatsapp","metadata":{"display_phone_number":"+91 98765 43210","phone_number_id":"{{{MetaWebhooks.Number}}}"},{{{members}}}}}]}]}
        """)!.ToJsonString());
}
