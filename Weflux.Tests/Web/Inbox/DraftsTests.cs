using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox;

public sealed class DraftsTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Ones_own_drafts_stand_in_the_list_with_their_first_line_the_newest_first()
    {
        var (one, two) = (await world.MeetAsync(), await world.MeetAsync());
        await SaveAsync(one, "  \nDear Asha,\nthank you");
        world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SaveAsync(two, "Hello");

        var rows = (await world.Get<DraftsQuery>().ListAsync(world.Agent))!.Rows.Where(r => r.ConversationId == one || r.ConversationId == two).ToList();

        rows.Select(r => r.Line).Should().Equal("Hello", "Dear Asha,");
        rows.Should().OnlyContain(r => r.ContactName == "Asha");
        (await world.Get<DraftsQuery>().ListAsync(world.Manager))!.Rows.Should().BeEmpty("they are nobody else's");
    }

    [Fact]
    public async Task A_draft_that_is_thrown_away_is_gone_from_the_list_and_the_thread()
    {
        var thread = await world.MeetAsync();
        await SaveAsync(thread, "Never mind");

        (await world.Get<ThrowAwayDraft>().ExecuteAsync(world.Manager, thread)).Should().BeFalse();
        (await world.Get<ThrowAwayDraft>().ExecuteAsync(world.Agent, thread)).Should().BeTrue();
        (await world.Get<ThrowAwayDraft>().ExecuteAsync(world.Agent, thread)).Should().BeFalse();

        (await world.Get<DraftsQuery>().ListAsync(world.Agent))!.Rows.Should().NotContain(r => r.ConversationId == thread);
        (await world.Get<ThreadQuery>().GetAsync(world.Agent, thread))!.Draft.Text.Should().BeEmpty();
        (await world.Get<ConversationListQuery>().ChangedAsync(world.Agent, InboxView.Default, [new RowVersion(thread, 0)])).Rows.Single().DraftLine.Should().BeNull();
    }

    [Fact]
    public async Task Drafts_without_words_and_of_conversations_that_one_may_not_see_any_more_are_not_listed()
    {
        var (empty, lost) = (await world.MeetAsync(), await world.MeetAsync());
        await SaveAsync(empty, "x");
        await SaveAsync(empty, "");
        await SaveAsync(lost, "For somebody else now");
        await world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == lost).ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, world.Other.User)));

        (await world.Get<DraftsQuery>().ListAsync(world.Agent))!.Rows.Should().NotContain(r => r.ConversationId == empty || r.ConversationId == lost);
    }

    [Fact]
    public async Task The_palette_finds_conversations_by_the_beginning_of_a_name_as_far_as_one_may_see_them()
    {
        var thread = await world.MeetAsync();
        var palette = world.Get<PaletteQuery>();

        (await palette.FindAsync(world.Agent, "ÁSH")).Should().Contain(h => h.Id == thread && h.Name == "Asha");
        (await palette.FindAsync(world.Agent, "sha")).Should().BeEmpty();
        (await palette.FindAsync(world.Agent, "  ")).Should().BeEmpty();
        (await palette.FindAsync(world.Agent, "asha verma")).Should().BeEmpty();

        await world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == thread).ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, world.Other.User)));
        (await palette.FindAsync(world.Agent, "asha")).Should().NotContain(h => h.Id == thread);
        (await palette.FindAsync(world.Other, "asha")).Should().Contain(h => h.Id == thread);
        (await palette.FindAsync(world.Manager, "asha")).Should().Contain(h => h.Id == thread);
    }

    [Fact]
    public void Commands_have_names_and_keys_of_their_own_and_none_needs_more_than_a_letter()
    {
        InboxCommand.All.Select(c => c.Id).Should().OnlyHaveUniqueItems();
        InboxCommand.All.Select(c => c.Name).Should().OnlyHaveUniqueItems();
        InboxCommand.All.Select(c => c.Key).OfType<string>().Should().OnlyHaveUniqueItems().And.OnlyContain(k => k.Length == 1);
    }

    [Fact]
    public void Nobody_is_offered_what_they_may_not_do()
    {
        InboxCommand.For(world.Agent).Should().NotContain(c => c.Id == "settings-people" || c.Id == "settings-labels").And.Contain(c => c.Id == "settings-replies");
        InboxCommand.For(world.Manager).Should().NotContain(c => c.Id == "settings-people").And.Contain(c => c.Id == "settings-labels");
        InboxCommand.For(world.Admin).Should().HaveCount(InboxCommand.All.Count);
    }

    private async Task SaveAsync(long thread, string text) =>
        (await world.Get<SaveDraft>().ExecuteAsync(world.Agent, thread, Guid.CreateVersion7(), text)).Should().BeTrue();
}
