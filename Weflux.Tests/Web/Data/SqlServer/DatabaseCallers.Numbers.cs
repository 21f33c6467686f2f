using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Live;
using Weflux.Web.Mail;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private static readonly PublicAddress Here = new(
        Options.Create(new AddressOptions { PublicAddress = "https://inbox.example.com" }), new ConfigurationBuilder().Build());

    private static IEnumerable<DatabaseCaller> Numbers()
    {
        yield return Of<NumbersQuery>("list and apps", async s =>
        {
            (await new NumbersQuery(s.Database).ListAsync(s.Admin)).Should().NotBeEmpty();
            (await new NumbersQuery(s.Database).AppsAsync(s.Admin)).Should().NotBeEmpty();
        });
        yield return Of<BrokenNumbers>("list", async s =>
        {
            s.Rows.With("State", (int)ConnectionState.Broken);
            (await new BrokenNumbers(s.Database).ListAsync(s.Admin)).Should().NotBeEmpty();
        });
        yield return Of<NumberQuery>("one", async s =>
        {
            (await new NumberQuery(WithSecrets(s).Database, Stand.Protector, Here, s.Time).FindAsync(s.Admin, 1)).Should().NotBeNull();
        });
        yield return Of<FreePracticeNumbers>("list", async s => (await new FreePracticeNumbers(s.Database).ListAsync(s.Admin)).Should().NotBeEmpty());
        yield return Of<NumberHistoryQuery>("list", async s => (await new NumberHistoryQuery(s.Database, Stand.Protector).ListAsync(s.Admin, 1)).Should().NotBeNull());
        yield return Of<SignatureTally>("first and again", async s =>
        {
            using var tally = Tally(s);
            var app = new KnownMetaApp(1, PretendServer.Workspace, "key", [1], [1]);
            tally.Note(app, Signature.Good);
            await tally.FlushAsync(Never);
            s.Rows.Rows(0, "FROM [SignatureCounts]");
            tally.Note(app, Signature.Bad);
            await tally.FlushAsync(Never);
        });
        yield return Of<CheckNumber>("with a known app", async s => (await Check(WithSecrets(s)).ExecuteAsync(s.Admin, Entry(secret: ""))).Should().NotBeNull());
        yield return Of<ConnectNumber>("new app", async s =>
        {
            s.Rows.Rows(0, "FROM [MetaApps]").Rows(0, "FROM [Connections]").Rows(0, "FROM [ConnectionCheckups]");
            (await Connect(s).ExecuteAsync(s.Admin, Entry())).Should().NotBeNull();
        });
        yield return Of<ConnectNumber>("again with a known app", async s =>
        {
            WithSecrets(s).Rows.Rows(0, "[WorkspaceId] AS");
            await Connect(s).ExecuteAsync(s.Admin, Entry());
        });
        yield return Of<SubscribeNumber>("done", async s =>
        {
            using var catalog = Catalog(WithSecrets(s));
            var subscribe = new SubscribeNumber(s.Database, Graph(), Stand.Protector, Here, s.Audit, catalog, new ConnectionSignals(), s.Time);
            (await subscribe.ExecuteAsync(s.Admin, 1))!.IsDone.Should().BeTrue();
        });
        yield return Of<NumberExam>("broken for the first time", async s =>
        {
            WithSecrets(s).Rows.Rows(0, "FROM [ConnectionCheckups]");
            var exam = Exam(s, Stand.CloudApi(HttpStatusCode.Unauthorized, """{"error":{"code":190,"message":"revoked","error_subcode":460}}"""));
            (await new ExamineNumber(exam).ExecuteAsync(s.Admin, 1)).Should().BeTrue();
        });
        yield return Of<NumberExam>("mended", async s =>
        {
            WithSecrets(s).Rows.With("BrokenAt", Stand.Noon).With("BrokenReason", "Why");
            (await new ExamineNumber(Exam(s, Graph())).ExecuteAsync(s.Admin, 1)).Should().BeTrue();
        });
        yield return Of<NumberWatch>("a round", async s =>
        {
            using var watch = new NumberWatch(s.Database, Exam(WithSecrets(s), Graph()), new ConnectionSignals(), s.Time, NullLogger<NumberWatch>.Instance);
            await watch.RoundAsync([1], Never);
        });
        yield return Of<NumberWatch>("an old secret", async s =>
        {
            using var watch = new NumberWatch(WithSecrets(s).Database, Exam(s, Graph()), new ConnectionSignals(), s.Time, NullLogger<NumberWatch>.Instance);
            s.Rows.Rows(0, "FROM [ConnectionCheckups]");
            await watch.RoundAsync([], Never);
        });
        yield return Of<PauseNumber>("one", async s => (await new PauseNumber(s.Database, s.Audit, Beat(s), s.Time).ExecuteAsync(s.Admin, 1)).Should().BeTrue());
        yield return Of<ResumeNumber>("one", async s =>
        {
            s.Rows.With("PausedAt", Stand.Noon);
            (await new ResumeNumber(s.Database, s.Audit, Beat(s), s.Time).ExecuteAsync(s.Admin, 1)).Should().BeTrue();
        });
        yield return Of<RotateToken>("one", async s =>
        {
            var rotate = new RotateToken(WithSecrets(s).Database, new PlatformCheck(Graph(), s.Time), Stand.Protector, Here, s.Audit, Exam(s, Graph()), s.Time);
            (await rotate.ExecuteAsync(s.Admin, 1, "another-token"))!.Words.Should().Be("The new token is in use.");
        });
        yield return Of<RotateAppSecret>("one", async s =>
        {
            using var catalog = Catalog(WithSecrets(s));
            var rotate = new RotateAppSecret(s.Database, new PlatformCheck(Graph(), s.Time), Stand.Protector, Here, Replace(s), catalog, s.Time);
            (await rotate.ExecuteAsync(s.Admin, 1, "another-secret", SecretOverlap.Hour))!.IsDone.Should().BeTrue();
        });
        yield return Of<StopOldSecret>("one", async s =>
        {
            using var catalog = Catalog(s);
            s.Rows.With("OldSecretUntil", Stand.Noon);
            (await new StopOldSecret(s.Database, s.Audit, catalog, s.Time).ExecuteAsync(s.Admin, 1))!.IsDone.Should().BeTrue();
        });
        yield return Of<EnterAppId>("one", async s =>
        {
            var enter = new EnterAppId(WithSecrets(s).Database, new PlatformCheck(Graph(), s.Time), Stand.Protector, Here, s.Audit, new ConnectionSignals());
            (await enter.ExecuteAsync(s.Admin, 1, "300")).Should().NotBeNull();
        });
        yield return Of<DisconnectNumber>("one", async s =>
            (await new DisconnectNumber(WithSecrets(s).Database, Graph(), Stand.Protector, s.Audit, s.Lanes, s.Time).ExecuteAsync(s.Admin, 1))!.IsDone.Should().BeTrue());
        yield return Of<RotateKeys>("every column", s =>
        {
            foreach (var column in ProtectedColumn.All)
            {
                s.Connection.Answer(
                    RotateKeys.Select(column, isSqlite: false, 4, isContinued: true),
                    [new("@head", new byte[] { 1 }), new("@after", column.Key == "Id" ? 1L : "name")]);
                s.Connection.Answer(
                    RotateKeys.Update(column),
                    [new("@value", new byte[] { 1 }), new("@key", column.Key == "Id" ? 1L : "name"), new("@old", new byte[] { 2 })]);
            }

            return Task.CompletedTask;
        });
    }

    private static PretendServer WithSecrets(PretendServer s)
    {
        s.Rows.With("AppSecret", Stand.Protector.ProtectText("secret", MetaApp.SecretContext("AppKey")))
            .With("VerifyToken", Stand.Protector.ProtectText("verify", MetaApp.VerifyTokenContext("AppKey")))
            .With("AppId", "AppId");
        return s;
    }

    private static SignatureTally Tally(PretendServer s) => new(s.Database, s.Time, NullLogger<SignatureTally>.Instance);

    private static CheckNumber Check(PretendServer s) =>
        new(s.Database, new PlatformCheck(Graph(), s.Time), Stand.Protector, Options.Create(new DemoOptions { Enabled = true }));

    private static MetaAppCatalog Catalog(PretendServer s) => new(s.Database, Stand.Protector, s.Time, NullLogger<MetaAppCatalog>.Instance);

    private static ReplaceSecret Replace(PretendServer s) => new(Stand.Protector, s.Audit, s.Time);

    private static ConnectNumber Connect(PretendServer s) => new(
        s.Database,
        Check(s),
        Stand.Protector,
        Replace(s),
        s.Audit,
        new MetaAppCatalog(s.Database, Stand.Protector, s.Time, NullLogger<MetaAppCatalog>.Instance),
        new ConnectionSignals(),
        s.Lanes,
        s.Time);

    private static NumberExam Exam(PretendServer s, CloudApiClient cloudApi) =>
        new(s.Database, new PlatformCheck(cloudApi, s.Time), Stand.Protector, Here, s.Mails, s.Time);

    private static NumberEntry Entry(string secret = "secret") => new()
    {
        Kind = ConnectionKind.CloudApi,
        AppId = "300",
        AppSecret = secret,
        WabaId = "100",
        PhoneNumberId = "200",
        Token = "token",
    };

    /// <summary>A platform to which everything is right.</summary>
    private static CloudApiClient Graph() => Stand.CloudApi(address => (HttpStatusCode.OK, address.AbsolutePath switch
    {
        var path when path.EndsWith("/debug_token", StringComparison.Ordinal) =>
            """{"data":{"is_valid":true,"expires_at":0,"scopes":["whatsapp_business_messaging","whatsapp_business_management"]}}""",
        var path when path.EndsWith("/phone_numbers", StringComparison.Ordinal) =>
            """{"data":[{"id":"200","status":"CONNECTED"},{"id":"PhoneNumberId","status":"CONNECTED"}]}""",
        _ => """{"id":"1","data":[]}""",
    }));

    private static ChangeBeat Beat(PretendServer server) => new(server.Database, server.Time, NullLogger<ChangeBeat>.Instance);
}
