using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Security;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>What came of connecting a number.</summary>
/// <param name="Report">What the platform said.</param>
/// <param name="ConnectionId">The number; null if it was not connected.</param>
public sealed record ConnectResult(EntryReport Report, long? ConnectionId);

/// <summary>
/// Stores a number with its secrets, once everything about it is right. It can send as soon as a customer's message has
/// come through. A number that the workspace once disconnected takes up its old threads.
/// </summary>
public sealed class ConnectNumber(
    WefluxDatabase database,
    CheckNumber check,
    SecretProtector protector,
    ReplaceSecret replace,
    AuditLog audit,
    MetaAppCatalog catalog,
    ConnectionSignals signals,
    LaneSignals lanes,
    TimeProvider time)
{
    /// <summary>How long the secret before counts when another one is entered for an app that is known already.</summary>
    private static readonly TimeSpan OldSecretOverlap = TimeSpan.FromDays(1);

    /// <returns>The result; null if the actor may not connect numbers.</returns>
    public async Task<ConnectResult?> ExecuteAsync(Actor actor, NumberEntry entry, CancellationToken cancellationToken = default)
    {
        var typed = entry.Trimmed();
        if (await check.ExecuteAsync(actor, typed, cancellationToken) is not { } report)
        {
            return null;
        }

        if (!report.IsReady)
        {
            return new ConnectResult(report, null);
        }

        Connection connection;
        try
        {
            connection = await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, typed, report, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else was faster by the time between looking and storing. If it was not that, it is a fault.
            if (await check.TakenAsync(actor, typed.PhoneNumberId, cancellationToken) is { } taken)
            {
                return new ConnectResult(report with { Refusal = taken, IsReady = false }, null);
            }

            throw;
        }

        catalog.Forget();
        lanes.Renew(connection.MetaAppId);
        signals.Ask(connection.Id);
        return new ConnectResult(report, connection.Id);
    }

    private async Task<Connection> StoreAsync(WefluxDbContext db, Actor actor, NumberEntry typed, EntryReport report, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var app = await AppAsync(db, actor, typed, report, cancellationToken);
        var token = protector.ProtectText(typed.Token, Connection.TokenContext(typed.PhoneNumberId));
        var connection = await db.Set<Connection>().SingleOrDefaultAsync(
            c => c.PhoneNumberId == typed.PhoneNumberId && c.State == ConnectionState.Disconnected, cancellationToken);
        if (connection is null)
        {
            connection = new Connection
            {
                WorkspaceId = actor.Workspace,
                MetaAppId = app.Id,
                Kind = typed.Kind,
                WabaId = typed.WabaId,
                PhoneNumberId = typed.PhoneNumberId,
                DisplayPhoneNumber = report.DisplayPhoneNumber ?? typed.PhoneNumberId,
                Name = report.VerifiedName ?? report.DisplayPhoneNumber ?? typed.PhoneNumberId,
                AccessToken = token,
                State = ConnectionState.Waiting,
            };
            db.Add(connection);
        }

        (connection.MetaAppId, connection.Kind, connection.WabaId, connection.AccessToken) = (app.Id, typed.Kind, typed.WabaId, token);
        connection.TokenEnding = NumberRules.Ending(typed.Token);
        connection.BeginAgain(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await NoteAsync(db, connection, cancellationToken);
        await audit.AddAsync(
            db, actor, AuditActions.NumberConnected, AuditFacts.Made(connection.DisplayPhoneNumber, ("Phone number id", connection.PhoneNumberId), ("WhatsApp account", connection.WabaId)), cancellationToken);
        return connection;
    }

    private async Task NoteAsync(WefluxDbContext db, Connection connection, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        db.Add(new ConnectionEvent
        {
            WorkspaceId = connection.WorkspaceId,
            ConnectionId = connection.Id,
            At = now,
            Words = "The number was entered. It waits for its first message.",
        });
        if (await db.Set<ConnectionCheckup>().SingleOrDefaultAsync(c => c.ConnectionId == connection.Id, cancellationToken) is { } checkup)
        {
            checkup.NextAt = now;
        }
        else
        {
            db.Add(new ConnectionCheckup { ConnectionId = connection.Id, WorkspaceId = connection.WorkspaceId, NextAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The workspace's app with this id, made if need be: a second number of an app shares its address and its secret.</summary>
    private async Task<MetaApp> AppAsync(
        WefluxDbContext db, Actor actor, NumberEntry typed, EntryReport report, CancellationToken cancellationToken)
    {
        var app = await db.Set<MetaApp>().OrderBy(a => a.Id).FirstOrDefaultAsync(a => a.AppId == typed.AppId, cancellationToken);
        if (app is not null)
        {
            if (typed.AppSecret.Length > 0)
            {
                await replace.ExecuteAsync(db, actor, app, report.DisplayPhoneNumber ?? typed.PhoneNumberId, typed.AppSecret, OldSecretOverlap, cancellationToken);
            }

            return app;
        }

        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        app = new MetaApp
        {
            WorkspaceId = actor.Workspace,
            AppKey = key,
            AppId = typed.AppId,
            AppSecret = protector.ProtectText(typed.AppSecret, MetaApp.SecretContext(key)),
            SecretEnding = NumberRules.Ending(typed.AppSecret),
            VerifyToken = ReplaceSecret.NewVerifyToken(protector, key),
        };
        db.Add(app);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(new Lane { MetaAppId = app.Id, WorkspaceId = actor.Workspace });
        return app;
    }
}
