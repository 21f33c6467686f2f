using System.Data.Common;
using System.Threading.Channels;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Security;

namespace Weflux.Web.Webhooks;

/// <summary>
/// Makes deliveries durable. POSTs that arrive while a commit is under way share the next one, so one disk flush
/// serves many; none is answered before its row is committed.
/// </summary>
public sealed partial class WebhookJournal(
    WefluxDatabase database,
    SecretProtector protector,
    LaneSignals lanes,
    TimeProvider time,
    ILogger<WebhookJournal> logger) : BackgroundService
{
    private const int MostPerCommit = 256;
    private const int MostBytesPerCommit = 8 * 1024 * 1024;
    private const int MostWaiting = 4096;

    private const string Insert =
        """
        INSERT INTO "WebhookDeliveries" ("WorkspaceId", "MetaAppId", "BodyKey", "Body", "ReceivedAt", "State", "ParkedItems", "ReplayItems")
        VALUES (@workspace, @app, @key, @body, @received, 1, '[]', '[]')
        """;

    /// <summary>Longer than any commit takes that goes well, and shorter than the platform waits for an answer.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(8);

    private long _stored;

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _storingSince;

    /// <summary>How long the commit under way has taken so far; zero if there is none.</summary>
    public TimeSpan StoringFor => Volatile.Read(ref _storingSince) is var since and not 0
        ? TimeProvider.System.GetElapsedTime(since)
        : TimeSpan.Zero;

    /// <summary>How many deliveries were stored since the start.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Stores a body. When this returns, it survives a power cut.</summary>
    /// <exception cref="JournalUnavailableException">It is not stored, and the platform must send it again.</exception>
    public async Task AppendAsync(KnownMetaApp app, ReadOnlyMemory<byte> body)
    {
        // Whoever came now would wait behind a commit that does not come to an end.
        if (StoringFor > Stuck)
        {
            throw new JournalUnavailableException("The database has not stored anything for a while.", null);
        }

        var key = Guid.CreateVersion7(time.GetUtcNow());
        var entry = new Entry(
            app, key, protector.Protect(body.Span, WebhookDelivery.BodyContext(key)), time.GetUtcNow(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(entry))
        {
            throw new JournalUnavailableException("Too many deliveries wait to be stored.", null);
        }

        await entry.Stored.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Entry>(MostPerCommit);
        var storage = new Storage(database);
        await using (storage)
        {
            while (await WaitAsync(stoppingToken))
            {
                Collect(batch);
                Volatile.Write(ref _storingSince, TimeProvider.System.GetTimestamp());
                try
                {
                    await storage.StoreAsync(batch);
                    Interlocked.Add(ref _stored, batch.Count);
                    foreach (var app in batch.Select(e => e.App.Id).Distinct())
                    {
                        lanes.Wake(app, LaneWorkKind.Journal);
                    }

                    // Last, so that answering comes first: this thread takes up what it was given last.
                    batch.ForEach(entry => entry.Stored.TrySetResult());
                }
                catch (Exception exception)
                {
                    NotStored(exception, batch.Count);
                    var answer = new JournalUnavailableException("The delivery could not be stored.", exception);
                    batch.ForEach(entry => entry.Stored.TrySetException(answer));
                    await storage.CloseAsync();
                }

                Volatile.Write(ref _storingSince, 0);
                batch.Clear();
            }
        }
    }

    /// <summary>At shutdown, what was taken in before is still stored and answered.</summary>
    private async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await _waiting.Reader.WaitToReadAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            _waiting.Writer.TryComplete();
            return _waiting.Reader.TryPeek(out _);
        }
    }

    private void Collect(List<Entry> batch)
    {
        var bytes = 0;
        while (batch.Count < MostPerCommit && bytes < MostBytesPerCommit && _waiting.Reader.TryRead(out var entry))
        {
            batch.Add(entry);
            bytes += entry.Body.Length;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhook deliveries could not be stored; the platform was told to send them again")]
    private partial void NotStored(Exception exception, int count);

    private sealed record Entry(KnownMetaApp App, Guid Key, byte[] Body, DateTimeOffset ReceivedAt, TaskCompletionSource Stored);

    /// <summary>One open connection and one prepared command, kept as long as they work.</summary>
    private sealed class Storage(WefluxDatabase database) : IAsyncDisposable
    {
        private DbConnection? _connection;
        private DbCommand? _command;

        public async Task StoreAsync(List<Entry> batch)
        {
            using var turn = await database.Gate.EnterAsync(WritePriority.Journal, CancellationToken.None);
            _connection ??= await database.OpenConnectionAsync(CancellationToken.None);
            _command ??= Prepare(_connection);
            await using var transaction = await _connection.BeginTransactionAsync();
            _command.Transaction = transaction;
            foreach (var entry in batch)
            {
                _command.Parameters[0].Value = entry.App.Workspace.Value;
                _command.Parameters[1].Value = entry.App.Id;
                _command.Parameters[2].Value = entry.Key;
                _command.Parameters[3].Value = entry.Body;
                _command.Parameters[4].Value = database.IsSqlite ? entry.ReceivedAt.UtcTicks : entry.ReceivedAt;
                await _command.ExecuteNonQueryAsync();
            }

            FailPoint.Pass(FailPoint.JournalBeforeCommit);
            await transaction.CommitAsync();
            FailPoint.Pass(FailPoint.JournalCommitted);
        }

        public async Task CloseAsync()
        {
            if (_command is not null)
            {
                await _command.DisposeAsync();
                _command = null;
            }

            if (_connection is not null)
            {
                await _connection.DisposeAsync();
                _connection = null;
            }
        }

        public async ValueTask DisposeAsync() => await CloseAsync();

        private static DbCommand Prepare(DbConnection connection)
        {
            var command = connection.CreateCommand();
            command.CommandText = Insert;
            foreach (var name in new[] { "@workspace", "@app", "@key", "@body", "@received" })
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            return command;
        }
    }
}

/// <summary>The delivery is not stored.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner) : Exception(message, inner);
