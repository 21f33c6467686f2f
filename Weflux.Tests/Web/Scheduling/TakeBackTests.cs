using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Scheduling;

public sealed class TakeBackTests : SchedulingWorld
{
    [Fact]
    public async Task Who_did_not_ask_for_it_waits_for_nothing_and_takes_nothing_back()
    {
        var id = await SendAsync("at once");

        await SentAsync("at once");
        (await The<TakeBack>().ExecuteAsync(Agent, id)).Outcome.Should().Be(TakeBackOutcome.TooLate);
    }

    [Fact]
    public async Task In_time_the_message_is_gone_the_words_are_back_and_the_conversation_stands_as_before()
    {
        await WantSecondThoughtsAsync();
        var before = (await Host.ConversationsAsync()).Single();
        var open = (await The<ThreadQuery>().GetAsync(Manager, Conversation))!;
        var id = await SendAsync("oh no");
        await HoldAsync();
        var changes = (await The<ThreadQuery>().ChangesAsync(Manager, Conversation, open.ChangeSequence))!;
        changes.Messages.Single().Should().Match<ThreadMessage>(m => m.Id == id && !m.MayTakeBack, "only its author may");
        (await The<ThreadQuery>().GetAsync(Agent, Conversation))!.Messages.Single(m => m.Id == id).MayTakeBack.Should().BeTrue();
        (await The<TakeBack>().ExecuteAsync(Manager, id)).Outcome.Should().Be(TakeBackOutcome.NotFound);
        (await Host.ReadAsync(db => db.Set<ConversationEvent>().SingleAsync())).Reason.Should().Be(AssignmentReason.RepliedFirst);

        var answer = await The<TakeBack>().ExecuteAsync(Agent, id);

        (answer.Outcome, answer.Content!.Text).Should().Be((TakeBackOutcome.TakenBack, "oh no"));
        (await Host.MessagesAsync()).Should().NotContain(m => m.Id == id);
        (await OutboxAsync()).Should().BeEmpty();
        (await Host.ReadAsync(db => db.Set<ConversationEvent>().AnyAsync())).Should().BeFalse("what the reply brought about goes with it");
        (await Host.ReadAsync(db => db.Set<Draft>().SingleAsync())).Text.Should().Be("oh no");
        var after = (await Host.ConversationsAsync()).Single();
        (after.Standing, after.LastLine, after.LastSequence).Should().Be((before.Standing, "hello", before.LastSequence));
        (await The<ThreadQuery>().ChangesAsync(Manager, Conversation, changes.ChangeSequence))!.IsTooMuch.Should().BeTrue("other screens read the thread anew and lose it");
        (await The<TakeBack>().ExecuteAsync(Agent, id)).Outcome.Should().Be(TakeBackOutcome.NotFound);

        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync("better");
        Host.Clock.Advance(SecondThoughts.Length);
        await SentAsync("better");
        Words().Should().Equal("better");
    }

    [Fact]
    public async Task After_its_seconds_it_leaves_by_itself_and_those_behind_it_wait_for_it()
    {
        await WantSecondThoughtsAsync();
        var first = await SendAsync("first");
        await HoldAsync();
        await The<SendReply>().ExecuteAsync(Manager, Conversation, new TextContent("second"), Guid.CreateVersion7());
        (await OutboxAsync()).Should().HaveCount(2);
        Graph.Sends.Should().BeEmpty();

        Host.Clock.Advance(TimeSpan.FromHours(1));

        await SentAsync("second");
        Words().Should().Equal("first", "second");
        (await The<TakeBack>().ExecuteAsync(Agent, first)).Outcome.Should().Be(TakeBackOutcome.TooLate);
        (await The<ThreadQuery>().GetAsync(Agent, Conversation))!.Messages.Should().OnlyContain(m => !m.MayTakeBack);
    }

    [Fact]
    public async Task Taking_back_and_sending_at_the_same_moment_end_in_one_of_both()
    {
        await WantSecondThoughtsAsync();
        for (var round = 0; round < 5; round++)
        {
            Graph.Sends.Clear();
            var words = $"round {round}";
            var id = await SendAsync(words);
            Host.Clock.Advance(SecondThoughts.Length);
            var answer = await The<TakeBack>().ExecuteAsync(Agent, id);
            if (answer.Outcome == TakeBackOutcome.TakenBack)
            {
                await Eventually.BeAsync(async () => (await OutboxAsync()).Count == 0);
                Words().Should().NotContain(words);
            }
            else
            {
                await SentAsync(words);
                Words().Should().Equal(words);
            }
        }
    }

    [Fact]
    public async Task A_program_never_waits_nor_does_an_emoji()
    {
        await WantSecondThoughtsAsync();
        var program = Actor.WithKey(Agent.Workspace, new ApiKeyGrant(new(1), "Shop", ["*"]));

        await The<SendReply>().ExecuteAsync(program, Conversation, new TextContent("from a program"), Guid.CreateVersion7());
        await SentAsync("from a program");
        await The<SendReaction>().ExecuteAsync(Agent, (await Host.MessagesAsync())[0].Id, "👍", Guid.CreateVersion7());
        await Eventually.BeAsync(async () => (await Host.MessagesAsync()).Exists(m => m.Content is ReactionContent && m.Status == DeliveryStatus.Sent));
        (await The<TakeBack>().ExecuteAsync(program, 1)).Outcome.Should().Be(TakeBackOutcome.NotFound);
    }

    [Fact]
    public async Task A_file_comes_back_with_its_message_and_can_be_sent_again()
    {
        await WantSecondThoughtsAsync();
        var file = await Host.UploadAsync(Agent, "menu.txt", "tea"u8.ToArray());
        var id = (await The<SendReply>().ExecuteAsync(
            Agent, Conversation, new DocumentContent(new MediaReference("", "", "", file), null, "our menu"), Guid.CreateVersion7()))!.MessageId!.Value;
        await HoldAsync();

        var answer = await The<TakeBack>().ExecuteAsync(Agent, id);

        answer.Files!.Single().FileId.Should().Be(file);
        (await Host.ReadAsync(db => db.Set<MessageFile>().CountAsync())).Should().Be(0);
        var again = await The<SendReply>().ExecuteAsync(Agent, Conversation, answer.Content!, Guid.CreateVersion7());
        Host.Clock.Advance(TimeSpan.FromSeconds(6));
        await Eventually.BeAsync(async () => (await Host.MessagesAsync()).Exists(m => m.Id == again!.MessageId && m.Status == DeliveryStatus.Sent));
        Graph.Sends.Should().ContainSingle();
    }

    private async Task<long> SendAsync(string words) =>
        (await The<SendReply>().ExecuteAsync(Agent, Conversation, new TextContent(words), Guid.CreateVersion7()))!.MessageId!.Value;

    /// <summary>A slow machine must not send what a test is about to take back.</summary>
    private Task<int> HoldAsync() => Host.ReadAsync(db => db.Set<OutboundMessage>().ExecuteUpdateAsync(set => set.SetProperty(o => o.NextAt, Now.AddMinutes(30))));
}
