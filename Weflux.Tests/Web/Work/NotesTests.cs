using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Work;

public sealed class NotesTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task A_note_stands_in_the_thread_and_never_goes_to_the_customer()
    {
        var id = await world.MeetAsync();
        var before = (await world.Host.MessagesAsync()).Count;

        await world.NoteAsync(world.Agent, id, "She is angry, be kind");

        (await world.TellsAsync(world.Manager, id)).Should().Equal("She is angry, be kind");
        (await world.Host.MessagesAsync()).Should().HaveCount(before);
        (await world.Host.ReadAsync(db => db.Set<Weflux.Web.Sending.OutboundMessage>().AnyAsync(o => o.ConversationId == id))).Should().BeFalse();
        var conversation = await world.ConversationAsync(id);
        conversation.Should().BeEquivalentTo(new { LastLine = "hello", NeedsReply = true, AssigneeId = (UserId?)null });
    }

    [Fact]
    public async Task The_same_draft_makes_one_note()
    {
        var (id, draft) = (await world.MeetAsync(), Guid.CreateVersion7());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Get<WriteNote>().ExecuteAsync(world.Agent, id, "Once", draft))));

        outcomes.Should().ContainSingle(o => o == WorkOutcome.Done).And.OnlyContain(o => o == WorkOutcome.Done || o == WorkOutcome.Unchanged);
        (await world.TellsAsync(world.Agent, id)).Should().Equal("Once");
    }

    [Fact]
    public async Task What_was_written_on_after_an_answer_got_lost_is_a_note_of_its_own()
    {
        var (id, draft) = (await world.MeetAsync(), Guid.CreateVersion7());
        var write = world.Get<WriteNote>();

        (await write.ExecuteAsync(world.Agent, id, "Once", draft)).Should().Be(WorkOutcome.Done);
        (await write.ExecuteAsync(world.Agent, id, "Once, and more", draft)).Should().Be(WorkOutcome.Done);

        (await world.TellsAsync(world.Agent, id)).Should().Equal("Once", "Once, and more");
    }

    [Fact]
    public async Task An_empty_note_and_one_that_is_too_long_are_refused()
    {
        var id = await world.MeetAsync();

        foreach (var text in new[] { "", "  \n ", new string('x', 4_001) })
        {
            (await world.Get<WriteNote>().ExecuteAsync(world.Agent, id, text, Guid.CreateVersion7())).Should().Be(WorkOutcome.Invalid);
        }

        var note = await world.NoteAsync(world.Agent, id, new string('x', 4_000));
        (await world.Get<EditNote>().ExecuteAsync(world.Agent, note, new string('x', 4_001))).Should().Be(WorkOutcome.Invalid);
    }

    [Fact]
    public async Task A_mention_is_shown_by_the_name_that_somebody_has_now()
    {
        var id = await world.MeetAsync();
        await world.NoteAsync(world.Agent, id, $"Ask {NoteText.Mark(world.Manager.User)} please");
        var note = (NoteView)(await world.Activity.RangeAsync(world.Manager, id, null, null)).Single();
        note.MentionsMe.Should().BeTrue();
        note.Pieces.Should().Equal(new NotePieceView("Ask ", false, false), new NotePieceView($"@{world.Manager.Name}", true, true), new NotePieceView(" please", false, false));

        await RenameAsync("Dan the Man");
        try
        {
            (await world.TellsAsync(world.Agent, id)).Should().Equal("Ask @Dan the Man please");
        }
        finally
        {
            await RenameAsync(world.Manager.Name);
        }
    }

    [Fact]
    public async Task Somebody_of_another_workspace_is_not_mentioned_whatever_the_text_says()
    {
        var id = await world.MeetAsync();
        var stranger = await world.Host.ActorAsync("manager@demo-two.test", "demo-two");

        await world.NoteAsync(world.Agent, id, $"Ask {NoteText.Mark(stranger.User)} and {NoteText.Mark(new UserId(987654321))}");

        (await world.TellsAsync(world.Agent, id)).Single().Should().Be($"Ask @{{{stranger.User}}} and @{{••••}}".Replace("••••", "98•••••21", StringComparison.Ordinal));
        (await world.Host.ReadAsync(db => db.Set<NoteMention>().AnyAsync(m => m.UserId == stranger.User))).Should().BeFalse();
    }

    [Fact]
    public async Task Only_whoever_wrote_a_note_edits_and_deletes_it()
    {
        var id = await world.MeetAsync();
        var note = await world.NoteAsync(world.Agent, id, $"For {NoteText.Mark(world.Manager.User)}");

        foreach (var other in new[] { world.Other, world.Manager, world.Admin })
        {
            (await world.Get<EditNote>().ExecuteAsync(other, note, "Mine")).Should().Be(WorkOutcome.NotAllowed);
            (await world.Get<DeleteNote>().ExecuteAsync(other, note)).Should().Be(WorkOutcome.NotAllowed);
            (await world.Activity.TextAsync(other, note)).Should().BeNull();
        }

        (await world.Activity.TextAsync(world.Agent, note)).Should().Be($"For {NoteText.Mark(world.Manager.User)}");
        (await world.Get<EditNote>().ExecuteAsync(world.Agent, note, $"For {NoteText.Mark(world.Other.User)}")).Should().Be(WorkOutcome.Done);
        (await world.TellsAsync(world.Agent, id)).Should().Equal($"For @{world.Other.Name}");
        (await MentionedAsync(note)).Should().Equal(world.Other.User);

        (await world.Get<DeleteNote>().ExecuteAsync(world.Agent, note)).Should().Be(WorkOutcome.Done);
        (await world.TellsAsync(world.Manager, id)).Should().Equal($"{world.Agent.Name} deleted a note");
        (await MentionedAsync(note)).Should().BeEmpty();
        (await world.Host.ReadAsync(db => db.Set<Note>().Where(n => n.Id == note).Select(n => n.Text).SingleAsync())).Should().BeEmpty();
        (await world.Get<EditNote>().ExecuteAsync(world.Agent, note, "Again")).Should().Be(WorkOutcome.Unchanged);
    }

    [Fact]
    public async Task A_note_that_is_not_there_is_not_found()
    {
        (await world.Get<EditNote>().ExecuteAsync(world.Agent, 987654321, "Mine")).Should().Be(WorkOutcome.NotFound);
        (await world.Get<DeleteNote>().ExecuteAsync(world.Agent, -1)).Should().Be(WorkOutcome.NotFound);
    }

    [Fact]
    public async Task Numbers_in_notes_and_in_reasons_are_masked_for_those_who_see_masked_numbers()
    {
        var id = await world.MeetAsync();
        await world.NoteAsync(world.Manager, id, "Her husband: +91 98765 43210");
        await world.Get<CloseConversation>().ExecuteAsync(world.Manager, id, null, "call 98765 43210");

        (await world.TellsAsync(world.Agent, id)).Should().Equal("Her husband: +91 ••••• •••10", $"{world.Manager.Name} closed it: call 98••• •••10");
        (await world.TellsAsync(world.Manager, id)).Should().Equal("Her husband: +91 98765 43210", "You closed it: call 98765 43210");
    }

    [Fact]
    public async Task Whoever_looks_hears_only_what_changed_since()
    {
        var id = await world.MeetAsync();
        var first = await world.NoteAsync(world.Agent, id, "First");
        var since = (await world.ConversationAsync(id)).LastWorkSequence;
        await world.NoteAsync(world.Agent, id, "Second");

        (await world.Activity.ChangesAsync(world.Agent, id, since)).Should().ContainSingle();
        await world.Get<EditNote>().ExecuteAsync(world.Agent, first, "First, mended");
        (await world.Activity.ChangesAsync(world.Agent, id, since)).Should().HaveCount(2);
        (await world.Activity.ChangesAsync(world.Agent, id, (await world.ConversationAsync(id)).LastWorkSequence)).Should().BeEmpty();
    }

    private Task<List<UserId>> MentionedAsync(long note) =>
        world.Host.ReadAsync(db => db.Set<NoteMention>().Where(m => m.NoteId == note).Select(m => m.UserId).ToListAsync());

    private Task<int> RenameAsync(string name) => world.Host.ReadAsync(db => db.Set<Weflux.Web.Account.WefluxUser>()
        .Where(u => u.Id == world.Manager.User.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, name)));
}
