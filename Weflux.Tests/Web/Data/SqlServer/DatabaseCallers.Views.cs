using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private const string SomeView = """{"kind":2,"order":0,"filter":{"isUnread":true}}""";

    private static readonly ViewFilter Everything = new()
    {
        ConnectionId = 1,
        AssigneeId = 1,
        TeamId = 1,
        LabelId = 1,
        StageId = 1,
        Window = WindowState.Open,
        From = new DateOnly(2026, 5, 1),
        To = new DateOnly(2026, 5, 1),
        IsUnread = true,
        HasFailed = true,
    };

    /// <summary>Every view both ways, plain and narrowed, with few and with many that fit, for readers who see all and who do not.</summary>
    private static IEnumerable<DatabaseCaller> Views()
    {
        foreach (var kind in Enum.GetValues<ViewKind>())
        {
            foreach (var direction in Enum.GetValues<PageDirection>())
            {
                yield return Of<ConversationListQuery>($"{kind} {direction}", async s =>
                {
                    s.Rows.With("AssigneeId", 1L).With("SnoozedUntil", Stand.Noon).With("LastCustomerActAt", Stand.Noon).With("TimeZone", "UTC");
                    await ReadAsync(s, new InboxView { Kind = kind }, direction);
                    await ReadAsync(s, new InboxView { Kind = kind, Filter = Everything }, direction);
                    foreach (var window in Enum.GetValues<WindowState>())
                    {
                        await ReadAsync(s, new InboxView { Kind = kind, Filter = new ViewFilter { Window = window, AssigneeId = ViewFilter.Nobody } }, direction);
                    }

                    s.Rows.With("", ViewRows.Few + 1);
                    await ReadAsync(s, new InboxView { Kind = kind, Filter = Everything }, direction);
                });
            }

            yield return Of<ConversationListQuery>($"hints of {kind}", async s =>
            {
                s.Rows.With("AssigneeId", 1L).With("TimeZone", "UTC");
                var query = new ConversationListQuery(s.Database, new SharedRows(s.Database), s.Time);
                await query.ChangedAsync(s.Admin, new InboxView { Kind = kind }, [new RowVersion(1, 1), new RowVersion(2, 1)]);
                await query.ChangedAsync(s.Agent, new InboxView { Kind = kind, Filter = Everything }, [new RowVersion(1, 1), new RowVersion(2, 1)]);
            });
        }

        yield return Of<ViewCountsQuery>("all", async s =>
        {
            (await new ViewCountsQuery(s.Database, s.Time).GetAsync(s.Admin)).Should().NotBeNull();
            (await new ViewCountsQuery(s.Database, s.Time).GetAsync(s.Agent)).Should().NotBeNull();
        });
        yield return Of<ViewChoicesQuery>("all", async s =>
        {
            Named(s).With("Name", "Refund");
            var query = new ViewChoicesQuery(s.Database, new Weflux.Web.Inbox.Working.ActivityQuery(s.Database), new Weflux.Web.Work.Labels.LabelsQuery(s.Database));
            (await query.GetAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<MarkMentionsSeen>("some", async s =>
        {
            s.Rows.With("", true).With("AssigneeId", 1L);
            await new MarkMentionsSeen(s.Database, Stand.Broadcaster()).ExecuteAsync(s.Admin, 1, 5);
        });
        yield return Of<SavedViewsQuery>("some", async s =>
        {
            OfAdmin(s);
            (await new SavedViewsQuery(s.Database).GetAsync(s.Admin)).Should().NotBeEmpty();
        });
        yield return Of<SavedViewEdits>("a change", async s =>
        {
            OfAdmin(s);
            (await new MoveView(ViewEditsOf(s)).ExecuteAsync(s.Admin, 1, isUp: true)).Outcome.Should().Be(ViewOutcome.Saved);
        });
        yield return Of<SaveView>("new", async s =>
        {
            OfAdmin(s);
            (await new SaveView(ViewEditsOf(s)).ExecuteAsync(s.Admin, "New", InboxView.Default, ViewAudience.Agents)).Outcome.Should().Be(ViewOutcome.Saved);
        });
        yield return Of<EditView>("there", async s =>
        {
            OfAdmin(s);
            (await new EditView(ViewEditsOf(s)).ExecuteAsync(s.Admin, 1, "New", ViewAudience.Agents)).Outcome.Should().Be(ViewOutcome.Saved);
        });
        yield return Of<ReplaceView>("there", async s =>
        {
            OfAdmin(s);
            (await new ReplaceView(ViewEditsOf(s)).ExecuteAsync(s.Admin, 1, InboxView.Newest)).Outcome.Should().Be(ViewOutcome.Saved);
        });
        yield return Of<Weflux.Web.Inbox.Several.ChoosableQuery>("a view", async s =>
        {
            s.Rows.With("AssigneeId", 1L).With("TimeZone", "UTC");
            var query = new Weflux.Web.Inbox.Several.ChoosableQuery(s.Database, s.Time);
            (await query.GetAsync(s.Admin, InboxView.Default)).Rows.Should().NotBeEmpty();
        });
        yield return Of<DeleteView>("there", async s =>
        {
            OfAdmin(s);
            (await new DeleteView(ViewEditsOf(s)).ExecuteAsync(s.Admin, 1)).Outcome.Should().Be(ViewOutcome.Saved);
        });
    }

    private static async Task ReadAsync(PretendServer server, InboxView view, PageDirection direction)
    {
        var query = new ConversationListQuery(server.Database, new SharedRows(server.Database), server.Time);
        foreach (var actor in new[] { server.Admin, server.Agent })
        {
            foreach (var cursor in new[] { null, new ListCursor(true, Stand.Noon, 5, 5), new ListCursor(false, Stand.Noon, 5, 5) })
            {
                await query.GetAsync(actor, view, cursor, direction, 20);
            }
        }
    }

    private static void OfAdmin(PretendServer server) => server.Rows
        .With("OwnerId", server.Admin.User.Value).With("Audience", (int)ViewAudience.Everybody).With("View", SomeView)
        .With("Role", (int)Weflux.Domain.Team.Role.Admin);

    private static SavedViewEdits ViewEditsOf(PretendServer s) => new(
        s.Database, s.Audit, new ChangeBeat(s.Database, s.Time, NullLogger<ChangeBeat>.Instance));
}
