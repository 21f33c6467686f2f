using System.Net;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Api;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Security;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Watch;
using Weflux.Web.Team;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>One way in which a class talks to the database.</summary>
internal sealed record DatabaseCaller(Type Type, string Way, Func<PretendServer, Task> Run);

/// <summary>
/// Everything that talks to the database, each with the ways that lead through all of its SQL. A class that is not here
/// fails <see cref="SqlServerQueryTests"/>.
/// </summary>
internal static partial class DatabaseCallers
{
    /// <summary>Those whose SQL is not theirs.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Exempt = new Dictionary<Type, string>
    {
        [typeof(DatabaseMigration)] = "runs the migrations, which are checked as scripts",
        [typeof(Weflux.Web.Account.Passkeys.OwnPasskeys)] = "reads and writes through Identity's own store, and adds a mail as others do",
        [TypeNamed("Weflux.Web.Data.LiftedQuery")] = "turns queries into others and asks nothing",
        [typeof(Weflux.Web.Notices.NoticePost)] = "hears of commits and asks nothing",
        [TypeNamed("Weflux.Web.Operations.DatabaseReachable")] = "asks the provider whether the server answers",
    };

    private const string Accepted = """{"messages":[{"id":"wamid.accepted"}]}""";
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly TextContent Words = new("Hello");

    public static IReadOnlyList<DatabaseCaller> All { get; } =
    [
        .. Lists(),
        .. Threads(),
        .. InboxWrites(),
        .. Sends(),
        .. Webhooks(),
        .. Lanes(),
        .. Api(),
        .. Kinds(),
        .. Scheduling(),
        .. Records(),
        .. Media(),
        .. People(),
        .. Settings(),
        .. Audits(),
        .. Accounts.All(),
        .. Numbers(),
        .. Templates(),
        .. Failures(),
        .. Work(),
        .. Teams(),
        .. Views(),
        .. Hands(),
        .. Notices(),
        .. Search(),
        .. AddressBook(),
        .. Floor(),
        .. Events(),
        .. Rest(),
    ];

    public static Type TypeNamed(string name) => typeof(WefluxDatabase).Assembly.GetType(name, throwOnError: true)!;

    private static DatabaseCaller Of<T>(string way, Func<PretendServer, Task> run) => new(typeof(T), way, run);

    private static IEnumerable<DatabaseCaller> Lists()
    {
        foreach (var order in Enum.GetValues<ListOrder>())
        {
            foreach (var direction in Enum.GetValues<PageDirection>())
            {
                foreach (var cursor in new[] { null, new ListCursor(true, Stand.Noon, 5, 5), new ListCursor(false, Stand.Noon, 5, 5) })
                {
                    yield return Of<ConversationListQuery>($"{order} {direction} {cursor?.NeedsReply}", async s =>
                    {
                        s.Rows.With("AssigneeId", 1L);
                        var query = new ConversationListQuery(s.Database, new SharedRows(s.Database), s.Time);
                        await query.GetAsync(s.Admin, InboxView.Default with { Order = order }, cursor, direction, 20);
                        await query.GetAsync(s.Agent, InboxView.Default with { Order = order }, cursor, direction, 20);
                    });
                }
            }
        }

        yield return Of<ConversationListQuery>("hints", s =>
            new ConversationListQuery(s.Database, new SharedRows(s.Database), s.Time).ChangedAsync(s.Admin, InboxView.Default, [new RowVersion(1, 1), new RowVersion(2, 1)]));
        yield return Of<SharedRows>("one", s =>
        {
            s.Rows.With("AssigneeId", 1L);
            return new SharedRows(s.Database).GetAsync(PretendServer.Workspace, [new RowVersion(1, 1)]);
        });
    }

    private static IEnumerable<DatabaseCaller> Threads()
    {
        yield return Of<ThreadQuery>("all", async s =>
        {
            s.Rows.With("AssigneeId", 1L).With("AuthorId", 1L).With("WhatsAppId", "wamid.quoted")
                .With("Context", """{"quotedWhatsAppId":"wamid.quoted"}""");
            var query = new ThreadQuery(s.Database, s.Time);
            (await query.GetAsync(s.Agent, 1)).Should().NotBeNull();
            (await query.OlderAsync(s.Agent, 1, new ThreadCursor(Stand.Noon, 9))).Messages.Should().NotBeEmpty();
            (await query.ChangesAsync(s.Agent, 1, 0)).Should().NotBeNull();
            await query.WasSentAsync(s.Agent, 1, Guid.NewGuid());
        });
    }

