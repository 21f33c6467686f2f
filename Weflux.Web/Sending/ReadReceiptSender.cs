using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Sending;

/// <summary>Why the customer may be told that a message was read.</summary>
public enum ReadCause
{
    /// <summary>Somebody answered.</summary>
    Answered = 1,

    /// <summary>Somebody opened the conversation.</summary>
    Opened = 2,

    /// <summary>Somebody is typing.</summary>
    Typing = 3,
}

/// <summary>Something that happened in a conversation.</summary>
/// <param name="Actor">Who did it; null where that does not matter.</param>
public sealed record ReadWish(WorkspaceId Workspace, long ConversationId, ReadCause Cause, Actor? Actor);

/// <summary>
/// Blue ticks and "typing": told to the customer as the workspace chose, beside the outbox and best effort. Nothing waits
/// for them, nothing is tried again, and what is too much is left out.
/// </summary>
public sealed partial class ReadReceiptSender(
    WefluxDatabase database, CloudApiClient cloudApi, TimeProvider time, ILogger<ReadReceiptSender> logger) : BackgroundService
{
    private const int MostWaiting = 1_000;
    private const int MostAtOnce = 4;
    private const int MostRemembered = 10_000;
    private const int MostLookedAt = 20;

    /// <summary>The platform shows typing for 25 seconds.</summary>
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(20);

    private readonly Channel<ReadWish> _wishes = Channel.CreateBounded<ReadWish>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentDictionary<long, long> _marked = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _typed = new();

    /// <summary>A message of ours was taken by the platform.</summary>
    public void Answered(WorkspaceId workspace, long conversationId) => _wishes.Writer.TryWrite(new ReadWish(workspace, conversationId, ReadCause.Answered, null));

    /// <summary>Somebody looks at the newest message.</summary>
    public void Opened(Actor actor, long conversationId) => _wishes.Writer.TryWrite(new ReadWish(actor.Workspace, conversationId, ReadCause.Opened, actor));

    /// <summary>Somebody is typing a reply.</summary>
    public void Typing(Actor actor, long conversationId) => _wishes.Writer.TryWrite(new ReadWish(actor.Workspace, conversationId, ReadCause.Typing, actor));

    /// <summary>Tells the customer, if the workspace and the moment allow it.</summary>
    /// <returns>Whether the platform was told.</returns>
    public async Task<bool> TellAsync(ReadWish wish, CancellationToken cancellationToken)
    {
        if (await FindAsync(wish, cancellationToken) is not var (connection, message) || !IsNews(wish, message.Id))
        {
            return false;
        }

        await cloudApi.MarkReadAsync(connection, message.WhatsAppId, wish.Cause == ReadCause.Typing, cancellationToken);
        Remember(wish, message.Id);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _wishes.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken },
        async (wish, token) =>
        {
            try
            {
                await TellAsync(wish, token);
            }
            catch (Exception exception) when (exception is CloudApiException or CryptographicException)
            {
                NotTold(wish.ConversationId, exception.GetType().Name);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A courtesy that failed must not end those that follow.
                Failed(exception, wish.ConversationId);
            }
        });

    private async Task<(Connection Connection, Newest Message)?> FindAsync(ReadWish wish, CancellationToken cancellationToken)
    {
        await using var db = database.Open(wish.Workspace);
        var (id, workspaceId) = (wish.ConversationId, wish.Workspace);
        var found = await (
            from c in db.Set<Conversation>()
            join connection in db.Set<Connection>() on c.ConnectionId equals connection.Id
            where c.Id == id && !c.IsGroup
            select new { c.AssigneeId, Connection = connection }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.Connection.State != ConnectionState.Ready)
        {
            return null;
        }

        var choice = await db.Set<Workspace>().Where(w => w.Id == workspaceId).Select(w => w.ReadReceipts).SingleAsync(cancellationToken);
        if (!MayTell(choice, wish, found.AssigneeId))
        {
            return null;
        }

        var latest = await db.Set<Message>().AsNoTracking()
            .Where(m => m.ConversationId == id && m.Direction == MessageDirection.In && m.Origin == MessageOrigin.Customer && m.WhatsAppId != null)
            .OrderByDescending(m => m.SaidAt).ThenByDescending(m => m.Sequence).Take(MostLookedAt)
            .Select(m => new { m.Id, m.WhatsAppId, m.Content }).ToListAsync(cancellationToken);

        // The platform marks what somebody said and all before it; a reaction, a change or a notice it refuses to mark.
        var newest = latest.Find(m => m.Content is not (SystemContent or ReactionContent or EditContent or RevokeContent));
        return newest is null ? null : (found.Connection, new Newest(newest.Id, newest.WhatsAppId!));
    }

    private static bool MayTell(ReadReceipts choice, ReadWish wish, UserId? assignee) => wish switch
    {
        { Cause: ReadCause.Answered } => choice != ReadReceipts.Never,
        { Cause: ReadCause.Opened, Actor: { } actor } => choice.TellsOnOpening(actor, assignee),
        { Cause: ReadCause.Typing, Actor: { } actor } => choice.TellsOnTyping(actor, assignee),
        _ => false,
    };

    private bool IsNews(ReadWish wish, long messageId) => wish.Cause == ReadCause.Typing
        ? !_typed.TryGetValue(wish.ConversationId, out var last) || time.GetUtcNow() - last >= TypingPause
        : !_marked.TryGetValue(wish.ConversationId, out var marked) || marked != messageId;

    /// <summary>Only what the platform was told: what failed is told with the next occasion.</summary>
    private void Remember(ReadWish wish, long messageId)
    {
        Forget();
        _marked[wish.ConversationId] = messageId;
        if (wish.Cause == ReadCause.Typing)
        {
            _typed[wish.ConversationId] = time.GetUtcNow();
        }
    }

    // What is forgotten is only told once more.
    private void Forget()
    {
        if (_marked.Count > MostRemembered)
        {
            _marked.Clear();
        }

        if (_typed.Count > MostRemembered)
        {
            _typed.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The customer of conversation {ConversationId} could not be told that a message was read ({Reason})")]
    private partial void NotTold(long conversationId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling the customer of conversation {ConversationId} that a message was read failed")]
    private partial void Failed(Exception exception, long conversationId);

    private sealed record Newest(long Id, string WhatsAppId);
}
