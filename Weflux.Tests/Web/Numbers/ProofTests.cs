using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Mail;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Webhooks;
using Weflux.Web.Webhooks.Reading;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Tests.Web.Numbers;

/// <summary>What proves that a number works, and what does not.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private NumberWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await NumberWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_was_said_before_the_number_was_entered_and_what_came_already_prove_nothing()
    {
        var id = await _world.ConnectAsync();
        var known = await _world.ReadAsync(db => db.Set<Message>().Select(m => m.WhatsAppId!).SingleAsync());
        await _world.Get<DisconnectNumber>().ExecuteAsync(_world.Owner, id);
        _world.Host.Clock.Advance(TimeSpan.FromHours(1));
        await _world.EnterAsync();
        var entered = _world.Host.Clock.GetUtcNow();

        await PostAsync(known, entered.AddMinutes(1));
        await PostAsync("wamid.OLD", entered.AddMinutes(-30));
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<Message>().CountAsync()) == 2);

        (await _world.ViewAsync(id)).Should().Match<NumberView>(v => v.State == ConnectionState.Waiting && v.Number.ConnectedAt == null);

        await PostAsync("wamid.NEW", entered.AddMinutes(1));

        (await _world.SeeAsync(id, v => v.State == ConnectionState.Ready)).Number.ConnectedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task A_number_in_memory_is_proved_only_once_that_is_committed()
    {
        await _world.EnterAsync();
        var (database, queries) = (_world.Get<WefluxDatabase>(), new ReceiveQueries());
        var app = await _world.ReadAsync(db => db.Set<MetaApp>().Select(a => a.Id).SingleAsync());
        var (connection, context) = await database.WriteAsync(
            _world.Owner.Workspace,
            async db =>
            {
                var routes = await AppRoutes.ReadAsync(db, queries, app, CancellationToken.None);
                var opened = await ReceiveContext.OpenAsync(db, routes, queries, [], _world.Host.Clock, CancellationToken.None);
                var number = routes.ConnectionOf(new ItemRoute(PracticeNumbers.WabaId, NumberWorld.Number))!;
                await opened.MarkHeardAsync(number, _world.Host.Clock.GetUtcNow(), CancellationToken.None);
                opened.StateOf(number).Should().Be(ConnectionState.Ready, "the slice itself can answer");
                return (number, opened);
            },
            CancellationToken.None);

        connection.Should().Match<Connection>(c => c.State == ConnectionState.Waiting && c.ConnectedAt == null && c.LastHeardAt == null);
        context.Committed();
        connection.Should().Match<Connection>(c => c.State == ConnectionState.Ready && c.ConnectedAt != null && c.LastHeardAt != null);
    }

    [Fact]
    public async Task A_practice_number_says_that_the_demo_is_off()
    {
        var id = await _world.ConnectAsync();
        _world.Get<SimulatorAddress>().BaseAddress = null;

        (await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id)).Should().BeTrue();

        var view = await _world.ViewAsync(id);
        view.State.Should().Be(ConnectionState.Ready);
        view.Lines.Single(l => l.Kind == CheckKind.Token).Words.Should().StartWith("This is a practice number, and there is nobody to ask");
        (await _world.Get<SubscribeNumber>().ExecuteAsync(_world.Owner, id))!.IsDone.Should().BeFalse();
    }

    [Fact]
    public async Task An_app_that_was_heard_of_before_says_nothing_of_a_number_that_is_entered_now()
    {
        await _world.ConnectAsync();
        _world.Host.Clock.Advance(TimeSpan.FromHours(1));

        var second = (await _world.Get<ConnectNumber>().ExecuteAsync(_world.Owner, NumberWorld.Entry(NumberWorld.SecondNumber)))!.ConnectionId!.Value;

        (await _world.ViewAsync(second)).HeardAt.Should().BeNull();
    }

    [Fact]
    public async Task A_number_that_never_worked_sends_no_mail_that_it_stopped()
    {
        var id = await _world.EnterAsync();
        await _world.TokenBecomesAsync("revoked");

        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);

        (await _world.ViewAsync(id)).State.Should().Be(ConnectionState.Broken);
        (await _world.ReadAsync(db => db.Set<OutgoingMail>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task A_number_that_is_not_registered_is_not_connected()
    {
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { status = "PENDING", code_verification_status = "NOT_VERIFIED" });

        var report = await _world.CheckAsync(NumberWorld.Entry());

        report.IsReady.Should().BeFalse();
        report.Lines.Single(l => l.Kind == CheckKind.Registration).Words.Should().StartWith("The number is not verified");
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { status = "CONNECTED" });
        (await _world.CheckAsync(NumberWorld.Entry())).IsReady.Should().BeTrue("Meta's own test number has no code either");
    }

    [Fact]
    public async Task App_id_and_secret_are_tried_before_there_is_a_token()
    {
        var entry = NumberWorld.Entry();
        (entry.Token, entry.WabaId, entry.PhoneNumberId) = ("", "", "");

        (await _world.CheckAsync(entry)).Lines.Should().ContainSingle(l => l.Kind == CheckKind.Secret && l.State == CheckState.Good);
        entry.AppSecret = "not-the-secret";
        (await _world.CheckAsync(entry)).Lines.Should().ContainSingle(l => l.Kind == CheckKind.Secret && l.Words == "The app secret does not match the Meta app id.");
        entry.AppSecret = "";
        (await _world.CheckAsync(entry)).Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Practice_numbers_are_offered_while_they_are_free_and_workspaces_practise_beside_each_other()
    {
        var free = _world.Get<FreePracticeNumbers>();
        var other = await _world.Host.ActorAsync("admin@demo-two.test", "demo-two");
        (await free.ListAsync(_world.Owner))[0].PhoneNumberId.Should().Be(NumberWorld.Number);
        await _world.ConnectAsync();

        (await free.ListAsync(_world.Owner))[0].PhoneNumberId.Should().Be(NumberWorld.SecondNumber);
        var theirs = (await free.ListAsync(other))[^1];
        (await free.ListAsync(other)).Should().NotContain(p => p.WabaId == PracticeNumbers.WabaId);
        var entry = new NumberEntry
        {
            Kind = ConnectionKind.Simulator,
            AppId = theirs.AppId,
            AppSecret = theirs.AppSecret,
            WabaId = theirs.WabaId,
            PhoneNumberId = theirs.PhoneNumberId,
            Token = theirs.AccessToken,
        };
        var id = (await _world.Get<ConnectNumber>().ExecuteAsync(other, entry))!.ConnectionId!.Value;
        (await _world.Get<SubscribeNumber>().ExecuteAsync(other, id))!.IsDone.Should().BeTrue();
        await _world.CustomerSaysAsync("to the other", theirs.PhoneNumberId);
        await Eventually.BeAsync(async () => (await _world.Get<NumberQuery>().FindAsync(other, id))!.State == ConnectionState.Ready);
    }

    [Fact]
    public async Task An_older_exam_does_not_write_over_a_newer_one()
    {
        var id = await _world.ConnectAsync();
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id);
        await _world.ReadAsync(db => db.Set<ConnectionCheckup>().ExecuteUpdateAsync(set => set.SetProperty(c => c.BegunAt, _world.Host.Clock.GetUtcNow().AddMinutes(1))));
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { quality_rating = "RED" });

        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, id, CheckKind.Quality);

        (await _world.ViewAsync(id)).Lines.Single(l => l.Kind == CheckKind.Quality).State.Should().Be(CheckState.Good);
    }

    private async Task PostAsync(string id, DateTimeOffset saidAt)
    {
        var key = await _world.ReadAsync(db => db.Set<MetaApp>().Select(a => a.AppKey).SingleAsync());
        var body = MetaWebhooks.Envelope(MetaWebhooks.Value(
            [new JsonObject { ["profile"] = new JsonObject { ["name"] = "Asha" }, ["wa_id"] = "918888800001" }],
            [new JsonObject
            {
                ["from"] = "918888800001",
                ["id"] = id,
                ["timestamp"] = saidAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = "said" },
            }],
            NumberWorld.Number));
        body["entry"]![0]!["id"] = PracticeNumbers.WabaId;
        using var client = _world.Host.NewClient();
        (await new MetaWebhooks(client, key, PracticeNumbers.AppSecret).PostAsync(body)).Should().Be(System.Net.HttpStatusCode.OK);
    }
}
