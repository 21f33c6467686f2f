using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;
using Weflux.Web.Sending;
using Weflux.Web.Team.Members;
using Weflux.Web.Work;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Notices;

/// <summary>What concerns everybody, what time brings, and what is kept: each in a world of its own.</summary>
public sealed class WaitingNoticeTests : IAsyncLifetime
{
    private readonly WorkWorld _world = new();

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Customers_whom_nobody_holds_are_one_line_for_everybody_who_may_take_them()
    {
        var first = await _world.MeetAsync();
        var line = await WaitingAsync(_world.Agent);
        (line!.Title, line.ConversationId, line.State).Should().Be(("Asha waits, and nobody holds the conversation", (long?)first, NoticeState.Unread));
        var second = await _world.MeetAsync();
        line = await WaitingAsync(_world.Agent);
        (line!.Title, line.ConversationId).Should().Be(("2 conversations wait, and nobody holds them", (long?)null));
        (await WaitingAsync(_world.Manager))!.Title.Should().Be(line.Title);

        var ownOnly = _world.Other with { Settings = _world.Other.Settings with { Visibility = AgentVisibility.Own } };
        (await WaitingAsync(ownOnly)).Should().BeNull("this Agent sees nothing that nobody holds");

        (await _world.Get<ReadWaitingNotice>().ExecuteAsync(_world.Agent, line.Sequence)).Should().BeTrue();
        (await _world.Get<ReadWaitingNotice>().ExecuteAsync(_world.Agent, line.Sequence)).Should().BeFalse();
        (await WaitingAsync(_world.Agent))!.State.Should().Be(NoticeState.Read);
        (await WaitingAsync(_world.Manager))!.State.Should().Be(NoticeState.Unread, "it changes nothing for others");

        await _world.Get<TakeConversation>().ExecuteAsync(_world.Other, first);
        (await WaitingAsync(_world.Manager))!.ConversationId.Should().Be(second);
        await _world.Get<SendReply>().ExecuteAsync(_world.Manager, second, new TextContent("Yes"), Guid.CreateVersion7());
        (await WaitingAsync(_world.Manager)).Should().BeNull("everybody has an answer");
    }

    [Fact]
    public async Task Who_takes_part_is_told_of_the_message_and_not_that_it_waits_as_well()
    {
        var id = await _world.MeetAsync();
        (await _world.Get<AddParticipant>().ExecuteAsync(_world.Agent, id, _world.Agent.User)).Should().Be(WorkOutcome.Done);
        await _world.SayAsync(_world.LastPhone, "Hello?");

        var board = (await _world.Get<NoticesQuery>().GetAsync(_world.Agent))!;
        board.Lines.Where(l => l.ConversationId == id).Select(l => l.Kind).Should().Equal(NoticeKind.NewMessage);
        (await WaitingAsync(_world.Manager))!.ConversationId.Should().Be(id);
    }

    [Fact]
    public async Task What_is_handed_back_unanswered_waits_again()
    {
        var id = await _world.MeetAsync();
        await _world.Get<TakeConversation>().ExecuteAsync(_world.Agent, id);
        (await WaitingAsync(_world.Manager)).Should().BeNull();
        var board = (await _world.Get<NoticesQuery>().GetAsync(_world.Manager))!;
        await _world.Get<ReadAllNotices>().ExecuteAsync(_world.Manager, board.Counter);

        await _world.Get<HandBackConversation>().ExecuteAsync(_world.Agent, id);
        (await WaitingAsync(_world.Manager))!.State.Should().Be(NoticeState.Unread);
    }

