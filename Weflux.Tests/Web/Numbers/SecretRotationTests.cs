using System.Net;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Security;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Numbers;

public sealed class SecretRotationTests : IAsyncLifetime
{
    private NumberWorld _world = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _world = await NumberWorld.StartAsync();
        _id = await _world.ConnectAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(SecretOverlap.Hour, 1)]
    [InlineData(SecretOverlap.Day, 24)]
    [InlineData(SecretOverlap.Week, 168)]
    public async Task The_old_secret_counts_as_long_as_the_admin_says_and_not_longer(SecretOverlap overlap, int hours)
    {
        await ResetAsync("the-new-secret");
        var outcome = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", overlap);
        outcome!.IsDone.Should().BeTrue(outcome.Words);

        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);
        (await PostAsync("the-new-secret")).Should().Be(HttpStatusCode.OK);
        (await PostAsync("neither")).Should().Be(HttpStatusCode.Unauthorized);
        var counted = (await _world.ViewAsync(_id)).Signatures;
        (counted.Good, counted.Old, counted.Bad).Should().Be((1, 1, 1), "what came before says nothing about the new secret");

        _world.Host.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync("the-new-secret")).Should().Be(HttpStatusCode.OK);
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<MetaApp>().AllAsync(a => a.OldAppSecret == null)));
    }

    [Fact]
    public async Task No_webhook_is_lost_while_the_secret_changes()
    {
        const int Each = 20;
        for (var i = 0; i < Each; i++)
        {
            await _world.CustomerSaysAsync($"before {i}");
        }

        await ResetAsync("the-new-secret");
        for (var i = 0; i < Each; i++)
        {
            await _world.CustomerSaysAsync($"between {i}");
        }

        (await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", SecretOverlap.Hour))!.IsDone.Should().BeTrue();
        for (var i = 0; i < Each; i++)
        {
            await _world.CustomerSaysAsync($"after {i}");
        }

        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Direction == MessageDirection.In)) == (3 * Each) + 1);
    }

    [Fact]
    public async Task A_secret_that_is_not_the_apps_does_not_replace_the_one_that_is()
    {
        foreach (var (secret, words) in new[]
        {
            ("", "Enter the app secret."),
            (PracticeNumbers.AppSecret, "This is the app secret that is in use already."),
            ("not-the-secret", "The old app secret stays. The app secret does not match the Meta app id."),
        })
        {
            var outcome = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, secret, SecretOverlap.Day);
            outcome!.IsDone.Should().BeFalse();
            outcome.Words.Should().StartWith(words);
        }

        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_secret_that_leaked_stops_counting_at_once()
    {
        await ResetAsync("the-new-secret");
        var outcome = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", SecretOverlap.None);

        outcome!.Words.Should().EndWith("The old one does not count any more.");
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync("the-new-secret")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_old_secret_can_be_stopped_before_its_time_on_record()
    {
        await ResetAsync("the-new-secret");
        await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", SecretOverlap.Week);
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);

        (await _world.Get<StopOldSecret>().ExecuteAsync(_world.Owner, _id))!.IsDone.Should().BeTrue();

        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.Unauthorized);
        (await _world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Number).Select(e => e.Action).ToListAsync()))
            .Should().EndWith([AuditActions.AppSecretRotated, AuditActions.OldSecretStopped]);
        (await _world.Get<StopOldSecret>().ExecuteAsync(_world.Owner, _id))!.IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task A_second_change_within_the_overlap_says_that_the_first_old_secret_ends()
    {
        await ResetAsync("the-new-secret");
        await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", SecretOverlap.Week);
        await ResetAsync("the-newest-secret");

        var outcome = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-newest-secret", SecretOverlap.Hour);

        outcome!.Words.Should().Contain("The old one counts for 1 hour more.").And.EndWith("The one before that counted until now and does not any more.");
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync("the-new-secret")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_who_enter_the_same_secret_do_not_lose_the_old_one()
    {
        await ResetAsync("the-new-secret");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "the-new-secret", SecretOverlap.Day))));

        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);
        (await _world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Action == AuditActions.AppSecretRotated))).Should().Be(1);
    }

    [Fact]
    public async Task A_secret_that_comes_with_a_second_number_is_on_record_too()
    {
        await ResetAsync("the-new-secret");
        var entry = NumberWorld.Entry(NumberWorld.SecondNumber);
        entry.AppSecret = "the-new-secret";

        (await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, entry))!.ConnectionId.Should().NotBeNull();

        (await _world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Action == AuditActions.AppSecretRotated))).Should().Be(1);
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK, "it counts for one day more");
    }

    [Fact]
    public async Task A_secret_that_another_node_stored_counts_at_once()
    {
        (await PostAsync(PracticeNumbers.AppSecret)).Should().Be(HttpStatusCode.OK);
        await _world.ReadAsync(async db =>
        {
            // Without a word to this node.
            var app = await db.Set<MetaApp>().SingleAsync();
            app.AppSecret = _world.Get<SecretProtector>().ProtectText("from-elsewhere", MetaApp.SecretContext(app.AppKey));
            return await db.SaveChangesAsync();
        });
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(2));

        (await PostAsync("from-elsewhere")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_counted_for_an_app_that_is_gone_keeps_nothing_back()
    {
        var tally = _world.Get<SignatureTally>();
        tally.Note(new KnownMetaApp(999_999, new WorkspaceId(999_999), "gone", [1], [1]), Signature.Bad);
        (await PostAsync("neither")).Should().Be(HttpStatusCode.Unauthorized);

        await tally.FlushAsync(CancellationToken.None);

        (await _world.Get<NumberQuery>().FindAsync(_world.Owner, _id))!.Signatures.Bad.Should().Be(1);
        (await _world.ReadAsync(db => db.Set<SignatureCount>().IgnoreQueryFilters().AnyAsync(c => c.MetaAppId == 999_999))).Should().BeFalse();
    }

    private Task ResetAsync(string secret) => _world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret });

    private async Task<HttpStatusCode> PostAsync(string secret)
    {
        using var client = _world.Host.NewClient();
        var key = await _world.ReadAsync(db => db.Set<MetaApp>().Select(a => a.AppKey).SingleAsync());
        return await new MetaWebhooks(client, key, secret).PostAsync(MetaWebhooks.Envelope());
    }
}
