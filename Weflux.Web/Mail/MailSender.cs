using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Mail;

/// <summary>
/// Sends what waits. A mail is claimed by moving its next try ahead, which one node alone can do; a node that dies
/// meanwhile leaves a mail that is due again by itself.
/// </summary>
public sealed partial class MailSender(
    WefluxDatabase database,
    SecretProtector protector,
    MailServer server,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailSender> logger) : BackgroundService
{
    /// <summary>How long a mail is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private const int Batch = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private DateTimeOffset _sweptAt = DateTimeOffset.MinValue;

    /// <summary>Sends what is due now.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsConfigured)
        {
            foreach (var id in await DueAsync(cancellationToken))
            {
                await SendAsync(id, cancellationToken);
            }
        }

        if (time.GetUtcNow() - _sweptAt > TimeSpan.FromHours(1))
        {
            _sweptAt = time.GetUtcNow();
            await SweepAsync(_sweptAt, cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(BeatAsync, Interval, time, logger, stoppingToken);

    /// <summary>When the next try is, after so many.</summary>
    internal static TimeSpan WaitAfter(int tries)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(tries, 12) - 1);
        return wait < LongestWait ? wait : LongestWait;
    }

    private async Task<List<long>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.OpenForSystem();
        return await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.NextTryAt <= now)
            .OrderBy(m => m.NextTryAt).Select(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
    }

    private async Task SendAsync(long id, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(id, cancellationToken) is not { } mail)
        {
            return;
        }

        MailFault? fault;
        try
        {
            var text = JsonSerializer.Deserialize<MailText>(protector.UnprotectText(mail.Text, OutgoingMail.TextContext(mail.Key)))!;
            fault = await server.SendAsync(text, mail.Key, cancellationToken);
        }
        catch (CryptographicException)
        {
            fault = new MailFault("The text cannot be decrypted with the key ring", IsFinal: true);
        }

        await SettleAsync(id, mail, fault, cancellationToken);
    }

    private async Task<ClaimedMail?> ClaimAsync(long id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + Claim;
        ClaimedMail? claimed = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                var isOurs = await db.Set<OutgoingMail>().Where(m => m.Id == id && m.NextTryAt <= now && m.Text != null).ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.NextTryAt, until).SetProperty(m => m.Tries, m => m.Tries + 1), cancellationToken);
                claimed = isOurs == 1
                    ? await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.Id == id)
                        .Select(m => new ClaimedMail(m.Key, m.Text!, m.CreatedAt, m.Tries)).SingleAsync(cancellationToken)
                    : null;
            },
            cancellationToken);
        return claimed;
    }

    private Task SettleAsync(long id, ClaimedMail mail, MailFault? fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = now + WaitAfter(mail.Tries);
        if (fault is null)
        {
            return database.WriteForSystemAsync(
                db => db.Set<OutgoingMail>().Where(m => m.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.SentAt, now).SetProperty(m => m.NextTryAt, (DateTimeOffset?)null)
                        .SetProperty(m => m.Text, (byte[]?)null).SetProperty(m => m.Fault, (string?)null),
                    cancellationToken),
                cancellationToken);
        }

        if (fault.IsFinal || next > mail.CreatedAt + Patience)
        {
            GivenUp(id, fault.Words);
            return database.WriteForSystemAsync(
                db => db.Set<OutgoingMail>().Where(m => m.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.NextTryAt, (DateTimeOffset?)null).SetProperty(m => m.Text, (byte[]?)null)
                        .SetProperty(m => m.Fault, fault.Words),
                    cancellationToken),
                cancellationToken);
        }

        Failed(id, fault.Words, next);
        return database.WriteForSystemAsync(
            db => db.Set<OutgoingMail>().Where(m => m.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.NextTryAt, next).SetProperty(m => m.Fault, fault.Words), cancellationToken),
            cancellationToken);
    }

    /// <summary>Gives up what no mail server came for, and forgets what is long settled.</summary>
    private Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (waited, settled) = (now - Patience - LongestWait, now - Kept);
        return database.WriteForSystemAsync(
            async db =>
            {
                await db.Set<OutgoingMail>().Where(m => m.CreatedAt < waited && m.Text != null).ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.NextTryAt, (DateTimeOffset?)null).SetProperty(m => m.Text, (byte[]?)null)
                        .SetProperty(m => m.Fault, m => m.Fault ?? MailFault.NoServer),
                    cancellationToken);
                await db.Set<OutgoingMail>().Where(m => m.CreatedAt < settled).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} could not be sent and is tried again at {Next}: {Fault}")]
    private partial void Failed(long mail, string fault, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Mail} was given up: {Fault}")]
    private partial void GivenUp(long mail, string fault);

    private sealed record ClaimedMail(Guid Key, byte[] Text, DateTimeOffset CreatedAt, int Tries);
}
