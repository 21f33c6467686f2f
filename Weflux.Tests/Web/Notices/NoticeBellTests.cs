using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Inbox;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;

namespace Weflux.Tests.Web.Notices;

public sealed class NoticeBellTests
{
    [Fact]
    public async Task A_bell_without_notices_says_what_will_come_in()
    {
        await using var world = await OpenAsync();
        var bell = Ring(world);

        await bell.WaitForAssertionAsync(() => bell.Find(".bell-empty").TextContent.Should().StartWith("Nothing to tell you."));
        bell.Find(".bell-button").GetAttribute("aria-label").Should().Be("Notices");
        bell.FindAll(".bell-count").Should().BeEmpty();
        bell.FindAll(".bell-all").Should().BeEmpty("there is nothing to mark");
    }

    [Fact]
    public async Task What_somebody_is_told_of_comes_in_by_itself_is_counted_and_leads_to_its_conversation()
    {
        await using var world = await OpenAsync();
        var conversation = await world.MeetAsync("Tom");
        var bell = Ring(world);
        await bell.WaitForAssertionAsync(() => bell.Find(".bell-empty"));

        await TellAsync(world, NoticeKind.CollaboratorAdded, conversation);

        await ComesAsync(world, bell, () => bell.Find(".bell-button").GetAttribute("aria-label") == "Notices, 1 unread");
        bell.Find("[role=status]").TextContent.Should().Be("Notices, 1 unread");
        bell.Find("[data-unread]").TextContent.Should().Be("1");
        var line = bell.Find("[data-notice]");
        line.GetAttribute("href").Should().Be($"/w/chai/inbox/{conversation.Id}");
        line.QuerySelector(".bell-title")!.TextContent.Should().Be("A colleague asked you to help with Tom");
    }

    [Fact]
    public async Task One_or_all_are_marked_as_read_in_every_tab_of_the_person()
    {
        await using var world = await OpenAsync();
        var (one, two) = (await world.MeetAsync("Tom"), await world.MeetAsync("Asha"));
        await TellAsync(world, NoticeKind.CollaboratorAdded, one);
        await TellAsync(world, NoticeKind.SnoozeOver, two);
        var (bell, other) = (Ring(world), Ring(world));
        await SeeAsync(world, bell, "unread", "unread");

        await bell.Find("[data-notice-kind=SnoozeOver] .bell-read").ClickAsync();
        await SeeAsync(world, bell, "read", "unread");
        await SeeAsync(world, other, "read", "unread");
        bell.FindAll(".bell-read").Should().ContainSingle().Which.GetAttribute("aria-label").Should().Be("Mark as read: A colleague asked you to help with Tom");

        await other.Find(".bell-all").ClickAsync();
        await SeeAsync(world, bell, "read", "read");
        bell.FindAll(".bell-count").Should().BeEmpty();
    }

    [Fact]
    public async Task Opening_one_marks_it_as_read()
    {
        await using var world = await OpenAsync();
        await TellAsync(world, NoticeKind.CollaboratorAdded, await world.MeetAsync("Tom"));
        var bell = Ring(world);
        await SeeAsync(world, bell, "unread");

        await bell.Find("[data-notice]").ClickAsync();
        await SeeAsync(world, bell, "read");
    }

