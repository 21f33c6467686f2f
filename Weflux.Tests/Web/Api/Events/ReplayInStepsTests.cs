using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Api.Events;
using Weflux.Web.Audit;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>Many events are asked for in several transactions, and what was asked for first is sent while others are.</summary>
public sealed class ReplayInStepsTests : IAsyncLifetime
{
    private const int Rows = 501;
    private readonly Sandbox _sandbox = new();
    private Shop _shop = null!;
    private Actor _admin = null!;
    private long _webhook;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _admin = Stand.Actor(_shop.Workspace, _shop.Asha, Role.Admin);
        await _sandbox.Database.WriteAsync(
            _shop.Workspace,
            async db =>
            {
                db.Add(new Membership { WorkspaceId = _shop.Workspace, UserId = _shop.Asha, Role = Role.Admin, JoinedAt = Stand.Noon });
                var endpoint = new EventEndpoint
                {
                    WorkspaceId = _shop.Workspace,
                    Key = Guid.NewGuid(),
                    Name = "Shop",
                    Address = "https://example.com/",
                    Types = [EventTypes.ContactCreated],
                    Secret = [1],
                    CreatedAt = Stand.Noon,
                };
                db.Add(endpoint);
                await db.SaveChangesAsync();
                _webhook = endpoint.Id;
                db.AddRange(Enumerable.Range(0, Rows).Select(_ => new EventDelivery
                {
                    WorkspaceId = _shop.Workspace,
                    EndpointId = _webhook,
                    EventId = Guid.NewGuid(),
                    Type = EventTypes.ContactCreated,
                    At = Stand.Noon,
                    Body = [1],
                    State = EventDeliveryState.Failed,
                }));
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
    public async Task A_webhook_that_is_switched_off_by_the_first_of_them_does_not_turn_the_answer_into_a_refusal()
    {
        var answer = await ReplayAsync("""UPDATE "EventEndpoints" SET "State" = 3""");

        answer.Should().Be(new EventReplayAnswer(EventReplayOutcome.Asked, 500));
        (await ReplayAsync(between: null)).Should().Be(new EventReplayAnswer(EventReplayOutcome.Off));
    }

    [Fact]
    public async Task What_fails_again_meanwhile_is_not_asked_for_twice()
    {
        var answer = await ReplayAsync("""UPDATE "EventDeliveries" SET "State" = 3, "NextAt" = NULL""");

        answer.Should().Be(new EventReplayAnswer(EventReplayOutcome.Asked, Rows));
        await using var db = _sandbox.Database.Open(_shop.Workspace);
        (await db.Set<EventDelivery>().CountAsync(d => d.State == EventDeliveryState.Waiting)).Should().Be(1);
    }

    private Task<EventReplayAnswer> ReplayAsync(string? between)
    {
        var time = new Steps(() =>
        {
            if (between is not null)
            {
                _sandbox.Execute(between);
            }
        });
        return new ReplayEvents(_sandbox.Database, new AuditLog(new SealKeys(Stand.Protector), new FakeTimeProvider(Stand.Noon)), new EventSignals(), time)
            .ExecuteAsync(_admin, _webhook, DateTimeOffset.MinValue);
    }

    /// <summary>Each step asks what time it is. Before the second one something else happens.</summary>
    private sealed class Steps(Action beforeSecond) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == 2)
            {
                beforeSecond();
            }

            return Stand.Noon;
        }
    }
}
