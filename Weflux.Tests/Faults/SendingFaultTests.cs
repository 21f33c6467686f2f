using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Simulator;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Sending;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Faults;

/// <summary>Each fault of the simulator against the real outbox: how often a message was posted, and where it ends.</summary>
public sealed class SendingFaultTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _client = _host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_befalls_a_send_it_is_posted_again_only_after_a_certain_refusal_and_ends_settled()
    {
        (object Fault, int Posts, DeliveryStatus End)[] cases =
        [
            (new { kind = "rate_limit", code = 130429, next = 1 }, 2, DeliveryStatus.Delivered),
            (new { kind = "rate_limit", code = 131056, next = 1 }, 2, DeliveryStatus.Delivered),
            (new { kind = "rate_limit", code = 80007, next = 1 }, 2, DeliveryStatus.Delivered),
            (new { kind = "rate_limit", code = 4, next = 2 }, 3, DeliveryStatus.Delivered),
            (new { kind = "rate_limit", next = 1 }, 1, DeliveryStatus.NotConfirmed),
            (new { kind = "server_error", status = 500, code = 2, next = 1 }, 2, DeliveryStatus.Delivered),
            (new { kind = "server_error", status = 500, code = 131000, next = 1 }, 1, DeliveryStatus.NotConfirmed),
            (new { kind = "server_error", status = 503, next = 1 }, 1, DeliveryStatus.NotConfirmed),
            (new { kind = "server_error", status = 502, accepted = true, next = 1 }, 1, DeliveryStatus.Delivered),
            (new { kind = "reset", before_reading = true, next = 1 }, 1, DeliveryStatus.NotConfirmed),
            (new { kind = "reset", next = 1 }, 1, DeliveryStatus.NotConfirmed),
            (new { kind = "cut", next = 1 }, 1, DeliveryStatus.Delivered),
            (new { kind = "garbage", next = 1 }, 1, DeliveryStatus.Delivered),
            (new { kind = "token_revoked", next = 1 }, 1, DeliveryStatus.Failed),
            (new { kind = "status_first", next = 1 }, 1, DeliveryStatus.Delivered),
            (new { kind = "delay_answer", milliseconds = 300, next = 1 }, 1, DeliveryStatus.Delivered),
            (new { kind = "duplicate", copies = 10, at_once = true, next = 2 }, 1, DeliveryStatus.Delivered),
            (new { kind = "reorder", next = 1 }, 1, DeliveryStatus.Delivered),
        ];
        var messages = new List<long>();
        var attempts = new List<List<Guid>>();
        for (var nth = 0; nth < cases.Length; nth++)
        {
            var conversation = await MeetAsync($"Customer {nth}");
            await FaultAsync(cases[nth].Fault);
            messages.Add(await ReplyAsync(conversation, $"answer {nth}"));
            await PastFirstAttemptAsync(messages[^1]);

            // A refusal for the moment is made good at its time; the faults that are counted are used up by then.
            for (var minutes = 0; (await AttemptsAsync(messages[^1])).Count < cases[nth].Posts; minutes++)
            {
                minutes.Should().BeLessThan(60, $"{cases[nth].Fault} must be tried again");
                _host.Clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(300);
            }

            attempts.Add(await AttemptsAsync(messages[^1]));
            using var off = await _client.PostAsJsonAsync("/simulator/api/faults/off", new { });
        }

        // What nobody confirms shows so after five minutes.
        await Eventually.BeAsync(async () =>
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(2));
            await Task.Delay(200);
            return await _host.ReadAsync(db => db.Set<OutboundMessage>().CountAsync()) == 0;
        });
        var all = await Eventually.SeeAsync(
            () => _host.MessagesAsync(),
            found => cases.Index().All(c => found.Single(m => m.Id == messages[c.Index]).Status == c.Item.End));
        var ledger = (await _client.GetFromJsonAsync<JsonElement>("/simulator/api/ledger")).GetProperty("data").EnumerateArray().ToList();
        foreach (var (nth, (fault, posts, end)) in cases.Index())
        {
            all.Single(m => m.Id == messages[nth]).Status.Should().Be(end, $"{fault}");
            (await AttemptsAsync(messages[nth])).Should().HaveCount(posts, $"{fault}");

            // What was reset before it was read has no name in the simulator's book.
            var isUnread = fault.ToString()!.Contains("before_reading", StringComparison.Ordinal);
            ledger.Count(e => attempts[nth].Exists(a => a.ToString("N") == e.Text("attempt"))).Should().Be(isUnread ? 0 : posts, $"{fault}");
        }

        ledger.Should().HaveCount(cases.Sum(c => c.Posts));
        Checker.Posts(new Evidence(Path.Combine(_host.DataDirectory, "weflux.db")), ledger).Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_that_cannot_be_decrypted_fails_the_message_at_once_and_says_why()
    {
        var conversation = await MeetAsync("Asha Verma");
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.AccessToken, new byte[64])));

        var id = await ReplyAsync(conversation, "answer");

        var message = await Eventually.SeeAsync(
            async () => (await _host.MessagesAsync()).Single(m => m.Id == id), found => found.Status == DeliveryStatus.Failed);
        message.Fault!.Code.Should().Be(OwnFaults.TokenUnreadable);
        PlatformErrors.Explain(message.Fault.Code).Should().Contain("access token").And.NotContain("code");
        (await _client.GetFromJsonAsync<JsonElement>("/simulator/api/ledger")).GetProperty("data").GetArrayLength().Should().Be(0);
    }

    private async Task<long> MeetAsync(string name)
    {
        using var added = await _client.PostAsJsonAsync($"/simulator/api/numbers/{MetaWebhooks.Number}/customers", new { name });
        var id = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var said = await _client.PostAsJsonAsync($"/simulator/api/numbers/{MetaWebhooks.Number}/customers/{id}/messages", new { type = "text", text = "hello" });
        var known = await Eventually.SeeAsync(
            async () => (await _host.ContactsAsync()).Find(c => c.ProfileName == name), found => found is not null);
        return (await _host.ConversationsAsync()).Single(c => c.ContactId == known!.Id).Id;
    }

    private async Task FaultAsync(object fault)
    {
        using var answer = await _client.PostAsJsonAsync("/simulator/api/faults", fault);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<long> ReplyAsync(long conversation, string text) =>
        (await _host.Services.GetRequiredService<SendReply>()
            .ExecuteAsync(await _host.ActorAsync("manager@demo.test"), conversation, new TextContent(text), Guid.NewGuid()))!.MessageId!.Value;

    private Task PastFirstAttemptAsync(long message) => Eventually.BeAsync(() => _host.ReadAsync(
        db => db.Set<SendAttempt>().AnyAsync(a => a.MessageId == message && a.Outcome != AttemptOutcome.InFlight)));

    private Task<List<Guid>> AttemptsAsync(long message) =>
        _host.ReadAsync(db => db.Set<SendAttempt>().Where(a => a.MessageId == message).Select(a => a.Id).ToListAsync());
}
