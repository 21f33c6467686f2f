using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Puts a new access token in the place of the old one, once it has shown that it opens this very number.</summary>
public sealed class RotateToken(
    WefluxDatabase database, PlatformCheck platform, SecretProtector protector, PublicAddress address, AuditLog audit, NumberExam exam, TimeProvider time)
{
    private static readonly CheckKind[] Needed = [CheckKind.Token, CheckKind.Scopes, CheckKind.App, CheckKind.Account, CheckKind.Number];

    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, string token, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections)
            || await StoredNumber.FindUsableAsync(database, actor.Workspace, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var typed = token.Trim();
        if (NumberRules.WrongSecret(typed, "access token") is { } wrong)
        {
            return new Outcome(IsDone: false, wrong);
        }

        var report = await platform.EntryAsync(number.Subject(protector, address, typed), cancellationToken);
        if (Needed.Select(report.Of).FirstOrDefault(l => l is not { State: CheckState.Good or CheckState.Warning } && !IsUntold(l)) is { } refused)
        {
            return new Outcome(IsDone: false, $"The old token stays. {refused.Words}", refused.WayOut);
        }

        if (!await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, connectionId, typed, cancellationToken), cancellationToken))
        {
            return new Outcome(IsDone: false, "Somebody disconnected the number meanwhile. The new token was not stored.");
        }

        await exam.ExamineAsync(actor.Workspace, connectionId, only: null, cancellationToken);
        return new Outcome(IsDone: true, "The new token is in use.");
    }

    /// <summary>Which app a token was made for is not always told, or there is no app id to compare it with.</summary>
    private static bool IsUntold(CheckLine? line) => line is { Kind: CheckKind.App, State: CheckState.NotChecked };

    private async Task<bool> StoreAsync(WefluxDbContext db, Actor actor, long connectionId, string token, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (await db.Set<Connection>().SingleOrDefaultAsync(c => c.Id == connectionId && c.DisconnectedAt == null, cancellationToken) is not { } connection)
        {
            return false;
        }

        var before = connection.TokenEnding;
        connection.Renew(protector.ProtectText(token, Connection.TokenContext(connection.PhoneNumberId)), NumberRules.Ending(token), time.GetUtcNow());
        db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = connectionId, At = time.GetUtcNow(), Words = $"{actor.Name} entered a new access token." });
        await audit.AddAsync(
            db, actor, AuditActions.TokenRotated, AuditFacts.Changed(connection.DisplayPhoneNumber, ("Token ends with", before, connection.TokenEnding)), cancellationToken);
        return true;
    }
}
