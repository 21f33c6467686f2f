using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Mail;

/// <summary>Tells Admins that mails do not leave, so that nobody waits for one in vain.</summary>
public sealed class MailTrouble(WefluxDatabase database, MailQueue mails, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <returns>Why the newest mail of the last day could not be sent; null if it was, or there is none, or the actor may not know.</returns>
    public async Task<string?> FindAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!mails.IsConfigured || !actor.May(Permission.ManagePeople))
        {
            return null;
        }

        var since = time.GetUtcNow() - Recent;
        await using var db = database.OpenForSystem();
        return await db.Set<OutgoingMail>().Where(m => m.CreatedAt >= since && (m.SentAt != null || m.Fault != null))
            .OrderByDescending(m => m.Id).Select(m => m.SentAt == null ? m.Fault : null).FirstOrDefaultAsync(cancellationToken);
    }
}
