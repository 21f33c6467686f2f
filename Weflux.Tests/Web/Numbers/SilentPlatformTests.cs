using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Tests.Web.Numbers;

/// <summary>A platform that is down, slow, busy or strict. It may keep somebody waiting, but never turns a good number red.</summary>
public sealed class SilentPlatformTests : IAsyncLifetime
{
    private GraphStub _graph = null!;
    private NumberWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _world = await NumberWorld.StartAsync(o =>
        {
            o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString();
            o.Settings["Weflux:CloudApi:Timeout"] = "00:00:01";
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public Task Slow_is_said() => SaysAsync("Meta takes too long to answer.", context => Task.Delay(Timeout.Infinite, context.RequestAborted));

    [Fact]
    public Task Too_many_requests_is_said() => SaysAsync("Meta asks us to slow down", context => GraphStub.RefuseAsync(context, 4, 400));

    [Fact]
    public Task Too_many_requests_without_a_code_is_said() => SaysAsync("Meta asks us to slow down", context =>
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_fault_of_Meta_is_said() => SaysAsync("Meta has a fault at the moment.", context =>
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    });

    [Fact]
    public Task Unreachable_is_said() => SaysAsync("Meta could not be reached.", context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task A_number_stays_as_it_is_while_the_platform_does_not_answer(int status)
    {
        var id = await DemoNumberAsync();
        _graph.Reading = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        (await _world.Get<ExamineNumber>().ExecuteAsync(await _world.Host.ActorAsync("admin@demo.test"), id)).Should().BeTrue();

        var view = (await _world.Get<NumberQuery>().FindAsync(await _world.Host.ActorAsync("admin@demo.test"), id))!;
        view.State.Should().Be(ConnectionState.Ready);
        view.Lines.Should().OnlyContain(l => l.State == CheckState.NotChecked);
    }

    [Fact]
    public async Task Meta_is_not_asked_to_call_an_address_that_it_cannot_reach()
    {
        var id = await DemoNumberAsync();

        var outcome = await _world.Get<SubscribeNumber>().ExecuteAsync(await _world.Host.ActorAsync("admin@demo.test"), id);

        outcome!.IsDone.Should().BeFalse();
        outcome.Words.Should().Contain("public https addresses").And.Contain("http://");
        outcome.WayOut.Should().Contain("Weflux:PublicAddress").And.Contain("tunnel");
    }

    private async Task<long> DemoNumberAsync() => await _world.Host.ReadAsync(async db =>
    {
        await db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi));
        return await db.Set<Connection>().Select(c => c.Id).SingleAsync();
    });

    private async Task SaysAsync(string words, Func<HttpContext, Task> answer)
    {
        _graph.Reading = answer;
        var entry = NumberWorld.Entry();
        entry.Kind = ConnectionKind.CloudApi;

        var report = await _world.CheckAsync(entry);

        report.IsReady.Should().BeFalse();
        report.Lines.First(l => l.Kind == CheckKind.Token).Should().Match<CheckLine>(l => l.State == CheckState.NotChecked && l.Words.StartsWith(words));
        var withoutSecret = NumberWorld.Entry();
        (withoutSecret.Kind, withoutSecret.AppSecret) = (ConnectionKind.CloudApi, "");
        (await _world.CheckAsync(withoutSecret)).Lines.First(l => l.Kind == CheckKind.Token).Words.Should().StartWith(words);
    }
}
