using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers;

/// <summary>One number with everything that its page shows. A class and not a record: its text must never show the verify token.</summary>
public sealed class NumberView
{
    public required Connection Number { get; init; }

    public required string? AppId { get; init; }

    public required string? SecretEnding { get; init; }

    public required DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Where the platform should send webhooks.</summary>
    public required Uri Callback { get; init; }

    /// <summary>What the platform proves itself with. Made here, never entered; null if it cannot be read.</summary>
    public required string? VerifyToken { get; init; }

    public required SignatureCount Signatures { get; init; }

    public required IReadOnlyList<CheckLine> Lines { get; init; }

    public required DateTimeOffset? CheckedAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    public ConnectionState State => Number.State;

    /// <summary>Whether the webhooks of this number are refused.</summary>
    public bool IsDeaf => Signatures.IsRefusing && DeafApps.CouldHear(Number);

    /// <summary>When the platform was last heard of in any way since the number was entered. The app may be an older one, with other numbers.</summary>
    public DateTimeOffset? HeardAt => new[] { Signatures.LastGoodAt, Signatures.LastOldAt, Signatures.VerifiedAt }
        .Where(at => at >= (Number.EnteredAt ?? DateTimeOffset.MinValue)).Max();

    /// <summary>Whether somebody came to verify the address with another token than this one, and nobody with this one since.</summary>
    public bool IsMisverified => Signatures.MisverifiedAt is { } wrong && wrong > (Signatures.VerifiedAt ?? DateTimeOffset.MinValue);

    /// <summary>What to do about the reason why it is broken, from the very line that says it.</summary>
    public string WayOut => Lines.FirstOrDefault(l => l.State == CheckState.Bad && l.Words == Number.BrokenReason)?.WayOut ?? "Look at the red lines below.";

    /// <summary>The digits that people write to.</summary>
    public string Digits => string.Concat(Number.DisplayPhoneNumber.Where(char.IsAsciiDigit));
}

/// <summary>One number, for those who may connect numbers.</summary>
public sealed class NumberQuery(WefluxDatabase database, SecretProtector protector, PublicAddress address, TimeProvider time)
{
    /// <returns>The number; null if there is none for the actor.</returns>
    public async Task<NumberView?> FindAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        if (await StoredNumber.FindAsync(db, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var appId = number.App.Id;
        var signatures = await db.Set<SignatureCount>().AsNoTracking().SingleOrDefaultAsync(c => c.MetaAppId == appId, cancellationToken)
            ?? new SignatureCount { MetaAppId = appId, WorkspaceId = actor.Workspace };
        var checkup = await db.Set<ConnectionCheckup>().AsNoTracking().SingleOrDefaultAsync(c => c.ConnectionId == connectionId, cancellationToken);
        var now = time.GetUtcNow();
        CheckLine[] own =
        [
            OwnChecks.Signature(signatures),
            OwnChecks.LastWebhook(number.Connection.LastHeardAt, number.Connection.ConnectedAt is not null, now),
        ];
        return new NumberView
        {
            Number = number.Connection,
            AppId = number.App.AppId,
            SecretEnding = number.App.SecretEnding,
            OldSecretUntil = number.App.OldSecretUntil > now ? number.App.OldSecretUntil : null,
            Callback = StoredNumber.Callback(address, number.App),
            VerifyToken = number.VerifyToken(protector),
            Signatures = signatures,
            Lines = [.. (checkup?.Lines ?? []).Concat(own).OrderBy(l => l.Kind)],
            CheckedAt = checkup?.CheckedAt,
            Now = now,
        };
    }
}
