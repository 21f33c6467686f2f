using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Tests.Web.Numbers;

/// <summary>Secrets that cannot be decrypted any more are told, and can be entered again.</summary>
public sealed class LostKeyTests : IAsyncLifetime
{
    private NumberWorld _world = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _world = await NumberWorld.StartAsync();
        _id = await _world.ConnectAsync();
        await _world.ReadAsync(async db =>
        {
            // As if the key that encrypted them had left the ring.
            var (connection, app) = (await db.Set<Connection>().SingleAsync(), await db.Set<MetaApp>().SingleAsync());
            (connection.AccessToken, app.AppSecret, app.VerifyToken) = (Spoilt(connection.AccessToken), Spoilt(app.AppSecret), Spoilt(app.VerifyToken));
            return await db.SaveChangesAsync();
        });
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_lines_say_which_and_what_to_do()
    {
        (await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id)).Should().BeTrue();

        var view = await _world.ViewAsync(_id);
        view.State.Should().Be(ConnectionState.Broken);
        view.Number.BrokenReason.Should().StartWith("The token cannot be decrypted");
        view.WayOut.Should().Contain("enter the token and the app secret again");
        view.VerifyToken.Should().BeNull();
        view.Lines.Single(l => l.Kind == CheckKind.Secret).Words.Should().StartWith("The app secret cannot be decrypted");
        view.Lines.Where(l => l.Kind is not (CheckKind.Token or CheckKind.Secret or CheckKind.Signature or CheckKind.LastWebhook))
            .Should().OnlyContain(l => l.State == CheckState.NotChecked);
    }

    [Fact]
    public async Task One_line_alone_can_be_looked_at_as_well()
    {
        foreach (var kind in Enum.GetValues<CheckKind>())
        {
            (await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id, kind)).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Both_can_be_entered_again_and_then_everything_works()
    {
        (await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, _id))!.Words.Should().StartWith("The token cannot be decrypted");
        var token = await _world.Get<RotateToken>().ExecuteAsync(_world.Owner, _id, PracticeNumbers.AccessToken);
        token!.IsDone.Should().BeTrue(token.Words);
        var secret = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, PracticeNumbers.AppSecret, SecretOverlap.Day);
        secret!.IsDone.Should().BeTrue(secret.Words);
        secret.Words.Should().Contain("The old one could not be decrypted");
        (await _world.ReadAsync(db => db.Set<MetaApp>().Select(a => a.OldSecretUntil).SingleAsync())).Should().BeNull("what cannot be read counts for nothing");
        (await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, _id))!.IsDone.Should().BeTrue();

        await _world.CustomerSaysAsync("again");
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<Message>().CountAsync()) == 2);
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id);
        (await _world.ViewAsync(_id)).State.Should().Be(ConnectionState.Ready);
    }

    [Fact]
    public async Task The_secret_can_be_entered_first()
    {
        var secret = await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, PracticeNumbers.AppSecret, SecretOverlap.None);

        secret!.IsDone.Should().BeTrue(secret.Words);
    }

    [Fact]
    public async Task A_second_number_of_the_app_needs_the_secret_entered_again()
    {
        var entry = NumberWorld.Entry(NumberWorld.SecondNumber);
        entry.AppSecret = "";
        var report = await _world.CheckAsync(entry);
        report.IsReady.Should().BeFalse();
        report.Lines.Single(l => l.Kind == CheckKind.Secret).Words.Should().StartWith("The app secret cannot be decrypted");

        (await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry(NumberWorld.SecondNumber)))!.ConnectionId.Should().NotBeNull();
    }

    [Fact]
    public async Task It_can_be_disconnected()
    {
        (await _world.Get<DisconnectNumber>().ExecuteAsync(_world.Owner, _id))!.IsDone.Should().BeTrue();
    }

    private static byte[] Spoilt(byte[] value) => [.. value[..^1], (byte)(value[^1] ^ 1)];
}
