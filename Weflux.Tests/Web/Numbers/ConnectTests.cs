using System.Net;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Demo;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Tests.Web.Numbers;

public sealed class ConnectTests : IAsyncLifetime
{
    private NumberWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await NumberWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_number_is_connected_by_a_customers_message_and_by_nothing_less()
    {
        var id = await _world.EnterAsync();

        var entered = await _world.ViewAsync(id);
        entered.State.Should().Be(ConnectionState.Waiting);
        entered.HeardAt.Should().NotBeNull("the platform came to verify the address");
        entered.Signatures.VerifiedAt.Should().NotBeNull();

        await _world.CustomerSaysAsync("hello");

        var connected = await _world.SeeAsync(id, v => v.State == ConnectionState.Ready);
        connected.Number.ConnectedAt.Should().NotBeNull();
        var message = (await _world.ReadAsync(db => db.Set<Message>().SingleAsync()));
        message.Content.Text.Should().Be("hello");
        (await _world.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Action).ToListAsync()))
            .Should().Equal(AuditActions.NumberConnected, AuditActions.NumberSubscribed);
    }

    [Fact]
    public async Task A_check_shows_each_thing_in_a_line_of_its_own()
    {
        var report = await _world.CheckAsync(NumberWorld.Entry());

        report.IsReady.Should().BeTrue();
        report.Lines.Should().OnlyContain(l => l.State == CheckState.Good);
        report.Lines.Select(l => l.Kind).Should().BeEquivalentTo(
            [
                CheckKind.Token, CheckKind.Secret, CheckKind.Expiry, CheckKind.Scopes, CheckKind.App, CheckKind.Account, CheckKind.Number, CheckKind.Name,
                CheckKind.Registration, CheckKind.Quality, CheckKind.Throughput, CheckKind.Limit, CheckKind.Verification,
            ]);
        report.DisplayPhoneNumber.Should().Be("+91 80000 90009");
    }

    [Fact]
    public async Task A_second_number_of_the_same_app_shares_its_address_and_needs_no_secret()
    {
        var first = await _world.ConnectAsync();
        var entry = NumberWorld.Entry(NumberWorld.SecondNumber);
        entry.AppSecret = "";

        var second = await _world.EnterAsync(entry);

        var (one, two) = (await _world.ViewAsync(first), await _world.ViewAsync(second));
        two.Callback.Should().Be(one.Callback);
        two.Number.MetaAppId.Should().Be(one.Number.MetaAppId);
        await _world.CustomerSaysAsync("to the second", NumberWorld.SecondNumber);
        await _world.SeeAsync(second, v => v.State == ConnectionState.Ready);
    }

    [Theory]
    [InlineData("100000000000001", NumberWorld.Number, CheckKind.Account, "Meta knows no WhatsApp account 100000000000001 that this token may open.", "Assign assets")]
    [InlineData(PracticeNumbers.WabaId, "123456", CheckKind.Number, "The account has no number with this id.", "API setup")]
    [InlineData(PracticeNumbers.WabaId, NumberWorld.ForeignNumber, CheckKind.Number, "This number belongs to another WhatsApp account than the one entered.", "same page")]
    public async Task A_wrong_id_says_which_and_where_to_look(string waba, string number, CheckKind kind, string words, string way)
    {
        var entry = NumberWorld.Entry(number);
        entry.WabaId = waba;

        await RefusedAsync(entry, kind, words, way);
    }

    [Theory]
    [InlineData("expired", CheckKind.Token, "The token has expired.")]
    [InlineData("revoked", CheckKind.Token, "Meta does not accept the token any more")]
    [InlineData("under_scoped", CheckKind.Scopes, "The token lacks the permission whatsapp_business_messaging.")]
    public async Task A_token_that_is_not_good_says_why(string state, CheckKind kind, string words)
    {
        await _world.TokenBecomesAsync(state);

        await RefusedAsync(NumberWorld.Entry(), kind, words, "Generate token");
    }

    [Theory]
    [InlineData("expired", "The token has expired.")]
    [InlineData("revoked", "Meta does not accept the token any more")]
    public async Task A_bad_token_says_why_before_the_app_secret_is_known(string state, string words)
    {
        await _world.TokenBecomesAsync(state);
        var entry = NumberWorld.Entry();
        entry.AppSecret = "";

        await RefusedAsync(entry, CheckKind.Token, words, "Generate token");
    }

    [Fact]
    public async Task A_token_that_nobody_made_is_not_called_revoked()
    {
        var entry = NumberWorld.Entry();
        entry.Token = "EAAnonsense";

        await RefusedAsync(entry, CheckKind.Token, "This is not a token that Meta knows.", "Copy the token again");
    }

    [Fact]
    public async Task A_token_of_another_app_names_that_app()
    {
        var entry = NumberWorld.Entry();
        (entry.AppId, entry.AppSecret) = ("300000000000001", "demo-app-secret");

        await RefusedAsync(entry, CheckKind.App, $"The token was made for another Meta app ({PracticeNumbers.AppId}), not for 300000000000001.", PracticeNumbers.AppId);
        (await _world.CheckAsync(entry)).Lines.Single(l => l.Kind == CheckKind.Secret).State.Should().Be(CheckState.Good, "the secret is not to blame");
    }

    [Fact]
    public async Task A_wrong_app_secret_is_noticed_before_any_webhook()
    {
        var entry = NumberWorld.Entry();
        entry.AppSecret = "not-the-secret";

        await RefusedAsync(entry, CheckKind.Secret, "The app secret does not match the Meta app id.", "App settings > Basic");
    }

    [Fact]
    public async Task A_number_that_another_workspace_holds_is_refused_without_saying_whose_it_is()
    {
        await _world.ConnectAsync();
        var stranger = await _world.Host.ActorAsync("admin@demo-two.test", "demo-two");

        var result = await _world.Get<ConnectNumber>().ExecuteAsync(stranger, NumberWorld.Entry());

        result!.ConnectionId.Should().BeNull();
        result.Report.Refusal!.Words.Should().Be("This number is connected elsewhere in this Weflux.");
        result.Report.Refusal.WayOut.Should().NotContain("Fresh");
        (await _world.CheckAsync(NumberWorld.Entry())).Refusal!.Words.Should().Be("This number is connected to this workspace already.");
    }

    [Fact]
    public async Task Who_cannot_open_a_number_does_not_learn_that_it_is_taken()
    {
        await _world.ConnectAsync();
        var entry = NumberWorld.Entry();
        entry.Token = "demo-access-token";

        var report = await _world.CheckAsync(entry);

        report.Refusal.Should().BeNull();
        report.IsReady.Should().BeFalse();
    }

    [Fact]
    public async Task Many_at_once_connect_one_number_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry()))));

        results.Count(r => r!.ConnectionId is not null).Should().Be(1);
        results.Where(r => r!.ConnectionId is null).Should().OnlyContain(r => r!.Report.Refusal!.Words.StartsWith("This number is connected to this workspace"));
        (await _world.ReadAsync(db => db.Set<Connection>().CountAsync())).Should().Be(1);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    public async Task Only_admins_connect_numbers(Role role)
    {
        var somebody = _world.Owner with { Role = role };

        (await _world.Get<CheckNumber>().ExecuteAsync(somebody, NumberWorld.Entry())).Should().BeNull();
        (await _world.Get<ConnectNumber>().ExecuteAsync(somebody, NumberWorld.Entry())).Should().BeNull();
        (await _world.ReadAsync(db => db.Set<Connection>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task The_practice_numbers_are_gone_with_the_demo()
    {
        await using var world = await NumberWorld.StartAsync(o => o.Settings["Demo:Enabled"] = "true");
        var check = new CheckNumber(
            world.Get<Weflux.Web.Data.WefluxDatabase>(),
            world.Get<Weflux.Web.Numbers.Checks.PlatformCheck>(),
            world.Get<Weflux.Web.Security.SecretProtector>(),
            Microsoft.Extensions.Options.Options.Create(new DemoOptions { Enabled = false }));

        var report = await check.ExecuteAsync(world.Owner, NumberWorld.Entry());

        report!.Refusal!.Words.Should().Be("There are no practice numbers while the demo is off.");
        report.IsReady.Should().BeFalse();
        (await check.ExecuteAsync(world.Owner, new NumberEntry { Kind = (ConnectionKind)7, Token = "x" }))!.Refusal.Should().NotBeNull();
    }

    [Fact]
    public async Task The_simulator_calls_nobody_but_Weflux_to_verify_an_address()
    {
        using var client = _world.Host.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", PracticeNumbers.AccessToken);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client,
            $"/simulator/graph/v26.0/{PracticeNumbers.WabaId}/subscribed_apps",
            new { override_callback_uri = "http://192.0.2.1/webhooks/whatsapp/x", verify_token = "t" });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("2200").And.Contain("Failed to connect");
    }

    [Fact]
    public async Task An_address_that_refuses_the_verify_token_is_told_as_the_platform_told_it()
    {
        var result = await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry());
        var id = result!.ConnectionId!.Value;

        // The address answers, but with another token than the one that is told to the platform.
        await _world.ReadAsync(async db =>
        {
            var app = await db.Set<MetaApp>().SingleAsync();
            _world.Get<Weflux.Web.Webhooks.MetaAppCatalog>().Forget();
            await _world.Get<Weflux.Web.Webhooks.MetaAppCatalog>().FindAsync(app.AppKey, CancellationToken.None);
            app.VerifyToken = _world.Get<Weflux.Web.Security.SecretProtector>().ProtectText("another", MetaApp.VerifyTokenContext(app.AppKey));
            return await db.SaveChangesAsync();
        });

        var outcome = await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, id);

        outcome!.IsDone.Should().BeFalse();
        outcome.Words.Should().Contain("Meta could not reach this Weflux").And.Contain("403");
        outcome.WayOut.Should().NotBeNullOrEmpty();
        (await _world.ViewAsync(id)).Signatures.MisverifiedAt.Should().NotBeNull();
    }

    private async Task RefusedAsync(NumberEntry entry, CheckKind kind, string words, string way)
    {
        var result = await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, entry);

        result!.ConnectionId.Should().BeNull();
        var line = result.Report.Lines.Single(l => l.Kind == kind);
        line.State.Should().Be(CheckState.Bad);
        line.Words.Should().StartWith(words);
        line.WayOut.Should().Contain(way);
        (await _world.ReadAsync(db => db.Set<Connection>().CountAsync())).Should().Be(0);
    }
}
