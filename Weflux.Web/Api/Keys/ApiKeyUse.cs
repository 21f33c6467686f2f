using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Keys;

/// <summary>Writes down when keys were last used, at most once a minute each and never while a request waits for it.</summary>
public sealed partial class ApiKeyUse(WefluxDatabase database, ILogger<ApiKeyUse> logger) : BackgroundService
{
    private const int MostWaiting = 256;
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _noted = new();
    private readonly Channel<Use> _waiting = Channel.CreateBounded<Use>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The key is used now.</summary>
    public void Note(ApiKey key, DateTimeOffset now)
    {
        var known = _noted.GetValueOrDefault(key.Id, key.LastUsedAt ?? DateTimeOffset.MinValue);
        if (now - known < Precision)
        {
            return;
        }

        _noted[key.Id] = now;
        _waiting.Writer.TryWrite(new Use(key.WorkspaceId, key.Id, now));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (workspace, id, at) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await database.WriteAsync(
                    workspace,
                    db => db.Set<ApiKey>().Where(k => k.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, at), stoppingToken),
                    stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotWritten(id, exception.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of API key {KeyId} could not be written down: {Exception}")]
    private partial void NotWritten(long keyId, string exception);

    private readonly record struct Use(WorkspaceId Workspace, long KeyId, DateTimeOffset At);
}
