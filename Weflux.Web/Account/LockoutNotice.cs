using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account;

/// <summary>Tells a person, once for each lockout, that the account is locked.</summary>
public sealed class LockoutNotice(WefluxDatabase database, MailQueue mails, AccountMails texts, TimeProvider time)
{
    public Task ExecuteAsync(UserId person, CancellationToken cancellationToken) => database.WriteForSystemAsync(
        async db =>
        {
            // Beyond lies the lockout without an end, with which accounts are closed.
            var farthest = time.GetUtcNow() + (Lockout.Length * 2);

            // Of all attempts that meet the same lockout, one moves the mark.
            var isFirst = await db.Set<WefluxUser>()
                .Where(u => u.Id == person.Value && u.LockoutEnd < farthest && (u.LockoutToldOf == null || u.LockoutToldOf != u.LockoutEnd))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutToldOf, u => u.LockoutEnd), cancellationToken);
            if (isFirst == 1)
            {
                var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                mails.Add(db, texts.LockedOut(user, (int)Lockout.Length.TotalMinutes));
                await db.SaveChangesAsync(cancellationToken);
            }
        },
        cancellationToken);
}
