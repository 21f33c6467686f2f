using Bunit;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Inbox;

/// <summary>One's own note, deleted in another tab while this one shows or edits it.</summary>
public sealed class NoteBubbleTests
{
    [Fact]
    public async Task Whoever_wants_to_edit_a_note_that_is_gone_is_told_and_its_words_stay()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (_, note, thread) = await OpenAsync(world);
        await DeleteAsync(world, note);

        await EditAsync(thread);

        await thread.WaitForAssertionAsync(() => thread.Find(".refused").TextContent.Should().Contain("not here any more"));
        thread.Find("[data-note-id] .words").TextContent.Should().Contain("ask the shop");
    }

    [Fact]
    public async Task What_is_typed_stays_when_the_note_goes_and_is_not_said_to_be_stored()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (conversation, note, thread) = await OpenAsync(world);
        await EditAsync(thread);
        await thread.WaitForAssertionAsync(() => BoxOf(thread, note).Should().NotBeNull());
        await DeleteAsync(world, note);
        await world.SayAsync(conversation, "Anybody there?");
        await thread.WaitForAssertionAsync(() => thread.Find("[data-note-id] .gone").TextContent.Should().Contain("deleted meanwhile"));

        var answer = await thread.InvokeAsync(() => BoxOf(thread, note)!.Instance.SaveAsync("ask the other shop", Guid.NewGuid(), []));

        answer.IsSaved.Should().BeFalse();
        answer.Trouble.Should().Contain("not here any more");
        thread.FindAll("[data-note-id]").Should().ContainSingle("the words are still in their box");
    }

    private static async Task<(long Conversation, long Note, IRenderedComponent<ThreadPane> Thread)> OpenAsync(InboxWorld world)
    {
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var note = await world.Database.WriteAsync(world.Me.Workspace, async db =>
        {
            var conversation = await db.Set<Conversation>().SingleAsync();
            var sequence = await db.TakeSequenceAsync(1, default);
            var written = Note.Write(conversation, world.Me.User, Guid.NewGuid(), "ask the shop", world.Time.GetUtcNow(), sequence);
            conversation.ShowWork(sequence);
            db.Add(written);
            await db.SaveChangesAsync();
            return written.Id;
        }, default);
        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("[data-note-id]").Should().ContainSingle());
        return (asha.Id, note, thread);
    }

    private static Task DeleteAsync(InboxWorld world, long id) => world.Database.WriteAsync(world.Me.Workspace, async db =>
    {
        var sequence = await db.TakeSequenceAsync(1, default);
        (await db.Set<Note>().SingleAsync(n => n.Id == id)).Delete(world.Time.GetUtcNow(), sequence);
        (await db.Set<Conversation>().SingleAsync()).ShowWork(sequence);
        await db.SaveChangesAsync();
    }, default);

    private static Task EditAsync(IRenderedComponent<ThreadPane> thread) => thread.FindAll("[data-note-id] footer button")[0].ClickAsync(new());

    private static IRenderedComponent<NoteBox>? BoxOf(IRenderedComponent<ThreadPane> thread, long note) =>
        thread.FindComponents<NoteBox>().SingleOrDefault(b => b.Instance.NoteId == note);
}
