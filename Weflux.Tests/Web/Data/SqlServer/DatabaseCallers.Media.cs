using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private const string Photo = """{"kind":"image","media":{"id":"","mimeType":"image/png","sha256":"","fileId":1}}""";

    /// <summary>Files, and the ways of others that lead over files.</summary>
    private static IEnumerable<DatabaseCaller> Media()
    {
        yield return Of<MediaFileQuery>("a person and a key", async s =>
        {
            var query = new MediaFileQuery(s.Database);
            (await query.FindAsync(s.Admin, 1)).Should().NotBeNull();
            await query.FindAsync(Weflux.Domain.Team.Actor.WithKey(PretendServer.Workspace, new(new(1), "Key", ["*"])), 1);
        });
        yield return Of<UploadFile>("new", async s =>
        {
            s.Rows.With("", 1).Rows(0, "FROM [MediaFiles]");
            (await Upload(s, "words"u8.ToArray())).Should().BeOfType<UploadOutcome.Stored>();
            var program = Weflux.Domain.Team.Actor.WithKey(PretendServer.Workspace, new(new(1), "Key", ["*"]));
            await Uploads(s).ExecuteAsync(program, new MemoryStream([1]), null, kind: null);
        });
        yield return Of<RemoveUpload>("unsent", async s =>
        {
            s.Rows.With("UploadedBy", 1L);
            await new RemoveUpload(s.Database, Stand.Files()).ExecuteAsync(s.Agent, 1);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("DELETE FROM [MediaFiles]", StringComparison.Ordinal));
        });
        yield return Of<FetchAgain>("failed", async s =>
        {
            s.Rows.With("State", (int)MediaState.Failed);
            using var signals = new MediaSignals();
            (await new FetchAgain(s.Database, Stand.Broadcaster(), signals, s.Time).ExecuteAsync(s.Admin, 1)).Should().BeTrue();
        });
        foreach (var (what, status) in new[] { ("taken", HttpStatusCode.OK), ("not taken", HttpStatusCode.BadGateway) })
        {
            yield return Of<FetchMedia>(what, async s =>
            {
                Announced(s);
                var folder = Stand.Files();
                using var thumbnails = new Thumbnails(NullLogger<Thumbnails>.Instance);
                var api = Stand.CloudApi(address => address.Host == "lookaside.fbsbx.com"
                    ? (status, "words")
                    : (HttpStatusCode.OK, """{"url":"https://lookaside.fbsbx.com/x"}"""));
                using var signals = new MediaSignals();
                await new FetchMedia(
                    s.Database, api, new MediaIntake(folder, thumbnails), folder, Stand.Broadcaster(), new ConnectionSignals(), signals, s.Time, NullLogger<FetchMedia>.Instance)
                    .ExecuteAsync(new FileClaim(PretendServer.Workspace, 1, Guid.NewGuid()), Never);
                s.Connection.Commands.Should().Contain(c => c.Sql.Contains("UPDATE [MediaFiles]", StringComparison.Ordinal));
            });
        }

        yield return Of<MediaFetcher>("what is due", async s =>
        {
            Announced(s);
            using var signals = new MediaSignals();
            using var fetcher = new MediaFetcher(s.Database, null!, null!, signals, s.Time, NullLogger<MediaFetcher>.Instance);
            (await fetcher.ClaimAsync(5, Never)).Should().NotBeEmpty();
        });
        yield return Of<MediaFetcher>("numbers that work again", async s =>
        {
            using var signals = new MediaSignals();
            using var fetcher = new MediaFetcher(s.Database, null!, null!, signals, s.Time, NullLogger<MediaFetcher>.Instance);
            await fetcher.ReviveAsync(Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("UPDATE", StringComparison.Ordinal) && c.Sql.Contains("[MediaFiles]", StringComparison.Ordinal));
        });
        yield return Of<GiveUpFiles>("too old", async s =>
        {
            s.Rows.With("State", (int)MediaState.Failed);
            await new GiveUpFiles(s.Database, Stand.Broadcaster(), s.Time).ExecuteAsync(Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("UPDATE [MediaFiles]", StringComparison.Ordinal));
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Media.Fetching.FileClaims"), "taken and given back", async s =>
        {
            Announced(s);
            var claims = new FileClaims(s.Database, s.Time, MediaState.Fetching, TimeSpan.FromMinutes(1), mostOfOne: 2);
            var claim = (await claims.TakeAsync(2, Never))[0];
            await claims.GiveBackAsync(claim);
            claims.LetGo(claim);
        });
        yield return Of<PictureDrawer>("a picture", async s =>
        {
            Announced(s);
            s.Rows.With("State", (int)MediaState.Ready).With("MimeType", "image/png");
            var folder = Stand.Files();
            using var thumbnails = new Thumbnails(NullLogger<Thumbnails>.Instance);
            using var signals = new MediaSignals();
            using var drawer = new PictureDrawer(
                s.Database, new MediaIntake(folder, thumbnails), Stand.Broadcaster(), signals, s.Time, NullLogger<PictureDrawer>.Instance);
            (await drawer.ClaimAsync(1, Never)).Should().NotBeEmpty();
            await drawer.DrawAsync(new FileClaim(PretendServer.Workspace, 1, Guid.NewGuid()), Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("UPDATE [MediaFiles]", StringComparison.Ordinal));
        });
        yield return Of<PlatformUploads>("known", async s =>
        {
            s.Rows.With("Content", Photo);
            (await Stand.Uploads(s.Database, s.Time).PrepareAsync(PretendServer.Workspace, 1, (_, _, _) => Task.FromResult(true), Never))!.PlatformIds[1].Should().Be("PlatformId");
        });
        yield return Of<PlatformUploads>("new", async s =>
        {
            s.Rows.With("Content", Photo).With("MimeType", "image/png").Rows(0, "FROM [PlatformUploads]");
            var folder = Stand.Files();
            await folder.WriteAsync(PretendServer.Workspace, Guid.Empty, new MemoryStream([1]), 10, Never);
            (await new PlatformUploads(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"id":"77"}"""), folder, s.Time)
                .PrepareAsync(PretendServer.Workspace, 1, (_, _, _) => Task.FromResult(true), Never))!.PlatformIds[1].Should().Be("77");
        });
        yield return Of<PlatformUploads>("refused", async s =>
        {
            s.Rows.With("Content", Photo);
            await using var db = s.Database.Open(PretendServer.Workspace);
            var message = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.Set<Message>(), Never);
            await PlatformUploads.ForgetRefusedAsync(db, message, 131053, Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("[PlatformUploads]", StringComparison.Ordinal));
        });
        yield return Of<MediaSweep>("all", async s =>
        {
            s.Rows.With("", 1).Rows(1, "FROM [MediaFiles]");
            var folder = Stand.Files();
            await folder.WriteAsync(PretendServer.Workspace, Guid.NewGuid(), new MemoryStream([1]), 10, Never);
            s.Time.SetUtcNow(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
            using var sweep = new MediaSweep(s.Database, folder, s.Time, NullLogger<MediaSweep>.Instance);
            await sweep.SweepAsync(Never);
            folder.WrittenBefore(PretendServer.Workspace, s.Time.GetUtcNow()).Should().BeEmpty();
        });
        yield return Of<ThreadQuery>("files", async s =>
        {
            s.Rows.With("Content", Photo);
            (await new ThreadQuery(s.Database, s.Time).GetAsync(s.Admin, 1))!.Messages[0].Files.Should().NotBeEmpty();
        });
        yield return Of<SendReply>("a file", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("UploadedBy", 1L).Rows(0, "[DraftId] =");
            (await Reply(s).ExecuteAsync(s.Agent, 1, new ImageContent(new MediaReference("", "", "", 1), null), Guid.NewGuid()))!.MessageId.Should().NotBeNull();
        });
        yield return Of<SendAgain>("a file", async s =>
        {
            s.Rows.With("Content", Photo).With("UploadedBy", 1L).With("LastCustomerActAt", Stand.Noon).With("Status", (int)DeliveryStatus.Failed).Rows(0, "[DraftId] =");
            (await new SendAgain(s.Database, Reply(s)).ExecuteAsync(s.Agent, 1, Guid.NewGuid()))!.MessageId.Should().NotBeNull();
        });
        yield return Of<Dispatch>("a file that is refused", async s =>
        {
            s.Rows.With("Content", Photo).Rows(0, "FROM [PlatformUploads]").Rows(0, "FROM [MediaFiles]");
            await Dispatch(s, HttpStatusCode.OK, Accepted).ExecuteAsync(s.Lease, Row(), isTrial: false, Never);
            s.Connection.Commands.Should().NotContain(c => c.Sql.Contains("[SendAttempts]", StringComparison.Ordinal));
        });
    }

    private static void Announced(PretendServer s) => s.Rows
        .With("ConnectionId", 1L).With("PlatformId", "900").With("NextTryAt", Stand.Noon).With("State", (int)ConnectionState.Ready)
        .With("Key", Guid.Parse("11111111-1111-1111-1111-111111111111")).With("CreatedAt", Stand.Noon).With("", 1);

    private static MediaIntake Intake() => new(Stand.Files(), new Thumbnails(NullLogger<Thumbnails>.Instance));

    private static VoiceNotes Notes() => new(Stand.Files(), Intake(), NullLogger<VoiceNotes>.Instance);

    private static UploadFile Uploads(PretendServer s) => new(s.Database, Intake(), Stand.Files(), Notes(), new UploadTurns(), s.Time);

    private static Task<UploadOutcome> Upload(PretendServer s, byte[] bytes) =>
        Uploads(s).ExecuteAsync(s.Agent, new MemoryStream(bytes), "a.txt", kind: null);
}
