using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>Puts words that did not leave back to where they were written.</summary>
internal static class DraftWords
{
    /// <summary>Makes the words the person's draft, unless something is typed there already. Call inside a transaction, under the lock of the workspace.</summary>
    /// <returns>False if something is.</returns>
    public static async Task<bool> PutBackAsync(
        WefluxDbContext db, WorkspaceId workspace, long conversationId, UserId person, string words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.ConversationId == conversationId && d.UserId == person, cancellationToken);
        if (draft is { Text.Length: > 0 })
        {
            return false;
        }

        if (draft is null)
        {
            draft = new Draft { WorkspaceId = workspace, ConversationId = conversationId, UserId = person, DraftId = default, Text = "", UpdatedAt = now };
            db.Add(draft);
        }

        (draft.DraftId, draft.Text, draft.UpdatedAt, draft.KnownSequence) = (Guid.CreateVersion7(), words, now, 0);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
