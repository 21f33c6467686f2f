using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Benchmarks.Measuring;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Security;
using Weflux.Web.Sending;

namespace Weflux.Benchmarks.Measures;

/// <summary>A workspace with numbers and customers who may be answered, and a program that answers them by the API.</summary>
internal sealed class Floor : IDisposable
{
    private const string Key = "wfx_demo_0000000000000000000000000001";
    private readonly HttpClient _api;
    private readonly WefluxDatabase _database;

    private Floor(HttpClient api, WefluxDatabase database, IReadOnlyList<IReadOnlyList<long>> conversations)
    {
        _api = api;
        _database = database;
        Conversations = conversations;
    }

    /// <summary>The conversations of each number.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Conversations { get; }

    public static async Task<Floor> OpenAsync(Server weflux, string data, int numbers, int customers)
    {
        var directory = new DataDirectory(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Weflux:DataDirectory"] = data }).Build());
        var database = new WefluxDatabase(Options.Create(new DatabaseOptions()), directory, NullLoggerFactory.Instance);
        var ids = await ConnectAsync(database, directory, numbers);
        var hook = new Uri(weflux.Address, "/webhooks/whatsapp/demo");
        using (var poster = await Poster.ConnectAsync(hook))
        {
            for (var number = 0; number < ids.Count; number++)
            {
                for (var customer = 0; customer < customers; customer++)
                {
                    var id = string.Create(CultureInfo.InvariantCulture, $"wamid.floor.{number}.{customer}");
                    await poster.PostAsync(WebhookBody.Text((number * customers) + customer, id, ids[number]));
                }
            }
        }

        await Journal.DrainAsync(data);
        var api = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = weflux.Address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var conversations = await ReadAsync(data, ids);
        return conversations.All(c => c.Count == customers)
            ? new Floor(api, database, conversations)
            : throw new InvalidOperationException($"Not every customer has a conversation: {string.Join(", ", conversations.Select(c => c.Count))}.");
    }

    public async Task SayAsync(long conversation, string text)
    {
        using var answer = await _api.PostAsJsonAsync(
            new Uri("/api/v1/messages", UriKind.Relative), new { conversationId = conversation, type = "text", text = new { body = text } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has every number rest, so that messages pile up.</summary>
    public Task RestAsync() => _database.WriteForSystemAsync(
        async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            foreach (var connection in await db.Set<Connection>().AcrossWorkspaces().Where(c => c.Kind == ConnectionKind.CloudApi).ToListAsync())
            {
                db.Add(new SendHold { ConnectionId = connection.Id, WorkspaceId = connection.WorkspaceId, Code = 130429, Since = now, Until = now.AddHours(1), Times = 1 });
            }

            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    public Task GoOnAsync() => _database.WriteForSystemAsync(db => db.Set<SendHold>().AcrossWorkspaces().ExecuteDeleteAsync(), CancellationToken.None);

    public void Dispose() => _api.Dispose();

    /// <summary>The demo's number and more of its kind, all of which call the pretend platform as they would call Meta.</summary>
    private static async Task<IReadOnlyList<string>> ConnectAsync(WefluxDatabase database, DataDirectory directory, int numbers)
    {
        var protector = new SecretProtector(KeyRing.Load(new KeyRingOptions(), directory, mayGenerate: true));
        var ids = new List<string> { WebhookBody.DemoNumber };
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.Set<Connection>().AcrossWorkspaces().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi));
                var first = await db.Set<Connection>().AcrossWorkspaces().AsNoTracking().SingleAsync(c => c.PhoneNumberId == WebhookBody.DemoNumber);
                for (var nth = 2; nth <= numbers; nth++)
                {
                    var id = string.Create(CultureInfo.InvariantCulture, $"2000000001{nth:D5}");
                    ids.Add(id);
                    db.Add(new Connection
                    {
                        WorkspaceId = first.WorkspaceId,
                        MetaAppId = first.MetaAppId,
                        Kind = ConnectionKind.CloudApi,
                        WabaId = first.WabaId,
                        PhoneNumberId = id,
                        DisplayPhoneNumber = id,
                        Name = $"Number {nth}",
                        AccessToken = protector.ProtectText("bench", Connection.TokenContext(id)),
                    });
                }

                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return ids;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<long>>> ReadAsync(string data, IReadOnlyList<string> ids)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "weflux.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        var all = new List<IReadOnlyList<long>>();
        foreach (var id in ids)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT c.Id FROM Conversations c JOIN Connections n ON n.Id = c.ConnectionId WHERE n.PhoneNumberId = @id ORDER BY c.Id";
            command.Parameters.AddWithValue("@id", id);
            await using var reader = await command.ExecuteReaderAsync();
            var conversations = new List<long>();
            while (await reader.ReadAsync())
            {
                conversations.Add(reader.GetInt64(0));
            }

            all.Add(conversations);
        }

        return all;
    }
}
