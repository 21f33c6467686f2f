using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>Nothing that a name leads to is reached, unless it is outside: asked of real sockets.</summary>
public sealed class EventConnectorTests : IDisposable
{
    private readonly TcpListener _inside = new(IPAddress.Loopback, 0);

    public EventConnectorTests() => _inside.Start();

    public void Dispose() => _inside.Dispose();

    private int Port => ((IPEndPoint)_inside.LocalEndpoint).Port;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("1.1.1.1 127.0.0.1")]
    [InlineData("127.0.0.1 1.1.1.1")]
    [InlineData("2606:4700:4700::1111 fd00:ec2::254")]
    public async Task A_name_that_leads_inside_with_one_number_is_not_connected_to(string numbers)
    {
        using var client = Client([], (_, _) => Task.FromResult(Array.ConvertAll(numbers.Split(' '), IPAddress.Parse)));

        var refused = await client.Awaiting(c => c.GetAsync(new Uri($"http://hook.example.com:{Port}/"))).Should().ThrowAsync<HttpRequestException>();

        refused.Which.InnerException.Should().BeOfType<AddressRefusedException>();
        _inside.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task A_number_in_the_address_is_judged_too()
    {
        using var client = Client([], (_, _) => throw new InvalidOperationException("There is no name to look up."));
        foreach (var host in new[] { "127.0.0.1", "[::1]", "[::ffff:7f00:1]" })
        {
            var refused = await client.Awaiting(c => c.GetAsync(new Uri($"http://{host}:{Port}/"))).Should().ThrowAsync<HttpRequestException>();
            refused.Which.InnerException.Should().BeOfType<AddressRefusedException>(host);
        }

        _inside.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task What_was_judged_is_what_is_connected_to_whatever_the_name_says_a_moment_later()
    {
        // The first answer is judged and used. A second one, which a stranger would change, is never asked for.
        var asked = 0;
        using var client = Client(["named.example.com"], (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("10.9.9.9")]));

        var call = client.GetAsync(new Uri($"http://named.example.com:{Port}/"));
        using var heard = await _inside.AcceptTcpClientAsync();
        await heard.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());

        using var answer = await call;
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        asked.Should().Be(1);
    }

    [Fact]
    public async Task A_name_that_begins_to_lead_inside_after_it_was_entered_gets_nothing()
    {
        await using var host = await WefluxHost.StartAsync(options => options.Services = services =>
            services.Replace(ServiceDescriptor.Singleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]))));
        var admin = await host.ActorAsync("admin@demo.test");
        var made = await host.Services.GetRequiredService<MakeEventEndpoint>().ExecuteAsync(
            admin, new EventEndpointInput("Rebound", "https://rebound.example.com:8443/hook", [EventTypes.ContactCreated], HasText: false, HasNumbers: false));
        made.Words.Should().BeNull("nobody knows yet where the name leads");
        await host.Services.GetRequiredService<SendTestEvent>().ExecuteAsync(admin, made.Id!.Value);

        var row = await Eventually.SeeAsync(() => host.ReadAsync(db => db.Set<EventDelivery>().AsNoTracking().SingleAsync()), r => r.Tries == 1);

        row.Fault.Should().Contain("not public");
        (row.Status, row.State).Should().Be(((int?)null, EventDeliveryState.Waiting));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_in_time_is_let_go()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var held = new TaskCompletionSource();
        receiver.Ready = held.Task;
        await using var host = await WefluxHost.StartAsync(options => options.Settings["Weflux:Events:TimeoutSeconds"] = "1");
        var admin = await host.ActorAsync("admin@demo.test");
        var made = await host.Services.GetRequiredService<MakeEventEndpoint>().ExecuteAsync(
            admin, new EventEndpointInput("Slow", new Uri(receiver.Address, "/slow").ToString(), [EventTypes.ContactCreated], HasText: false, HasNumbers: false));
        await host.Services.GetRequiredService<SendTestEvent>().ExecuteAsync(admin, made.Id!.Value);

        var row = await Eventually.SeeAsync(() => host.ReadAsync(db => db.Set<EventDelivery>().AsNoTracking().SingleAsync()), r => r.Tries == 1);

        (row.State, row.Status, row.Fault).Should().Be((EventDeliveryState.Waiting, (int?)null, "There was no answer within 1 second."));
        held.SetResult();
    }

    [Fact]
    public async Task In_production_this_machine_is_told_nothing_unless_somebody_says_so()
    {
        var production = new HostingEnvironment { EnvironmentName = Environments.Production };
        new EventAddresses(Options.Create(new EventOptions()), production).MayBeThisMachine.Should().BeFalse();
        new EventAddresses(Options.Create(new EventOptions { AllowLoopback = true }), production).MayBeThisMachine.Should().BeTrue();
        new EventAddresses(Options.Create(new EventOptions()), new HostingEnvironment { EnvironmentName = Environments.Development }).MayBeThisMachine.Should().BeTrue();
        await Task.CompletedTask;
    }

    private static HttpClient Client(string[] named, ResolveHost resolve)
    {
        var options = new EventOptions();
        Array.ForEach(named, options.PrivateHosts.Add);
        var addresses = new EventAddresses(Options.Create(options), new HostingEnvironment { EnvironmentName = Environments.Production });
#pragma warning disable CA2000 // The client owns and disposes the handler.
        return new HttpClient(new EventConnector(addresses, resolve).NewHandler());
#pragma warning restore CA2000
    }
}
