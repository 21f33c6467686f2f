using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Tests.Web.Media;
using Weflux.Web.Contacts;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Media;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Team.Members;
using Weflux.Web.Work;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Work;

/// <summary>Colleagues who take part beside whoever holds a conversation. The agents here see only what they hold themselves.</summary>
public sealed class TakingPartTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Who_is_added_sees_a_conversation_that_somebody_else_holds_everywhere_and_works_in_it()
    {
        var id = await HeldAsync();
        var joiner = Narrow(world.Other);
        var file = await FileAsync(id);
        (await SeesAsync(joiner, id, file)).Should().OnlyContain(s => !s.Value);

        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, joiner.User)).Should().Be(WorkOutcome.Done);

        (await SeesAsync(joiner, id, file)).Should().OnlyContain(s => s.Value);
        (await world.Get<SendReply>().ExecuteAsync(joiner, id, new TextContent("From me as well"), Guid.CreateVersion7()))!.Decision.IsAllowed.Should().BeTrue();
        await world.NoteAsync(joiner, id, "I looked into it");
        (await world.Get<SaveDraft>().ExecuteAsync(joiner, id, Guid.CreateVersion7(), "and more", 0)).Should().BeTrue();
        (await world.Get<DraftsQuery>().ListAsync(joiner))!.Rows.Should().Contain(d => d.ConversationId == id);
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Agent.User, "who takes part takes nothing away");
    }

    [Fact]
    public async Task Who_is_mentioned_where_they_could_see_nothing_takes_part_and_others_do_not()
    {
        var id = await HeldAsync();

        await world.NoteAsync(world.Agent, id, $"{NoteText.Mark(world.Other.User)} knows, {NoteText.Mark(world.Manager.User)} does not");

        (await world.ConversationAsync(id)).Participants.Members.Should().Equal(world.Other.User);
        (await world.Activity.RangeAsync(world.Other, id, null, null)).Should().NotBeEmpty();
        (await world.TellsAsync(world.Manager, id)).Should().Contain($"{world.Agent.Name} added {world.Other.Name}");
    }

    [Fact]
    public async Task Who_leaves_or_is_taken_off_sees_it_no_more_and_the_thread_tells_all_of_it()
    {
        var id = await HeldAsync();
        var joiner = Narrow(world.Other);
        var file = await FileAsync(id);
        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, joiner.User)).Should().Be(WorkOutcome.Done);
        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, joiner.User)).Should().Be(WorkOutcome.Unchanged);
        (await world.Get<RemoveParticipant>().ExecuteAsync(joiner, id, joiner.User)).Should().Be(WorkOutcome.Done);
        (await SeesAsync(joiner, id, file)).Should().OnlyContain(s => !s.Value);
        (await world.Get<RemoveParticipant>().ExecuteAsync(joiner, id, joiner.User)).Should().Be(WorkOutcome.NotFound, "it is not theirs to see any more");

        await world.Get<AddParticipant>().ExecuteAsync(world.Manager, id, world.Manager.User);
        await world.Get<AddParticipant>().ExecuteAsync(world.Manager, id, joiner.User);
        await world.Get<RemoveParticipant>().ExecuteAsync(world.Manager, id, joiner.User);

        (await SeesAsync(joiner, id, file)).Should().OnlyContain(s => !s.Value);
        (await world.TellsAsync(world.Manager, id)).Should().ContainInConsecutiveOrder(
            $"{world.Agent.Name} added {world.Other.Name}",
            $"{world.Other.Name} left the conversation",
            "You take part now",
            $"You added {world.Other.Name}",
            $"You took {world.Other.Name} off the conversation");
        (await world.Host.ReadAsync(db => db.Set<Participation>().Where(p => p.ConversationId == id).Select(p => p.UserId).ToListAsync()))
            .Should().Equal(world.Manager.User).And.Equal((await world.ConversationAsync(id)).Participants.Members);
    }

    [Fact]
    public async Task The_view_lists_and_counts_where_one_takes_part_and_the_other_views_count_it_once()
    {
        var joiner = Narrow(world.Other);
        var before = (await world.Get<ViewCountsQuery>().GetAsync(joiner))!;
        var (held, joined, both) = (await world.MeetAsync(), await HeldAsync(), await world.MeetAsync());
        foreach (var id in new[] { held, both })
        {
            (await world.Get<TakeConversation>().ExecuteAsync(world.Other, id)).Should().Be(WorkOutcome.Done);
        }

        foreach (var id in new[] { joined, both })
        {
            (await world.Get<AddParticipant>().ExecuteAsync(world.Manager, id, joiner.User)).Should().Be(WorkOutcome.Done);
        }

        var counts = (await world.Get<ViewCountsQuery>().GetAsync(joiner))!;
        (counts.TakingPart - before.TakingPart, counts.Mine - before.Mine, counts.All - before.All).Should().Be((2, 2, 3));
        (await IdsAsync(joiner, new InboxView { Kind = ViewKind.TakingPart })).Should().Contain([joined, both]).And.NotContain(held);
        (await IdsAsync(joiner, InboxView.Newest)).Should().ContainSingle(i => i == both).And.ContainSingle(i => i == joined).And.ContainSingle(i => i == held);
        (await IdsAsync(joiner, new InboxView { Kind = ViewKind.Mine })).Should().Contain([held, both]).And.NotContain(joined);
        (await IdsAsync(joiner, InboxView.Newest with { Filter = new ViewFilter { AssigneeId = world.Agent.User.Value } })).Should().Contain(joined).And.NotContain([held, both]);
        (await IdsAsync(world.Manager, new InboxView { Kind = ViewKind.TakingPart })).Should().NotContain([held, joined, both]);

        var rows = await world.Get<ConversationListQuery>().ChangedAsync(joiner, new InboxView { Kind = ViewKind.TakingPart }, [new(joined, (await world.ConversationAsync(joined)).Version), new(held, (await world.ConversationAsync(held)).Version)]);
        rows.Rows.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = joined, IsJoined = true });
        rows.GoneIds.Should().Equal(held);
    }

    [Fact]
    public async Task Pages_through_a_mixture_of_own_free_and_joined_conversations_miss_none()
    {
        var joiner = world.Other;
        var wanted = new List<long>();
        for (var nth = 0; nth < 9; nth++)
        {
            wanted.Add(nth % 3 == 0 ? await HeldAsync() : await world.MeetAsync());
            if (nth % 3 == 0)
            {
                await world.Get<AddParticipant>().ExecuteAsync(world.Manager, wanted[^1], joiner.User);
            }
            else if (nth % 3 == 1)
            {
                await world.Get<TakeConversation>().ExecuteAsync(joiner, wanted[^1]);
            }
        }

        foreach (var order in Enum.GetValues<ListOrder>())
        {
            var view = new InboxView { Order = order };
            var found = new List<ConversationRow>();
            for (ListCursor? cursor = null; ;)
            {
                var page = await world.Get<ConversationListQuery>().GetAsync(joiner, view, cursor, PageDirection.After, 2);
                found.AddRange(page.Rows);
                if (!page.HasMore)
                {
                    break;
                }

                cursor = page.Rows[^1].Place;
            }

            found.Select(r => r.Id).Should().OnlyHaveUniqueItems().And.Contain(wanted);
            found.Select(r => (r.NeedsReply && order == ListOrder.NeedsReplyFirst, r.LastActivityAt, r.LastSequence)).Should().BeInDescendingOrder();
        }
    }

    [Fact]
    public async Task Whoever_takes_part_hears_of_every_change_and_hears_when_it_ends()
    {
        var id = await HeldAsync();
        var phone = world.LastPhone;
        var joiner = await Listener.OpenAsync(world.Host, "agent2@demo.test");
        await using var feed = joiner.Feed;
        await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Other.User);
        await Eventually.BeAsync(() => Task.FromResult(joiner.Hints.Any(h => h.ConversationId == id)));

        var heard = joiner.Hints.Where(h => h.ConversationId == id).Max(h => h.Version);
        await world.SayAsync(phone, "And one more thing");
        await Eventually.BeAsync(() => Task.FromResult(joiner.Hints.Any(h => h.ConversationId == id && h.Version > heard)));

        await world.Get<RemoveParticipant>().ExecuteAsync(world.Agent, id, world.Other.User);
        var removed = (await world.ConversationAsync(id)).Version;
        await Eventually.BeAsync(() => Task.FromResult(joiner.Hints.Any(h => h.ConversationId == id && h.Version == removed)));

        // A change that the agent may hear comes after, so what was not heard by now was not sent.
        await world.SayAsync(phone, "Between us two now");
        var free = await world.MeetAsync();
        await Eventually.BeAsync(() => Task.FromResult(joiner.Hints.Any(h => h.ConversationId == free)));
        joiner.Hints.Should().NotContain(h => h.ConversationId == id && h.Version > removed);
    }

    [Fact]
    public async Task Only_active_members_are_added_and_only_by_those_who_see_it()
    {
        var id = await HeldAsync();
        (await world.Get<AddParticipant>().ExecuteAsync(Narrow(world.Other), id, world.Other.User)).Should().Be(WorkOutcome.NotFound);
        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, new UserId(987_654))).Should().Be(WorkOutcome.UnknownSubject);
        var stranger = await world.Host.ActorAsync("agent@demo-two.test", "demo-two");
        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, stranger.User)).Should().Be(WorkOutcome.UnknownSubject);
        (await world.ConversationAsync(id)).Participants.Should().Be(Participants.None);
    }

    [Fact]
    public async Task Nobody_takes_part_in_more_than_can_be_looked_through()
    {
        var id = await HeldAsync();
        var workspace = world.Agent.Workspace;
        await FillAsync(world.Admin.User, Participants.MostOfOne);
        try
        {
            (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Admin.User)).Should().Be(WorkOutcome.TooManyConversations);
            var notice = Weflux.Web.Inbox.Working.WorkNotices.Explain(WorkOutcome.TooManyConversations)!;
            $"{notice.Title} {notice.Advice}".Should().Contain("1,000 conversations").And.Contain("Taking part");
            await FillAsync(world.Admin.User, Participants.MostOfOne - 1);
            (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Admin.User)).Should().Be(WorkOutcome.Done);
            (await world.Get<ViewCountsQuery>().GetAsync(world.Admin))!.TakingPart.Should().Be(1, "the made up ones have no conversation");
        }
        finally
        {
            await FillAsync(world.Admin.User, 0);
        }

        Task<int> FillAsync(UserId user, int count)
        {
            var sql = string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA foreign_keys = OFF;
                DELETE FROM "Participations" WHERE "UserId" = {user.Value} AND "ConversationId" > 5000000;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
                INSERT INTO "Participations" ("WorkspaceId", "UserId", "ConversationId", "AddedAt") SELECT {workspace.Value}, {user.Value}, 5000000 + i, 0 FROM n WHERE {count} > 0;
                PRAGMA foreign_keys = ON;
                """);
            return world.Host.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));
        }
    }

    [Fact]
    public async Task No_conversation_takes_more_people_than_its_header_can_name()
    {
        var id = await HeldAsync();
        var crowd = Enumerable.Range(1, Participants.Most).Aggregate(Participants.None, (all, nth) => all.With(new UserId(900_000 + nth)));
        await world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Participants, crowd)));

        (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Other.User)).Should().Be(WorkOutcome.TooManyPeople);
    }

    [Fact]
    public async Task It_ends_when_the_member_is_deactivated()
    {
        var (held, closed) = (await HeldAsync(), await HeldAsync());
        foreach (var id in new[] { held, closed })
        {
            (await world.Get<AddParticipant>().ExecuteAsync(world.Agent, id, world.Other.User)).Should().Be(WorkOutcome.Done);
        }

        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, closed, null, null);
        await world.Get<DeactivateMember>().ExecuteAsync(world.Admin, world.Other.User, null);
        try
        {
            foreach (var id in new[] { held, closed })
            {
                (await world.ConversationAsync(id)).Participants.Should().Be(Participants.None);
                (await world.TellsAsync(world.Manager, id)).Should().Contain($"{world.Other.Name} takes part no more, not being active here");
            }

            var user = world.Other.User;
            (await world.Host.ReadAsync(db => db.Set<Participation>().AnyAsync(p => p.UserId == user))).Should().BeFalse();
        }
        finally
        {
            await world.Get<ReactivateMember>().ExecuteAsync(world.Admin, world.Other.User);
        }
    }

    /// <summary>An agent of a workspace in which agents see only what is theirs.</summary>
    private static Actor Narrow(Actor agent) => agent with { Settings = agent.Settings with { Visibility = AgentVisibility.Own } };

    private async Task<long> HeldAsync()
    {
        var id = await world.MeetAsync();
        (await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        return id;
    }

    private async Task<long> FileAsync(long conversation)
    {
        var message = (await world.Host.MessagesAsync()).First(m => m.ConversationId == conversation).Id;
        return await world.Host.KeepFileAsync(world.Manager, message, "bill.txt", "the bill"u8.ToArray());
    }

    private async Task<List<long>> IdsAsync(Actor reader, InboxView view) =>
        [.. (await world.Get<ConversationListQuery>().GetAsync(reader, view, null, PageDirection.After, 200)).Rows.Select(r => r.Id)];

    /// <summary>Every place that decides who sees a conversation, and what it decides.</summary>
    private async Task<Dictionary<string, bool>> SeesAsync(Actor reader, long id, long file)
    {
        var contact = (await world.ConversationAsync(id)).ContactId;
        var name = await world.Host.ReadAsync(db => db.Set<Weflux.Domain.Contacts.Contact>().Where(c => c.Id == contact).Select(c => c.DisplayName).SingleAsync());
        await using var db = world.Get<Weflux.Web.Data.WefluxDatabase>().Open(reader.Workspace);
        return new Dictionary<string, bool>
        {
            ["list"] = (await IdsAsync(reader, InboxView.Newest)).Contains(id),
            ["hint"] = (await world.Get<ConversationListQuery>().ChangedAsync(reader, InboxView.Newest, [new(id, (await world.ConversationAsync(id)).Version)])).Rows.Any(r => r.Id == id),
            ["thread"] = await world.Get<ThreadQuery>().GetAsync(reader, id) is not null,
            ["changes"] = await world.Get<ThreadQuery>().ChangesAsync(reader, id, 0) is not null,
            ["activity"] = (await world.Activity.RangeAsync(reader, id, null, null)).Count > 0,
            ["file"] = await world.Get<MediaFileQuery>().FindAsync(reader, file) is not null,
            ["contact"] = await ContactSight.Of(db, reader).AnyAsync(c => c.Id == contact),
            ["palette"] = (await world.Get<PaletteQuery>().FindAsync(reader, name)).Any(h => h.Id == id),
            ["note"] = await world.Get<Weflux.Web.Work.Notes.WriteNote>().ExecuteAsync(reader, id, "x", Guid.CreateVersion7()) == WorkOutcome.Done,
            ["draft"] = await world.Get<SaveDraft>().ExecuteAsync(reader, id, Guid.CreateVersion7(), "x", 0),
        };
    }
}