    [Fact]
    public async Task A_window_that_is_about_to_close_is_told_once_to_whom_an_answer_is_due()
    {
        var (mine, answered, free) = (await HeldAsync(), await HeldAsync(), await _world.MeetAsync());
        await _world.Get<SendReply>().ExecuteAsync(_world.Agent, answered, new TextContent("Yes"), Guid.CreateVersion7());
        var sweep = _world.Get<NoticeSweep>();
        (await sweep.RunAsync(default)).Should().Be(0);

        _world.Host.Clock.Advance(ServiceWindow.Length - NoticeSweep.Ahead + TimeSpan.FromMinutes(1));
        await sweep.RunAsync(default);
        await sweep.RunAsync(default);
        var told = await _world.Host.ReadAsync(db => db.Set<Notice>().AsNoTracking().Where(n => n.Kind == NoticeKind.WindowClosing).ToListAsync());
        told.Should().ContainSingle().Which.Should().Match<Notice>(n => n.ConversationId == mine && n.UserId == _world.Agent.User);
        (await LineAsync(mine))!.Title.Should().Be("The window of Asha closes soon, and an answer is due");

        var sequence = told[0].Sequence;
        await sweep.RunAsync(default);
        (await _world.Host.ReadAsync(db => db.Set<Notice>().Where(n => n.Kind == NoticeKind.WindowClosing).Select(n => n.Sequence).SingleAsync())).Should().Be(sequence);
        _world.Host.Clock.Advance(NoticeSweep.Ahead);
        (await LineAsync(mine))!.Should().Match<NoticeLine>(l => l.State == NoticeState.Unread && l.Title == "The window of Asha closed without an answer");
        free.Should().NotBe(mine);
    }

