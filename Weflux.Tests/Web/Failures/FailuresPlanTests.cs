using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Failures;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Failures;

/// <summary>What went wrong is found by going from one to the next in an index, however much went wrong.</summary>
public sealed class FailuresPlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        var conversationId = await _sandbox.MeetAsync(_shop, "15550001000", assignee: _shop.Asha, at: Stand.Noon);
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId);
                for (var i = 0; i < 40; i++)
                {
                    var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
                    var message = Message.ToCustomer(conversation, new TextContent("Hello"), _shop.Asha, Guid.NewGuid(), sequence, Stand.Noon);
                    message.Fail(new PlatformFault(131000 + (i % 3), "No", null), Stand.Noon, sequence);
                    db.Add(message);
                    await db.SaveChangesAsync();
                    await TroubleRows.FollowAsync(db, message, DeliveryStatus.Queued, Stand.Noon, sequence, CancellationToken.None);
                    await db.SaveChangesAsync();
                }
            },
            CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Role.Agent, false)]
    [InlineData(Role.Manager, false)]
    [InlineData(Role.Manager, true)]
    public async Task A_lane_is_read_in_order_from_its_index(Role role, bool isEverybodys)
    {
        var query = new FailuresQuery(_sandbox.Database);
        var actor = Stand.Actor(_shop.Workspace, _shop.Asha, role);
        using var watch = new CommandWatch(_sandbox);

        var view = (await query.GetAsync(actor, isEverybodys))!;
        view.Groups.Select(g => g.Count).Should().BeEquivalentTo([14, 13, 13]);
        (await query.MoreAsync(actor, isEverybodys, view.Groups[0].Key, view.Groups[0].Items[^1].Way.MessageId)).Should().NotBeEmpty();
        await new TroubleCountQuery(_sandbox.Database).GetAsync(actor);

        var plans = watch.Commands.Where(c => c.Sql.Contains("\"SendTroubles\"", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c))).ToList();
        plans.Should().HaveCountGreaterThan(9).And.OnlyContain(p => p.Contains("IX_SendTroubles_WorkspaceId_"));
        plans.Should().OnlyContain(p => !p.Contains("TEMP B-TREE"));
        var messages = watch.Commands.Where(c => c.Sql.Contains("\"Messages\"", StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c))).ToList();
        messages.Should().HaveCount(4).And.OnlyContain(p => p.Contains("SEARCH m USING INTEGER PRIMARY KEY (rowid=?)"));
        if (role == Role.Agent)
        {
            plans.Should().OnlyContain(p => p.Contains("AuthorId=?"));
        }
    }

    [Fact]
    public async Task What_went_wrong_lately_before_the_table_was_there_waits_for_somebody_too()
    {
        var now = TimeProvider.System.GetUtcNow();
        var conversationId = await _sandbox.MeetAsync(_shop, "15550001001", assignee: _shop.Asha, at: now);
        List<long> ids = [];
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId);
                foreach (var (days, fate) in new (int, string)[] { (1, "failed"), (2, "unsure"), (40, "failed"), (1, "sent"), (1, "failed"), (3, "silent") })
                {
                    var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
                    var message = Message.ToCustomer(conversation, new TextContent("Hello"), _shop.Asha, Guid.NewGuid(), sequence, now.AddDays(-days));
                    _ = fate switch
                    {
                        "failed" => message.Fail(new PlatformFault(131042, "No", null), now, sequence),
                        "silent" => message.Report(new StatusReport(DeliveryStatus.Failed, now, null, null), sequence),
                        "sent" => message.Report(new StatusReport(DeliveryStatus.Sent, now, "wamid.1", null), sequence),
                        _ => Lose(message, sequence),
                    };
                    db.Add(message);
                    await db.SaveChangesAsync();
                    ids.Add(message.Id);
                }

                var again = await db.TakeSequenceAsync(1, CancellationToken.None);
                db.Add(Message.ToCustomer(conversation, new TextContent("Hello"), _shop.Asha, Guid.NewGuid(), again, now, resendOfId: ids[4]));
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        _sandbox.Execute("DROP TABLE \"SendTroubles\"; DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%SendTroubles';");

        await _sandbox.Migration().RunAsync(CancellationToken.None);

        await using var after = _sandbox.Database.Open(_shop.Workspace);
        (await after.Set<SendTrouble>().Where(t => t.MessageId >= ids[0]).OrderBy(t => t.MessageId).ToListAsync(TestContext.Current.CancellationToken))
            .Select(t => (t.MessageId, t.Code, t.AuthorId)).Should().Equal(
                (ids[0], 131042, _shop.Asha), (ids[1], OwnFaults.NotConfirmed, _shop.Asha), (ids[5], OwnFaults.UnknownReason, _shop.Asha));

        static bool Lose(Message message, long sequence)
        {
            message.GiveUpConfirmation(sequence);
            return true;
        }
    }
}
