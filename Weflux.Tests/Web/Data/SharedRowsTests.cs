using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Data;

public sealed class SharedRowsTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private Shop _shop = null!;
    private long _one;
    private long _two;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _one = await _sandbox.MeetAsync(_shop, "15550000001", "One");
        _two = await _sandbox.MeetAsync(_shop, "15550000002", "Two");
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task However_many_ask_for_a_version_it_is_read_once()
    {
        var shared = new SharedRows(_sandbox.Database);
        using var watch = new CommandWatch(_sandbox);
        var readers = Enumerable.Range(0, 200).Select(_ => Task.Run(() => shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 2)])));
        var rows = await Task.WhenAll(readers);
        rows.Should().OnlyContain(r => r.Single().ContactName == "One");
        Reads(watch).Should().Be(1);
        await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)]);
        Reads(watch).Should().Be(1, "an older version is answered with the newer one");
    }

    [Fact]
    public async Task A_newer_version_is_read_again()
    {
        var shared = new SharedRows(_sandbox.Database);
        var before = (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single();
        await _sandbox.ChangeAsync(_shop, _one, c => c.Assign(_shop.Ravi));
        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, before.Version)])).Single().AssigneeId.Should().BeNull();
        var after = (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, before.Version + 1)])).Single();
        after.Assignee!.Name.Should().Be("Ravi");
        after.Version.Should().Be(before.Version + 1);
    }

    [Fact]
    public async Task Only_the_rows_that_are_not_there_yet_are_read()
    {
        var shared = new SharedRows(_sandbox.Database);
        await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)]);
        using var watch = new CommandWatch(_sandbox);
        var rows = await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1), new RowVersion(_two, 1)]);
        rows.Select(r => r.ContactName).Should().BeEquivalentTo("One", "Two");
        watch.Commands.Single(c => c.Sql.Contains("FROM \"Conversations\"")).Parameters
            .Where(p => !p.Name.Contains("filter")).Select(p => p.Value).Should().AllBeEquivalentTo(_two);
    }

    [Fact]
    public async Task What_is_a_readers_own_is_read_once_for_all_readers()
    {
        var shared = new SharedRows(_sandbox.Database);
        await new MarkSeen(_sandbox.Database, shared, Stand.Broadcaster()).ExecuteAsync(Manager(_shop.Asha), _one, 1);
        await new SaveDraft(_sandbox.Database, shared, TimeProvider.System).ExecuteAsync(Manager(_shop.Ravi), _one, Guid.NewGuid(), "Dear One");
        using var watch = new CommandWatch(_sandbox);

        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single().Of(_shop.Asha).Should().Be(new ReaderFacts(1, null));
        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single().Of(_shop.Ravi).Should().Be(new ReaderFacts(0, "Dear One"));

        watch.Commands.Count(c => c.Sql.Contains("ReadCursors") || c.Sql.Contains("Drafts")).Should().Be(2);
    }

    [Fact]
    public async Task What_a_reader_changed_is_read_again_though_it_raises_no_version()
    {
        var shared = new SharedRows(_sandbox.Database);
        var list = new ConversationListQuery(_sandbox.Database, shared, TimeProvider.System);
        RowVersion[] hint = [new(_one, 1)];
        (await list.ChangedAsync(Manager(_shop.Asha), InboxView.Default, hint)).Rows.Single().UnreadCount.Should().Be(1);

        await new MarkSeen(_sandbox.Database, shared, Stand.Broadcaster()).ExecuteAsync(Manager(_shop.Asha), _one, 1);
        (await list.ChangedAsync(Manager(_shop.Asha), InboxView.Default, hint)).Rows.Single().UnreadCount.Should().Be(0);

        await new SaveDraft(_sandbox.Database, shared, TimeProvider.System).ExecuteAsync(Manager(_shop.Asha), _one, Guid.NewGuid(), "Dear One");
        (await list.ChangedAsync(Manager(_shop.Asha), InboxView.Default, hint)).Rows.Single().DraftLine.Should().Be("Dear One");
    }

    [Fact]
    public async Task A_hint_of_another_node_about_a_readers_own_facts_is_read_again()
    {
        var (here, elsewhere) = (new SharedRows(_sandbox.Database), new SharedRows(_sandbox.Database));
        (await here.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single().Of(_shop.Asha).ReadCount.Should().Be(0);
        await new MarkSeen(_sandbox.Database, elsewhere, Stand.Broadcaster()).ExecuteAsync(Manager(_shop.Asha), _one, 1);

        (await here.GetAsync(_shop.Workspace, [new RowVersion(_one, 1, IsOwn: true)])).Single().Of(_shop.Asha).ReadCount.Should().Be(1);
        (await here.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single().Of(_shop.Asha).ReadCount.Should().Be(1);
    }

    [Fact]
    public async Task A_row_that_was_read_is_carried_on_by_whoever_changed_it()
    {
        var shared = new SharedRows(_sandbox.Database);
        await new MarkSeen(_sandbox.Database, shared, Stand.Broadcaster()).ExecuteAsync(Manager(_shop.Asha), _one, 1);
        var before = (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single();
        var (conversation, contact) = await HearAsync();
        using var watch = new CommandWatch(_sandbox);

        shared.Advance(conversation, contact, before.Version);

        var row = (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, conversation.Version)])).Single();
        row.Should().BeEquivalentTo(before with
        {
            Version = conversation.Version,
            InboundCount = 2,
            LastLine = "Again",
            LastSequence = conversation.LastSequence,
            LastWhatsAppId = conversation.LastWhatsAppId,
            LastActivityAt = conversation.LastActivityAt,
            WindowClosesAt = conversation.Window.ClosesAt,
        });
        row.Of(_shop.Asha).ReadCount.Should().Be(1);
        Reads(watch).Should().Be(0);
    }

    [Fact]
    public async Task A_row_that_missed_a_change_or_was_let_go_is_read_and_not_carried_on()
    {
        var shared = new SharedRows(_sandbox.Database);
        var before = (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single();
        await _sandbox.ChangeAsync(_shop, _one, c => c.Assign(_shop.Ravi));
        var (conversation, contact) = await HearAsync();
        shared.Advance(conversation, contact, conversation.Version - 1);
        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, conversation.Version)])).Single().Assignee!.Name.Should().Be("Ravi");

        var (later, same) = await HearAsync();
        shared.Forget(_shop.Workspace, _one);
        using var watch = new CommandWatch(_sandbox);
        shared.Advance(later, same, conversation.Version);
        await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, before.Version)]);
        Reads(watch).Should().Be(1);
    }

    [Fact]
    public async Task A_long_draft_is_cut_for_the_line_between_characters()
    {
        var shared = new SharedRows(_sandbox.Database);
        var draft = new string('a', 199) + "\U0001F600" + new string('b', 500);
        await new SaveDraft(_sandbox.Database, shared, TimeProvider.System).ExecuteAsync(Manager(_shop.Asha), _one, Guid.NewGuid(), draft);

        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Single().Of(_shop.Asha).Draft.Should().Be(new string('a', 199));
    }

    [Fact]
    public async Task A_failed_read_is_not_kept()
    {
        var shared = new SharedRows(_sandbox.Database);
        _sandbox.Execute("ALTER TABLE \"Conversations\" RENAME TO \"Away\";");
        var ask = () => shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)]);
        await ask.Should().ThrowAsync<SqliteException>();
        _sandbox.Execute("ALTER TABLE \"Away\" RENAME TO \"Conversations\";");
        (await ask()).Should().ContainSingle();
    }

    [Fact]
    public async Task Rows_that_do_not_exist_are_left_out_and_workspaces_do_not_share()
    {
        var shared = new SharedRows(_sandbox.Database);
        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1), new RowVersion(999, 1)])).Should().ContainSingle();
        (await shared.GetAsync(new WorkspaceId(999), [new RowVersion(_one, 1)])).Should().BeEmpty();
        (await shared.GetAsync(_shop.Workspace, [new RowVersion(_one, 1)])).Should().ContainSingle();
    }

    /// <summary>The customer writes again.</summary>
    private async Task<(Conversation Conversation, Contact Contact)> HearAsync()
    {
        await _sandbox.HearAsync(_shop, _one, Stand.Noon.AddMinutes(5), new TextContent("Again"));
        await using var db = _sandbox.Database.Open(_shop.Workspace);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == _one);
        return (conversation, await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == conversation.ContactId));
    }

    private Actor Manager(UserId user) => Stand.Actor(_shop.Workspace, user, Role.Manager);

    private static int Reads(CommandWatch watch) => watch.Commands.Count(c => c.Sql.Contains("FROM \"Conversations\""));
}
