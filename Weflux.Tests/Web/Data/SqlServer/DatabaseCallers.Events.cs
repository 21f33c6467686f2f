using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Api;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Working;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private static readonly EventEndpointInput SomeWebhook = new("Shop", "https://example.com/", [EventTypes.MessageReceived], HasText: true, HasNumbers: false);

    private static IEnumerable<DatabaseCaller> Events()
    {
        yield return Of<ApiKeysQuery>("all", async s =>
        {
            s.Rows.With("CreatedBy", 1L);
            (await new ApiKeysQuery(s.Database).GetAsync(s.Admin)).Should().NotBeEmpty();
        });
        yield return Of<ApiClockQuery>("one", async s => (await new ApiClockQuery(s.Database).GetAsync(s.Admin)).Should().NotBeNull());
        yield return Of<NoteQuery>("one", async s => (await new NoteQuery(s.Database).FindAsync(s.Admin, Guid.Empty)).Should().NotBeNull());
        yield return Of<ContactWordsQuery>("all", async s =>
        {
            s.Rows.With("Choices", "[]");
            (await new ContactWordsQuery(s.Database).GetAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<EventEndpointsQuery>("all and one", async s =>
        {
            var query = new EventEndpointsQuery(WithWebhook(s).Database, s.Time);
            (await query.ListAsync(s.Admin)).Should().NotBeEmpty();
            (await query.FindAsync(s.Admin, 1)).Should().NotBeNull();
            (await query.GivenUpAsync(s.Admin)).Should().NotBeEmpty();
        });
        yield return Of<EventDeliveriesQuery>("pages and one", async s =>
        {
            WithWebhook(s).Rows.With("", true);
            var query = new EventDeliveriesQuery(s.Database, Stand.Protector);
            foreach (var state in new EventDeliveryState?[] { null, EventDeliveryState.Failed })
            {
                (await query.ListAsync(s.Admin, 1, state, new PageRequest(0, 20))).Should().NotBeNull();
                (await query.NewestAsync(s.Admin, 1, state, 90, 20)).Should().NotBeEmpty();
            }

            (await query.FindAsync(s.Admin, 1)).Should().NotBeNull();
        });
        yield return Of<EventSweep>("sweep", async s =>
        {
            using var sweep = new EventSweep(s.Database, s.Time, NullLogger<EventSweep>.Instance);
            await sweep.SweepAsync(Never);
        });
        foreach (var caller in WebhookChanges().Concat(EventsOut()))
        {
            yield return caller;
        }
    }

    private static IEnumerable<DatabaseCaller> WebhookChanges()
    {
        yield return Of<MakeEventEndpoint>("new", async s =>
            (await new MakeEventEndpoint(s.Database, Stand.Protector, Anywhere(), s.Audit, s.Time).ExecuteAsync(s.Admin, SomeWebhook)).Secret.Should().NotBeNull());
        yield return Of<EventEndpointEdits>("off", async s =>
            (await new SwitchEventEndpoint(WebhookEdits(s)).ExecuteAsync(s.Admin, 1, isOn: false)).IsDone.Should().BeTrue());
        yield return Of<DeleteEventEndpoint>("one", async s =>
            (await new DeleteEventEndpoint(WebhookEdits(s), s.Database).ExecuteAsync(s.Admin, 1)).IsDone.Should().BeTrue());
        yield return Of<SendTestEvent>("one", async s =>
            (await new SendTestEvent(WebhookEdits(s), new EventRecorder(Stand.Protector, new EventSignals(), s.Time), s.Time).ExecuteAsync(s.Admin, 1)).IsDone.Should().BeTrue());
        yield return Of<ReplayEvents>("one and all", async s =>
        {
            var replay = new ReplayEvents(WithWebhook(s).Database, s.Audit, new EventSignals(), s.Time);
            (await replay.ExecuteAsync(s.Admin, 1)).Outcome.Should().Be(EventReplayOutcome.Asked);
            (await replay.ExecuteAsync(s.Admin, 1, Stand.Noon)).Outcome.Should().Be(EventReplayOutcome.Asked);
        });
    }

    private static IEnumerable<DatabaseCaller> EventsOut()
    {
        yield return Of<EventSender>("a beat", async s =>
        {
            using var call = Call();
            using var sender = new EventSender(WithWebhook(s).Database, Run(s, call), new EventSignals(), s.Time, NullLogger<EventSender>.Instance);
            s.Rows.On("[TriedAt] =", () => s.Time.Advance(TimeSpan.FromMinutes(1)));
            await sender.BeatAsync(Never);
            await sender.QuietAsync();
        });
        yield return Of<EventRun>("a turn", async s =>
        {
            using var call = Call();

            // The same event would be due again and again, so time passes with each.
            WithWebhook(s).Rows.On("[TriedAt] =", () => s.Time.Advance(TimeSpan.FromMinutes(1)));
            await Run(s, call).ExecuteAsync(PretendServer.Workspace, 1, Never);
        });
        foreach (var status in new[] { 200, 410, 503 })
        {
            yield return Of<EventResults>($"{status}", s =>
            {
                var row = new EventDelivery
                {
                    WorkspaceId = PretendServer.Workspace,
                    EndpointId = 1,
                    EventId = Guid.Empty,
                    Type = EventTypes.MessageReceived,
                    At = Stand.Noon,
                    Body = [],
                };
                return new EventResults(WithWebhook(s).Database, Stand.Protector, s.Mails, Here, Options.Create(new EventOptions()), s.Time).RecordAsync(
                    PretendServer.Workspace, 1, Guid.Empty, [new SentEvent(row, Stand.Noon, new EventAnswer(status, "Hello", status == 200 ? null : "No.", null))], Never);
            });
        }

        yield return new DatabaseCaller(typeof(EventRecorder), "everything", async s =>
        {
            s.Rows.With("AssigneeId", 1L).With("StageId", 1L).With("Types", System.Text.Json.JsonSerializer.Serialize(EventTypes.All.Select(t => t.Name)))
                .With("State", 1).With("WhatsAppId", "wamid.quoted").With("Context", """{"quotedWhatsAppId":"wamid.quoted"}""").With("Address", "https://example.com/");
            await using var db = s.Database.Open(PretendServer.Workspace);
            var seen = new SeenChanges();
            seen.Received.Add(await db.Set<Message>().FirstAsync());
            seen.Begun.Add(await db.Set<Conversation>().FirstAsync());
            seen.Told.Add(await db.Set<ConversationEvent>().FirstAsync());
            seen.NotesWritten.Add(await db.Set<Note>().FirstAsync());
            seen.Decided.Add(await db.Set<ConsentEntry>().FirstAsync());
            seen.ContactsChanged.Add((PretendServer.Workspace, 1));
            await new EventRecorder(Stand.Protector, new EventSignals(), s.Time).RecordAsync(db, PretendServer.Workspace, seen, Never);
            s.Connection.Commands.Count(c => c.Sql.Contains("INTO \"EventDeliveries\"", StringComparison.Ordinal)).Should().Be(6);
        });
    }

    private static PretendServer WithWebhook(PretendServer s)
    {
        s.Rows.With("Address", "https://example.com/").With("Types", """["message.received"]""").With("State", 1)
            .With("Secret", Stand.Protector.Protect([1], EventEndpoint.SecretContext(Guid.Empty)))
            .With("Body", Stand.Protector.Protect([2], EventDelivery.BodyContext(Guid.Empty)));
        return s;
    }

    private static EventEndpointEdits WebhookEdits(PretendServer s) => new(WithWebhook(s).Database, s.Audit);

    private static EventAddresses Anywhere() => new(Options.Create(new EventOptions()), new HostingEnvironment { EnvironmentName = Environments.Production });

    /// <summary>Nothing leaves: no name leads anywhere.</summary>
    private static EventCall Call() => new(new EventConnector(Anywhere(), (_, _) => Task.FromResult<System.Net.IPAddress[]>([])), Options.Create(new EventOptions()));

    private static EventRun Run(PretendServer s, EventCall call) => new(
        s.Database, Stand.Protector, call, Anywhere(), new EventResults(s.Database, Stand.Protector, s.Mails, Here, Options.Create(new EventOptions()), s.Time), Options.Create(new EventOptions()), s.Time);
}