    [Fact]
    public async Task A_mark_that_cannot_be_written_is_said_in_the_bell_and_breaks_nothing_else()
    {
        await using var world = await OpenAsync();
        await TellAsync(world, NoticeKind.CollaboratorAdded, await world.MeetAsync("Tom"));
        var bell = Ring(world);
        await SeeAsync(world, bell, "unread");
        await world.EditAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER Broken BEFORE UPDATE ON \"Notices\" BEGIN SELECT RAISE(ABORT, 'broken'); END"));

        await bell.Find(".bell-read").ClickAsync();
        bell.Find("[role=alert]").TextContent.Should().StartWith("The notices could not be read.");

        await world.EditAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER Broken"));
        await bell.Find("[role=alert] button").ClickAsync();
        await SeeAsync(world, bell, "unread");
    }

    [Fact]
    public async Task What_was_dealt_with_is_marked_so_and_does_not_count()
    {
        await using var world = await OpenAsync();
        var conversation = await world.MeetAsync("Tom");
        await TellAsync(world, NoticeKind.HandOverOffered, conversation);
        var bell = Ring(world);
        await SeeAsync(world, bell, "unread");

        await WriteAsync(world, (db, _) => NoticeBook.SettleAsync(db, NoticeKind.HandOverOffered, conversation.Id, world.Me.User, world.Time.GetUtcNow(), default));
        await SeeAsync(world, bell, "handled");
        bell.Find(".bell-when").TextContent.Should().EndWith("· Handled");
        bell.FindAll(".bell-count").Should().BeEmpty();
    }

    [Fact]
    public async Task In_quiet_hours_the_bell_fills_says_so_and_the_browser_is_asked_for_nothing()
    {
        await using var world = await OpenAsync();
        await PreferAsync(world, p => p with { Quiet = new QuietHours(0, 0, Weekdays.All) });
        var bell = Ring(world);
        await bell.WaitForAssertionAsync(() => bell.Find(".bell-hint").TextContent.Should().StartWith("These are your quiet hours"));
        await TellAsync(world, NoticeKind.Mentioned, await world.MeetAsync("Tom"));
        await TellAsync(world, NoticeKind.SnoozeOver, await world.MeetAsync("Asha"));

        await ComesAsync(world, bell, () => bell.FindAll("[data-notice]").Count == 2);
        Told(world).Should().BeEmpty();
    }

    [Fact]
    public async Task The_browser_tells_what_came_since_the_page_was_opened_and_nothing_else()
    {
        await using var world = await OpenAsync();
        await TellAsync(world, NoticeKind.SnoozeOver, await world.MeetAsync("Before"));
        var bell = Ring(world);
        await SeeAsync(world, bell, "unread");
        await TellAsync(world, NoticeKind.SnoozeOver, await world.MeetAsync("Asha"));

        await ComesAsync(world, bell, () => Told(world) is ["Asha: Asha is back from its snooze"]);
        await TellAsync(world, NoticeKind.TakenAway, await world.MeetAsync("Tom"));
        await ComesAsync(world, bell, () => bell.FindAll("[data-notice]").Count == 3);
        Told(world).Should().Equal(["Asha: Asha is back from its snooze"], "that kind is only for the bell");
    }

    [Fact]
    public async Task A_crowd_is_told_in_one_notice_of_the_browser()
    {
        await using var world = await OpenAsync();
        var bell = Ring(world);
        await bell.WaitForAssertionAsync(() => bell.Find(".bell-empty"));
        List<Conversation> all = [];
        foreach (var name in new[] { "Asha", "Tom", "Mei", "Ana", "Bo" })
        {
            all.Add(await world.MeetAsync(name));
        }

        await WriteAsync(world, (db, sequence) => NoticeBook.AddAsync(
            db, all.ConvertAll(c => new NoticeNews(NoticeKind.SnoozeOver, world.Me.User, c.Id, world.Time.GetUtcNow(), sequence)), default));

        await ComesAsync(world, bell, () => Told(world) is [var only] && only.StartsWith("5 conversations wait for you: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_listens_any_more_once_the_bell_is_gone()
    {
        await using var world = await OpenAsync();
        var bell = Ring(world);
        await bell.WaitForAssertionAsync(() => bell.Find(".bell-empty"));
        var reads = bell.RenderCount;
        await bell.Instance.DisposeAsync();
        await TellAsync(world, NoticeKind.SnoozeOver, await world.MeetAsync("Asha"));
        bell.RenderCount.Should().Be(reads);
    }

    private static async Task<InboxWorld> OpenAsync()
    {
        var world = await InboxWorld.OpenAsync();
        await world.Services.GetRequiredService<NoticePost>().StartAsync(default);
        return world;
    }

    private static IRenderedComponent<NoticeBell> Ring(InboxWorld world) => world.Render<NoticeBell>(p => p.Add(b => b.Slug, InboxWorld.Slug).Add(b => b.Actor, world.Me));

    private static IEnumerable<string?> States(IRenderedComponent<NoticeBell> bell) => bell.FindAll("[data-notice-kind]").Select(l => l.GetAttribute("data-state"));

    /// <summary>What the browser was asked to show.</summary>
    private static Task SeeAsync(InboxWorld world, IRenderedComponent<NoticeBell> bell, params string[] states) =>
        ComesAsync(world, bell, () => States(bell).SequenceEqual(states, StringComparer.Ordinal));

    /// <summary>A bell that has just read rests, so time has to pass.</summary>
    private static Task ComesAsync(InboxWorld world, IRenderedComponent<NoticeBell> bell, Func<bool> isSo) => Eventually.BeAsync(async () =>
    {
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var seen = false;
        await bell.InvokeAsync(() => seen = isSo());
        return seen;
    });

    private static List<string> Told(InboxWorld world) =>
        [.. world.JSInterop.Invocations["tell"].SelectMany(call => Notices(call.Arguments[0]!)).Select(n => $"{n.Title}: {n.Body}")];

    private static IReadOnlyList<BrowserNotice> Notices(object message) => (IReadOnlyList<BrowserNotice>)message.GetType().GetProperty("notices")!.GetValue(message)!;

    private static Task TellAsync(InboxWorld world, NoticeKind kind, Conversation conversation)
    {
        world.Time.Advance(TimeSpan.FromSeconds(1));
        return WriteAsync(world, (db, sequence) => NoticeBook.AddAsync(
            db, new NoticeNews(kind, world.Me.User, conversation.Id, world.Time.GetUtcNow(), sequence), default));
    }

    private static Task WriteAsync(InboxWorld world, Func<WefluxDbContext, long, Task> work) => world.Database.WriteAsync(
        world.Me.Workspace,
        async db =>
        {
            await work(db, await db.TakeSequenceAsync(1, default));
            await db.SaveChangesAsync();
        },
        default);

    private static Task PreferAsync(InboxWorld world, Func<PersonPreferences, PersonPreferences> change) => world.EditAsync(async db =>
    {
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == world.Me.User.Value);
        user.Preferences = change(user.Preferences);
        await db.SaveChangesAsync();
    });
}
