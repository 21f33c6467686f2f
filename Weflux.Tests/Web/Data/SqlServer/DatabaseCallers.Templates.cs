using System.Net;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private const string Listed = """
        {"data":[{"id":"77","name":"order_sent","language":"en","status":"PAUSED","category":"MARKETING","components":[{"type":"BODY","text":"Hello"}]},
                 {"id":"78","name":"new_one","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hello"}]}]}
        """;

    private static readonly TemplateDraft Draft = new(new Template("order_sent", "en", TemplateCategory.Utility, "", null, "Hello there.", null, [], HasNamedParameters: false));
    private static readonly TemplateContent Filled = new("order_sent", "en", TemplateCategory.Utility, [], "Hello", []);

    private static IEnumerable<DatabaseCaller> Templates()
    {
        yield return Of<TemplateListQuery>("both", async s =>
        {
            await new TemplateListQuery(s.Database).GetAsync(s.Agent, 1, Never);
            (await new TemplateListQuery(s.Database).ForNumberAsync(s.Agent, 1, new Consent(), null, Never)).Templates.Should().NotBeEmpty();
            (await new TemplateListQuery(s.Database).VersionAsync(s.Agent, 1, Never)).Should().NotBeNull();
            (await new TemplateListQuery(s.Database).VersionForNumberAsync(s.Agent, 1, new Consent(), null, Never)).Should().NotBeNull();
        });
        yield return Of<TemplatesQuery>("all", async s =>
        {
            var query = new TemplatesQuery(s.Database, s.Time);
            (await query.ListAsync(s.Admin))!.Templates.Should().NotBeEmpty();
            (await query.FindAsync(s.Admin, 1)).Should().NotBeNull();
            (await query.PageAsync(s.Admin, 0, 10)).Should().NotBeEmpty();
        });
        yield return Of<TemplateSync>("changed", async s => (await Sync(s, Listed).RunAsync(PretendServer.Workspace, "WabaId", Never)).Fault.Should().BeNull());
        yield return Of<TemplateSync>("first", async s =>
        {
            s.Rows.Rows(0, "FROM [Templates]").Rows(0, "FROM [TemplateAccounts]");
            (await Sync(s, Listed).RunAsync(PretendServer.Workspace, "WabaId", Never)).Fault.Should().BeNull();
        });
        yield return Of<TemplateSync>("refused", async s =>
            (await Sync(s, """{"error":{"code":190,"message":"no"}}""", HttpStatusCode.Unauthorized).RunAsync(PretendServer.Workspace, "WabaId", Never)).Fault.Should().NotBeNull());
        yield return Of<SyncTemplates>("all", async s =>
        {
            s.Rows.With("Fault", "Why").With("SyncedAt", Stand.Noon);
            (await new SyncTemplates(s.Database, Sync(s, Listed), s.Time).ExecuteAsync(s.Agent)).Should().BeEmpty();
        });
        yield return Of<TemplateWatch>("a round", async s =>
        {
            using var signals = new TemplateSignals();
            using var watch = new TemplateWatch(s.Database, Sync(s, Listed), signals, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), s.Time, NullLogger<TemplateWatch>.Instance);
            await watch.RoundAsync(Never);
        });
        yield return Of<TemplateWatch>("enrols", async s =>
        {
            s.Rows.Rows(0, "FROM [TemplateAccounts]");
            using var signals = new TemplateSignals();
            using var watch = new TemplateWatch(s.Database, Sync(s, Listed), signals, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), s.Time, NullLogger<TemplateWatch>.Instance);
            await watch.RoundAsync(Never);
        });
        yield return Of<CreateTemplate>("made", async s =>
        {
            s.Rows.Rows(0, "SELECT TOP(2)", "FROM [Templates]");
            var create = new CreateTemplate(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"id":"9","status":"PENDING","category":"UTILITY"}"""), Sync(s, Listed), new TemplateSignals(), s.Audit, s.Time);
            (await create.ExecuteAsync(s.Admin, "WabaId", Draft)).Outcome.Should().Be(TemplateOutcome.Taken);
        });
        yield return Of<EditTemplate>("edited", async s =>
        {
            s.Rows.With("PlatformId", "9").With("Status", "PAUSED").With("Name", "order_sent").With("Language", "en").On("[SealKeys]", () => s.Rows.With("Name", Guid.Empty));
            var edit = new EditTemplate(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"success":true}"""), Sync(s, Listed), new TemplateSignals(), s.Audit, s.Time);
            (await edit.ExecuteAsync(s.Admin, 1, Draft)).Outcome.Should().Be(TemplateOutcome.Taken);
        });
        yield return Of<DeleteTemplate>("deleted", async s =>
        {
            var delete = new DeleteTemplate(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"success":true}"""), Sync(s, Listed), new TemplateSignals(), s.Audit, s.Time);
            (await delete.ExecuteAsync(s.Admin, 1, allLanguages: true)).Outcome.Should().Be(TemplateOutcome.Taken);
        });
        yield return Of<UnpauseTemplate>("taken up", async s =>
        {
            s.Rows.With("PlatformId", "9").With("Status", "PAUSED").With("Reason", "RATE_LIMITING_PAUSE").On("[SealKeys]", () => s.Rows.With("Name", Guid.Empty));
            var unpause = new UnpauseTemplate(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"success":true}"""), Sync(s, Listed), new TemplateSignals(), s.Audit, s.Time);
            (await unpause.ExecuteAsync(s.Admin, 1)).Outcome.Should().Be(TemplateOutcome.Taken);
        });
        yield return Of<UploadSample>("handed over", async s =>
        {
            s.Rows.With("AppId", "300");
            var api = Stand.CloudApi(address => (HttpStatusCode.OK, address.AbsoluteUri.Contains("/uploads", StringComparison.Ordinal) ? """{"id":"upload:1"}""" : """{"h":"4:x"}"""));
            (await new UploadSample(s.Database, api, Sync(s, Listed)).ExecuteAsync(s.Admin, "WabaId", TemplateHeaderFormat.Document, "%PDF-1.7"u8.ToArray())).Handle.Should().Be("4:x");
        });
        yield return Of<NewConversationQuery>("both", async s =>
        {
            s.Rows.With("Value", "15550001111");
            var query = new NewConversationQuery(s.Database);
            await query.NumbersAsync(s.Agent);
            await query.LookAsync(s.Agent, 1, "+15550001111");
        });
        yield return Of<StartConversation>("new", async s =>
        {
            s.Rows.Rows(0, "FROM [Contacts]").Rows(0, "FROM [ContactIdentities]").Rows(0, "[DraftId] =").Rows(0, "FROM [Conversations]");
            var start = new ConversationStart(1, "+15550001111", "Asha", Filled, "In the shop", new DateOnly(2026, 1, 1), AgreedToMarketing: true);
            await new StartConversation(s.Database, new SendReply(s.Database, Stand.Broadcaster(), s.Lanes, s.Time), s.Time).ExecuteAsync(s.Admin, start, Guid.NewGuid());
        });
    }

    private static TemplateSync Sync(PretendServer s, string answer, HttpStatusCode status = HttpStatusCode.OK) =>
        new(s.Database, Stand.CloudApi(status, answer), new TemplateSignals(), s.Time);
}
