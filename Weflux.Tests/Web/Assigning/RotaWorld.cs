using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Assigning;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Presence;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Assigning;

/// <summary>A workspace in a database file of its own, whose people come and go as a test says.</summary>
internal sealed class RotaWorld : IDisposable
{
    private int _customers;

    public Sandbox Sandbox { get; } = new();

    public FakeTimeProvider Time { get; } = new(Stand.Noon);

    public Shop Shop { get; private set; } = null!;

    public UserId Asha => Shop.Asha;

    public UserId Ravi => Shop.Ravi;

    public static async Task<RotaWorld> OpenAsync()
    {
        var world = new RotaWorld();
        world.Shop = await world.Sandbox.OpenShopAsync();
        await world.EditAsync(db =>
        {
            db.Add(new Membership { WorkspaceId = world.Shop.Workspace, UserId = world.Asha, Role = Role.Agent, JoinedAt = Stand.Noon.AddDays(-9) });
            db.Add(new Membership { WorkspaceId = world.Shop.Workspace, UserId = world.Ravi, Role = Role.Agent, JoinedAt = Stand.Noon.AddDays(-9) });
            return Task.CompletedTask;
        });
        return world;
    }

    public void Dispose() => Sandbox.Dispose();

    public AssignWaiting Assign(WefluxDatabase? database = null) => new(database ?? Sandbox.Database, Presence(database), Stand.Broadcaster(), Time);

    public ReleaseAbsent Release(WefluxDatabase? database = null) =>
        new(database ?? Sandbox.Database, Presence(database), Stand.Broadcaster(), Time, NullLogger<ReleaseAbsent>.Instance);

    public Task<int> AssignAsync() => Assign().RunAsync(Shop.Workspace, CancellationToken.None);

    public Task<int> ReleaseAsync() => Release().ReleaseAsync(CancellationToken.None);

    public Task EditAsync(Func<WefluxDbContext, Task> edit) => Sandbox.Database.WriteAsync(
        Shop.Workspace,
        async db =>
        {
            await edit(db);
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    /// <summary>Somebody is there and takes conversations.</summary>
    public Task ArriveAsync(params UserId[] people) => BeAsync(MemberPresence.Available, PresenceChoice.Available, people);

    /// <summary>Somebody has a page open and chose to be away.</summary>
    public Task GoAwayAsync(params UserId[] people) => BeAsync(MemberPresence.Away, PresenceChoice.Away, people);

    /// <summary>Somebody has no page open any more.</summary>
    public Task LeaveAsync(params UserId[] people) => EditAsync(db => db.Set<StoredPresence>().Where(p => people.Contains(p.UserId)).ExecuteUpdateAsync(
        set => set.SetProperty(p => p.OpenAt, (DateTimeOffset?)Time.GetUtcNow().AddHours(-1)).SetProperty(p => p.UsedAt, (DateTimeOffset?)Time.GetUtcNow().AddHours(-1))
            .SetProperty(p => p.State, MemberPresence.Offline).SetProperty(p => p.Since, Time.GetUtcNow())));

    /// <summary>Time passes, and those who have a page open still have it open.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        var now = Time.GetUtcNow();
        await EditAsync(db => db.Set<StoredPresence>().Where(p => p.State != MemberPresence.Offline).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.OpenAt, (DateTimeOffset?)now).SetProperty(p => p.UsedAt, (DateTimeOffset?)now)));
    }

    /// <summary>How people change conversations here.</summary>
    public ConversationWork Work => new(Sandbox.Database, Stand.Broadcaster(), Time);

    public Actor AgentOf(UserId user) => Stand.Actor(Shop.Workspace, user, Role.Agent);

    /// <summary>A Manager joins, of whom no page is ever open.</summary>
    public async Task<Actor> HireManagerAsync()
    {
        var manager = new UserId(777);
        await EditAsync(db =>
        {
            db.Add(new Membership { WorkspaceId = Shop.Workspace, UserId = manager, Role = Role.Manager, JoinedAt = Stand.Noon.AddDays(-9) });
            return Task.CompletedTask;
        });
        return Stand.Actor(Shop.Workspace, manager, Role.Manager);
    }

    public Task SetAsync(Action<Workspace> set) => EditAsync(async db => set(await db.Set<Workspace>().SingleAsync(w => w.Id == Shop.Workspace)));

    public Task HoldsAtMostAsync(UserId user, int? capacity) => EditAsync(db =>
        db.Set<Membership>().Where(m => m.UserId == user).ExecuteUpdateAsync(set => set.SetProperty(m => m.Capacity, capacity)));

    public Task RuleAsync(AssignmentTerms terms, long? team = null) => EditAsync(async db =>
    {
        var number = Shop.ConnectionId;
        var rule = await db.Set<AssignmentRule>().SingleOrDefaultAsync(r => r.TeamId == team && (team != null || r.ConnectionId == number));
        if (rule is null)
        {
            rule = team is { } id ? AssignmentRule.OfTeam(Shop.Workspace, id) : AssignmentRule.OfNumber(Shop.Workspace, number);
            db.Add(rule);
        }

        rule.Set(terms).Should().BeTrue();
    });

    public async Task<long> TeamAsync(string name, params UserId[] members)
    {
        var team = WorkTeam.Make(Shop.Workspace, name);
        await EditAsync(async db =>
        {
            db.Add(team);
            await db.SaveChangesAsync();
            db.AddRange(members.Select(m => new TeamMember(Shop.Workspace, team.Id, m)));
        });
        return team.Id;
    }

    /// <summary>A new customer writes, one second after the one before.</summary>
    public Task<long> MeetAsync(UserId? holder = null) =>
        Sandbox.MeetAsync(Shop, $"1555{++_customers:0000000}", assignee: holder, at: Stand.Noon.AddHours(-1).AddSeconds(_customers));

    public Task ChangeAsync(long id, Action<Conversation> change) => Sandbox.ChangeAsync(Shop, id, change);

    public async Task<Conversation> FindAsync(long id)
    {
        await using var db = Sandbox.Database.Open(Shop.Workspace);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id);
    }

    public async Task<IReadOnlyList<UserId?>> HoldersAsync(params long[] ids)
    {
        var holders = new List<UserId?>();
        foreach (var id in ids)
        {
            holders.Add((await FindAsync(id)).AssigneeId);
        }

        return holders;
    }

    /// <summary>What the thread tells a Manager, in words.</summary>
    public async Task<IReadOnlyList<string>> TellsAsync(long id)
    {
        var reader = Stand.Actor(Shop.Workspace, new UserId(999), Role.Manager);
        return [.. (await new ActivityQuery(Sandbox.Database).RangeAsync(reader, id, null, null)).OrderBy(i => i.Id)
            .Select(i => ActivityWords.Say(i, "Kim", Weflux.Web.Inbox.ScreenClock.Utc))];
    }

    private PresenceQuery Presence(WefluxDatabase? database) => new(database ?? Sandbox.Database, new OpenPages(Time), Time);

    private Task BeAsync(MemberPresence state, PresenceChoice choice, UserId[] people) => EditAsync(async db =>
    {
        var now = Time.GetUtcNow();
        foreach (var user in people)
        {
            var row = await db.Set<StoredPresence>().SingleOrDefaultAsync(p => p.UserId == user);
            if (row is null)
            {
                row = new StoredPresence { WorkspaceId = Shop.Workspace, UserId = user };
                db.Add(row);
            }

            (row.Choice, row.ChosenAt, row.OpenAt, row.UsedAt, row.State, row.Since) = (choice, now, now, now, state, now);
        }
    });
}
