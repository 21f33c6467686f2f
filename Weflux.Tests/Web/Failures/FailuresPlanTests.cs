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
                    await Troubles.FollowAsync(db, message, DeliveryStatus.Queued, Stand.Noon, sequence, CancellationToken.None);
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
        plans.Should().OnlyContain(p => !p.Contains("TEMP B-TREE") && !p.Contains("SCAN m"));
        if (!isEverybodys)
        {
            plans.Should().OnlyContain(p => p.Contains("AuthorId=?"));
        }
    }
}
