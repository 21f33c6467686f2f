using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Benchmarks.Measures;
using Weflux.Benchmarks.Measuring;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Benchmarks.Crowd;

/// <summary>One business of a size, with another one beside it in the same file, and its people.</summary>
internal sealed class Business
{
    private const int Neighbour = 10_000;

    private Business(string file, WefluxDatabase database, Actor manager, Actor agent, int conversations)
    {
        (File, Database, Manager, Agent, Conversations) = (file, database, manager, agent, conversations);
    }

    public string File { get; }

    public WefluxDatabase Database { get; }

    public Actor Manager { get; }

    /// <summary>Sees a hundred conversations.</summary>
    public Actor Agent { get; }

    public int Conversations { get; }

    public static async Task<Business> OpenAsync(string folder, int conversations)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, $"crowd-{conversations}")).FullName;
        await using (var weflux = await Server.StartWefluxAsync(data))
        {
            // The rows that all others are made like.
            using var poster = await Poster.ConnectAsync(new Uri(weflux.Address, "/webhooks/whatsapp/demo"));
            await poster.PostAsync(WebhookBody.Text(1, "wamid.first"));
            await Journal.DrainAsync(data);
        }

        var file = Path.Combine(data, "weflux.db");
        var people = await PeopleAsync(file);
        var mine = people.Where(p => p.Slug == "demo").ToList();
        var workspace = mine[0].Workspace;
        await using (var connection = new SqliteConnection($"Data Source={file}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;";
            await command.ExecuteNonQueryAsync();
            var now = TimeProvider.System.GetUtcNow();
            foreach (var team in people.GroupBy(p => (p.Workspace, p.Number)))
            {
                var agent = team.First(p => p.Role == (int)Role.Agent).Id;
                await new Generator(connection, workspace, team.Key.Workspace, team.Key.Number)
                    .FillAsync(team.Key.Workspace == workspace ? conversations : Neighbour, now, agent, [.. team.Select(p => p.Id).Where(id => id != agent)]);
            }

            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;";
            await command.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
        var directory = new DataDirectory(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Weflux:DataDirectory"] = data }).Build());
        var database = new WefluxDatabase(Options.Create(new DatabaseOptions()), directory, NullLoggerFactory.Instance);
        return new Business(file, database, Of(Role.Manager), Of(Role.Agent), conversations);

        Actor Of(Role role) => new(
            new WorkspaceId(workspace), new UserId(mine.First(p => p.Role == (int)role).Id), role.ToString(), role, new AgentSettings(AgentVisibility.Own, MaskPhoneNumbers: true, MayReveal: false));
    }

    private static async Task<List<Person>> PeopleAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT w.Slug, w.Id, m.UserId, m.Role, (SELECT MIN(c.Id) FROM Connections c WHERE c.WorkspaceId = w.Id) FROM Workspaces w JOIN Memberships m ON m.WorkspaceId = w.Id ORDER BY m.UserId";
        await using var reader = await command.ExecuteReaderAsync();
        var people = new List<Person>();
        while (await reader.ReadAsync())
        {
            people.Add(new Person(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetInt64(4)));
        }

        return people;
    }

    private sealed record Person(string Slug, long Workspace, long Id, int Role, long Number);
}
