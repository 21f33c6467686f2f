using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Tests.Web.Numbers;

/// <summary>Having webhooks sent here, and what may stand in the way.</summary>
public sealed class SubscribeTests : IAsyncLifetime
{
    private NumberWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await NumberWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_address_of_the_number_itself_is_told_and_replaced()
    {
        var id = await _world.ConnectAsync();
        await DirectElsewhereAsync();
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);
        (await LineAsync(id, CheckKind.Callback)).Should().Match<CheckLine>(l => l.State == CheckState.Bad && l.Words.Contains("/webhooks/whatsapp/demo"));

        var outcome = await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, id);

        outcome!.IsDone.Should().BeTrue(outcome.Words);
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);
        (await LineAsync(id, CheckKind.Callback)).State.Should().Be(CheckState.Good);
        await _world.CustomerSaysAsync("arrives");
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<Weflux.Domain.Conversations.Message>().CountAsync()) == 2);
    }

    [Fact]
    public async Task What_was_told_before_the_platform_refused_is_on_record_with_the_half_that_failed()
    {
        var id = (await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry()))!.ConnectionId!.Value;

        // The app's secret was reset: the account's half needs only the token and still works.
        await _world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret = "reset-at-meta" });
        var outcome = await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, id);

        outcome!.IsDone.Should().BeFalse();
        outcome.Words.Should().StartWith("Only half of it is done: the WhatsApp account sends its messages here.");
        (await _world.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Action).ToListAsync())).Should().Contain(AuditActions.NumberSubscribed);
        (await _world.Get<NumberHistoryQuery>().ListAsync(_world.Owner, id))!.Should().Contain(h => h.IsTrouble && h.Words.Contains("half of it was done"));
    }

    [Fact]
    public async Task Nothing_is_on_record_if_nothing_was_done()
    {
        var id = (await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry()))!.ConnectionId!.Value;
        await _world.TokenBecomesAsync("revoked");

        (await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, id))!.Words.Should().Be("Meta does not accept the token any more.");

        (await _world.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Action).ToListAsync())).Should().NotContain(AuditActions.NumberSubscribed);
    }

    [Fact]
    public async Task A_number_without_an_app_id_says_so_and_takes_it_later()
    {
        var id = await _world.ConnectAsync();
        await _world.ReadAsync(async db => await db.Set<MetaApp>().ExecuteUpdateAsync(set => set.SetProperty(a => a.AppId, (string?)null)));
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);
        foreach (var kind in new[] { CheckKind.App, CheckKind.Subscription, CheckKind.Fields })
        {
            (await LineAsync(id, kind)).State.Should().Be(CheckState.NotChecked, kind.ToString());
        }

        (await _world.ViewAsync(id)).State.Should().Be(ConnectionState.Ready);
        var enter = _world.Get<EnterAppId>();
        (await enter.ExecuteAsync(_world.Owner, id, "+91 98"))!.Words.Should().StartWith("This looks like a phone number.");
        (await enter.ExecuteAsync(_world.Owner, id, "300000000000001"))!.Words.Should().Be("The app secret does not match the Meta app id.");
        (await enter.ExecuteAsync(_world.Owner, id, PracticeNumbers.AppId))!.IsDone.Should().BeTrue();
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);
        (await LineAsync(id, CheckKind.App)).State.Should().Be(CheckState.Good);
    }

    private async Task DirectElsewhereAsync()
    {
        using var client = _world.Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PracticeNumbers.AccessToken);
        using var answer = await client.PostAsJsonAsync(
            $"/simulator/graph/v26.0/{NumberWorld.Number}",
            new { webhook_configuration = new { override_callback_uri = new Uri(_world.Host.Address, "/webhooks/whatsapp/demo").ToString(), verify_token = "demo-verify-token" } });
        answer.EnsureSuccessStatusCode();
    }

    private async Task<CheckLine> LineAsync(long id, CheckKind kind) => (await _world.ViewAsync(id)).Lines.Single(l => l.Kind == kind);
}
