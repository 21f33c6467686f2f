using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Api;
using Weflux.Web.Api.Events;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>Events are found in an index each, however many were sent before.</summary>
public sealed class EventPlanTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
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
                db.AddRange(Enumerable.Range(0, 30).Select(i => new EventDelivery
                {
                    WorkspaceId = _shop.Workspace,
                    EndpointId = _webhook,
                    EventId = Guid.NewGuid(),
                    Type = EventTypes.ContactCreated,
                    At = Stand.Noon.AddMinutes(i),
                    Body = [1],
                    State = (EventDeliveryState)((i % 3) + 1),
                    NextAt = i % 3 == 0 ? Stand.Noon.AddHours(1) : null,
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
    public async Task Lists_and_counts_are_read_in_order_from_their_indexes()
    {
        using var watch = new CommandWatch(_sandbox);
        var query = new EventDeliveriesQuery(_sandbox.Database, Stand.Protector);
        foreach (var state in new EventDeliveryState?[] { null, EventDeliveryState.Failed, EventDeliveryState.Waiting })
        {
            (await query.NewestAsync(_admin, _webhook, state, null, 5)).Should().HaveCount(5);
            (await query.ListAsync(_admin, _webhook, state, new PageRequest(3, 5)))!.Data.Should().HaveCount(5);
        }

        var view = (await new EventEndpointsQuery(_sandbox.Database, _time).ListAsync(_admin))!.Single();
        (view.Waiting, view.Failed).Should().Be((10, 10));

        Plans(watch, "\"EventDeliveries\"").Should().HaveCount(8)
            .And.OnlyContain(p => p.Contains("USING INDEX IX_EventDeliveries_WorkspaceId_EndpointId_") || p.Contains("USING COVERING INDEX IX_EventDeliveries_WorkspaceId_EndpointId_"))
            .And.OnlyContain(p => !p.Contains("TEMP B-TREE") && !p.Contains("SCAN e ") && !p.EndsWith("SCAN e"));
    }

    [Fact]
    public async Task Whether_something_is_due_is_one_look_into_an_index_for_each_address()
    {
        using var watch = new CommandWatch(_sandbox);
        var options = Options.Create(new EventOptions());
        var addresses = new EventAddresses(options, new HostingEnvironment { EnvironmentName = Environments.Production });
        using var call = new EventCall(new EventConnector(addresses, (_, _) => Task.FromResult<System.Net.IPAddress[]>([])), options);
        using var sender = new EventSender(
            _sandbox.Database,
            new EventRun(_sandbox.Database, Stand.Protector, call, addresses, null!, options, _time),
            new EventSignals(),
            _time,
            NullLogger<EventSender>.Instance);

        await sender.BeatAsync(CancellationToken.None);
        await sender.QuietAsync();

        var plan = Plans(watch, "\"EventDeliveries\"").Should().ContainSingle("nothing is due yet").Subject;
        plan.Should().Contain("IX_EventDeliveries_WorkspaceId_EndpointId_State_NextAt_Id (WorkspaceId=? AND EndpointId=? AND State=? AND NextAt<?)");
    }

    private static List<string> Plans(CommandWatch watch, string table) =>
        [.. watch.Commands.Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal) && c.Sql.Contains(table, StringComparison.Ordinal)).Select(c => string.Join("; ", watch.Plan(c)))];
}
