using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Deletion;

/// <summary>
/// An Admin exports the whole workspace: the reason goes on record, and with it comes a ticket by which this person, and
/// nobody else, may download the file for a few minutes.
/// </summary>
public sealed class ExportWorkspace(WefluxDatabase database, AuditLog audit, IDataProtectionProvider protection, TimeProvider time)
{
    public const int LongestReason = 500;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    private readonly IDataProtector _tickets = protection.CreateProtector("Weflux.WorkspaceExport");

    public async Task<ExportAnswer> ExecuteAsync(Actor actor, string reason, CancellationToken cancellationToken = default)
    {
        if (!MayExport(actor))
        {
            return new ExportAnswer(ExportOutcome.NotAllowed);
        }

        var trimmed = reason.Trim();
        if (trimmed.IsBlank() || trimmed.Length > LongestReason)
        {
            return new ExportAnswer(ExportOutcome.NoReason);
        }

        var isOnRecord = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ManageWorkspace, cancellationToken)
                    || !await db.StillMayAsync(actor, Permission.ExportData, cancellationToken))
                {
                    return false;
                }

                await audit.AddAsync(db, actor, AuditActions.WorkspaceExported, AuditFacts.Made("Everything", ("Reason", trimmed)), cancellationToken);
                return true;
            },
            cancellationToken);
        if (!isOnRecord)
        {
            return new ExportAnswer(ExportOutcome.NotAllowed);
        }

        var until = (time.GetUtcNow() + Lasts).ToUnixTimeSeconds();
        return new ExportAnswer(
            ExportOutcome.Ready, _tickets.Protect(string.Create(CultureInfo.InvariantCulture, $"{actor.Workspace} {actor.User} {until}")));
    }

    /// <summary>Whether the ticket was given to this actor, who may still export, and has not run out.</summary>
    public bool IsTicketOf(Actor actor, string ticket)
    {
        try
        {
            var parts = _tickets.Unprotect(ticket).Split(' ');
            return MayExport(actor)
                && parts is [var workspace, var user, var until]
                && workspace == actor.Workspace.ToString()
                && user == actor.User.ToString()
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture)) > time.GetUtcNow();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool MayExport(Actor actor) => actor.May(Permission.ManageWorkspace) && actor.May(Permission.ExportData);
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Ticket">What opens the download; null if there is none.</param>
public sealed record ExportAnswer(ExportOutcome Outcome, string? Ticket = null);

public enum ExportOutcome
{
    Ready,
    NotAllowed,
    NoReason,
}
