using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Media;

namespace Weflux.Web.Api.Reading;

/// <summary>
/// Every message of a workspace in the order of storing. Numbers are given inside the transaction that stores and in
/// the order of commits, so nothing ever appears before what was read already.
/// </summary>
public sealed class MessageStreamQuery(WefluxDatabase database)
{
    /// <summary>How many characters one answer holds at most, beside one message that may be longer.</summary>
    private const long MostCharacters = 4 * 1024 * 1024;

    /// <returns>Null if the actor may not read all messages.</returns>
    public async Task<ApiList<ApiMessage>?> GetAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAllMessages))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var after = page.After;
        // The contact is looked up row by row. Asked for all at once, SQLite would rather read every conversation there is.
        var found = db.Set<Message>().AsNoTracking()
            .Where(m => m.Sequence > after).OrderBy(m => m.Sequence).Take(page.Limit + 1)
            .Select(m => new Row(m, db.Set<Conversation>().Where(c => c.Id == m.ConversationId).Select(c => c.ContactId).First(),
                db.Set<MessageFile>().Where(l => l.MessageId == m.Id).OrderBy(l => l.FileId).Select(l => (long?)l.FileId).FirstOrDefault()))
            .AsAsyncEnumerable();
        var (limit, characters) = (page.Limit, 0L);
        var rows = new List<Row>();
        await foreach (var row in found.WithCancellation(cancellationToken))
        {
            rows.Add(row);
            characters += Weigh(row.Message.Content);
            if (characters > MostCharacters && rows.Count > 1)
            {
                limit = Math.Min(limit, rows.Count - 1);
                break;
            }
        }

        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        var references = await ReferencesAsync(db, [.. rows.Select(r => r.Message)], cancellationToken);
        return ApiList<ApiMessage>.Cut(
            rows,
            limit,
            r => ApiMessage.Of(r.Message, r.ContactId, seesNumbers, references(r.Message)) with { MediaId = r.FileId },
            r => r.Message.Sequence);
    }

    /// <summary>Finds our own ids of the messages that these answer, react to, edit or withdraw.</summary>
    internal static async Task<Func<Message, long?>> ReferencesAsync(
        WefluxDbContext db, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var referring = messages.Where(m => ApiMessage.ReferenceOf(m) is not null).ToList();
        var found = new Dictionary<(long, string), long>();
        foreach (var group in referring.GroupBy(m => m.ConnectionId))
        {
            var (connection, ids) = (group.Key, group.Select(m => ApiMessage.ReferenceOf(m)!).Distinct(StringComparer.Ordinal).ToList());
            var known = await db.Set<Message>()
                .Where(m => m.ConnectionId == connection && EF.Parameter(ids).Contains(m.WhatsAppId!))
                .Select(m => new { m.WhatsAppId, m.Id }).ToListAsync(cancellationToken);
            known.ForEach(m => found[(connection, m.WhatsAppId!)] = m.Id);
        }

        return message => ApiMessage.ReferenceOf(message) is { } id && found.TryGetValue((message.ConnectionId, id), out var own) ? own : null;
    }

    /// <summary>All that a message holds, not its words alone: cards, lists and answers to forms can be longer.</summary>
    private static long Weigh(MessageContent content) =>
        content is TextContent text ? text.Body.Length : JsonSerializer.SerializeToUtf8Bytes(content, JsonColumns.Options).LongLength;

    private sealed record Row(Message Message, long ContactId, long? FileId);
}
