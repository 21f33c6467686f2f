using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Api.Keys;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Demo;

/// <summary>Makes what the demo needs and is not there yet. What people changed since stays as it is.</summary>
public sealed class DemoSeed(
    WefluxDatabase database,
    SecretProtector protector,
    IPasswordHasher<WefluxUser> hasher,
    ILookupNormalizer normalizer,
    AuditLog audit,
    TimeProvider time)
{
    // Nobody can sign in to a name that everybody can read once the demo is off.
    private static readonly DateTimeOffset Closed = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset? Expired = DateTimeOffset.UnixEpoch;

    public Task OpenAsync(CancellationToken cancellationToken) => database.WriteForSystemAsync(
        async db =>
        {
            // One hash for all: hashing is slow on purpose, and the password is public anyway.
            var hash = new Lazy<string>(() => hasher.HashPassword(new WefluxUser(), DemoWorkspaces.Password));
            foreach (var demo in DemoWorkspaces.All)
            {
                var workspace = await WorkspaceAsync(db, demo, cancellationToken);
                foreach (var person in demo.People)
                {
                    await MemberAsync(db, workspace, person, hash, cancellationToken);
                }

                await NumberAsync(db, workspace, demo, cancellationToken);
                await KeyAsync(db, workspace, demo, cancellationToken);
            }

            await OpenTrialsAsync(db, cancellationToken);
        },
        cancellationToken);

    /// <summary>Shuts the demo's people and keys out, and whoever signs webhooks with its public secrets, for a database in which the demo once ran.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        var names = DemoWorkspaces.All.SelectMany(w => w.People).Select(p => normalizer.NormalizeName(p.Email)!).ToList();
        await database.WriteForSystemAsync(
            db => db.Set<WefluxUser>().Where(u => names.Contains(u.NormalizedUserName!) && u.LockoutEnd != Closed).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.LockoutEnd, Closed).SetProperty(u => u.SecurityStamp, Guid.NewGuid().ToString()),
                cancellationToken),
            cancellationToken);
        var lookups = DemoWorkspaces.All.Select(w => KeyOf(w).Lookup).ToList();
        await database.WriteForSystemAsync(
            db => db.Set<ApiKey>().AcrossWorkspaces().Where(k => lookups.Contains(k.Lookup)).ExecuteUpdateAsync(
                set => set.SetProperty(k => k.ExpiresAt, Expired), cancellationToken),
            cancellationToken);
        var practice = PracticeNumbers.All.Select(n => n.AppId).Distinct().ToList();
        await database.WriteForSystemAsync(
            async db =>
            {
                // The practice numbers' secrets are public as well, whichever workspace tried them.
                var practised = await db.Set<MetaApp>().AcrossWorkspaces().Where(a => practice.Contains(a.AppId!)).ToListAsync(cancellationToken);
                foreach (var app in (await AppsAsync(db, cancellationToken)).Concat(practised))
                {
                    SetSecrets(app, NewSecret(), NewSecret());
                }

                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    private static Task<List<MetaApp>> AppsAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var keys = DemoWorkspaces.All.Select(w => w.Number.AppKey).Concat(TrialNumbers.All.Select(t => t.AppKey)).ToList();
        return db.Set<MetaApp>().AcrossWorkspaces().Where(a => keys.Contains(a.AppKey)).ToListAsync(cancellationToken);
    }

    /// <summary>The demo may have been closed since, which takes the public secrets away.</summary>
    private async Task OpenTrialsAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        foreach (var app in await AppsAsync(db, cancellationToken))
        {
            if (TrialNumbers.Find(app.AppKey) is { } trial)
            {
                SetSecrets(app, trial.AppSecret, trial.VerifyToken);
                app.AppId = trial.AppId;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static string NewSecret() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private void SetSecrets(MetaApp app, string appSecret, string verifyToken)
    {
        app.AppSecret = protector.ProtectText(appSecret, MetaApp.SecretContext(app.AppKey));
        app.VerifyToken = protector.ProtectText(verifyToken, MetaApp.VerifyTokenContext(app.AppKey));
        (app.OldAppSecret, app.OldSecretUntil) = (null, null);
    }

    private static ApiKeyText KeyOf(DemoWorkspace demo) =>
        ApiKeyText.TryParse(demo.ApiKey, out var key) ? key : throw new InvalidOperationException("The demo's key is not one.");

    private async Task KeyAsync(WefluxDbContext db, WorkspaceId workspace, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        var text = KeyOf(demo);
        var lookup = text.Lookup;
        var key = await db.Set<ApiKey>().AcrossWorkspaces().SingleOrDefaultAsync(k => k.Lookup == lookup, cancellationToken);
        if (key is null)
        {
            db.Add(IssueApiKey.Row(workspace, "Demo", text, [ApiScopes.All], time.GetUtcNow(), by: null));
        }
        else if (key.ExpiresAt == Expired)
        {
            key.ExpiresAt = null;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<WorkspaceId> WorkspaceAsync(WefluxDbContext db, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        var workspace = await DemoRows.FindAsync(db, demo, cancellationToken)
            ?? await db.Set<Workspace>().SingleOrDefaultAsync(w => w.Slug == demo.Slug, cancellationToken);
        if (workspace is null)
        {
            workspace = new Workspace { Slug = demo.Slug, Name = demo.Name, CreatedAt = time.GetUtcNow() };
            db.Add(workspace);
            await db.SaveChangesAsync(cancellationToken);
            db.Add(new WorkspaceCounter { WorkspaceId = workspace.Id });
            await db.SaveChangesAsync(cancellationToken);
            var weflux = new Actor(workspace.Id, default, "Weflux", default, AgentSettings.Default);
            await audit.AddAsync(db, weflux, AuditActions.WorkspaceCreated, AuditFacts.Made(demo.Name, ("Address", demo.Slug)), cancellationToken);
        }

        return workspace.Id;
    }

    private async Task MemberAsync(
        WefluxDbContext db, WorkspaceId workspace, DemoPerson person, Lazy<string> hash, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeName(person.Email);
        var user = await db.Set<WefluxUser>().SingleOrDefaultAsync(u => u.NormalizedUserName == normalized, cancellationToken);
        if (user is null)
        {
            user = new WefluxUser
            {
                UserName = person.Email,
                NormalizedUserName = normalized,
                Email = person.Email,
                NormalizedEmail = normalizer.NormalizeEmail(person.Email),
                EmailConfirmed = true,
                Name = person.Name,
                PasswordHash = hash.Value,
                SecurityStamp = Guid.NewGuid().ToString(),
                LockoutEnabled = true,
            };
            db.Add(user);
            await db.SaveChangesAsync(cancellationToken);
            db.Add(new Membership
            {
                WorkspaceId = workspace,
                UserId = new UserId(user.Id),
                Role = person.Role,
                JoinedAt = time.GetUtcNow(),
            });
        }
        else if (user.LockoutEnd == Closed)
        {
            user.LockoutEnd = null;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task NumberAsync(WefluxDbContext db, WorkspaceId workspace, DemoWorkspace demo, CancellationToken cancellationToken)
    {
        var number = demo.Number;
        if ((await AppsAsync(db, cancellationToken)).Find(a => a.AppKey == number.AppKey) is { } known)
        {
            // The demo may have been closed since, which takes its public secrets away.
            SetSecrets(known, number.AppSecret, number.VerifyToken);
            known.AppId = number.AppId;
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        var app = new MetaApp
        {
            WorkspaceId = workspace,
            AppKey = number.AppKey,
            AppId = number.AppId,
            AppSecret = protector.ProtectText(number.AppSecret, MetaApp.SecretContext(number.AppKey)),
            VerifyToken = protector.ProtectText(number.VerifyToken, MetaApp.VerifyTokenContext(number.AppKey)),
        };
        db.Add(app);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(new Connection
        {
            WorkspaceId = workspace,
            MetaAppId = app.Id,
            Kind = ConnectionKind.Simulator,
            WabaId = number.WabaId,
            PhoneNumberId = number.PhoneNumberId,
            DisplayPhoneNumber = number.DisplayPhoneNumber,
            Name = demo.Name,
            AccessToken = protector.ProtectText(number.AccessToken, Connection.TokenContext(number.PhoneNumberId)),
            ConnectedAt = time.GetUtcNow(),
        });
        db.Add(new Lane { MetaAppId = app.Id, WorkspaceId = workspace });
        await db.SaveChangesAsync(cancellationToken);
    }
}
