using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Mail;
using Weflux.Web.Security;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>What is on record, and what waits to be told.</summary>
    private static IEnumerable<DatabaseCaller> Records()
    {
        yield return Of<AuditLog>("an entry", s => s.Database.WriteAsync(
            PretendServer.Workspace,
            async db =>
            {
                await s.Audit.AddAsync(db, s.Admin, AuditActions.ApiKeyRevoked, AuditFacts.Gone("Key"), Never);
                return true;
            },
            Never));
        yield return Of<AccessWatch>("a change and a beat", async s =>
        {
            using var watch = new AccessWatch(s.Database, s.Time, NullLogger<AccessWatch>.Instance);
            await s.Database.WriteForSystemAsync(
                async db =>
                {
                    watch.Record(db, new UserId(1));
                    await db.SaveChangesAsync();
                },
                Never);
            await watch.BeatAsync(Never);
        });
        yield return Of<MailQueue>("a mail", s => s.Database.WriteForSystemAsync(
            async db =>
            {
                Accounts.Mails(s).Add(db, new MailText("a@b.test", null, "Hello", "Text"));
                await db.SaveChangesAsync();
            },
            Never));
    }
}
