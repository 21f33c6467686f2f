using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers.Wizard;

/// <summary>What came of looking at an entry.</summary>
/// <param name="Lines">One line for each thing that was looked at.</param>
/// <param name="Refusal">Why it cannot be connected whatever the lines say; null if nothing else is in the way.</param>
public sealed record EntryReport(IReadOnlyList<CheckLine> Lines, CheckLine? Refusal)
{
    /// <summary>Whether it could be connected now.</summary>
    public bool IsReady { get; init; }

    public string? DisplayPhoneNumber { get; init; }

    public string? VerifiedName { get; init; }
}

/// <summary>Looks at what an admin typed, before anything is stored.</summary>
public sealed class CheckNumber(WefluxDatabase database, PlatformCheck platform, SecretProtector protector, IOptions<DemoOptions> demo)
{
    /// <summary>What must be good before a number is connected.</summary>
    private static readonly CheckKind[] Needed =
        [CheckKind.Token, CheckKind.Scopes, CheckKind.App, CheckKind.Secret, CheckKind.Account, CheckKind.Number];

    /// <returns>The report; null if the actor may not connect numbers.</returns>
    public async Task<EntryReport?> ExecuteAsync(Actor actor, NumberEntry entry, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        var typed = entry.Trimmed();
        if (WrongKind(typed.Kind) is { } wrong)
        {
            return new EntryReport([], wrong);
        }

        if (NumberRules.WrongSecret(typed.Token, "access token") is not null)
        {
            return new EntryReport([], null);
        }

        var secret = typed.AppSecret.Length > 0 ? typed.AppSecret : await KnownSecretAsync(actor, typed.AppId, cancellationToken);
        var report = await platform.EntryAsync(
            new CheckSubject
            {
                Kind = typed.Kind,
                WabaId = Sound(typed.WabaId),
                PhoneNumberId = Sound(typed.PhoneNumberId),
                AppId = Sound(typed.AppId),
                Token = typed.Token,
                AppSecret = NumberRules.WrongSecret(secret ?? "", "app secret") is null ? secret : null,
                Callback = null,
            },
            cancellationToken);

        // Only who has shown that the number opens for them learns that it is taken.
        var taken = report.IsGood(CheckKind.Number) ? await TakenAsync(actor, typed.PhoneNumberId, cancellationToken) : null;
        return new EntryReport(report.Lines, taken)
        {
            IsReady = taken is null && Array.TrueForAll(Needed, report.IsGood),
            DisplayPhoneNumber = report.DisplayPhoneNumber,
            VerifiedName = report.VerifiedName,
        };
    }

    /// <summary>Why the number cannot be connected by this workspace; null if it can.</summary>
    internal async Task<CheckLine?> TakenAsync(Actor actor, string phoneNumberId, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var holder = await db.Set<Connection>().AcrossWorkspaces()
            .Where(c => c.PhoneNumberId == phoneNumberId && c.State != ConnectionState.Disconnected)
            .Select(c => (WorkspaceId?)c.WorkspaceId).SingleOrDefaultAsync(cancellationToken);
        return holder switch
        {
            null => null,
            { } ours when ours == actor.Workspace => CheckLine.Bad(
                CheckKind.Number, "This number is connected to this workspace already.", "Find it in the list of numbers. Its token and its secret can be changed there."),
            _ => CheckLine.Bad(
                CheckKind.Number,
                "This number is connected elsewhere in this Weflux.",
                "A number can be in one workspace only. Have it disconnected there first, or connect another number. Whoever runs this Weflux can help."),
        };
    }

    private CheckLine? WrongKind(ConnectionKind kind) => kind switch
    {
        ConnectionKind.CloudApi => null,
        ConnectionKind.Simulator when demo.Value.Enabled => null,
        _ => CheckLine.Bad(CheckKind.Number, "There are no practice numbers while the demo is off.", "Connect a number at Meta."),
    };

    private static string Sound(string id) => NumberRules.WrongId(id, "id", "") is null ? id : "";

    private async Task<string?> KnownSecretAsync(Actor actor, string appId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        var app = appId.Length == 0 ? null : await db.Set<MetaApp>().AsNoTracking().FirstOrDefaultAsync(a => a.AppId == appId, cancellationToken);
        return app is null ? null : protector.UnprotectText(app.AppSecret, MetaApp.SecretContext(app.AppKey));
    }
}
