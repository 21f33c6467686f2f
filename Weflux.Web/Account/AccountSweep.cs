using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;

namespace Weflux.Web.Account;

/// <summary>Removes, every hour, sessions and links that have long expired.</summary>
public sealed class AccountSweep(SessionBook sessions, AccountLinks links, TimeProvider time, ILogger<AccountSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(SweepAsync, Interval, time, logger, stoppingToken);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await sessions.SweepAsync(cancellationToken);
        await links.SweepAsync(cancellationToken);
    }
}
