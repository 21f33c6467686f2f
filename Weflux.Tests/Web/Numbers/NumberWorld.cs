using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Numbers;
using Weflux.Web.Numbers.Wizard;
using Weflux.Web.Team;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Numbers;

/// <summary>A host with a workspace that has no number yet, its Admin, and the simulator to connect to.</summary>
internal sealed class NumberWorld(WefluxHost host) : IAsyncDisposable
{
    public const string Slug = "fresh";
    public const string Admin = "admin@fresh.test";
    public const string Number = "200000000000009";
    public const string SecondNumber = "200000000000010";
    public const string ForeignNumber = "200000000000011";

    private bool _isOurs;

    public WefluxHost Host => host;

    public Actor Owner { get; private set; } = null!;

    public static async Task<NumberWorld> StartAsync(Action<WefluxHostOptions>? configure = null)
    {
        var world = new NumberWorld(await WefluxHost.StartAsync(configure)) { _isOurs = true };
        await FreshAsync(world.Host);
        world.Owner = await world.Host.ActorAsync(Admin, Slug);
        return world;
    }

    /// <summary>A workspace of its own, with an Admin who signs in with the demo's password.</summary>
    public static async Task FreshAsync(WefluxHost host, string slug = Slug, string email = Admin, Role role = Role.Admin)
    {
        var hash = await host.ReadAsync(db => db.Set<WefluxUser>().Where(u => u.Email == "admin@demo.test").Select(u => u.PasswordHash).SingleAsync());
        await host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                var workspace = await db.Set<Workspace>().SingleOrDefaultAsync(w => w.Slug == slug);
                if (workspace is null)
                {
                    workspace = new Workspace { Slug = slug, Name = "Fresh Ltd", CreatedAt = host.Clock.GetUtcNow() };
                    db.Add(workspace);
                    await db.SaveChangesAsync();
                    db.Add(new WorkspaceCounter { WorkspaceId = workspace.Id });
                }

                var user = new WefluxUser
                {
                    UserName = email,
                    NormalizedUserName = email.ToUpperInvariant(),
                    Email = email,
                    NormalizedEmail = email.ToUpperInvariant(),
                    EmailConfirmed = true,
                    Name = "Fran Fresh",
                    PasswordHash = hash,
                    SecurityStamp = Guid.NewGuid().ToString(),
                };
                db.Add(user);
                await db.SaveChangesAsync();
                db.Add(new Membership { WorkspaceId = workspace.Id, UserId = new UserId(user.Id), Role = role, JoinedAt = host.Clock.GetUtcNow() });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
    }

    public static NumberEntry Entry(string number = Number) => new()
    {
        Kind = ConnectionKind.Simulator,
        AppId = PracticeNumbers.AppId,
        AppSecret = PracticeNumbers.AppSecret,
        WabaId = PracticeNumbers.WabaId,
        PhoneNumberId = number,
        Token = PracticeNumbers.AccessToken,
    };

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async Task<EntryReport> CheckAsync(NumberEntry entry) => (await Get<CheckNumber>().ExecuteAsync(Owner, entry))!;

    /// <summary>Enters the number and has webhooks sent here.</summary>
    public async Task<long> EnterAsync(NumberEntry? entry = null)
    {
        var result = await Get<ConnectNumber>().ExecuteAsync(Owner, entry ?? Entry());
        var id = result!.ConnectionId ?? throw new InvalidOperationException(JsonSerializer.Serialize(result.Report));
        (await Get<SubscribeNumber>().ExecuteAsync(Owner, id))!.IsDone.Should().BeTrue();
        return id;
    }

    /// <summary>Enters the number and proves it with a message.</summary>
    public async Task<long> ConnectAsync(NumberEntry? entry = null)
    {
        var id = await EnterAsync(entry);
        await CustomerSaysAsync("first");
        await SeeAsync(id, v => v.Number.ConnectedAt is not null);
        return id;
    }

    /// <summary>What its page shows, once what was counted a moment ago is written down.</summary>
    public async Task<NumberView> ViewAsync(long id)
    {
        await Get<SignatureTally>().FlushAsync(CancellationToken.None);
        return (await Get<NumberQuery>().FindAsync(Owner, id))!;
    }

    public Task<NumberView> SeeAsync(long id, Func<NumberView, bool> isSo) => Eventually.SeeAsync(() => ViewAsync(id), isSo);

    public async Task CustomerSaysAsync(string text, string number = Number, string customer = "asha") =>
        await SimulatorAsync($"numbers/{number}/customers/{customer}/messages", new { type = "text", text });

    /// <summary>Does something in the pretend Meta console.</summary>
    public async Task<JsonElement> SimulatorAsync(string path, object body)
    {
        using var client = host.NewClient();
        using var answer = await client.PostAsJsonAsync($"/simulator/api/{path}", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task TokenBecomesAsync(string state, string token = PracticeNumbers.AccessToken) => SimulatorAsync("tokens", new { token, state });

    public async Task<string> NewTokenAsync(string number = Number) => (await SimulatorAsync($"numbers/{number}/tokens", new { })).GetProperty("text").GetString()!;

    public Task<T> ReadAsync<T>(Func<WefluxDbContext, Task<T>> read) => host.ReadAsync(read, Slug);

    public ValueTask DisposeAsync() => _isOurs ? host.DisposeAsync() : ValueTask.CompletedTask;
}
