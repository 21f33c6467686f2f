using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Sending;

/// <summary>Two people answer one customer at once.</summary>
public sealed class CollisionTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Whoever_began_before_a_colleague_answered_is_stopped_and_nothing_is_stored()
    {
        var thread = await world.MeetAsync();
        var known = await KnownAsync(world.Agent, thread);
        await SendAsync(world.Manager, thread, "We are on it", null);

        var decision = (ColleagueAnswered)await SendAsync(world.Agent, thread, "Let me look", known);

        decision.Colleague.Should().Be(world.Manager.User);
        (await SaidAsync(thread)).Should().Equal("We are on it");
        (await world.Get<ColleagueAnswerQuery>().FindAsync(world.Agent, thread, decision.MessageId))!.Should()
            .Match<ColleagueAnswer>(a => a.Name == "Daniel Okafor" && a.Words == "We are on it");
    }

    [Fact]
    public async Task Whoever_has_seen_it_sends_anyway_and_is_stopped_once_more_only_by_another_answer()
    {
        var thread = await world.MeetAsync();
        var known = await KnownAsync(world.Agent, thread);
        await SendAsync(world.Manager, thread, "One", null);
        var first = (ColleagueAnswered)await SendAsync(world.Agent, thread, "Mine", known);
        await SendAsync(world.Admin, thread, "Two", null);

        var second = (ColleagueAnswered)await SendAsync(world.Agent, thread, "Mine", first.Sequence);
        second.Colleague.Should().Be(world.Admin.User);
        (await SendAsync(world.Agent, thread, "Mine", second.Sequence)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Of_two_who_press_at_once_one_sends_and_one_is_asked()
    {
        for (var round = 0; round < 5; round++)
        {
            var thread = await world.MeetAsync();
            var known = await KnownAsync(world.Agent, thread);
            var both = await Task.WhenAll(new[] { world.Manager, world.Admin }.Select(a => Task.Run(() => SendAsync(a, thread, $"By {a.Name}", known))));

            both.Count(d => d.IsAllowed).Should().Be(1);
            both.OfType<ColleagueAnswered>().Should().ContainSingle();
            (await SaidAsync(thread)).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task Ones_own_answers_the_customers_words_and_what_was_there_before_ask_nothing()
    {
        var thread = await world.MeetAsync();
        await SendAsync(world.Manager, thread, "Before", null);
        var known = await KnownAsync(world.Manager, thread);
        await world.SayAsync(world.LastPhone, "thanks");

        (await SendAsync(world.Manager, thread, "One", known)).IsAllowed.Should().BeTrue();
        (await SendAsync(world.Manager, thread, "Two", known)).IsAllowed.Should().BeTrue();
        (await SendAsync(world.Admin, thread, "Three", await KnownAsync(world.Admin, thread))).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task An_answer_that_failed_or_a_reaction_has_answered_nobody()
    {
        var thread = await world.MeetAsync();
        var known = await KnownAsync(world.Admin, thread);
        await SendAsync(world.Manager, thread, "Lost", null);
        // No status may come after the test's own.
        await Eventually.BeAsync(async () => (await world.Host.MessagesAsync()).Exists(m => m.Content.Text == "Lost" && m.Status == DeliveryStatus.Delivered));
        await world.Host.ReadAsync(db => db.Set<Message>().Where(m => m.ConversationId == thread && m.Direction == MessageDirection.Out)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed)));
        var customers = await world.Host.ReadAsync(db => db.Set<Message>().Where(m => m.ConversationId == thread && m.Direction == MessageDirection.In).Select(m => m.Id).SingleAsync());
        (await world.Get<SendReaction>().ExecuteAsync(world.Manager, customers, "👍", Guid.CreateVersion7()))!.Decision.IsAllowed.Should().BeTrue();

        (await SendAsync(world.Admin, thread, "Hello", known)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task A_draft_that_went_out_already_is_answered_as_sent_whatever_colleagues_said_since()
    {
        var thread = await world.MeetAsync();
        var (known, draft) = (await KnownAsync(world.Admin, thread), Guid.CreateVersion7());
        await SendAsync(world.Admin, thread, "Once", known, draft);
        await SendAsync(world.Manager, thread, "Also", null);

        (await SendAsync(world.Admin, thread, "Once", known, draft)).IsAllowed.Should().BeTrue();
        (await SaidAsync(thread)).Should().Equal("Once", "Also");
    }

    [Fact]
    public async Task What_a_draft_knew_is_kept_with_it()
    {
        var thread = await world.MeetAsync();
        var known = await KnownAsync(world.Admin, thread);
        await world.Get<SaveDraft>().ExecuteAsync(world.Admin, thread, Guid.CreateVersion7(), "Begun before", known);
        await SendAsync(world.Manager, thread, "Meanwhile", null);

        var draft = (await world.Get<ThreadQuery>().GetAsync(world.Admin, thread))!.Draft;

        draft.Known.Should().Be(known);
        (await SendAsync(world.Admin, thread, draft.Text, draft.Known)).Should().BeOfType<ColleagueAnswered>();
    }

    private async Task<long> KnownAsync(Actor actor, long thread) => (await world.Get<ThreadQuery>().GetAsync(actor, thread))!.ChangeSequence;

    private async Task<SendDecision> SendAsync(Actor actor, long thread, string words, long? known, Guid? draft = null)
    {
        // Everybody sees it, whoever answered first.
        await world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == thread).ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, (UserId?)null)));
        return (await world.Get<SendReply>().ExecuteAsync(actor, thread, new TextContent(words), draft ?? Guid.CreateVersion7(), known: known))!.Decision;
    }

    private Task<List<string>> SaidAsync(long thread) => world.Host.ReadAsync(async db =>
        (await db.Set<Message>().Where(m => m.ConversationId == thread && m.Direction == MessageDirection.Out).OrderBy(m => m.Sequence).ToListAsync()).ConvertAll(m => m.Content.Text));
}
