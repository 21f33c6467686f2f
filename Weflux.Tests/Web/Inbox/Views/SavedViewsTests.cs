using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Audit;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox.Views;

public sealed class SavedViewsTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    private static readonly InboxView Unread = new() { Kind = ViewKind.Mine, Filter = new ViewFilter { IsUnread = true, From = new DateOnly(2026, 5, 4) } };

    [Fact]
    public async Task A_view_of_ones_own_is_kept_as_it_was_and_nobody_else_sees_it()
    {
        var id = await SaveAsync(world.Agent, "Mine, unread", ViewAudience.Me);

        var line = (await LinesAsync(world.Agent)).Single(v => v.Id == id);
        line.Should().Be(new SavedViewLine(id, "Mine, unread", Unread, ViewAudience.Me, IsOffered: true, MayEdit: true));
        foreach (var other in new[] { world.Other, world.Manager, world.Admin })
        {
            (await LinesAsync(other)).Should().NotContain(v => v.Id == id);
            (await world.Get<EditView>().ExecuteAsync(other, id, "Theirs", ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.NotFound);
            (await world.Get<MoveView>().ExecuteAsync(other, id, isUp: true)).Outcome.Should().Be(ViewOutcome.NotFound);
            (await world.Get<DeleteView>().ExecuteAsync(other, id)).Outcome.Should().Be(ViewOutcome.NotFound);
        }
    }

    [Fact]
    public async Task A_shared_view_is_offered_to_those_it_is_for_and_looked_after_by_Managers_and_Admins()
    {
        var forAgents = await SaveAsync(world.Manager, "For agents", ViewAudience.Agents);
        var forAll = await SaveAsync(world.Admin, "For everybody", ViewAudience.Everybody);
        var forAdmins = await SaveAsync(world.Manager, "For admins", ViewAudience.Admins);

        (await LinesAsync(world.Agent)).Where(v => v.IsShared).Should().OnlyContain(v => v.IsOffered && !v.MayEdit)
            .And.Contain(v => v.Id == forAgents).And.Contain(v => v.Id == forAll).And.NotContain(v => v.Id == forAdmins);
        var managers = await LinesAsync(world.Manager);
        managers.Where(v => v.IsShared && v.IsOffered).Select(v => v.Id).Should().Contain(forAll).And.NotContain(forAgents).And.NotContain(forAdmins);
        managers.Where(v => v.IsShared).Should().OnlyContain(v => v.MayEdit).And.Contain(v => v.Id == forAgents);
        (await LinesAsync(world.Admin)).Should().Contain(v => v.Id == forAdmins && v.IsOffered);
    }

    [Fact]
    public async Task An_Agent_shares_nothing_and_changes_nothing_that_is_shared()
    {
        var shared = await SaveAsync(world.Manager, "Not an Agent's", ViewAudience.Everybody);
        var own = await SaveAsync(world.Agent, "An Agent's", ViewAudience.Me);

        (await world.Get<SaveView>().ExecuteAsync(world.Agent, "For all", Unread, ViewAudience.Everybody)).Outcome.Should().Be(ViewOutcome.NotAllowed);
        (await world.Get<EditView>().ExecuteAsync(world.Agent, own, "For all", ViewAudience.Everybody)).Outcome.Should().Be(ViewOutcome.NotAllowed);
        (await world.Get<EditView>().ExecuteAsync(world.Agent, shared, "Taken over", ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.NotFound);
        (await world.Get<DeleteView>().ExecuteAsync(world.Agent, shared)).Outcome.Should().Be(ViewOutcome.NotFound);
        (await world.Get<EditView>().ExecuteAsync(world.Admin, shared, "Not an Agent's", ViewAudience.Me)).Outcome
            .Should().Be(ViewOutcome.NotAllowed, "what a colleague shares does not vanish into somebody else's list");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        (await world.Get<SaveView>().ExecuteAsync(world.Agent, name, Unread, ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.Invalid);
    }

    [Fact]
    public async Task A_view_that_is_none_is_refused()
    {
        foreach (var view in new[]
        {
            InboxView.Missing, new InboxView { Kind = (ViewKind)77 }, new InboxView { Order = (ListOrder)9 }, new InboxView { Filter = new ViewFilter { Window = (WindowState)9 } },
        })
        {
            (await world.Get<SaveView>().ExecuteAsync(world.Agent, "Nothing", view, ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.Invalid);
        }

        (await world.Get<SaveView>().ExecuteAsync(world.Manager, "Nobody", Unread, (ViewAudience)9)).Outcome.Should().Be(ViewOutcome.Invalid);
    }

    [Fact]
    public async Task Two_views_of_one_list_do_not_read_alike()
    {
        await SaveAsync(world.Other, "Refunds", ViewAudience.Me);

        (await world.Get<SaveView>().ExecuteAsync(world.Other, " refunds ", Unread, ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.Taken);
        (await world.Get<SaveView>().ExecuteAsync(world.Agent, "Refunds", Unread, ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.Saved, "another person's list is another list");
    }

    [Fact]
    public async Task Views_are_moved_renamed_and_deleted_and_what_others_see_is_on_record()
    {
        var (first, second) = (await SaveAsync(world.Admin, "First", ViewAudience.Me), await SaveAsync(world.Admin, "Second", ViewAudience.Me));
        (await world.Get<MoveView>().ExecuteAsync(world.Admin, second, isUp: true)).Outcome.Should().Be(ViewOutcome.Saved);
        (await LinesAsync(world.Admin)).Where(v => !v.IsShared).Select(v => v.Id).Should().Equal(second, first);
        (await world.Get<MoveView>().ExecuteAsync(world.Admin, second, isUp: true)).Outcome.Should().Be(ViewOutcome.Saved, "the first stays the first");
        (await LinesAsync(world.Admin)).Where(v => !v.IsShared).Select(v => v.Id).Should().Equal(second, first);
        var before = await RecordedAsync();

        (await world.Get<EditView>().ExecuteAsync(world.Admin, first, "For the floor", ViewAudience.Agents)).Outcome.Should().Be(ViewOutcome.Saved);
        (await world.Get<EditView>().ExecuteAsync(world.Admin, second, "Renamed", ViewAudience.Me)).Outcome.Should().Be(ViewOutcome.Saved);
        (await world.Get<DeleteView>().ExecuteAsync(world.Admin, first)).Outcome.Should().Be(ViewOutcome.Saved);
        (await world.Get<DeleteView>().ExecuteAsync(world.Admin, second)).Outcome.Should().Be(ViewOutcome.Saved);

        (await RecordedAsync()).Skip(before.Count).Should().Equal(AuditActions.ViewEdited, AuditActions.ViewDeleted);
        (await LinesAsync(world.Admin)).Should().NotContain(v => v.Id == first || v.Id == second);
        (await world.Get<DeleteView>().ExecuteAsync(world.Admin, first)).Outcome.Should().Be(ViewOutcome.NotFound);
    }

    [Fact]
    public async Task A_saved_view_gets_other_filters_from_those_who_look_after_it_and_from_nobody_else()
    {
        var (own, shared) = (await SaveAsync(world.Agent, "Mine to change", ViewAudience.Me), await SaveAsync(world.Manager, "Ours to change", ViewAudience.Everybody));
        var other = new InboxView { Kind = ViewKind.Unassigned, Filter = new ViewFilter { HasFailed = true } };
        var replace = world.Get<ReplaceView>();
        var before = await RecordedAsync();

        (await replace.ExecuteAsync(world.Agent, own, other)).Outcome.Should().Be(ViewOutcome.Saved);
        (await replace.ExecuteAsync(world.Agent, shared, other)).Outcome.Should().Be(ViewOutcome.NotFound, "Agents look after their own");
        foreach (var stranger in new[] { world.Other, world.Manager, world.Admin })
        {
            (await replace.ExecuteAsync(stranger, own, InboxView.Newest)).Outcome.Should().Be(ViewOutcome.NotFound);
        }

        (await replace.ExecuteAsync(world.Agent, own, InboxView.Missing)).Outcome.Should().Be(ViewOutcome.Invalid);
        (await LinesAsync(world.Agent)).Single(v => v.Id == own).Should().Match<SavedViewLine>(v => v.View == other && v.Name == "Mine to change");
        (await LinesAsync(world.Agent)).Single(v => v.Id == shared).View.Should().Be(Unread);
        (await RecordedAsync()).Should().Equal(before);

        (await replace.ExecuteAsync(world.Admin, shared, other)).Outcome.Should().Be(ViewOutcome.Saved);
        (await replace.ExecuteAsync(world.Admin, shared, other)).Outcome.Should().Be(ViewOutcome.Saved, "it shows that already");
        (await LinesAsync(world.Agent)).Single(v => v.Id == shared).View.Should().Be(other);
        (await RecordedAsync()).Skip(before.Count).Should().Equal(AuditActions.ViewEdited);
    }

    [Fact]
    public async Task A_shared_view_shows_each_reader_what_that_reader_may_see()
    {
        var held = await world.MeetAsync();
        await world.Get<Weflux.Web.Work.AssignConversation>().ExecuteAsync(world.Manager, held, world.Other.User);
        var view = new InboxView { Filter = new ViewFilter { AssigneeId = world.Other.User.Value } };
        await world.Get<SaveView>().ExecuteAsync(world.Manager, "Held by one", view, ViewAudience.Everybody);
        var list = world.Get<ConversationListQuery>();

        (await list.GetAsync(world.Manager, view, null, PageDirection.After, 50)).Rows.Should().Contain(r => r.Id == held);
        (await list.GetAsync(world.Other, view, null, PageDirection.After, 50)).Rows.Should().Contain(r => r.Id == held);
        (await list.GetAsync(world.Agent, view, null, PageDirection.After, 50)).Should().BeEquivalentTo(new { Rows = Array.Empty<ConversationRow>(), HasMore = false });
    }

    [Fact]
    public async Task A_mention_is_unseen_until_its_reader_has_looked_and_others_looking_changes_nothing()
    {
        var id = await world.MeetAsync();
        var mentions = new InboxView { Kind = ViewKind.Mentions };
        var list = world.Get<ConversationListQuery>();
        await world.NoteAsync(world.Manager, id, $"Please look {NoteText.Mark(world.Agent.User)}");
        var upTo = (await world.ConversationAsync(id)).LastWorkSequence;

        (await CountAsync(world.Agent)).Should().Be(1);
        (await list.GetAsync(world.Agent, mentions, null, PageDirection.After, 50)).Rows.Single().Place.NeedsReply.Should().BeTrue();
        (await world.Get<MarkMentionsSeen>().ExecuteAsync(world.Manager, id, upTo)).Should().BeFalse();
        (await world.Get<MarkMentionsSeen>().ExecuteAsync(world.Agent, id, upTo - 1)).Should().BeFalse("the screen had not shown it");
        (await CountAsync(world.Agent)).Should().Be(1);

        (await world.Get<MarkMentionsSeen>().ExecuteAsync(world.Agent, id, upTo)).Should().BeTrue();

        (await CountAsync(world.Agent)).Should().Be(0);
        (await list.GetAsync(world.Agent, mentions, null, PageDirection.After, 50)).Rows.Single().Place.NeedsReply.Should().BeFalse("it stays in the view");
        (await list.GetAsync(world.Manager, mentions, null, PageDirection.After, 50)).Rows.Should().NotContain(r => r.Id == id);

        async Task<int> CountAsync(Actor actor) => (await world.Get<ViewCountsQuery>().GetAsync(actor))!.Mentions;
    }

    private async Task<long> SaveAsync(Actor actor, string name, ViewAudience audience)
    {
        var answer = await world.Get<SaveView>().ExecuteAsync(actor, name, Unread, audience);
        answer.Outcome.Should().Be(ViewOutcome.Saved);
        return answer.Id;
    }

    private Task<IReadOnlyList<SavedViewLine>> LinesAsync(Actor actor) => world.Get<SavedViewsQuery>().GetAsync(actor);

    private Task<List<string>> RecordedAsync() => world.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.WorkspaceId == world.Admin.Workspace && e.Action.StartsWith("view."))
        .OrderBy(e => e.Id).Select(e => e.Action).ToListAsync());
}
