using System.Net;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Numbers.Doctor;

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
        (counted.Good, counted.Old, counted.Bad).Should().Be((2, 1, 1), "the first message was signed with what was current then");

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

    private Task ResetAsync(string secret) => _world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret });

    private async Task<HttpStatusCode> PostAsync(string secret)
    {
        using var client = _world.Host.NewClient();
        var key = await _world.ReadAsync(db => db.Set<MetaApp>().Select(a => a.AppKey).SingleAsync());
        return await new MetaWebhooks(client, key, secret).PostAsync(MetaWebhooks.Envelope());
    }
}
