using System.Net;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Api;

public sealed class LimitTests
{
    [Fact]
    public async Task A_key_that_calls_too_often_is_told_when_to_come_back_and_holds_up_no_other()
    {
        await using var host = await WefluxHost.StartAsync(o =>
        {
            o.Settings["Weflux:Api:RequestsPerSecond"] = "1";
            o.Settings["Weflux:Api:Burst"] = "3";
        });
        using var busy = host.NewApiClient();
        using var other = host.NewApiClient(ApiCalls.OtherDemoKey);
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 20 && refused is null; i++)
        {
            var answer = await busy.GetAsync("/api/v1/messages");
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        refused.Should().NotBeNull();
        refused!.Headers.RetryAfter!.Delta.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        await refused.ProblemAsync();
        refused.Dispose();
        (await other.GetJsonAsync("/api/v1/messages")).GetProperty("data").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Somebody_who_guesses_keys_is_stopped_and_a_good_key_from_the_same_address_is_not()
    {
        await using var host = await WefluxHost.StartAsync();
        using var good = host.NewApiClient();
        await good.GetJsonAsync("/api/v1/messages");
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 200 && refused is null; i++)
        {
            using var guess = host.NewApiClient($"wfx_live_{i:D43}");
            var answer = await guess.GetAsync("/api/v1/messages");
            answer.StatusCode.Should().BeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests);
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        refused.Should().NotBeNull();
        refused!.Headers.RetryAfter.Should().NotBeNull();
        await refused.ProblemAsync();
        refused.Dispose();
        await good.GetJsonAsync("/api/v1/messages");
    }

    [Fact]
    public async Task A_checker_that_pages_a_thousand_times_in_a_row_is_not_held_up()
    {
        await using var host = await WefluxHost.StartAsync();
        using var checker = host.NewApiClient();
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await checker.GetAsync($"/api/v1/messages?after={i}&limit=1000");
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }
}
