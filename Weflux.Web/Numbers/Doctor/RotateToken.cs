using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Numbers.Wizard;
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
        if (!actor.May(Permission.ManageConnections) || await FindAsync(actor, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var typed = token.Trim();
        if (NumberRules.WrongSecret(typed, "access token") is { } wrong)
        {
            return new Outcome(IsDone: false, wrong);
        }

        var report = await platform.EntryAsync(number.Subject(protector, address, typed), cancellationToken);
        if (Array.ConvertAll(Needed, report.Of).FirstOrDefault(l => l is null or { State: CheckState.Bad or CheckState.NotChecked } && !IsUnknownApp(l, number)) is { } refused)
        {
            return new Outcome(IsDone: false, $"The old token stays. {refused.Words}", refused.WayOut);
        }

        await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, connectionId, typed, cancellationToken), cancellationToken);
        await exam.ExamineAsync(actor.Workspace, connectionId, only: null, cancellationToken);
        return new Outcome(IsDone: true, "The new token is in use.");
    }

    private static bool IsUnknownApp(CheckLine? line, StoredNumber number) => line is null && number.App.AppId is null;

    private async Task<StoredNumber?> FindAsync(Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await StoredNumber.FindAsync(db, connectionId, cancellationToken) is { Connection.DisconnectedAt: null } number ? number : null;
    }

    private async Task<bool> StoreAsync(WefluxDbContext db, Actor actor, long connectionId, string token, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var connection = await db.Set<Connection>().SingleAsync(c => c.Id == connectionId, cancellationToken);
        var before = connection.TokenEnding;
        connection.AccessToken = protector.ProtectText(token, Connection.TokenContext(connection.PhoneNumberId));
        connection.TokenEnding = NumberRules.Ending(token);
        db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = connectionId, At = time.GetUtcNow(), Words = $"{actor.Name} entered a new access token." });
        await audit.AddAsync(
            db, actor, AuditActions.TokenRotated, AuditFacts.Changed(connection.DisplayPhoneNumber, ("Token ends with", before, connection.TokenEnding)), cancellationToken);
        return true;
    }
}
