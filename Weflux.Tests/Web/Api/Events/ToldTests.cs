using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Sending;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>What others are told, in which words, and when not.</summary>
public sealed class ToldTests(EventWorld world) : IClassFixture<EventWorld>
{
    [Fact]
    public void Whatever_can_happen_to_a_conversation_is_told_or_left_out_on_purpose()
    {
        foreach (var kind in Enum.GetValues<ConversationEventKind>())
        {
            (EventTypes.Of(kind) is not null).Should().Be(!EventTypes.Untold.ContainsKey(kind), "{0} is one of both", kind);
        }

        EventTypes.All.Select(t => t.Name).Should().OnlyHaveUniqueItems().And.OnlyContain(t => t.Length <= 40);
        EventTypes.Untold.Values.Should().OnlyContain(t => EventTypes.IsKnown(t));
    }

    [Fact]
    public async Task A_customers_message_is_told_at_once_signed_and_in_the_shape_of_the_API()
    {
        var hook = await world.ListenAsync([EventTypes.MessageReceived]);
        var conversation = await world.MeetAsync("Is the masala chai back?");

        var got = (await world.Receiver.SeeAsync(hook.Path, 1)).Single();

        (got.Method, got.Type).Should().Be(("POST", "message.received"));
        got.IsSignedWith(hook.Secret).Should().BeTrue();
        got.IsSignedWith("whsec_" + Convert.ToBase64String(new byte[32])).Should().BeFalse();
        got.Id.Should().MatchRegex("^evt_[0-9a-f]{32}$");
        (world.Host.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Timestamp, System.Globalization.CultureInfo.InvariantCulture)))
            .Should().BeLessThan(TimeSpan.FromMinutes(2));
        var message = got.Data.GetProperty("message");
        message.GetProperty("text").GetString().Should().Be("Is the masala chai back?");
        message.GetProperty("conversationId").GetInt64().Should().Be(conversation);

        using var api = world.Host.NewApiClient();
        var told = (await api.GetJsonAsync("/api/v1/messages?limit=1000")).GetProperty("data").EnumerateArray()
            .Single(m => m.GetProperty("id").GetInt64() == message.GetProperty("id").GetInt64());
        JsonElement.DeepEquals(told, message).Should().BeTrue("{0} and {1}", told, message);
        (await world.SettledAsync(hook.Id, EventDeliveryState.Taken)).Should().BeEquivalentTo(new { Tries = 1, Status = 204, Fault = (string?)null, Type = "message.received" });
    }

    [Fact]
    public async Task Without_being_asked_for_neither_words_nor_numbers_leave()
    {
        var hook = await world.ListenToAllAsync(hasText: false, hasNumbers: false);
        var conversation = await world.MeetAsync("The secret word is cardamom");
        await world.Get<WriteNote>().ExecuteAsync(world.Agent, conversation, "cardamom in a note", Guid.CreateVersion7());
        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, conversation, words: "cardamom was the reason");
        await world.SayAsync("STOP");

        var got = await world.Receiver.SeeAsync(hook.Path, all => all.Any(g => g.Type == "consent.changed") && all.Any(g => g.Type == "conversation.closed") && all.Any(g => g.Type == "note.created"));

        foreach (var one in got)
        {
            // In these tests the platform's own name of the customer is made of the number.
            one.Text.Replace($"IN.{world.Phone}", "", StringComparison.Ordinal).Should().NotContain("cardamom").And.NotContain("STOP").And.NotContain(world.Phone).And.NotContain(world.Phone[2..^2]);
        }

        got.First(g => g.Type == "message.received").Data.GetProperty("message").TryGetProperty("text", out _).Should().BeFalse();
        got.First(g => g.Type == "contact.created").Data.GetProperty("contact").GetProperty("phone").GetString().Should().Contain("•");
    }

    [Fact]
    public async Task What_people_and_programs_do_with_a_conversation_is_told_with_who_did_it()
    {
        var conversation = await world.MeetAsync();
        await world.Get<MakeLabel>().ExecuteAsync(world.Admin, "Refund told", LabelColor.Red);
        var label = await world.Host.ReadAsync(db => db.Set<Label>().OrderByDescending(l => l.Id).Select(l => l.Id).FirstAsync());
        var hook = await world.ListenToAllAsync();
        var program = Actor.WithKey(world.Admin.Workspace, new ApiKeyGrant(new ApiKeyId(1), "Warehouse", ["*"]));

        await world.Get<TakeConversation>().ExecuteAsync(world.Agent, conversation);
        await world.Get<MarkNoReplyNeeded>().ExecuteAsync(program, conversation);
        await world.Get<SetLabel>().ExecuteAsync(program, conversation, label, isOn: true);
        await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, conversation, world.Host.Clock.GetUtcNow().AddDays(1));
        await world.Get<ReopenConversation>().ExecuteAsync(world.Agent, conversation);
        await world.Get<WriteNote>().ExecuteAsync(program, conversation, "Left today", Guid.CreateVersion7());
        await world.Get<CloseConversation>().ExecuteAsync(program, conversation, words: "Done");

        var got = await world.Receiver.SeeAsync(hook.Path, 7);

        got.Select(g => g.Type).Should().BeEquivalentTo(
            ["conversation.assigned", "conversation.no_reply_needed", "conversation.labelled", "conversation.snoozed", "conversation.reopened", "note.created", "conversation.closed"]);
        var taken = Of(got, "conversation.assigned");
        taken.GetProperty("by").GetProperty("memberId").GetInt64().Should().Be(world.Agent.User.Value);
        (taken.GetProperty("how").GetString(), taken.GetProperty("why").GetString()).Should().Be(("taken", "took_it"));
        taken.GetProperty("conversation").GetProperty("assigneeId").GetInt64().Should().Be(world.Agent.User.Value);
        var labelled = Of(got, "conversation.labelled");
        labelled.GetProperty("label").GetProperty("name").GetString().Should().Be("Refund told");
        labelled.GetProperty("by").GetProperty("apiKey").GetString().Should().Be("Warehouse");
        labelled.GetProperty("conversation").GetProperty("labels")[0].GetProperty("id").GetInt64().Should().Be(label);
        Of(got, "conversation.snoozed").GetProperty("conversation").GetProperty("snoozedUntil").ValueKind.Should().Be(JsonValueKind.String);
        var note = Of(got, "note.created").GetProperty("note");
        (note.GetProperty("text").GetString(), note.GetProperty("apiKey").GetString()).Should().Be(("Left today", "Warehouse"));
        note.GetProperty("authorId").ValueKind.Should().Be(JsonValueKind.Null);
        Of(got, "conversation.closed").GetProperty("reason").GetString().Should().Be("Done");
    }

    [Fact]
    public async Task A_reply_is_told_as_it_gets_further()
    {
        var conversation = await world.MeetAsync();
        var hook = await world.ListenAsync([EventTypes.MessageStatus]);
        var sent = await world.Get<SendReply>().ExecuteAsync(world.Agent, conversation, new TextContent("Yes, since this morning"), Guid.CreateVersion7());

        var got = await world.Receiver.SeeAsync(hook.Path, all => all.Any(g => g.Data.GetProperty("message").GetProperty("status").GetString() is "sent" or "delivered" or "read"));

        got.Should().OnlyContain(g => g.Type == "message.status" && g.Data.GetProperty("message").GetProperty("id").GetInt64() == sent!.MessageId);
        got.Select(g => g.Data.GetProperty("message").GetProperty("status").GetString()).Should().NotContain("queued").And.NotContain("sending").And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Contacts_are_told_when_they_are_met_and_when_something_of_them_changes()
    {
        var hook = await world.ListenAsync([EventTypes.ContactCreated, EventTypes.ContactUpdated, EventTypes.ConsentChanged]);
        await world.MeetAsync();
        var contact = (await world.Host.ContactsAsync())[^1].Id;
        await world.Receiver.SeeAsync(hook.Path, 1);
        await world.Get<RenameContact>().ExecuteAsync(world.Admin, contact, "Asha of Pune");
        await world.Get<TagContact>().ExecuteAsync(world.Admin, contact, "VIP");
        await world.SayAsync("hello again");
        await world.SayAsync("STOP");

        var got = await world.Receiver.SeeAsync(hook.Path, 4);

        got.Select(g => g.Type).Should().BeEquivalentTo(["contact.created", "contact.updated", "contact.updated", "consent.changed"], "another message changes nothing of the contact");
        got.Last(g => g.Type == "contact.updated").Data.GetProperty("contact").GetProperty("name").GetString().Should().Be("Asha of Pune");
        var consent = Of(got, "consent.changed");
        (consent.GetProperty("decision").GetString(), consent.GetProperty("source").GetString(), consent.GetProperty("evidence").GetString())
            .Should().Be(("stopped", "words", "STOP"));
        consent.GetProperty("consent").GetProperty("allStopped").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task A_name_cannot_end_its_own_string()
    {
        const string Name = "\",\"role\":\"Admin\"} \u2028</script>";
        var hook = await world.ListenAsync([EventTypes.ContactCreated]);
        await world.MeetAsync(name: Name);

        var got = (await world.Receiver.SeeAsync(hook.Path, 1)).Single();

        got.Data.EnumerateObject().Select(p => p.Name).Should().Equal("contact");
        got.Data.GetProperty("contact").GetProperty("name").GetString().Should().StartWith("\",\"role\":\"Admin\"}");
        got.Data.GetProperty("contact").TryGetProperty("role", out _).Should().BeFalse();
    }

    [Fact]
    public async Task What_is_rolled_back_and_what_is_refused_is_never_told()
    {
        var conversation = await world.MeetAsync();
        var hook = await world.ListenToAllAsync();
        var database = world.Get<WefluxDatabase>();
        await database.Awaiting(d => d.WriteAsync(
            world.Admin.Workspace,
            async db =>
            {
                var row = await db.Set<Conversation>().SingleAsync(c => c.Id == conversation);
                row.Close();
                db.Add(row.TellClosed(null, world.Host.Clock.GetUtcNow(), 1, "Never"));
                await db.SaveChangesAsync();
                throw new InvalidOperationException("The transaction breaks.");
            },
            CancellationToken.None)).Should().ThrowAsync<InvalidOperationException>();
        (await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, conversation, world.Host.Clock.GetUtcNow())).Should().Be(WorkOutcome.Invalid);

        // What comes after is told, so whatever came before would have been.
        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, conversation, words: "Now");
        await world.Receiver.SeeAsync(hook.Path, 1);
        (await world.RowsAsync(hook.Id)).Should().ContainSingle().Which.Type.Should().Be(EventTypes.ConversationClosed);
        world.Receiver.At(hook.Path).Single().Data.GetProperty("reason").GetString().Should().Be("Now");
    }

    [Fact]
    public async Task Another_workspace_hears_nothing()
    {
        var stranger = await world.Host.ActorAsync("admin@demo-two.test", "demo-two");
        var theirs = await world.Get<MakeEventEndpoint>().ExecuteAsync(
            stranger, new EventEndpointInput("Theirs", new Uri(world.Receiver.Address, "/theirs").ToString(), [.. EventTypes.All.Select(t => t.Name)], HasText: true, HasNumbers: true));
        var hook = await world.ListenAsync([EventTypes.MessageReceived]);
        await world.MeetAsync();
        await world.Receiver.SeeAsync(hook.Path, 1);

        (await world.Host.ReadAsync(db => db.Set<EventDelivery>().Where(d => d.EndpointId == theirs.Id).CountAsync(), "demo-two")).Should().Be(0);
        world.Receiver.At("/theirs").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_kept_of_an_event_is_encrypted()
    {
        var hook = await world.ListenAsync([EventTypes.MessageReceived]);
        await world.MeetAsync("cardamom at rest");
        var row = await world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        System.Text.Encoding.UTF8.GetString(row.Body).Should().NotContain("cardamom");
        var endpoint = await world.EndpointAsync(hook.Id);
        System.Text.Encoding.Latin1.GetString(endpoint.Secret).Should().NotContain(System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(hook.Secret["whsec_".Length..])));
    }

    private static JsonElement Of(IEnumerable<GotEvent> got, string type) => got.Single(g => g.Type == type).Data;
}
