using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Data;

public sealed class TenancyTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private Shop _ours = null!;
    private Shop _theirs = null!;
    private long _ourConversation;
    private long _theirConversation;

    public async ValueTask InitializeAsync()
    {
        _ours = await _sandbox.OpenShopAsync("ours");
        _theirs = await _sandbox.OpenShopAsync("theirs");
        _ourConversation = await _sandbox.MeetAsync(_ours, "15550001111");
        _theirConversation = await _sandbox.MeetAsync(_theirs, "15550001111");
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_table_with_a_workspace_is_filtered()
    {
        using var db = _sandbox.Database.OpenForSystem();
        var types = db.Model.GetEntityTypes().Where(t => t.FindProperty("WorkspaceId") is not null).ToList();
        types.Should().HaveCountGreaterThan(10).And.OnlyContain(t => t.GetDeclaredQueryFilters().Count == 1);
    }

    [Fact]
    public async Task Rows_of_another_workspace_are_not_seen_by_any_road()
    {
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        (await db.Set<Conversation>().Select(c => c.Id).ToListAsync()).Should().Equal(_ourConversation);
        (await db.Set<Message>().CountAsync()).Should().Be(1);
        (await db.Set<Conversation>().AnyAsync(c => c.Id == _theirConversation)).Should().BeFalse();
        (await db.FindAsync<Conversation>(_theirConversation)).Should().BeNull();
        (await db.Set<Contact>().SelectMany(c => c.Identities).CountAsync()).Should().Be(1);
        (await db.Set<Conversation>().Where(c => c.Id == _theirConversation).ExecuteDeleteAsync()).Should().Be(0);
        (await db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, "taken"))).Should().Be(1);
        _sandbox.Scalar("SELECT COUNT(*) FROM \"Connections\" WHERE \"Name\" = 'taken'").Should().Be(1);
    }

    [Fact]
    public async Task A_context_of_the_system_sees_rows_of_workspaces_only_when_it_says_so()
    {
        await using var db = _sandbox.Database.OpenForSystem();
        (await db.Set<Conversation>().CountAsync()).Should().Be(0);
        (await db.Set<Conversation>().AcrossWorkspaces().CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Adding_a_row_of_another_workspace_throws()
    {
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        db.Add(Contact.Meet(_theirs.Workspace, Stand.Noon));
        await RefusedAsync(db);
    }

    [Fact]
    public async Task Changing_a_row_of_another_workspace_throws()
    {
        var foreign = await TheirConversationAsync();
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        db.Attach(foreign);
        foreign.Assign(_ours.Asha);
        await RefusedAsync(db);
    }

    [Fact]
    public async Task Deleting_a_row_of_another_workspace_throws()
    {
        var foreign = await TheirConversationAsync();
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        db.Remove(foreign);
        await RefusedAsync(db);
    }

    [Fact]
    public async Task Taking_a_row_from_another_workspace_throws()
    {
        var foreign = await TheirConversationAsync();
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        db.Attach(foreign).Property(c => c.WorkspaceId).CurrentValue = _ours.Workspace;
        await RefusedAsync(db);
        _sandbox.Scalar($"SELECT \"WorkspaceId\" FROM \"Conversations\" WHERE \"Id\" = {_theirConversation}").Should().Be(_theirs.Workspace.Value);
    }

    [Fact]
    public async Task Giving_a_row_to_another_workspace_throws()
    {
        await using var db = _sandbox.Database.Open(_ours.Workspace);
        var own = await db.Set<Conversation>().SingleAsync();
        db.Entry(own).Property(c => c.WorkspaceId).CurrentValue = _theirs.Workspace;
        await RefusedAsync(db);
    }

    [Fact]
    public async Task The_first_workspace_to_ask_does_not_become_everybodys()
    {
        foreach (var shop in new[] { _ours, _theirs, _ours, _theirs })
        {
            await using var db = _sandbox.Database.Open(shop.Workspace);
            (await db.Set<Conversation>().Select(c => c.WorkspaceId).ToListAsync()).Should().Equal(shop.Workspace);
        }
    }

    [Fact]
    public async Task Workspaces_that_ask_at_the_same_time_each_get_their_own() =>
        await Parallel.ForAsync(0, 400, async (i, token) =>
        {
            var shop = i % 2 == 0 ? _ours : _theirs;
            await using var db = _sandbox.Database.Open(shop.Workspace);
            (await db.Set<Conversation>().Select(c => c.WorkspaceId).ToListAsync(token)).Should().Equal(shop.Workspace);
            (await db.Set<Message>().Select(m => m.WorkspaceId).ToListAsync(token)).Should().Equal(shop.Workspace);
        });

    [Fact]
    public async Task Queries_and_use_cases_answer_a_stranger_as_if_nothing_were_there()
    {
        var stranger = Stand.Actor(_ours.Workspace, _ours.Asha, Role.Admin);
        var threads = new ThreadQuery(_sandbox.Database, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Stand.Noon));
        (await threads.GetAsync(stranger, _theirConversation)).Should().BeNull();
        (await threads.OlderAsync(stranger, _theirConversation, new ThreadCursor(Stand.Noon.AddDays(1), 99))).Messages.Should().BeEmpty();
        (await threads.ChangesAsync(stranger, _theirConversation, 0)).Should().BeNull();
        var shared = new SharedRows(_sandbox.Database);
        (await shared.GetAsync(_ours.Workspace, [new RowVersion(_theirConversation, 0)])).Should().BeEmpty();
        var list = new ConversationListQuery(_sandbox.Database, shared, TimeProvider.System);
        var changed = await list.ChangedAsync(stranger, InboxView.Default, [new RowVersion(_theirConversation, 1), new RowVersion(_ourConversation, 1)]);
        changed.Rows.Select(r => r.Id).Should().Equal(_ourConversation);
        changed.GoneIds.Should().Equal(_theirConversation);
        await new MarkSeen(_sandbox.Database, new SharedRows(_sandbox.Database), Stand.Broadcaster()).ExecuteAsync(stranger, _theirConversation, 1);
        (await new SaveDraft(_sandbox.Database, new SharedRows(_sandbox.Database), TimeProvider.System).ExecuteAsync(stranger, _theirConversation, Guid.NewGuid(), "Hi")).Should().BeFalse();
        _sandbox.Scalar("SELECT (SELECT COUNT(*) FROM \"ReadCursors\") + (SELECT COUNT(*) FROM \"Drafts\")").Should().Be(0);
    }

    [Fact]
    public async Task Ids_that_differ_only_in_case_stay_different()
    {
        foreach (var id in new[] { "IN.abc", "IN.ABC" })
        {
            await _sandbox.Database.WriteAsync(
                _ours.Workspace,
                async db =>
                {
                    var contact = Contact.Meet(_ours.Workspace, Stand.Noon);
                    contact.Hear(new HeardContact([IdentityKey.UserId("waba", id)], null, id, null), Stand.Noon);
                    db.Add(contact);
                    await db.SaveChangesAsync();
                },
                CancellationToken.None);
        }

        await using var read = _sandbox.Database.Open(_ours.Workspace);
        var values = new List<string> { "IN.abc" };
        (await read.Set<Contact>().Where(c => c.Identities.Any(i => values.Contains(i.Value))).Select(c => c.ProfileName).ToListAsync())
            .Should().Equal("IN.abc");
    }

    private async Task<Conversation> TheirConversationAsync()
    {
        await using var db = _sandbox.Database.Open(_theirs.Workspace);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync();
    }

    private static async Task RefusedAsync(WefluxDbContext db)
    {
        await db.Invoking(d => d.SaveChangesAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*must not write*");
        db.Invoking(d => d.SaveChanges()).Should().Throw<InvalidOperationException>().WithMessage("*must not write*");
    }
}