    [Fact]
    public async Task Whoever_gets_it_when_the_window_is_about_to_close_is_told_of_that_once()
    {
        var id = await _world.MeetAsync();
        _world.Host.Clock.Advance(ServiceWindow.Length - TimeSpan.FromHours(1));
        await _world.Get<NoticeSweep>().RunAsync(default);

        (await _world.Get<AssignConversation>().ExecuteAsync(_world.Manager, id, _world.Agent.User)).Should().Be(WorkOutcome.Done);

        (await LineAsync(id))!.Should().Match<NoticeLine>(l => l.State == NoticeState.Unread && l.Title == "The window of Asha closes soon, and an answer is due");
        var told = await ClosingAsync(id);
        await _world.Get<NoticeSweep>().RunAsync(default);
        (await ClosingAsync(id)).Should().Equal(told);
        told.Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_gets_it_earlier_or_after_an_answer_is_told_of_no_window()
    {
        var (early, answered) = (await _world.MeetAsync(), await _world.MeetAsync());
        (await _world.Get<AssignConversation>().ExecuteAsync(_world.Manager, early, _world.Agent.User)).Should().Be(WorkOutcome.Done);
        (await ClosingAsync(early)).Should().BeEmpty();

        await _world.Get<MarkNoReplyNeeded>().ExecuteAsync(_world.Manager, answered);
        _world.Host.Clock.Advance(ServiceWindow.Length - TimeSpan.FromHours(1));
        (await _world.Get<AssignConversation>().ExecuteAsync(_world.Manager, answered, _world.Agent.User)).Should().Be(WorkOutcome.Done);
        (await ClosingAsync(answered)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_window_that_opened_anew_is_not_about_to_close()
    {
        var id = await HeldAsync();
        var phone = _world.LastPhone;
        _world.Host.Clock.Advance(ServiceWindow.Length - NoticeSweep.Ahead + TimeSpan.FromMinutes(1));
        await _world.Get<NoticeSweep>().RunAsync(default);
        await Eventually.BeAsync(async () => await LineAsync(id) is { State: NoticeState.Unread });

        await _world.SayAsync(phone, "Hello?");
        (await LineAsync(id))!.State.Should().Be(NoticeState.Handled);
    }

    [Fact]
    public async Task Fifty_are_kept_for_a_person_and_none_longer_than_thirty_days()
    {
        var ids = new List<long>();
        for (var nth = 0; nth < Notice.Kept + 2; nth++)
        {
            ids.Add(await _world.MeetAsync());
        }

        await _world.Get<WefluxDatabase>().WriteAsync(
            _world.Agent.Workspace,
            async db =>
            {
                foreach (var id in ids)
                {
                    var sequence = await db.TakeSequenceAsync(1, default);
                    await NoticeBook.AddAsync(db, new NoticeNews(NoticeKind.CollaboratorAdded, _world.Agent.User, id, _world.Now.AddSeconds(sequence), sequence), default);
                    await db.SaveChangesAsync();
                }
            },
            default);
        (await OwnAsync(_world.Agent)).Select(n => n.ConversationId).Should().BeEquivalentTo(ids.Skip(2));

        _world.Host.Clock.Advance(Notice.Retention + TimeSpan.FromHours(2));
        await Eventually.BeAsync(async () =>
        {
            await _world.Get<NoticeSweep>().RunAsync(default);
            return (await OwnAsync(_world.Agent)).Count == 0;
        });
    }

    [Fact]
    public async Task What_happens_again_in_a_transaction_is_kept_when_something_new_pushes_out_the_oldest()
    {
        var ids = new List<long>();
        for (var nth = 0; nth < Notice.Kept + 1; nth++)
        {
            ids.Add(await _world.MeetAsync());
        }

        Task TellAsync(IEnumerable<long> of) => _world.Get<WefluxDatabase>().WriteAsync(
            _world.Agent.Workspace,
            async db =>
            {
                foreach (var id in of)
                {
                    var sequence = await db.TakeSequenceAsync(1, default);
                    await NoticeBook.AddAsync(db, new NoticeNews(NoticeKind.CollaboratorAdded, _world.Agent.User, id, _world.Now.AddSeconds(sequence), sequence), default);
                }

                await db.SaveChangesAsync();
            },
            default);

        await TellAsync(ids.Take(Notice.Kept));
        await TellAsync([ids[0], ids[^1]]);

        (await OwnAsync(_world.Agent)).Select(n => n.ConversationId).Should().Contain([ids[0], ids[^1]]);
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_somebody_was_told_who_is_no_member_any_more_and_the_heir_is_told()
    {
        var id = await HeldAsync();
        await _world.SayAsync(_world.LastPhone, "Hello?");
        (await OwnAsync(_world.Agent)).Should().NotBeEmpty();

        await _world.Get<RemoveMember>().ExecuteAsync(_world.Admin, _world.Agent.User, _world.Other.User);

        (await OwnAsync(_world.Agent)).Should().BeEmpty();
        (await _world.Get<NoticesQuery>().GetAsync(_world.Other))!.Lines.Should().Contain(l => l.ConversationId == id && l.Title == "Asha was assigned to you");
    }

    [Fact]
    public async Task A_person_who_is_told_of_nothing_has_an_empty_board()
    {
        await _world.Host.ReadAsync(async db =>
        {
            var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == _world.Manager.User.Value);
            user.Preferences = user.Preferences with { Notices = NoticeChoices.Of(_ => NoticeWays.None) };
            return await db.SaveChangesAsync();
        });
        await _world.MeetAsync();

        var board = (await _world.Get<NoticesQuery>().GetAsync(_world.Manager))!;
        (board.Lines.Count, board.Unread).Should().Be((0, 0));
    }

    private async Task<long> HeldAsync()
    {
        var id = await _world.MeetAsync();
        (await _world.Get<TakeConversation>().ExecuteAsync(_world.Agent, id)).Should().Be(WorkOutcome.Done);
        return id;
    }

    private async Task<NoticeLine?> WaitingAsync(Actor actor) => (await _world.Get<NoticesQuery>().GetAsync(actor))!.Lines.SingleOrDefault(l => l.Kind == NoticeKind.Waiting);

    private async Task<NoticeLine?> LineAsync(long id) =>
        (await _world.Get<NoticesQuery>().GetAsync(_world.Agent))!.Lines.SingleOrDefault(l => l.ConversationId == id && l.Kind == NoticeKind.WindowClosing);

    private Task<List<long>> ClosingAsync(long id) => _world.Host.ReadAsync(db =>
        db.Set<Notice>().Where(n => n.ConversationId == id && n.Kind == NoticeKind.WindowClosing).Select(n => n.Sequence).ToListAsync());

    private Task<List<Notice>> OwnAsync(Actor actor) => _world.Host.ReadAsync(db => db.Set<Notice>().AsNoTracking().Where(n => n.UserId == actor.User).ToListAsync());
}
