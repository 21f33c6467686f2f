using System.Data.Common;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;

namespace Weflux.Web.Account;

/// <summary>Removes, every hour, sessions and links that have long expired.</summary>
public sealed partial class AccountSweep(SessionBook sessions, AccountLinks links, TimeProvider time, ILogger<AccountSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.SweepAsync(stoppingToken);
                await links.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DatabaseUnavailableException)
            {
                SweepFailed(exception.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired sessions and links could not be removed ({Fault}); the next hour tries again")]
    private partial void SweepFailed(string fault);
}
