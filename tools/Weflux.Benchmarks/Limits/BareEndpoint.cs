using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weflux.Benchmarks.Measuring;

namespace Weflux.Benchmarks.Limits;

/// <summary>The limit: Kestrel, the same signature, and the same bytes group-committed into SQLite with synchronous=FULL. Nothing else.</summary>
internal static class BareEndpoint
{
    public static async Task RunAsync(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var waiting = Channel.CreateUnbounded<(byte[] Body, TaskCompletionSource Done)>(new UnboundedChannelOptions { SingleReader = true });
        var writer = Task.Run(() => WriteAsync(file, waiting.Reader));
        var secret = Encoding.UTF8.GetBytes(WebhookBody.Secret);
        app.MapPost("/hook", async (HttpContext context) =>
        {
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory);
            var body = memory.ToArray();
            var given = Convert.FromHexString(context.Request.Headers["X-Hub-Signature-256"].ToString().AsSpan(7));
            if (!CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(secret, body)))
            {
                return Results.Unauthorized();
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await waiting.Writer.WriteAsync((body, done));
            await done.Task;
            return Results.Ok();
        });
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Now listening on: {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        waiting.Writer.Complete();
        await writer;
    }

    private static async Task WriteAsync(string file, ChannelReader<(byte[] Body, TaskCompletionSource Done)> waiting)
    {
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Bodies (Id INTEGER PRIMARY KEY, Body BLOB, At INTEGER)");
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Bodies (Body, At) VALUES (@body, @at)";
        insert.Parameters.Add(new SqliteParameter("@body", SqliteType.Blob));
        insert.Parameters.Add(new SqliteParameter("@at", SqliteType.Integer));
        var batch = new List<TaskCompletionSource>();
        while (await waiting.WaitToReadAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            insert.Transaction = (SqliteTransaction)transaction;
            while (batch.Count < 256 && waiting.TryRead(out var entry))
            {
                insert.Parameters[0].Value = entry.Body;
                insert.Parameters[1].Value = TimeProvider.System.GetUtcNow().UtcTicks;
                await insert.ExecuteNonQueryAsync();
                batch.Add(entry.Done);
            }

            await transaction.CommitAsync();
            batch.ForEach(done => done.SetResult());
            batch.Clear();
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
