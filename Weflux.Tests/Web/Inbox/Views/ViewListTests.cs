using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox.Views;

/// <summary>
/// Every view, against the plainest reckoning of what belongs to it and in which order: read page by page both ways,
/// counted, and decided row by row when hints come.
/// </summary>
public sealed class ViewListTests : IAsyncLifetime
{
    private const int Count = 16;

    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
    private readonly List<long> _ids = [];
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        for (var i = 0; i < Count; i++)
        {
            _ids.Add(await _sandbox.MeetAsync(_shop, $"155500010{i:00}", at: Stand.Noon.AddHours(-1)));
        }

        _sandbox.Execute($"""
            INSERT INTO "LifecycleStages" ("Id", "WorkspaceId", "Name", "Position") VALUES (1, {_shop.Workspace}, 'Lead', 1);
            INSERT INTO "Labels" ("Id", "WorkspaceId", "Name", "NameKey", "Color") VALUES (1, {_shop.Workspace}, 'VIP', 'VIP', 1);
            """);
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_view_shows_what_belongs_to_it_once_and_in_order_to_every_reader()
    {
        await Worlds.SampleAsync(
            async (lines, take) =>
            {
                Arrange(lines);
                foreach (var actor in Readers())
                {
                    foreach (var view in Views())
                    {
                        await VisitAsync(actor, view, lines, take);
                    }
                }
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    public async Task Filters_narrow_every_view_and_fit_together()
    {
        await Gen.Select(Worlds, Filters).SampleAsync(
            async (world, filter) =>
            {
                Arrange(world.Item1);
                foreach (var actor in Readers())
                {
                    foreach (var view in Views())
                    {
                        await VisitAsync(actor, view with { Filter = filter }, world.Item1, world.Item2);
                    }
                }
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task The_counts_are_those_of_the_lists()
    {
        await Worlds.SampleAsync(
            async (lines, _) =>
            {
                Arrange(lines);
                foreach (var actor in Readers())
                {
                    var counts = (await new ViewCountsQuery(_sandbox.Database, _time).GetAsync(actor))!;
                    foreach (var kind in ViewWords.Kinds.Except([ViewKind.Closed, ViewKind.Mentions]))
                    {
                        counts.Of(kind).Should().Be(Expected(actor, new InboxView { Kind = kind }, lines).Count, kind.ToString());
                    }

                    counts.Of(ViewKind.Closed).Should().BeNull();
                    counts.Mentions.Should().Be(Expected(actor, new InboxView { Kind = ViewKind.Mentions }, lines).Count(i => lines[i].Mention == 1));
                    counts.MyWaiting.Should().Be(Enumerable.Range(0, Count).Count(i => lines[i] is { State: ConversationState.Open, Holder: 1, Waits: true }));
                }
            },
            iter: 25,
            threads: 1);
    }

    /// <summary>What one conversation is like.</summary>
    /// <param name="Time">Hours before now of its last message and of the customer's last act.</param>
    /// <param name="Holder">0 nobody, 1 the reader, 2 somebody else.</param>
    /// <param name="Team">0 none, 1 a team of the reader's, 2 another one.</param>
    /// <param name="Asked">0 nobody, 1 the reader, 2 the reader's team, 3 somebody else: who is asked to take it over.</param>
    /// <param name="Mention">0 none, 1 not seen, 2 seen.</param>
    /// <param name="Facts">Label, stage, trouble, unread, whether the reader takes part.</param>
    private sealed record Line(int Time, int Act, int Holder, int Team, int Asked, bool Waits, ConversationState State, int Mention, (bool Label, bool Stage, bool Trouble, bool Unread, bool Joined) Facts);

    private static readonly Gen<Line> Lines = Gen.Select(
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 3]),
        Gen.Bool,
        Gen.Enum<ConversationState>(),
        Gen.Int[0, 2],
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        (numbers, waits, state, mention, facts) => new Line(
            numbers.Item1, numbers.Item2, numbers.Item3, numbers.Item4, AskedOf(numbers.Item5, numbers.Item3, state), waits && state != ConversationState.Closed, state, mention, facts));

    private static readonly Gen<(Line[], int)> Worlds = Gen.Select(Lines.Array[Count], Gen.Int[1, 6]);

    private static readonly Gen<ViewFilter> Filters = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Int[0, 5],
        Gen.Int[0, 3],
        Gen.Int[-1, 2],
        Gen.Int[-2, 2],
        (some, window, days, holder, team) => new ViewFilter
        {
            LabelId = some.Item1 ? 1 : null,
            StageId = some.Item2 ? 1 : null,
            HasFailed = some.Item3,
            IsUnread = some.Item4,
            Window = window is > 0 and < 4 ? (WindowState)window : null,
            From = days is 1 or 3 ? new DateOnly(2026, 5, 4) : null,
            To = days is 2 ? new DateOnly(2026, 5, 3) : null,
            AssigneeId = holder < 0 ? null : holder,
            TeamId = team < 0 ? null : team,
        });

    /// <summary>Only whoever holds an open conversation asks, and never themselves.</summary>
    private static int AskedOf(int asked, int holder, ConversationState state) =>
        holder == 0 || state != ConversationState.Open || (holder, asked) is (1, 1) or (2, 3) ? 0 : asked;

    private static DateTimeOffset LastAt(Line line) => Stand.Noon.AddHours(-6 * line.Time);

    /// <summary>Never, long ago, to the tick at which the window shuts, closing, to the tick at which it begins to close, open.</summary>
    private static DateTimeOffset? ActOf(Line line) => line.Act switch
    {
        0 => null,
        1 => Stand.Noon.AddHours(-30),
        2 => Stand.Noon.AddHours(-24),
        3 => Stand.Noon.AddHours(-23),
        4 => Stand.Noon.AddHours(-22),
        _ => Stand.Noon.AddHours(-1),
    };

    private static DateTimeOffset? SnoozedUntil(Line line) =>
        line.State == ConversationState.Snoozed ? Stand.Noon.AddHours(1 + (line.Time % 2)) : null;

    /// <summary>The first thing that nobody answered was said before the last one.</summary>
    private static DateTimeOffset? WaitsSince(Line line) => line.Waits ? Stand.Noon.AddHours(-8 + line.Act) : null;

    private IEnumerable<Actor> Readers() =>
    [
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Manager, AgentVisibility.Own) with { Teams = TeamSet.Of([1]) },
        .. Enum.GetValues<AgentVisibility>().Select(v => Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent, v) with { Teams = TeamSet.Of([1]) }),
        Stand.Actor(_shop.Workspace, _shop.Asha, Role.Agent),
    ];

    private static IEnumerable<InboxView> Views() =>
        from kind in Enum.GetValues<ViewKind>()
        from order in kind is ViewKind.All or ViewKind.Mine or ViewKind.Unassigned or ViewKind.TakingPart ? Enum.GetValues<ListOrder>() : [ListOrder.NeedsReplyFirst]
        select new InboxView { Kind = kind, Order = order };

    private long? HolderOf(Line line) => line.Holder switch { 0 => null, 1 => _shop.Asha.Value, _ => _shop.Ravi.Value };

    private void Arrange(Line[] lines)
    {
        var sql = new StringBuilder("""
            DELETE FROM "SendTroubles"; DELETE FROM "NoteMentions"; DELETE FROM "Notes"; DELETE FROM "ConversationLabels"; DELETE FROM "ReadCursors"; DELETE FROM "Participations";
            """);
        foreach (var (id, line) in _ids.Zip(lines))
        {
            var (w, state) = (_shop.Workspace, (int)line.State);
            sql.Append(CultureInfo.InvariantCulture, $"""
                UPDATE "Conversations" SET "LastActivityAt" = {LastAt(line).UtcTicks}, "LastSequence" = {id * 7 % 5}, "State" = {state},
                    "AssigneeId" = {Or(HolderOf(line))}, "TeamId" = {Or(HoldingOf(line).Team)}, "AskedMemberId" = {Or(HoldingOf(line).AskedMember?.Value)},
                    "AskedTeamId" = {Or(HoldingOf(line).AskedTeam)}, "AskedUntil" = {Or(line.Asked == 0 ? null : Stand.Noon.AddMinutes(5).UtcTicks)}, "NeedsReply" = {(line.Waits ? 1 : 0)}, "WaitingSince" = {Or(WaitsSince(line)?.UtcTicks)}, "Version" = "Version" + 1,
                    "Participants" = '{ParticipantsOf(line).Text}',
                    "LastCustomerActAt" = {Or(ActOf(line)?.UtcTicks)}, "SnoozedUntil" = {Or(SnoozedUntil(line)?.UtcTicks)} WHERE "Id" = {id};
                UPDATE "Contacts" SET "StageId" = {(line.Facts.Stage ? 1 : "NULL")} WHERE "Id" = (SELECT "ContactId" FROM "Conversations" WHERE "Id" = {id});
                """);
            if (line.Facts.Label)
            {
                sql.Append(CultureInfo.InvariantCulture, $"""INSERT INTO "ConversationLabels" ("WorkspaceId", "ConversationId", "LabelId") VALUES ({w}, {id}, 1);""");
            }

            foreach (var member in ParticipantsOf(line).Members)
            {
                sql.Append(CultureInfo.InvariantCulture, $"""INSERT INTO "Participations" ("WorkspaceId", "ConversationId", "UserId", "AddedAt") VALUES ({w}, {id}, {member}, 0);""");
            }

            if (!line.Facts.Unread)
            {
                sql.Append(CultureInfo.InvariantCulture, $"""INSERT INTO "ReadCursors" ("WorkspaceId", "ConversationId", "UserId", "InboundCount") VALUES ({w}, {id}, {_shop.Asha}, 1);""");
            }

            if (line.Facts.Trouble)
            {
                sql.Append(CultureInfo.InvariantCulture, $"""
                    INSERT INTO "SendTroubles" ("MessageId", "WorkspaceId", "ConversationId", "ConnectionId", "Code", "Since")
                    SELECT MIN("Id"), {w}, {id}, {_shop.ConnectionId}, 1, 0 FROM "Messages" WHERE "ConversationId" = {id};
                    """);
            }

            Mention(sql, id, line);
        }

        _sandbox.Execute(sql.ToString());

        static string Or(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "NULL";
    }

    /// <summary>An old mention that was seen, and a newer one; and one of somebody else.</summary>
    private void Mention(StringBuilder sql, long id, Line line)
    {
        for (var nth = 1; nth <= 3 && line.Mention > 0; nth++)
        {
            var (note, isSeen) = (NoteOf(id, nth), nth == 1 || line.Mention == 2 ? 1 : 0);
            sql.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO "Notes" ("Id", "WorkspaceId", "ConversationId", "AuthorId", "DraftId", "Text", "WrittenAt", "ChangeSequence")
                VALUES ({note}, {_shop.Workspace}, {id}, {_shop.Ravi}, '{Guid.NewGuid().ToString().ToUpperInvariant()}', 'x', 0, 1);
                INSERT INTO "NoteMentions" ("WorkspaceId", "NoteId", "UserId", "IsSeen") VALUES ({_shop.Workspace}, {note}, {(nth == 3 ? _shop.Ravi : _shop.Asha)}, {isSeen});
                """);
        }
    }

    private static long NoteOf(long id, int nth) => (nth * 1000) + (id * 11 % 17 * 20) + id;

    private async Task VisitAsync(Actor actor, InboxView view, Line[] lines, int take)
    {
        var query = new ConversationListQuery(_sandbox.Database, new SharedRows(_sandbox.Database), _time);
        List<long> expected = [.. Expected(actor, view, lines).Select(i => _ids[i])];
        var down = new List<ConversationRow>();
        for (var hasMore = true; hasMore;)
        {
            var page = await query.GetAsync(actor, view, down.Count > 0 ? ListCursor.Of(down[^1]) : null, PageDirection.After, take);
            hasMore = page.HasMore;
            (!hasMore || page.Rows.Count == take).Should().BeTrue("a page with more behind it is full");
            down.AddRange(page.Rows);
        }

        down.Select(r => r.Id).Should().Equal(expected, $"{view} of {actor.Role} {actor.Settings.Visibility}");
        var changed = await query.ChangedAsync(actor, view, [.. _ids.Select(id => new RowVersion(id, 0))]);
        changed.Rows.Select(r => r.Id).Should().BeEquivalentTo(expected, "hints decide as the list does");
        changed.Rows.ToDictionary(r => r.Id, r => r.Place).Should().BeEquivalentTo(down.ToDictionary(r => r.Id, r => r.Place), "and put the row in the same place");
        changed.GoneIds.Should().BeEquivalentTo(_ids.Except(expected));
        if (down.Count > 0)
        {
            List<ConversationRow> up = [down[^1]];
            for (var hasMore = true; hasMore;)
            {
                var page = await query.GetAsync(actor, view, ListCursor.Of(up[0]), PageDirection.Before, take);
                up.InsertRange(0, page.Rows);
                hasMore = page.HasMore;
            }

            up.Select(r => r.Id).Should().Equal(expected);
        }
    }

    private List<int> Expected(Actor actor, InboxView view, Line[] lines)
    {
        var found = Enumerable.Range(0, Count).Where(i => MaySee(actor, lines[i]) && IsOf(view.Kind, actor, lines[i]) && Fits(view.Filter, lines[i]));
        var newest = found.OrderByDescending(i => (LastAt(lines[i]), _ids[i] * 7 % 5, _ids[i]));
        return view.Kind switch
        {
            ViewKind.NeedsReply => [.. found.OrderBy(i => (WaitsSince(lines[i]), _ids[i]))],
            ViewKind.Snoozed => [.. found.OrderBy(i => (SnoozedUntil(lines[i]), _ids[i]))],
            ViewKind.ClosingSoon => [.. found.OrderBy(i => (ActOf(lines[i]), _ids[i]))],
            ViewKind.Mentions => [.. found.OrderByDescending(i => (lines[i].Mention == 1, NoteOf(_ids[i], 2)))],
            ViewKind.Closed or ViewKind.Failed => [.. newest],
            _ => [.. view.Order == ListOrder.Newest ? newest : newest.OrderByDescending(i => lines[i].Waits).ThenByDescending(i => (LastAt(lines[i]), _ids[i] * 7 % 5, _ids[i]))],
        };
    }

    private Holding HoldingOf(Line line) => new(
        HolderOf(line) is { } holder ? new UserId(holder) : null,
        line.Team == 0 ? null : line.Team,
        line.Asked switch { 1 => _shop.Asha, 3 => _shop.Ravi, _ => null },
        line.Asked == 2 ? 1 : null,
        ParticipantsOf(line));

    /// <summary>Somebody else takes part in all of them.</summary>
    private Participants ParticipantsOf(Line line) => line.Facts.Joined ? Participants.None.With(_shop.Ravi).With(_shop.Asha) : Participants.None.With(_shop.Ravi);

    private bool MaySee(Actor actor, Line line) => actor.MaySee(HoldingOf(line));

    private static bool IsMine(Actor actor, Line line) => line.Holder == 1 || line.Asked == 1 || (line.Asked == 2 && actor.Teams.Has(1));

    private static bool IsOf(ViewKind kind, Actor actor, Line line)
    {
        var isOpen = line.State == ConversationState.Open;
        return kind switch
        {
            ViewKind.All => isOpen,
            ViewKind.Mine => isOpen && IsMine(actor, line),
            ViewKind.Unassigned => isOpen && line.Holder == 0,
            ViewKind.TakingPart => isOpen && line.Facts.Joined,
            ViewKind.NeedsReply => isOpen && line.Waits,
            ViewKind.Mentions => line.Mention > 0,
            ViewKind.Snoozed => line.State == ConversationState.Snoozed,
            ViewKind.Closed => line.State == ConversationState.Closed,
            ViewKind.ClosingSoon => isOpen && line.Waits && line.Act == 3,
            ViewKind.Failed => line.Facts.Trouble,
            _ => false,
        };
    }

    private bool Fits(ViewFilter filter, Line line) =>
        (filter.LabelId is null || line.Facts.Label)
        && (filter.StageId is null || line.Facts.Stage)
        && (!filter.HasFailed || line.Facts.Trouble)
        && (!filter.IsUnread || line.Facts.Unread)
        && (filter.Window is null || filter.Window switch
        {
            WindowState.Open => line.Act >= 3,
            WindowState.Closing => line.Act == 3,
            _ => line.Act < 3,
        })
        && (filter.From is not { } from || LastAt(line) >= new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero))
        && (filter.To is not { } to || LastAt(line) < new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero))
        && (filter.TeamId is not { } team || line.Team == team)
        && (filter.AssigneeId is not { } holder || (HolderOf(line) ?? 0) == holder);
}
