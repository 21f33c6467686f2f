using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Notices;

/// <summary>What people are told of, by whatever happens, and what becomes of it.</summary>
public sealed class NoticesTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Whoever_holds_the_conversation_is_told_of_messages_in_one_line_until_they_are_answered()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        await world.SayAsync(phone, "one");
        await world.SayAsync(phone, "two");
        var line = await LineAsync(world.Agent, id, NoticeKind.NewMessage);
        (line!.Title, line.State).Should().Be(("2 new messages from Asha", NoticeState.Unread));
        (await LineAsync(world.Manager, id, NoticeKind.NewMessage)).Should().BeNull("it is not the Manager's");

        // A colleague answers.
        await world.Get<SendReply>().ExecuteAsync(world.Manager, id, new TextContent("Yes"), Guid.CreateVersion7());
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Handled);

        await world.SayAsync(phone, "three");
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.Title.Should().Be("New message from Asha", "what was answered is over");
    }

    [Fact]
    public async Task Whoever_is_added_is_told_of_it_and_of_messages_while_they_take_part()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Manager.User)).Should().Be(WorkOutcome.Done);
        (await LineAsync(world.Manager, id, NoticeKind.CollaboratorAdded))!.Title.Should().Be($"{world.Agent.Name} asked you to help with Asha");
        (await world.Get<AddParticipant>().ExecuteAsync(world.Other, id, world.Other.User)).Should().Be(WorkOutcome.NotFound);

        await world.SayAsync(phone, "one");
        foreach (var person in new[] { world.Agent, world.Manager })
        {
            (await LineAsync(person, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Unread);
        }

        (await world.Get<RemoveParticipant>().ExecuteAsync(world.Manager, id, world.Manager.User)).Should().Be(WorkOutcome.Done);
        (await LineAsync(world.Manager, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Handled);
        await world.SayAsync(phone, "two");
        (await LineAsync(world.Manager, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Handled, "it is not the Manager's any more");
    }

    [Fact]
    public async Task What_was_read_on_another_screen_is_read_and_only_what_came_later_is_new()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        await world.SayAsync(phone, "one");
        await world.Get<MarkSeen>().ExecuteAsync(world.Agent, id, (await world.ConversationAsync(id)).InboundCount);
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Read);

        await world.SayAsync(phone, "two");
        var line = await LineAsync(world.Agent, id, NoticeKind.NewMessage);
        (line!.Title, line.State).Should().Be(("New message from Asha", NoticeState.Unread));
        (await world.Get<ReadNotice>().ExecuteAsync(world.Agent, line.Id, line.Sequence)).Should().BeTrue();
        (await world.Get<ReadNotice>().ExecuteAsync(world.Agent, line.Id, line.Sequence)).Should().BeFalse();
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Read);
    }

    [Fact]
    public async Task What_happened_after_the_screen_was_read_stays_unread()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        await world.SayAsync(phone, "one");
        var shown = await LineAsync(world.Agent, id, NoticeKind.NewMessage);
        await world.SayAsync(phone, "two");

        (await world.Get<ReadNotice>().ExecuteAsync(world.Agent, shown!.Id, shown.Sequence)).Should().BeFalse();
        (await world.Get<SeeNotices>().ExecuteAsync(world.Agent, id, shown.Sequence)).Should().BeFalse();
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Unread);
        (await world.Get<SeeNotices>().ExecuteAsync(world.Agent, id, long.MaxValue)).Should().BeTrue();
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Read);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("no reply needed")]
    [InlineData("reassign")]
    public async Task A_message_that_needs_no_answer_from_the_person_any_more_is_handled(string how)
    {
        var (id, phone) = await HeldAsync(world.Manager);
        await world.SayAsync(phone, "one");
        (await LineAsync(world.Manager, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Unread);
        (await (how switch
        {
            "close" => world.Get<CloseConversation>().ExecuteAsync(world.Admin, id),
            "reassign" => world.Get<AssignConversation>().ExecuteAsync(world.Admin, id, world.Other.User),
            _ => world.Get<MarkNoReplyNeeded>().ExecuteAsync(world.Admin, id),
        })).Should().Be(WorkOutcome.Done);

        (await LineAsync(world.Manager, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task An_assignment_is_told_to_both_and_never_to_whoever_made_it()
    {
        var (id, _) = await HeldAsync(world.Agent);
        (await LineAsync(world.Agent, id, NoticeKind.Assigned)).Should().BeNull("the Agent took it");
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Other.User);

        (await LineAsync(world.Other, id, NoticeKind.Assigned))!.Title.Should().Be($"{world.Manager.Name} assigned Asha to you");
        (await LineAsync(world.Manager, id, NoticeKind.Assigned)).Should().BeNull();
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Manager.User);
        (await LineAsync(world.Manager, id, NoticeKind.Assigned)).Should().BeNull("it was the Manager's own doing");
        (await LineAsync(world.Other, id, NoticeKind.Assigned)).Should().BeNull("the Agent may not see the conversation any more");
    }

    [Fact]
    public async Task Who_lost_a_conversation_learns_that_and_nothing_of_the_customer()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        await world.SayAsync(phone, "one");
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Manager.User);

        var board = (await BoardAsync(world.Agent))!;
        board.Lines.Should().NotContain(l => l.ConversationId == id);
        var told = board.Lines.First(l => l.Kind == NoticeKind.TakenAway);
        (told.ConversationId, told.Title, told.Subject, told.Text).Should().Be(((long?)null, $"{world.Manager.Name} took a conversation from you", "Weflux", (string?)null));
    }

    [Fact]
    public async Task A_mention_is_told_until_it_is_seen_and_is_over_when_the_note_goes()
    {
        var (id, _) = await HeldAsync(world.Agent);
        var note = await world.NoteAsync(world.Manager, id, $"Ask {NoteText.Mark(world.Agent.User)} and {NoteText.Mark(world.Manager.User)}");

        var line = await LineAsync(world.Agent, id, NoticeKind.Mentioned);
        (line!.Title, line.State).Should().Be(($"{world.Manager.Name} mentioned you in a note about Asha", NoticeState.Unread));
        (await LineAsync(world.Manager, id, NoticeKind.Mentioned)).Should().BeNull("nobody needs to be told of themselves");
        await world.Get<Weflux.Web.Inbox.Views.MarkMentionsSeen>().ExecuteAsync(world.Agent, id, long.MaxValue);
        (await LineAsync(world.Agent, id, NoticeKind.Mentioned))!.State.Should().Be(NoticeState.Read);
        await world.Get<DeleteNote>().ExecuteAsync(world.Manager, note);
        (await LineAsync(world.Agent, id, NoticeKind.Mentioned))!.State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task A_snooze_that_is_over_is_told_to_the_holder_or_to_whoever_put_it_off()
    {
        var (held, _) = await HeldAsync(world.Agent);
        var free = await world.MeetAsync();
        await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, held, world.Now.AddMinutes(5));
        await world.Get<SnoozeConversation>().ExecuteAsync(world.Manager, free, world.Now.AddMinutes(5));
        world.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.Get<SnoozeEnds>().EndAsync(CancellationToken.None);

        await Eventually.BeAsync(async () => await LineAsync(world.Agent, held, NoticeKind.SnoozeOver) is { State: NoticeState.Unread, Title: "Asha is back from its snooze" });
        await Eventually.BeAsync(async () => await LineAsync(world.Manager, free, NoticeKind.SnoozeOver) is { State: NoticeState.Unread });
        await world.Get<SendReply>().ExecuteAsync(world.Agent, held, new TextContent("There we are"), Guid.CreateVersion7());
        (await LineAsync(world.Agent, held, NoticeKind.SnoozeOver))!.State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task A_kind_that_is_off_leaves_nothing_and_one_without_bell_stands_elsewhere()
    {
        await ChooseAsync(world.Other, kind => kind == NoticeKind.NewMessage ? NoticeWays.Browser : NoticeWays.None);
        var (id, phone) = await HeldAsync(world.Other);
        await world.SayAsync(phone, "one");
        await world.NoteAsync(world.Manager, id, $"Ask {NoteText.Mark(world.Other.User)}");

        (await world.Host.ReadAsync(db => db.Set<Notice>().Where(n => n.ConversationId == id && n.UserId == world.Other.User).Select(n => n.Kind).ToListAsync()))
            .Should().Equal(NoticeKind.NewMessage);
        var board = (await BoardAsync(world.Other))!;
        board.Lines.Should().Contain(l => l.ConversationId == id && l.State == NoticeState.Unread && !l.IsInBell);
        board.InBell.Should().NotContain(l => l.ConversationId == id);
        board.Unread.Should().Be(board.InBell.Count(l => l.State == NoticeState.Unread));
        await ChooseAsync(world.Other, NoticeChoices.Usual);
    }

    [Fact]
    public async Task An_offer_stands_until_it_is_settled_and_says_nothing_of_what_the_person_may_not_see()
    {
        var (id, _) = await HeldAsync(world.Agent);
        await WriteAsync((db, sequence) => NoticeBook.AddAsync(
            db, new NoticeNews(NoticeKind.HandOverOffered, world.Other.User, id, world.Now, sequence) { By = world.Agent.User, SubjectId = 1 }, default));

        var line = (await BoardAsync(world.Other))!.Lines.First(l => l.Kind == NoticeKind.HandOverOffered);
        (line.Title, line.ConversationId, line.State).Should().Be(($"{world.Agent.Name} offers you a conversation", (long?)null, NoticeState.Unread));
        await WriteAsync((db, _) => NoticeBook.SettleAsync(db, NoticeKind.HandOverOffered, id, world.Other.User, world.Now, default));
        (await BoardAsync(world.Other))!.Lines.First(l => l.Kind == NoticeKind.HandOverOffered).State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task Who_handed_a_conversation_over_is_told_that_it_was_accepted_and_not_that_it_was_taken()
    {
        var (id, _) = await HeldAsync(world.Agent);
        await WriteAsync(async (db, sequence) =>
        {
            var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == id);
            conversation.AskMember(world.Other.User, world.Now.AddMinutes(10));
            var before = conversation.Holding;
            conversation.Assign(world.Other.User);
            await HolderNotices.FollowAsync(db, conversation, before, world.Other.User, world.Now, sequence, default);
        });

        (await world.Host.ReadAsync(db => db.Set<Notice>().Where(n => n.ConversationId == id).Select(n => n.Kind).ToListAsync()))
            .Should().Contain(NoticeKind.HandOverAccepted).And.NotContain(NoticeKind.TakenAway).And.NotContain(NoticeKind.Assigned);
        (await BoardAsync(world.Agent))!.Lines.Should().Contain(l => l.Title == $"{world.Other.Name} accepted a conversation" && l.ConversationId == null);
    }

    [Fact]
    public async Task What_was_written_is_shown_to_who_wants_it_without_numbers_that_are_masked_and_never_where_the_workspace_forbids_it()
    {
        var (id, phone) = await HeldAsync(world.Agent);
        await world.SayAsync(phone, "Call +91 91234 56789");
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.Text.Should().BeNull("nobody asked for it");

        await PreferAsync(world.Agent, p => p with { ShowText = true });
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.Text.Should().StartWith("Call +91").And.NotContain("56789").And.NotContain("91234");
        await ForbidAsync(true);
        (await LineAsync(world.Agent, id, NoticeKind.NewMessage))!.Text.Should().BeNull();
        await ForbidAsync(false);
        await PreferAsync(world.Agent, p => p with { ShowText = false });
    }

    [Fact]
    public async Task A_customer_without_a_name_is_told_by_a_masked_number()
    {
        var phone = $"9195550002{Random.Shared.Next(10, 99)}";
        await world.Webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{Guid.NewGuid():N}", phone, "hello", world.Now, ""));
        await world.Host.SettledAsync();
        var id = await world.Host.ReadAsync(db => db.Set<Conversation>().OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Agent.User);

        (await LineAsync(world.Agent, id, NoticeKind.Assigned))!.Title.Should().Contain("•").And.NotContain(phone[4..]);
    }

    [Fact]
    public async Task Everything_can_be_marked_as_read_at_once()
    {
        var (id, phone) = await HeldAsync(world.Manager);
        await world.SayAsync(phone, "one");
        await world.MeetAsync();
        var board = (await BoardAsync(world.Manager))!;
        board.Unread.Should().BeGreaterThan(0);

        (await world.Get<ReadAllNotices>().ExecuteAsync(world.Manager, Math.Max(board.Counter, board.Newest))).Should().BeTrue();
        (await LineAsync(world.Manager, id, NoticeKind.NewMessage))!.State.Should().Be(NoticeState.Read);
        (await BoardAsync(world.Manager))!.Lines.Single(l => l.Kind == NoticeKind.Waiting).State.Should().Be(NoticeState.Read);
        await world.MeetAsync();
        (await BoardAsync(world.Manager))!.Lines.Single(l => l.Kind == NoticeKind.Waiting).State.Should().Be(NoticeState.Unread, "somebody else waits now");
    }

    private async Task<(long Id, string Phone)> HeldAsync(Actor holder)
    {
        var id = await world.MeetAsync();
        var phone = world.LastPhone;
        (await world.Get<TakeConversation>().ExecuteAsync(holder, id)).Should().Be(WorkOutcome.Done);
        (await world.Get<SendReply>().ExecuteAsync(holder, id, new TextContent("Good morning"), Guid.CreateVersion7()))!.MessageId.Should().NotBeNull();
        return (id, phone);
    }

    private Task<NoticeBoard?> BoardAsync(Actor actor) => world.Get<NoticesQuery>().GetAsync(actor);

    private async Task<NoticeLine?> LineAsync(Actor actor, long conversation, NoticeKind kind) =>
        (await BoardAsync(actor))!.Lines.SingleOrDefault(l => l.ConversationId == conversation && l.Kind == kind);

    private Task ChooseAsync(Actor actor, Func<NoticeKind, NoticeWays> choose) => PreferAsync(actor, p => p with { Notices = NoticeChoices.Of(choose) });

    private Task PreferAsync(Actor actor, Func<PersonPreferences, PersonPreferences> change) => world.Host.ReadAsync(async db =>
    {
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == actor.User.Value);
        user.Preferences = change(user.Preferences);
        return await db.SaveChangesAsync();
    });

    private Task ForbidAsync(bool isForbidden) => world.Host.ReadAsync(db => db.Set<Workspace>()
        .Where(w => w.Id == world.Agent.Workspace).ExecuteUpdateAsync(set => set.SetProperty(w => w.ForbidsNoticeText, isForbidden)));

    private Task WriteAsync(Func<WefluxDbContext, long, Task> work) => world.Get<WefluxDatabase>().WriteAsync(
        world.Agent.Workspace,
        async db =>
        {
            await work(db, await db.TakeSequenceAsync(1, default));
            await db.SaveChangesAsync();
        },
        default);
}
