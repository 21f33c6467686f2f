using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Lanes;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Start;

/// <summary>What came of asking for a number to try Weflux with.</summary>
public enum TrialOutcome
{
    /// <summary>The workspace has one, now or since before.</summary>
    Ready,

    /// <summary>All of them are taken.</summary>
    NoneLeft,

    /// <summary>The demo is off, or the actor may not.</summary>
    NotAllowed,
}

/// <summary>Gives a workspace a number of the simulator, so that its people can write to themselves as customers.</summary>
public sealed class TakeTrialNumber(WefluxDatabase database, SecretProtector protector, AuditLog audit, IOptions<DemoOptions> demo)
{
    public async Task<TrialOutcome> ExecuteAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!demo.Value.Enabled || !actor.May(Permission.ManageConnections))
        {
            return TrialOutcome.NotAllowed;
        }

        return await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.StillMayAsync(actor, Permission.ManageConnections, cancellationToken))
                {
                    return TrialOutcome.NotAllowed;
                }

                if (await db.Set<Connection>().AnyAsync(c => c.Kind == ConnectionKind.Simulator, cancellationToken))
                {
                    return TrialOutcome.Ready;
                }

                await db.LockInstallationAsync(cancellationToken);
                var taken = await db.Set<MetaApp>().AcrossWorkspaces().Where(a => a.AppKey.StartsWith("trial-"))
                    .Select(a => a.AppKey).ToListAsync(cancellationToken);
                if (TrialNumbers.All.FirstOrDefault(t => !taken.Contains(t.AppKey)) is not { } trial)
                {
                    return TrialOutcome.NoneLeft;
                }

                await AddAsync(db, actor, trial, cancellationToken);
                return TrialOutcome.Ready;
            },
            cancellationToken);
    }

    private async Task AddAsync(WefluxDbContext db, Actor actor, TrialNumber trial, CancellationToken cancellationToken)
    {
        var app = new MetaApp
        {
            WorkspaceId = actor.Workspace,
            AppKey = trial.AppKey,
            AppId = trial.AppId,
            AppSecret = protector.ProtectText(trial.AppSecret, MetaApp.SecretContext(trial.AppKey)),
            VerifyToken = protector.ProtectText(trial.VerifyToken, MetaApp.VerifyTokenContext(trial.AppKey)),
        };
        db.Add(app);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(new Connection
        {
            WorkspaceId = actor.Workspace,
            MetaAppId = app.Id,
            Kind = ConnectionKind.Simulator,
            WabaId = trial.WabaId,
            PhoneNumberId = trial.PhoneNumberId,
            DisplayPhoneNumber = trial.DisplayPhoneNumber,
            Name = "Pretend number",
            AccessToken = protector.ProtectText(trial.AccessToken, Connection.TokenContext(trial.PhoneNumberId)),
        });
        db.Add(new Lane { MetaAppId = app.Id, WorkspaceId = actor.Workspace });
        await db.SaveChangesAsync(cancellationToken);
        await audit.AddAsync(
            db, actor, AuditActions.TrialNumberTaken, AuditFacts.Made("Pretend number", ("Number", trial.DisplayPhoneNumber)), cancellationToken);
    }
}
