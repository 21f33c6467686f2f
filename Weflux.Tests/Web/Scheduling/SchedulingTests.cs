using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Scheduling;

public sealed class SchedulingTests : SchedulingWorld
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_is_due_goes_out_as_typed_once_and_nothing_goes_before()
    {
        await The<SaveDraft>().ExecuteAsync(Agent, Conversation, Guid.CreateVersion7(), "See you tomorrow");
        var draft = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PlanAsync("See you tomorrow", Hour, draft: draft)));
        answers.Select(a => a.Id).Distinct().Should().ContainSingle("a double click plans once").Which.Should().NotBeNull();
        (await Host.ReadAsync(db => db.Set<Draft>().CountAsync())).Should().Be(0, "what is planned is typed no more");
        (await The<ScheduledQuery>().OfThreadAsync(Manager, Conversation)).Single().Should().Match<ScheduledView>(v =>
            v.AuthorName == Agent.Name && v.MayChange && !v.IsMine && v.Content.Text == "See you tomorrow");
        Graph.Sends.Should().BeEmpty();

        Host.Clock.Advance(Hour);

        var message = await SentAsync("See you tomorrow");
        (message.AuthorId, message.DraftId).Should().Be((Agent.User, draft));
        (await ScheduledAsync()).Single().Should().Match<ScheduledMessage>(s => s.State == ScheduledState.Sent && s.MessageId == message.Id);
        Words().Should().Equal("See you tomorrow");
        (await The<ScheduledQuery>().OfThreadAsync(Agent, Conversation)).Should().BeEmpty();
        (await PlanAsync("See you tomorrow", Hour, draft: draft)).Id.Should().BeNull();
        (await PlanAsync("See you tomorrow", Hour, draft: draft)).Outcome.Should().Be(ScheduleOutcome.AlreadySent);
    }

    [Fact]
    public async Task A_closed_window_takes_the_template_and_without_one_the_message_comes_back_and_can_be_planned_anew()
    {
        await PlanAsync("with a template", TimeSpan.FromHours(25), Reminder);
        var bare = (await PlanAsync("without one", TimeSpan.FromHours(25))).Id!.Value;

        Host.Clock.Advance(TimeSpan.FromHours(25));

        await SentAsync(Reminder.RenderedText);
        var back = await SettledAsync(ScheduledState.Returned);
        (back.Id, back.Fault!.Code).Should().Be((bare, OwnFaults.WindowClosed));
        Words().Should().Equal("visit_reminder");
        (await The<ScheduledQuery>().ListAsync(Agent, ofEverybody: false))!.Rows.Single().Why.Should().StartWith("The 24-hour window closed");
        (await The<SendScheduledNow>().ExecuteAsync(Agent, bare))!.Decision.Should().BeOfType<NeedsTemplate>("nothing has changed");

        (await The<ChangeSchedule>().ExecuteAsync(Agent, bare, new SchedulePlan(Now + Hour, Reminder, CancelsWhenCustomerWrites: false))).Outcome.Should().Be(ScheduleOutcome.Done);
        await HearAsync("I am here");
        Host.Clock.Advance(Hour);
        await SentAsync("without one");
    }

    [Fact]
    public async Task Whoever_asked_for_silence_meanwhile_gets_nothing_no_template_either_and_nothing_more_can_be_planned()
    {
        await PlanAsync("still there?", Hour, Reminder, cancels: false);
        await HearAsync("STOP");
        (await PlanAsync("sorry", Hour)).Should().Match<ScheduleAnswer>(a => a.Outcome == ScheduleOutcome.Refused && a.Decision is OptedOut);

        Host.Clock.Advance(Hour);

        (await SettledAsync(ScheduledState.Returned)).Fault!.Code.Should().Be(OwnFaults.OptedOut);
        (await Host.MessagesAsync()).Should().NotContain(m => m.Origin == MessageOrigin.Person);
    }

    [Fact]
    public async Task A_customer_who_writes_first_stops_what_was_to_stop_and_its_author_decides()
    {
        var anyway = (await PlanAsync("send anyway", Hour)).Id!.Value;
        var away = (await PlanAsync("throw away", Hour)).Id!.Value;
        await PlanAsync("goes all the same", Hour, cancels: false);
        using (var client = Host.NewClient())
        {
            await new MetaWebhooks(client).PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], [new System.Text.Json.Nodes.JsonObject
            {
                ["from"] = Phone, ["id"] = "wamid.thumb", ["timestamp"] = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ["type"] = "reaction",
                ["reaction"] = new System.Text.Json.Nodes.JsonObject { ["message_id"] = "wamid.in.1", ["emoji"] = "👍" },
            }])));
        }

        await Host.SettledAsync();
        (await ScheduledAsync()).Should().OnlyContain(s => s.State == ScheduledState.Waiting, "a thumb is no word");

        await HearAsync("one more thing");

        (await ScheduledAsync()).Select(s => s.State).Should().Equal(ScheduledState.CancelledByCustomer, ScheduledState.CancelledByCustomer, ScheduledState.Waiting);
        (await The<ScheduledQuery>().OfThreadAsync(await Host.ActorAsync("agent2@demo.test"), Conversation)).Select(v => v.Content.Text)
            .Should().Equal("goes all the same");
        (await The<SendScheduledNow>().ExecuteAsync(Agent, anyway))!.MessageId.Should().NotBeNull();
        await The<CancelScheduled>().ExecuteAsync(Agent, away, throwsAway: true);
        await SentAsync("send anyway");
        Host.Clock.Advance(Hour);
        await SentAsync("goes all the same");
        Words().Should().Equal("send anyway", "goes all the same");
        (await ScheduledAsync()).Should().NotContain(s => s.Id == away);
    }

    [Fact]
    public async Task A_customer_whose_words_were_acknowledged_but_not_read_yet_wrote_first_all_the_same()
    {
        using var client = Host.NewClient();
        var webhooks = new MetaWebhooks(client);
        for (var i = 0; i < 10; i++)
        {
            await PlanAsync($"a reminder, the {i}th", Hour);
            await webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], [.. Enumerable.Range(0, 20).Select(n => MetaWebhooks.Text($"wamid.first.{i}.{n}", Phone, null, "I know", Now))])));
            Host.Clock.Advance(Hour);
            await Eventually.BeAsync(async () => (await ScheduledAsync()).TrueForAll(s => s.State != ScheduledState.Waiting));
        }

        (await ScheduledAsync()).Should().HaveCount(10).And.OnlyContain(s => s.State == ScheduledState.CancelledByCustomer);
        Graph.Sends.Should().BeEmpty();
    }

    [Fact]
    public async Task What_went_wrong_goes_out_again_at_its_time_as_a_message_of_its_own_unless_it_was_sent_before()
    {
        Graph.Answer = (context, _, nth) => nth <= 2 ? GraphStub.RefuseAsync(context, 131049) : GraphStub.AcceptAsync(context, $"wamid.out.{nth}");
        var (waits, repeated) = (await FailAsync("an offer"), await FailAsync("another offer"));
        var troubles = await Host.ReadAsync(db => db.Set<SendTrouble>().CountAsync());
        troubles.Should().Be(2);
        foreach (var first in new[] { waits, repeated })
        {
            (await AgainAsync(first)).Outcome.Should().Be(ScheduleOutcome.Done);
            (await AgainAsync(first)).Outcome.Should().Be(ScheduleOutcome.NotFound, "it is planned once");
        }

        (await Host.ReadAsync(db => db.Set<SendTrouble>().CountAsync())).Should().Be(0, "nobody has to decide any more");
        (await The<SendAgain>().ExecuteAsync(Agent, repeated.Id, Guid.CreateVersion7()))!.MessageId.Should().NotBeNull();
        await SentAsync("another offer");
        Host.Clock.Advance(Hour);

        var again = await SentAsync("an offer");
        again.ResendOfId.Should().Be(waits.Id);
        await Eventually.BeAsync(async () => (await ScheduledAsync()).TrueForAll(s => s.State != ScheduledState.Waiting));
        (await ScheduledAsync()).Single(s => s.ResendOfId == repeated.Id).State.Should().Be(ScheduledState.Cancelled, "it was sent again before");
        Words().Should().Equal("an offer", "another offer", "another offer", "an offer");
    }

    [Fact]
    public async Task What_is_due_together_goes_in_the_order_of_its_times_and_then_of_its_writing()
    {
        var due = Now + Hour;
        foreach (var (words, at) in new[] { ("third", due), ("fourth", due), ("first", due.AddMinutes(-2)), ("second", due.AddMinutes(-1)) })
        {
            await The<ScheduleMessage>().ExecuteAsync(Agent, Conversation, new TextContent(words), new SchedulePlan(at), Guid.CreateVersion7());
        }

        Host.Clock.Advance(Hour);

        await SentAsync("fourth");
        Words().Should().Equal("first", "second", "third", "fourth");
    }

    [Fact]
    public async Task A_restart_in_between_neither_loses_nor_doubles_and_after_hours_it_comes_back_instead()
    {
        await PlanAsync("after the restart", Hour);
        await PlanAsync("much too late", TimeSpan.FromMinutes(90));
        await RestartAsync(Hour);
        await SentAsync("after the restart");

        await RestartAsync(TimeSpan.FromHours(7));

        (await SettledAsync(ScheduledState.Returned)).Fault!.Code.Should().Be(OwnFaults.ScheduledTooLate);
        Words().Should().Equal("after the restart");
    }

    [Fact]
    public async Task What_an_author_who_left_had_planned_comes_back_to_the_managers()
    {
        var id = (await PlanAsync("from somebody who left", Hour)).Id!.Value;
        await Host.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == Agent.User).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, false)));

        Host.Clock.Advance(Hour);

        (await SettledAsync(ScheduledState.Returned)).Fault!.Code.Should().Be(OwnFaults.AuthorGone);
        (await The<ScheduledQuery>().ListAsync(Manager, ofEverybody: true))!.Rows.Single().Should().Match<ScheduledView>(v => v.MayChange && v.AuthorName == Agent.Name);
        (await The<ScheduledQuery>().ListAsync(Manager, ofEverybody: false))!.Rows.Should().BeEmpty();
        await The<SendScheduledNow>().ExecuteAsync(Manager, id);
        (await SentAsync("from somebody who left")).AuthorId.Should().Be(Manager.User);
    }

    [Fact]
    public async Task A_colleague_changes_nothing_of_it()
    {
        var id = (await PlanAsync("mine", Hour)).Id!.Value;
        var colleague = await Host.ActorAsync("agent2@demo.test");

        (await The<ChangeSchedule>().ExecuteAsync(colleague, id, new SchedulePlan(Now + Hour + Hour))).Outcome.Should().Be(ScheduleOutcome.NotFound);
        (await The<SendScheduledNow>().ExecuteAsync(colleague, id)).Should().BeNull();
        (await The<CancelScheduled>().ExecuteAsync(colleague, id, throwsAway: true)).Should().BeNull();
        (await The<ScheduledQuery>().ListAsync(colleague, ofEverybody: true))!.Rows.Should().BeEmpty("only Managers see those of everybody");
        (await ScheduledAsync()).Single().State.Should().Be(ScheduledState.Waiting);
    }

    [Fact]
    public async Task Times_that_do_not_fit_and_more_than_a_hundred_are_refused()
    {
        (await PlanAsync("past", -Hour)).Outcome.Should().Be(ScheduleOutcome.TooSoon);
        (await PlanAsync("at once", TimeSpan.FromSeconds(30))).Outcome.Should().Be(ScheduleOutcome.TooSoon);
        (await PlanAsync("next year", TimeSpan.FromDays(91))).Outcome.Should().Be(ScheduleOutcome.TooFar);
        (await PlanAsync("  ", Hour)).Decision.Should().Be(new Invalid(InvalidReason.Empty));
        (await PlanAsync("hi", Hour, Reminder with { Category = TemplateCategory.Marketing })).Outcome.Should().Be(ScheduleOutcome.FallbackRefused);
        for (var i = 0; i < SchedulePolicy.MostWaiting; i++)
        {
            (await PlanAsync($"nr {i}", Hour)).Outcome.Should().Be(ScheduleOutcome.Done);
        }

        (await PlanAsync("one more", Hour)).Outcome.Should().Be(ScheduleOutcome.TooMany);
        (await ScheduledAsync()).Should().HaveCount(SchedulePolicy.MostWaiting);
    }

    [Fact]
    public async Task Cancelled_words_are_a_draft_again_unless_something_else_is_typed()
    {
        var first = (await PlanAsync("my words", Hour)).Id!.Value;
        (await The<CancelScheduled>().ExecuteAsync(Agent, first, throwsAway: false))!.Content.Text.Should().Be("my words");
        (await Host.ReadAsync(db => db.Set<Draft>().SingleAsync())).Text.Should().Be("my words");
        var second = (await PlanAsync("other words", Hour)).Id!.Value;
        await The<CancelScheduled>().ExecuteAsync(Agent, second, throwsAway: false);
        (await Host.ReadAsync(db => db.Set<Draft>().SingleAsync())).Text.Should().Be("my words");
        (await The<CancelScheduled>().ExecuteAsync(Agent, first, throwsAway: false)).Should().BeNull("it is cancelled already");

        Host.Clock.Advance(Hour + Hour);
        await PlanAsync("a sign of life", TimeSpan.FromMinutes(2));
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await SentAsync("a sign of life");
        Words().Should().Equal("a sign of life");
    }

    [Fact]
    public async Task A_file_waits_with_its_message_and_goes_with_it_or_when_it_is_thrown_away()
    {
        var sent = await Host.UploadAsync(Agent, "menu.txt", "tea and cake"u8.ToArray());
        var thrown = await Host.UploadAsync(Agent, "old.txt", "no tea"u8.ToArray());
        await PlanAsync(new DocumentContent(new MediaReference("", "", "", sent), null, "our menu"), TimeSpan.FromHours(30), cancels: false);
        var away = (await PlanAsync(new DocumentContent(new MediaReference("", "", "", thrown), null, null), TimeSpan.FromHours(31), cancels: false)).Id!.Value;
        (await The<Weflux.Web.Media.Sending.RemoveUpload>().ExecuteAsync(Agent, sent)).Should().BeFalse("a message that waits carries it");
        Host.Clock.Advance(TimeSpan.FromHours(26));
        await The<MediaSweep>().SweepAsync(default);
        (await Host.FilesAsync()).Select(f => f.Id).Should().BeEquivalentTo([sent, thrown]);

        await The<CancelScheduled>().ExecuteAsync(Agent, away, throwsAway: true);
        await The<MediaSweep>().SweepAsync(default);
        (await Host.FilesAsync()).Select(f => f.Id).Should().Equal(sent);

        await HearAsync("where is the menu?");
        Host.Clock.Advance(TimeSpan.FromHours(4));
        var message = (await Eventually.SeeAsync(Host.MessagesAsync, all => all.Exists(m => m.Content is DocumentContent && m.Status == DeliveryStatus.Sent)))
            .Single(m => m.Content is DocumentContent);
        ((DocumentContent)message.Content).FileName.Should().Be("menu.txt");
        Host.Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.BeAsync(async () => (await ScheduledAsync()).Count == 0);
        await The<MediaSweep>().SweepAsync(default);
        (await Host.FilesAsync()).Select(f => f.Id).Should().Equal(sent);
    }

    [Fact]
    public async Task A_failed_message_is_sent_or_planned_again_in_its_own_thread_only()
    {
        Graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, 131049) : GraphStub.AcceptAsync(context, $"wamid.out.{nth}");
        var first = await FailAsync("for Asha alone");
        using var client = Host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.other", "919200000008", "Hi", Now, "Ravi"));
        await Host.SettledAsync();
        var other = (await Host.ConversationsAsync()).Single(c => c.Id != Conversation).Id;

        (await The<ScheduleMessage>().ExecuteAsync(
            Agent, other, first.Content, new SchedulePlan(Now + Hour), Guid.CreateVersion7(), resendOfId: first.Id)).Outcome.Should().Be(ScheduleOutcome.NotFound);

        (await ScheduledAsync()).Should().BeEmpty();
        (await Host.ReadAsync(db => db.Set<SendTrouble>().CountAsync())).Should().Be(1, "its own people still decide");
        (await AgainAsync(first)).Outcome.Should().Be(ScheduleOutcome.Done);
    }

    private async Task<Message> FailAsync(string words)
    {
        var id = (await The<SendReply>().ExecuteAsync(Agent, Conversation, new TextContent(words), Guid.CreateVersion7()))!.MessageId;
        return (await Eventually.SeeAsync(Host.MessagesAsync, all => all.Exists(m => m.Id == id && m.Status == DeliveryStatus.Failed))).Single(m => m.Id == id);
    }

    private Task<ScheduleAnswer> AgainAsync(Message first) => The<ScheduleMessage>().ExecuteAsync(
        Agent, Conversation, first.Content, new SchedulePlan(Now + Hour), Guid.CreateVersion7(), resendOfId: first.Id);
}
