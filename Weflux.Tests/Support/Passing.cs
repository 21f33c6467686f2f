using Microsoft.EntityFrameworkCore;
using Weflux.Web.Sending;

namespace Weflux.Tests.Support;

/// <summary>Time that passes in steps until something is so.</summary>
public static class Passing
{
    /// <summary>A clock that races ahead makes calls time out that are under way, and takes lanes their lease: each step waits for the calls.</summary>
    public static Task PassUntilAsync(this WefluxHost host, TimeSpan step, Func<Task<bool>> isSo) => Eventually.BeAsync(async () =>
    {
        if (await host.ReadAsync(db => db.Set<SendAttempt>().AnyAsync(a => a.Outcome == AttemptOutcome.InFlight)))
        {
            return false;
        }

        if (await isSo())
        {
            return true;
        }

        host.Clock.Advance(step);
        await Task.Delay(100);
        return false;
    });
}
