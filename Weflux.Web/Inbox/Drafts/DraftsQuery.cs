using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Drafts;

/// <summary>What a person has begun to write and not sent, in the conversations that they may see.</summary>
public sealed class DraftsQuery(WefluxDatabase database)
{
    /// <summary>How many are shown.</summary>
    public const int Most = 200;

    private const int LineLength = 200;

    /// <summary>The newest first; null for those who write nothing here.</summary>
    public async Task<DraftList?> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (actor.Key is not null || !actor.May(Permission.WorkConversations))
        {
            return null;
        }

        var me = actor.User;
        await using var db = database.Open(actor.Workspace);
        var found = await (
            from draft in db.Set<Draft>()
            join thread in db.Set<Conversation>() on draft.ConversationId equals thread.Id
            join contact in db.Set<Contact>() on thread.ContactId equals contact.Id
            where draft.UserId == me && draft.Text != ""
            orderby draft.UpdatedAt descending
            select new { thread.Id, Holding = new Holding(thread.AssigneeId, thread.TeamId, thread.AskedMemberId, thread.AskedTeamId, thread.Participants), Contact = contact, Text = draft.Text.Substring(0, LineLength), draft.UpdatedAt })
            .AsNoTracking().Take(Most + 1).ToListAsync(cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return new DraftList(
            [.. found.Take(Most).Where(f => actor.MaySee(f.Holding)).Select(f => new DraftRow(
                f.Id, ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, seesNumbers), FirstLine(f.Text), f.UpdatedAt))],
            found.Count > Most);
    }

    private static string FirstLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
}

/// <summary>One's drafts.</summary>
/// <param name="IsMore">Whether there are more than are shown.</param>
public sealed record DraftList(IReadOnlyList<DraftRow> Rows, bool IsMore);

/// <summary>A draft.</summary>
/// <param name="Line">How it begins.</param>
public sealed record DraftRow(long ConversationId, string ContactName, string Line, DateTimeOffset UpdatedAt);
