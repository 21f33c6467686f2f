using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>
/// Looks at a number and writes down what it found. What is refused for certain turns the number red and tells the
/// Admins once; what is accepted again turns it back. A platform that does not answer changes nothing.
/// </summary>
public sealed class NumberExam(
    WefluxDatabase database, PlatformCheck platform, SecretProtector protector, PublicAddress address, MailQueue mails, TimeProvider time)
{
    /// <summary>Without these, nothing can be sent or received.</summary>
    private static readonly CheckKind[] Vital =
        [CheckKind.Token, CheckKind.Scopes, CheckKind.App, CheckKind.Account, CheckKind.Number, CheckKind.Registration];

    /// <returns>Whether there is such a number that can be looked at.</returns>
    internal async Task<bool> ExamineAsync(WorkspaceId workspace, long connectionId, CheckKind? only, CancellationToken cancellationToken)
    {
        StoredNumber? number;
        await using (var db = database.Open(workspace))
        {
            number = await StoredNumber.FindAsync(db, connectionId, cancellationToken);
        }

        if (number is not { Connection.DisconnectedAt: null })
        {
            return false;
        }

        var begunAt = time.GetUtcNow();
        var report = await platform.WholeAsync(number.Subject(protector, address), only, cancellationToken);
        await database.WriteAsync(workspace, db => StoreAsync(db, number, report, only, begunAt, cancellationToken), cancellationToken);
        return true;
    }

    private async Task<bool> StoreAsync(
        WefluxDbContext db, StoredNumber before, CheckReport report, CheckKind? only, DateTimeOffset begunAt, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var id = before.Connection.Id;
        var connection = await db.Set<Connection>().SingleAsync(c => c.Id == id, cancellationToken);
        if (connection.DisconnectedAt is not null || !connection.AccessToken.AsSpan().SequenceEqual(before.Connection.AccessToken))
        {
            // Somebody gave it a new token meanwhile: what was found speaks of the old one.
            return false;
        }

        var now = time.GetUtcNow();
        var checkup = await db.Set<ConnectionCheckup>().SingleOrDefaultAsync(c => c.ConnectionId == id, cancellationToken);
        if (checkup is null)
        {
            checkup = new ConnectionCheckup { ConnectionId = id, WorkspaceId = connection.WorkspaceId, NextAt = NumberWatch.Next(now) };
            db.Add(checkup);
        }

        if (checkup.BegunAt > begunAt)
        {
            // One that began later was faster, and what it found is newer.
            return false;
        }

        checkup.BegunAt = begunAt;
        var fresh = report.Lines.Select(l => l.Kind).ToHashSet();
        checkup.Lines = [.. report.Lines.Concat(checkup.Lines.Where(l => !fresh.Contains(l.Kind))).OrderBy(l => l.Kind)];
        checkup.CheckedAt = only is null ? now : checkup.CheckedAt ?? now;
        TakeFacts(connection, checkup, report);
        await JudgeAsync(db, connection, checkup.Lines, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static void TakeFacts(Connection connection, ConnectionCheckup checkup, CheckReport report)
    {
        if (report.Facts is { } facts)
        {
            checkup.Facts = facts;
        }

        if (report.VerifiedName is { Length: > 0 and <= 200 } name)
        {
            connection.Name = name;
        }

        if (report.DisplayPhoneNumber is { Length: > 0 and <= 40 } display)
        {
            connection.DisplayPhoneNumber = display;
        }
    }

    private async Task JudgeAsync(WefluxDbContext db, Connection connection, IReadOnlyList<CheckLine> lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (lines.FirstOrDefault(l => Vital.Contains(l.Kind) && l.State == CheckState.Bad) is { } bad)
        {
            if (connection.Break(bad.Words, now))
            {
                db.Add(Event(connection, now, bad.Words, isTrouble: true));
                await db.TakeSequenceAsync(1, cancellationToken);
                if (connection.ConnectedAt is not null)
                {
                    // What never worked has not stopped working: whoever enters it is looking at it.
                    await TellAdminsAsync(db, connection, bad, cancellationToken);
                }
            }
        }
        else if (Array.TrueForAll(Vital, kind => lines.Any(l => l.Kind == kind && l.State is CheckState.Good or CheckState.Warning) || IsUntold(lines, kind)) && connection.Mend(now))
        {
            db.Add(Event(connection, now, "Meta accepts the number again.", isTrouble: false));
            await db.TakeSequenceAsync(1, cancellationToken);
        }
    }

    /// <summary>Whether the platform answers but never speaks of this.</summary>
    private static bool IsUntold(IReadOnlyList<CheckLine> lines, CheckKind kind) =>
        kind is CheckKind.App or CheckKind.Registration && lines.All(l => l.Kind != kind || l.State == CheckState.NotChecked);

    private static ConnectionEvent Event(Connection connection, DateTimeOffset at, string words, bool isTrouble) => new()
    {
        WorkspaceId = connection.WorkspaceId,
        ConnectionId = connection.Id,
        At = at,
        Words = words,
        IsTrouble = isTrouble,
    };

    private async Task TellAdminsAsync(WefluxDbContext db, Connection connection, CheckLine bad, CancellationToken cancellationToken)
    {
        var id = connection.WorkspaceId;
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == id, cancellationToken);
        var admins = await db.Set<Membership>().Where(m => m.Role == Role.Admin && m.IsActive).Select(m => m.UserId).ToListAsync(cancellationToken);
        var ids = admins.ConvertAll(a => a.Value);
        foreach (var person in await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).Select(u => new { u.Email, u.Name, u.Preferences }).ToListAsync(cancellationToken))
        {
            if (!person.Preferences.IsQuietOnNumbers && person.Email is { Length: > 0 } email)
            {
                mails.Add(db, new MailText(
                    email,
                    person.Name,
                    $"{workspace.Name}: the number {connection.DisplayPhoneNumber} stopped working",
                    $"""
                    {bad.Words}

                    Messages from {connection.DisplayPhoneNumber} do not leave until this is mended. What customers write may still arrive.

                    What to do: {bad.WayOut}

                    {address.At($"/w/{workspace.Slug}/settings/numbers/{connection.Id}")}
                    """));
            }
        }
    }
}
