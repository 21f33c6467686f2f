using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;

namespace Weflux.Tests.Web.Notices;

/// <summary>What people are told of is found in an index each, however many notices and conversations there are.</summary>
public sealed class NoticePlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
    private Shop _shop = null!;
    private Actor _me = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _me = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager);
        _id = await _sandbox.MeetAsync(_shop, "15550001000", at: Stand.Noon);
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                foreach (var kind in new[] { NoticeKind.NewMessage, NoticeKind.Mentioned, NoticeKind.MessageFailed })
                {
                    await NoticeBook.AddAsync(db, new NoticeNews(kind, _shop.Asha, _id, Stand.Noon, 1) { SubjectId = 1 }, default);
                }

                await NoticeBook.AddAsync(db, new NoticeNews(NoticeKind.Waiting, Notice.Everybody, _id, Stand.Noon, 1), default);
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_bell_reads_one_persons_notices_in_order_and_what_they_tell_of_by_key()
    {
        using var watch = new CommandWatch(_sandbox);
        (await new NoticesQuery(_sandbox.Database, _time).GetAsync(_me))!.Lines.Should().NotBeEmpty();

        var plans = PlansOf(watch, "\"Notices\"");
        plans.Should().HaveCount(2).And.OnlyContain(p => p.Contains("IX_Notices_WorkspaceId_UserId_At_Id") && !p.Contains("TEMP B-TREE"));
        PlansOf(watch, "\"Conversations\"").Should().OnlyContain(p => !p.Contains("SCAN c"));
        PlansOf(watch, "\"NoteMentions\"").Should().OnlyContain(p => p.Contains("SEARCH"));
        PlansOf(watch, "\"SendTroubles\"").Should().OnlyContain(p => p.Contains("SEARCH"));
        PlansOf(watch, "\"ReadCursors\"").Should().OnlyContain(p => p.Contains("SEARCH"));
    }

    [Fact]
    public async Task What_is_old_and_which_windows_close_is_found_without_looking_at_the_rest()
    {
        using var watch = new CommandWatch(_sandbox);
        await new NoticeSweep(_sandbox.Database, _time, NullLogger<NoticeSweep>.Instance).RunAsync(CancellationToken.None);

        watch.Commands.Where(c => c.Sql.Contains("\"LastCustomerActAt\" >=", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c)))
            .Should().ContainSingle().Which.Should().Contain("IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id").And.Contain("LastCustomerActAt>");
        watch.Commands.Where(c => c.Sql.StartsWith("DELETE FROM \"Notices\"", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c)))
            .Should().ContainSingle().Which.Should().Contain("IX_Notices_At");
    }

    private static List<string> PlansOf(CommandWatch watch, string table) =>
        [.. watch.Commands.Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal) && c.Sql.Contains($"FROM {table}", StringComparison.Ordinal))
            .Select(c => string.Join("; ", watch.Plan(c)))];
}
