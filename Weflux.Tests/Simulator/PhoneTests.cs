using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

public sealed class PhoneTests : SimulatorTests
{
    [Fact]
    public async Task The_page_may_be_framed_by_its_own_site_only()
    {
        using var page = await Simulator.Http.GetAsync("simulator/phone");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().Should()
            .Contain("frame-ancestors 'self'").And.Contain("script-src 'self';");
        page.Headers.GetValues("X-Content-Type-Options").Single().Should().Be("nosniff");
    }

    [Fact]
    public async Task Assets_are_asked_for_again_only_when_they_changed()
    {
        using var first = await Simulator.Http.GetAsync("simulator/assets/phone.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "simulator/assets/phone.js");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await Simulator.Http.SendAsync(again);

        first.Content.Headers.ContentType!.MediaType.Should().Be("text/javascript");
        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_phone_that_comes_back_hears_only_what_it_missed()
    {
        await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "one" });
        await Eventually.SeeAsync(() => Simulator.ChatAsync("asha"), chat => chat[0].GetProperty("status").GetString() == "sent");
        var first = await HearUntilReadyAsync(after: null);
        var second = await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "two" });
        var missed = await HearUntilReadyAsync(first[^1].EventId);

        first.Select(item => item.EventType).Should().Equal("reset", "message", "state", "ready");
        missed.Select(item => item.EventType).Should().NotContain("reset");
        missed.Where(item => item.EventType == "message")
            .Select(item => JsonDocument.Parse(item.Data).RootElement.GetProperty("wamid").GetString())
            .Distinct().Should().Equal(second);
    }

    private async Task<List<SseItem<string>>> HearUntilReadyAsync(string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"simulator/events?number={SimulatorHost.Number}&customer=asha&viewer=v1");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after ?? "0");
        using var response = await Simulator.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var heard = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            heard.Add(item);
            if (item.EventType == "ready")
            {
                break;
            }
        }

        return heard;
    }
}
