using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Media;
using Weflux.Web.Security;

namespace Weflux.Web.Team.Deletion;

/// <summary>
/// Erases workspaces whose 30 days are over: first it shuts everybody out, then it deletes row after row in small
/// transactions, and last it leaves a certificate and mails it to those who were Admins. Interrupted, it goes on where it
/// stopped, and the certificate has counted along.
/// </summary>
public sealed partial class WorkspaceEraser(
    WefluxDatabase database, MailQueue mail, AccessWatch access, IMediaStore files, TimeProvider time, ILogger<WorkspaceEraser> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Erases what is due now.</summary>
    public async Task EraseDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<WorkspaceId> due;
        await using (var db = database.OpenForSystem())
        {
            due = await db.Set<Workspace>().Where(w => w.DeletionDueAt <= now).Select(w => w.Id).ToListAsync(cancellationToken);
        }

        foreach (var workspace in due)
        {
            try
            {
                await EraseAsync(workspace, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The others are due as well, and the next round tries this one again.
                Failed(workspace.Value, fault.GetType().Name);
            }
        }

        if (due.Count > 0 && database.IsSqlite)
        {
            // What was deleted still stands in the log beside the file until that is emptied.
            await using var db = database.OpenForSystem();
            await db.ExecutePlainAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(EraseDueAsync, Interval, time, logger, stoppingToken);

    private async Task EraseAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        if (await BeginAsync(workspace, cancellationToken))
        {
            await EraseRowsAsync(workspace, cancellationToken);
            files.DeleteAll(workspace);
            if (await FinishAsync(workspace, cancellationToken))
            {
                Erased(workspace.Value);
            }
        }
    }

    /// <returns>False if an Admin kept the workspace meanwhile.</returns>
    private async Task<bool> BeginAsync(WorkspaceId id, CancellationToken cancellationToken)
    {
        List<UserId> members = [];
        var isDue = await database.WriteAsync(
            id,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var now = time.GetUtcNow();
                var workspace = await db.Set<Workspace>().SingleOrDefaultAsync(w => w.Id == id && w.DeletionDueAt <= now, cancellationToken);
                if (workspace is null || workspace.ErasingSince is not null)
                {
                    return workspace is not null;
                }

                workspace.ErasingSince = now;
                members = await db.Set<Membership>().Select(m => m.UserId).ToListAsync(cancellationToken);
                members.ForEach(member => access.Record(db, member));
                var asked = workspace.DeletionAskedBy?.Value;
                db.Add(new ErasureCertificate
                {
                    FormerWorkspace = id.Value,
                    Slug = workspace.Slug,
                    Name = workspace.Name,
                    AskedBy = await db.Set<WefluxUser>().Where(u => u.Id == asked).Select(u => u.Name).SingleOrDefaultAsync(cancellationToken) ?? "Weflux",
                    BegunAt = now,
                    FormerMembers = members.ConvertAll(m => m.Value),
                });
                await db.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);
        members.ForEach(access.Tell);
        return isDue;
    }

    private async Task EraseRowsAsync(WorkspaceId id, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> tables;
        await using (var db = database.OpenForSystem())
        {
            tables = WorkspaceTables.InOrderOfDeletion(db.Model);
        }

        foreach (var table in tables)
        {
            while (await database.WriteAsync(id, db => DeleteSomeAsync(db, id, table, cancellationToken), cancellationToken) == WorkspaceTables.BatchLength)
            {
            }
        }
    }

    private static async Task<int> DeleteSomeAsync(WefluxDbContext db, WorkspaceId id, string table, CancellationToken cancellationToken)
    {
        // Another node may be at it too: one counts after the other.
        await db.LockWorkspaceAsync(cancellationToken);
        var count = await db.ExecutePlainAsync(WorkspaceTables.DeleteSome(table, db.Database.IsSqlite()), cancellationToken, ("@workspace", id.Value));
        await CountAsync(db, id, table, count, cancellationToken);
        return count;
    }

    private static async Task<ErasureCertificate> CountAsync(WefluxDbContext db, WorkspaceId id, string table, int count, CancellationToken cancellationToken)
    {
        var former = id.Value;
        var certificate = await db.Set<ErasureCertificate>().SingleAsync(c => c.FormerWorkspace == former, cancellationToken);
        if (count > 0)
        {
            certificate.Counts = new Dictionary<string, long>(certificate.Counts, StringComparer.Ordinal)
            {
                [table] = certificate.Counts.GetValueOrDefault(table) + count,
            };
            await db.SaveChangesAsync(cancellationToken);
        }

        return certificate;
    }

    /// <summary>Whoever is to be told, the places by which they are known, and the workspace itself go together.</summary>
    /// <returns>False if another node was faster.</returns>
    private Task<bool> FinishAsync(WorkspaceId id, CancellationToken cancellationToken) => database.WriteAsync(
        id,
        async db =>
        {
            await db.LockWorkspaceAsync(cancellationToken);
            var workspace = await db.Set<Workspace>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
            if (workspace is null)
            {
                return false;
            }

            var admins = await Admins.AddressesAsync(db, id, cancellationToken);
            foreach (var table in WorkspaceTables.Last)
            {
                var count = await db.ExecutePlainAsync(WorkspaceTables.DeleteAll(table), cancellationToken, ("@workspace", id.Value));
                await CountAsync(db, id, table, count, cancellationToken);
            }

            await db.Set<Workspace>().Where(w => w.Id == id).ExecuteDeleteAsync(cancellationToken);
            var certificate = await CountAsync(db, id, "Workspaces", 1, cancellationToken);
            certificate.FinishedAt = time.GetUtcNow();
            admins.ForEach(admin => mail.Add(db, MailOf(certificate, workspace, admin.Email, admin.Name)));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    private static MailText MailOf(ErasureCertificate certificate, Workspace workspace, string email, string name)
    {
        var counts = new StringBuilder();
        foreach (var (table, count) in certificate.Counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            counts.Append(CultureInfo.InvariantCulture, $"  {table}: {count}\n");
        }

        return new MailText(
            email,
            name,
            $"{workspace.Name} was erased",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Hello {name},

                the workspace {workspace.Name} ({workspace.Slug}) was erased, as {certificate.AskedBy} had asked. This is the certificate.

                Number: {certificate.Id}
                Begun: {certificate.BegunAt:u}
                Finished: {certificate.FinishedAt:u}
                Rows erased: {certificate.Total}
                {counts}
                The files of messages were erased with them.
                What remains: this certificate, the accounts of the people, who may belong to other workspaces, and backups of the database until they are overwritten.
                """));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Workspace {Workspace} could not be erased ({Fault}); the next round tries again")]
    private partial void Failed(long workspace, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Workspace {Workspace} was erased")]
    private partial void Erased(long workspace);
}
