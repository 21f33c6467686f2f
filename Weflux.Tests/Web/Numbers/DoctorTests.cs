using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Inbox;
using Weflux.Web.Mail;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Numbers;

public sealed class DoctorTests : IAsyncLifetime
{
    private NumberWorld _world = null!;
    private long _id;

    public async ValueTask InitializeAsync()
    {
        _world = await NumberWorld.StartAsync();
        _id = await _world.ConnectAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_number_that_works_is_green_in_every_line()
    {
        (await ExamineAsync()).Should().BeTrue();

        var view = await _world.ViewAsync(_id);
        view.Lines.Select(l => l.Kind).Should().BeEquivalentTo(Enum.GetValues<CheckKind>());
        view.Lines.Where(l => l.State != CheckState.Good).Should().BeEmpty();
        view.CheckedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task One_line_is_looked_at_alone_and_the_others_stay()
    {
        await ExamineAsync();
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { quality_rating = "RED", throughput = "HIGH" });

        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id, CheckKind.Token);
        (await LineAsync(CheckKind.RoundTrip)).State.Should().Be(CheckState.Good);
        await _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id, CheckKind.Quality);

        (await LineAsync(CheckKind.Quality)).State.Should().Be(CheckState.Warning);
        (await LineAsync(CheckKind.Throughput)).Words.Should().Contain("1,000");
    }

    [Fact]
    public async Task A_revoked_token_turns_the_number_red_tells_each_admin_once_and_a_new_token_mends_it()
    {
        await NumberWorld.FreshAsync(_world.Host, email: "second@fresh.test");
        await NumberWorld.FreshAsync(_world.Host, email: "agent@fresh.test", role: Role.Agent);
        await _world.TokenBecomesAsync("revoked");

        await ExamineAsync();
        await ExamineAsync();

        var broken = await _world.ViewAsync(_id);
        broken.State.Should().Be(ConnectionState.Broken);
        broken.Number.BrokenReason.Should().StartWith("Meta does not accept the token any more");
        (await MailsAsync()).Should().Be(2, "two Admins, each once, and no Agent");
        (await _world.Get<BrokenNumbers>().ListAsync(_world.Owner)).Should().ContainSingle(n => n.Id == _id);
        (await _world.Get<BrokenNumbers>().ListAsync(_world.Owner with { Role = Role.Manager })).Should().BeEmpty();

        var outcome = await _world.Get<RotateToken>().ExecuteAsync(_world.Owner, _id, await _world.NewTokenAsync());

        outcome!.IsDone.Should().BeTrue(outcome.Words);
        (await _world.ViewAsync(_id)).State.Should().Be(ConnectionState.Ready);
        (await MailsAsync()).Should().Be(2);
        var history = await _world.Get<NumberHistoryQuery>().ListAsync(_world.Owner, _id);
        history!.Select(h => h.Words).Should().Contain(["Meta accepts the number again.", "Fran Fresh entered a new access token."]);
        history.Should().ContainSingle(h => h.IsTrouble);
    }

    [Fact]
    public async Task A_send_that_is_refused_because_of_the_token_turns_the_number_red_at_once()
    {
        await _world.TokenBecomesAsync("revoked");

        await ReplyAsync("will not leave");

        await _world.SeeAsync(_id, v => v.State == ConnectionState.Broken);
        (await OutboundAsync()).Fault!.Code.Should().Be(190);
    }

    [Fact]
    public async Task The_background_notices_a_revoked_token_without_anybody_asking()
    {
        await _world.TokenBecomesAsync("revoked");

        _world.Host.Clock.Advance(TimeSpan.FromMinutes(20));

        await _world.SeeAsync(_id, v => v.State == ConnectionState.Broken);
    }

    [Fact]
    public async Task A_token_that_does_not_open_the_number_does_not_replace_the_one_that_does()
    {
        var before = await TokenAsync();
        await _world.TokenBecomesAsync("revoked", await _world.NewTokenAsync());
        var expired = await _world.NewTokenAsync();
        await _world.TokenBecomesAsync("expired", expired);

        foreach (var (token, words) in new[]
        {
            ("", "Enter the access token."),
            ("with space", "The access token holds a space"),
            ("demo-access-token", "The old token stays. The token was made for another Meta app"),
            ("nonsense", "The old token stays. This is not a token that Meta knows."),
            (expired, "The old token stays. The token has expired."),
        })
        {
            var outcome = await _world.Get<RotateToken>().ExecuteAsync(_world.Owner, _id, token);
            outcome!.IsDone.Should().BeFalse();
            outcome.Words.Should().StartWith(words);
        }

        (await TokenAsync()).Should().Equal(before);
        (await _world.ViewAsync(_id)).State.Should().Be(ConnectionState.Ready);
    }

    [Fact]
    public async Task A_paused_number_says_so_in_the_composer_and_gives_waiting_messages_back_with_the_reason()
    {
        await _world.SimulatorAsync("faults", new { kind = "rate_limit", code = 130429, probability = 1, number = NumberWorld.Number });
        await ReplyAsync("waits");
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<SendAttempt>().AnyAsync(a => a.Outcome == AttemptOutcome.RetryLater)));

        (await _world.Get<PauseNumber>().ExecuteAsync(_world.Owner, _id)).Should().BeTrue();
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(10));

        var returned = await Eventually.SeeAsync(OutboundAsync, m => m.Status == DeliveryStatus.Failed);
        returned.Fault!.Code.Should().Be(OwnFaults.NumberPaused);
        PlatformErrors.Explain(returned.Fault.Code).Should().Contain("paused this number");
        var thread = await ThreadAsync();
        ReplyWords.Explain(thread.Head.Reply, thread.Head.Contact, ScreenClock.Utc)!.Title.Should().Be("This number is paused.");

        await _world.CustomerSaysAsync("still arrives");
        await Eventually.BeAsync(async () => await _world.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Direction == MessageDirection.In)) == 2);

        await _world.SimulatorAsync("faults/off", new { });
        (await _world.Get<ResumeNumber>().ExecuteAsync(_world.Owner, _id)).Should().BeTrue();
        (await ReplyAsync("leaves")).Decision.IsAllowed.Should().BeTrue();
        (await _world.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Action).ToListAsync()))
            .Should().ContainInOrder(AuditActions.NumberPaused, AuditActions.NumberResumed);
    }

    [Fact]
    public async Task A_disconnected_number_forgets_its_token_keeps_its_threads_and_can_be_connected_again()
    {
        var outcome = await _world.Get<DisconnectNumber>().ExecuteAsync(_world.Owner, _id);

        outcome!.IsDone.Should().BeTrue();
        outcome.Words.Should().Contain("Meta sends nothing any more");
        var gone = await _world.ViewAsync(_id);
        gone.State.Should().Be(ConnectionState.Disconnected);
        (gone.Number.AccessToken.Length, gone.Number.TokenEnding).Should().Be((0, null));
        var thread = await ThreadAsync();
        thread.Messages.Should().ContainSingle();
        ReplyWords.Explain(thread.Head.Reply, thread.Head.Contact, ScreenClock.Utc)!.Title.Should().Be("This number was disconnected.");
        (await _world.Get<DisconnectNumber>().ExecuteAsync(_world.Owner, _id)).Should().BeNull();

        var again = await _world.EnterAsync();

        again.Should().Be(_id);
        (await _world.ViewAsync(_id)).State.Should().Be(ConnectionState.Waiting);
        await _world.CustomerSaysAsync("after the break");
        await _world.SeeAsync(_id, v => v.State == ConnectionState.Ready);
        (await _world.ReadAsync(db => db.Set<Conversation>().CountAsync())).Should().Be(1, "the thread goes on");
    }

    [Fact]
    public async Task A_number_that_was_let_go_can_be_taken_by_another_workspace()
    {
        await _world.Get<DisconnectNumber>().ExecuteAsync(_world.Owner, _id);
        var other = await _world.Host.ActorAsync("admin@demo-two.test", "demo-two");

        var result = await _world.Get<Weflux.Web.Numbers.Wizard.ConnectNumber>().ExecuteAsync(other, NumberWorld.Entry());

        result!.ConnectionId.Should().NotBeNull().And.NotBe(_id);
        (await _world.ReadAsync(db => db.Set<Message>().CountAsync())).Should().Be(1, "what was said stays where it was said");
    }

    [Fact]
    public async Task What_Meta_reports_stands_in_the_history_and_in_the_facts()
    {
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { quality_rating = "RED", messaging_limit = "TIER_250", verified_name = "New name" });

        var history = await Eventually.SeeAsync(
            async () => (await _world.Get<NumberHistoryQuery>().ListAsync(_world.Owner, _id))!, lines => lines.Count(l => l.IsFromPlatform) == 3);
        history.Where(l => l.IsFromPlatform).Select(l => l.Words).Should().BeEquivalentTo(
            "Meta flagged the number: customers block or report it. Send fewer templates, and only to people who asked for them.",
            "The messaging limit of the business portfolio fell: 250 customers in 24 hours (before: 2,000 customers in 24 hours).",
            "Meta approved the display name “New name”.");
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(6));
        await _world.SeeAsync(_id, v => v.Number.Name == "New name");
        (await _world.Get<NumbersQuery>().ListAsync(_world.Owner))!.Single().Facts.Should().Match<NumberFacts>(f => f.Quality == "RED" && f.MessagingLimit == "TIER_250");
    }

    [Fact]
    public async Task A_name_under_review_is_not_called_approved()
    {
        await _world.SimulatorAsync($"numbers/{NumberWorld.Number}/facts", new { name_status = "PENDING_REVIEW" });

        await Eventually.SeeAsync(
            async () => (await _world.Get<NumberHistoryQuery>().ListAsync(_world.Owner, _id))!,
            lines => lines.Any(l => l.Words.StartsWith("Meta is deciding about the display name", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_app_secret_in_the_database_is_told_by_the_signatures()
    {
        await _world.SimulatorAsync($"apps/{PracticeNumbers.AppId}/secret", new { secret = "reset-at-meta" });
        await _world.CustomerSaysAsync("signed with the new secret");

        await _world.SeeAsync(_id, v => v.Signatures.Bad > 0);

        var line = await LineAsync(CheckKind.Signature);
        line.State.Should().Be(CheckState.Bad);
        line.Words.Should().StartWith("The app secret does not match any more");
        line.WayOut.Should().Contain("Change app secret");
        (await _world.Get<BrokenNumbers>().ListAsync(_world.Owner)).Should().ContainSingle().Which.Should().Match<BrokenNumber>(n => n.Id == _id && n.IsDeaf);
        (await _world.Get<NumbersQuery>().ListAsync(_world.Owner))!.Single().IsDeaf.Should().BeTrue();

        (await _world.Get<RotateAppSecret>().ExecuteAsync(_world.Owner, _id, "reset-at-meta", SecretOverlap.None))!.IsDone.Should().BeTrue();
        (await _world.Get<BrokenNumbers>().ListAsync(_world.Owner)).Should().BeEmpty("the new secret is entered, and Meta sends again what was refused");
    }

    private Task<bool> ExamineAsync() => _world.Get<ExamineNumber>().ExecuteAsync(_world.Owner, _id);

    private async Task<CheckLine> LineAsync(CheckKind kind) => (await _world.ViewAsync(_id)).Lines.Single(l => l.Kind == kind);

    private async Task<byte[]> TokenAsync() => (await _world.ViewAsync(_id)).Number.AccessToken;

    private Task<int> MailsAsync() => _world.ReadAsync(db => db.Set<OutgoingMail>().CountAsync());

    private async Task<SendReplyResult> ReplyAsync(string text)
    {
        var conversation = await _world.ReadAsync(db => db.Set<Conversation>().Select(c => c.Id).SingleAsync());
        return (await _world.Get<SendReply>().ExecuteAsync(_world.Owner, conversation, new TextContent(text), Guid.CreateVersion7()))!;
    }

    private Task<Message> OutboundAsync() => Eventually.SeeAsync(
        () => _world.ReadAsync(db => db.Set<Message>().AsNoTracking().Where(m => m.Direction == MessageDirection.Out).OrderBy(m => m.Id).FirstAsync()),
        m => m.Status != DeliveryStatus.Sending);

    private async Task<ThreadView> ThreadAsync()
    {
        var conversation = await _world.ReadAsync(db => db.Set<Conversation>().Select(c => c.Id).SingleAsync());
        return (await _world.Get<ThreadQuery>().GetAsync(_world.Owner, conversation))!;
    }
}
