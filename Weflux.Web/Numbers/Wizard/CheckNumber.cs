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
    /// <summary>What must be good before a number is connected. Whether it is registered may be untold, but it must not be refused.</summary>
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

        var subject = await SubjectAsync(actor, typed, cancellationToken);
        if (subject.Token is null)
        {
            // App id and secret can be tried before there is a token.
            return new EntryReport(subject.ByApp is null && !subject.IsSecretLost ? [] : [await platform.SecretAsync(subject, cancellationToken)], null);
        }

        var report = await platform.EntryAsync(subject, cancellationToken);

        // Only who has shown that the number opens for them learns that it is taken.
        var taken = report.IsGood(CheckKind.Number) ? await TakenAsync(actor, typed.PhoneNumberId, cancellationToken) : null;
        return new EntryReport(report.Lines, taken)
        {
            IsReady = taken is null && Array.TrueForAll(Needed, report.IsGood) && report.Of(CheckKind.Registration) is not { State: CheckState.Bad },
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

    /// <summary>What was typed, with the secret of an app that is known already in the place of an empty one.</summary>
    private async Task<CheckSubject> SubjectAsync(Actor actor, NumberEntry typed, CancellationToken cancellationToken)
    {
        var secret = NumberRules.WrongSecret(typed.AppSecret, "app secret") is null ? typed.AppSecret : null;
        MetaApp? known = null;
        if (typed.AppSecret.Length == 0 && typed.AppId.Length > 0)
        {
            await using var db = database.Open(actor.Workspace);
            known = await db.Set<MetaApp>().AsNoTracking().OrderBy(a => a.Id).FirstOrDefaultAsync(a => a.AppId == typed.AppId, cancellationToken);
            secret = known is null ? null : StoredNumber.Secret(protector, known);
        }

        return new CheckSubject
        {
            Kind = typed.Kind,
            WabaId = Sound(typed.WabaId),
            PhoneNumberId = Sound(typed.PhoneNumberId),
            AppId = Sound(typed.AppId),
            Token = NumberRules.WrongSecret(typed.Token, "access token") is null ? typed.Token : null,
            AppSecret = secret,
            IsSecretLost = known is not null && secret is null,
            Callback = null,
        };
    }
}