    private static IEnumerable<DatabaseCaller> InboxWrites()
    {
        yield return Of<SaveDraft>("first", async s =>
        {
            s.Rows.Rows(0, "FROM [Drafts]");
            (await new SaveDraft(s.Database, new SharedRows(s.Database), s.Time).ExecuteAsync(s.Agent, 1, Guid.NewGuid(), "Hi")).Should().BeTrue();
        });
        yield return Of<SaveDraft>("again", s => new SaveDraft(s.Database, new SharedRows(s.Database), s.Time).ExecuteAsync(s.Agent, 1, Guid.NewGuid(), "Hi"));
        yield return Of<MarkSeen>("first", s =>
        {
            s.Rows.Rows(0, "FROM [ReadCursors]");
            return new MarkSeen(s.Database, new SharedRows(s.Database), Stand.Broadcaster()).ExecuteAsync(s.Agent, 1, 7);
        });
        yield return Of<MarkSeen>("further", s =>
        {
            s.Rows.With("InboundCount", 5).On("FROM [ReadCursors]", () => s.Rows.With("InboundCount", 2));
            return new MarkSeen(s.Database, new SharedRows(s.Database), Stand.Broadcaster()).ExecuteAsync(s.Agent, 1, 5);
        });
    }

    private static IEnumerable<DatabaseCaller> Sends()
    {
        yield return Of<SendReply>("sent", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).Rows(0, "[DraftId] =");
            var result = await Reply(s).ExecuteAsync(s.Agent, 1, Words, Guid.NewGuid());
            result!.Decision.IsAllowed.Should().BeTrue();
        });
        yield return Of<SendAgain>("sent", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("Status", (int)DeliveryStatus.Failed).Rows(0, "[DraftId] =");
            (await new SendAgain(s.Database, Reply(s)).ExecuteAsync(s.Agent, 1, Guid.NewGuid()))!.MessageId.Should().NotBeNull();
        });
        foreach (var (status, body) in new[]
        {
            (HttpStatusCode.OK, Accepted),
            (HttpStatusCode.BadRequest, """{"error":{"code":131056,"message":"Too fast"}}"""),
            (HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"No"}}"""),
            (HttpStatusCode.BadRequest, """{"error":{"code":130429,"message":"Number"}}"""),
            (HttpStatusCode.BadRequest, """{"error":{"code":80007,"message":"Account"}}"""),
            (HttpStatusCode.BadRequest, """{"error":{"code":4,"message":"App"}}"""),
            (HttpStatusCode.BadGateway, ""),
        })
        {
            yield return Of<Dispatch>($"{status} {body}", async s =>
            {
                s.Rows.With("LastCustomerActAt", Stand.Noon).With("PhoneDigits", "15550001111");
                await Dispatch(s, status, body).ExecuteAsync(s.Lease, Row(), isTrial: true, Never);
                s.Connection.Commands.Count(c => c.Sql.Contains("FROM [SendAttempts]", StringComparison.Ordinal)).Should().Be(1);
            });
        }

        yield return Of<SendingQuery>("every number", async s => (await new SendingQuery(s.Database, s.Time).ListAsync(s.Admin)).Should().NotBeEmpty());
        yield return Of<OutboxGauges>("a look", s =>
        {
            return new OutboxGauges(s.Database, Stand.Meter(), s.Time, NullLogger<OutboxGauges>.Instance).LookAsync(Never);
        });
        yield return Of<LaneNumbers>("something to send", async s =>
        {
            s.Rows.With("Until", Stand.Noon);
            (await new LaneNumbers(s.Database, s.Lanes, s.Lease).WaitingAsync(Stand.Noon, Never)).Should().NotBeEmpty();
        });
        yield return Of<PendingDeliveries>("something waits", async s =>
        {
            using var ending = new CancellationTokenSource();
            s.Rows.On("EXISTS", ending.Cancel);
            await new PendingDeliveries(s.Database).Invoking(p => p.HeardAsync(1, ending.Token)).Should().ThrowAsync<OperationCanceledException>();
        });
        yield return Of<Dispatch>("window closed", s => Dispatch(s, HttpStatusCode.OK, Accepted).ExecuteAsync(s.Lease, Row(), isTrial: false, Never));
        yield return Of<Dispatch>("never confirmed", s => Dispatch(s, HttpStatusCode.OK, Accepted).GiveUpAsync(s.Lease, 1));
        yield return Of<OutboxSender>("a round", async s =>
        {
            using var ending = new CancellationTokenSource();
            using var pace = new SendPace();
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("PhoneDigits", "15550001111").On("INTO [SendAttempts]", ending.Cancel);
            var sender = new OutboxSender(s.Database, Dispatch(s, HttpStatusCode.OK, Accepted), pace, s.Lanes, s.Time, NullLogger<OutboxSender>.Instance);
            await sender.Invoking(o => o.RunAsync(s.Lease, ending.Token)).Should().ThrowAsync<OperationCanceledException>();
        });
    }

    private static IEnumerable<DatabaseCaller> Webhooks()
    {
        yield return Of<WebhookProcessor>("every kind", s => Process(s, DatabaseBodies.EveryKind));
        yield return Of<WebhookProcessor>("known people", s =>
        {
            s.Rows.With("Value", "IN.1").With("LastCustomerActAt", Stand.Noon);
            return Process(s, DatabaseBodies.EveryKind);
        });
        yield return Of<WebhookProcessor>("unreadable", s => Process(s, "nonsense"));
        yield return Of<WebhookJournal>("insert", Journal);
        yield return Of<MetaAppCatalog>("find", async s =>
        {
            s.Rows.With("AppSecret", Stand.Protector.ProtectText("s", MetaApp.SecretContext("AppKey")))
                .With("VerifyToken", Stand.Protector.ProtectText("t", MetaApp.VerifyTokenContext("AppKey")));
            using var catalog = new MetaAppCatalog(s.Database, Stand.Protector, s.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<MetaAppCatalog>.Instance);
            (await catalog.FindAsync("AppKey", Never)).Should().NotBeNull();
        });
        yield return Of<ReplayDelivery>("parked", async s =>
        {
            s.Rows.With("Body", new byte[] { 1 }).With("ParkedItems", """[{"index":0,"reason":"Why"}]""");
            (await new ReplayDelivery(s.Database, s.Audit, s.Lanes).ExecuteAsync(s.Admin, 1)).Should().BeTrue();
        });
        yield return Of<JournalRetention>("sweep", async s =>
        {
            using var retention = new JournalRetention(s.Database, s.Time, NullLogger<JournalRetention>.Instance);
            await retention.SweepAsync(Never);
        });
    }

    private static IEnumerable<DatabaseCaller> Lanes()
    {
        yield return Of<LaneKeeper>("all", async s =>
        {
            var keeper = new LaneKeeper(s.Database, s.Time);
            (await keeper.TakeFreeAsync(Never)).Should().ContainSingle();
            (await keeper.RenewAsync(s.Lease, Never)).Should().BeTrue();
            (await keeper.ReleaseAsync(s.Lease, Never)).Should().BeTrue();
        });
        yield return Of<ChangeBeat>("beat", async s =>
        {
            using var beat = new ChangeBeat(s.Database, s.Time, NullLogger<ChangeBeat>.Instance);
            using var one = beat.Watch(PretendServer.Workspace, _ => { });
            using var two = beat.Watch(new WorkspaceId(2), _ => { });
            await beat.BeatAsync(Never);
        });
    }

    private static IEnumerable<DatabaseCaller> Api()
    {
        var page = new PageRequest(3, 20);
        yield return Of<MessageStreamQuery>("page", async s => (await new MessageStreamQuery(s.Database).GetAsync(s.Admin, page))!.Data.Should().NotBeEmpty());
        yield return Of<ConversationsQuery>("page and one", async s =>
        {
            var query = new ConversationsQuery(s.Database, s.Time);
            (await query.GetAsync(s.Admin, page))!.Data.Should().NotBeEmpty();
            (await query.FindAsync(s.Admin, 1)).Should().NotBeNull();
        });
        yield return Of<ContactsQuery>("page and one", async s =>
        {
            s.Rows.With("StageId", 1L);
            (await new ContactsQuery(s.Database).GetAsync(s.Admin, page))!.Data.Should().NotBeEmpty();
            (await new ContactsQuery(s.Database).FindAsync(s.Admin, 1)).Should().NotBeNull();
        });
        yield return Of<DeliveriesQuery>("pages and one", async s =>
        {
            var query = new DeliveriesQuery(s.Database, s.Time);
            (await query.GetAsync(s.Admin, null, page)).Should().NotBeNull();
            (await query.GetAsync(s.Admin, WebhookDeliveryState.Parked, page)).Should().NotBeNull();
            await query.FindAsync(s.Admin, 1);
        });
        yield return Of<ApiKeys>("find", async s =>
        {
            ApiKeyText.TryParse("wfx_demo_0000000000000000000000000001", out var key).Should().BeTrue();
            s.Rows.With("Hash", key.Hash).With("Scopes", """["*"]""");
            using var use = new ApiKeyUse(s.Database, NullLogger<ApiKeyUse>.Instance);
            var demo = Microsoft.Extensions.Options.Options.Create(new DemoOptions { Enabled = true });
            (await new ApiKeys(s.Database, demo, s.Time, use).FindAsync(key, Never)).Should().NotBeNull();
        });
        yield return Of<ApiKeyUse>("write", async s =>
        {
            var written = new TaskCompletionSource();
            s.Rows.On("[LastUsedAt] = @", written.SetResult);
            using var use = new ApiKeyUse(s.Database, NullLogger<ApiKeyUse>.Instance);
            await use.StartAsync(Never);
            use.Note(new ApiKey { WorkspaceId = PretendServer.Workspace, Name = "", Hint = "", Lookup = "", Hash = [], Scopes = [], CreatedAt = Stand.Noon }, Stand.Noon);
            await written.Task;
            await use.StopAsync(Never);
        });
        yield return Of<IssueApiKey>("new", async s =>
            (await new IssueApiKey(s.Database, s.Audit, s.Time).ExecuteAsync(s.Admin, "Name", ["*"], null)).Should().NotBeNull());
        yield return Of<RevokeApiKey>("one", s => new RevokeApiKey(s.Database, s.Audit, s.Time).ExecuteAsync(s.Admin, new ApiKeyId(1)));
    }

    private static IEnumerable<DatabaseCaller> Rest()
    {
        yield return Of<Actors>("all", async s =>
        {
            s.Rows.With("IsActive", true);
            var actors = new Actors(s.Database);
            await actors.FindAsync(new UserId(1), "demo", Never);
            await actors.FindAsync(new UserId(1), PretendServer.Workspace, Never);
            await actors.ListAsync(new UserId(1), Never);
            await actors.NeedsSecondFactorAsync(new UserId(1), "demo", Never);
        });
        yield return Of<DataProtectionKeys>("both", s =>
        {
            var keys = new DataProtectionKeys(s.Database, Stand.Protector, NullLogger<DataProtectionKeys>.Instance);
            keys.GetAllElements().Should().BeEmpty();
            keys.StoreElement(new XElement("key"), "key-1");
            return Task.CompletedTask;
        });
        yield return Of<DemoSeed>("new", s =>
        {
            s.Rows.Rows(0, "SELECT TOP(2)");
            return Seed(s).OpenAsync(Never);
        });
        yield return Of<DemoSeed>("again and closed", async s =>
        {
            await Seed(s).OpenAsync(Never);
            await Seed(s).CloseAsync(Never);
        });
        yield return Of<WefluxUser>("accounts", async s =>
        {
            await using var db = s.Database.OpenForSystem();
            using var store = new UserOnlyStore<WefluxUser, WefluxDbContext, long>(db);
            var user = await store.FindByNameAsync("SOMEBODY");
            await store.FindByEmailAsync("SOMEBODY");
            await store.FindByIdAsync("1");
            await store.SetSecurityStampAsync(user!, "other");
            await store.UpdateAsync(user!);
            await store.CreateAsync(new WefluxUser { UserName = "new", NormalizedUserName = "NEW" });
        });
    }

    private static SendReply Reply(PretendServer s) => new(s.Database, Stand.Broadcaster(), s.Lanes, s.Time);

    private static Dispatch Dispatch(PretendServer s, HttpStatusCode status, string body) =>
        new(s.Database, Stand.CloudApi(status, body), Stand.Uploads(s.Database, s.Time), new SendBreakers(s.Time), new HeardAlready(), Stand.Broadcaster(), new ConnectionSignals(), Receipts(s), Stand.Meter(), s.Time);

    private sealed class HeardAlready : ILaneJournal
    {
        public Task HeardAsync(long metaAppId, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static OutboundMessage Row() => new()
    {
        MessageId = 1,
        WorkspaceId = PretendServer.Workspace,
        ConnectionId = 1,
        ConversationId = 1,
        State = OutboundState.Waiting,
        NextAt = Stand.Noon,
    };

    private static DemoSeed Seed(PretendServer s) =>
        new(s.Database, Stand.Protector, new PasswordHasher<WefluxUser>(), new UpperInvariantLookupNormalizer(), s.Audit, s.Time);

    private static async Task Process(PretendServer s, string body)
    {
        using var ending = new CancellationTokenSource();
        s.Rows.With("Body", Stand.Protector.Protect(Encoding.UTF8.GetBytes(body), WebhookDelivery.BodyContext(Guid.Empty)))
            .On("\"SettledAt\" = @now", ending.Cancel);
        var processor = new WebhookProcessor(
            s.Database, Stand.Journal(s.Database, s.Lanes, s.Time), Stand.Protector, new SharedRows(s.Database), Stand.Broadcaster(), s.Lanes, new Weflux.Web.Media.Fetching.MediaSignals(), new TemplateSignals(), s.Time, NullLogger<WebhookProcessor>.Instance);
        await processor.Invoking(p => p.RunAsync(s.Lease, ending.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>The journal opens its own connection, so its one statement is taken from where it stands.</summary>
    private static Task Journal(PretendServer s)
    {
        var insert = (string)typeof(WebhookJournal).GetField("Insert", BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;
        s.Connection.Answer(
            insert,
            [
                new SqlParameter("@workspace", 1L),
                new SqlParameter("@app", 1L),
                new SqlParameter("@key", Guid.Empty),
                new SqlParameter("@body", new byte[] { 1 }),
                new SqlParameter("@received", Stand.Noon),
            ]);
        return Task.CompletedTask;
    }
}
