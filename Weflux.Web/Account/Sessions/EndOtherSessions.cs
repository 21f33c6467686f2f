using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Sessions;

/// <summary>Ends every session of a person but the one at hand. Devices that are not asked for a second step are forgotten as well.</summary>
public sealed class EndOtherSessions(WefluxDatabase database, SessionBook sessions, WefluxSignIn signIn)
{
    public async Task ExecuteAsync(UserId person, Guid? current, CancellationToken cancellationToken)
    {
        var (stamp, version) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.Set<WefluxUser>().Where(u => u.Id == person.Value).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.SecurityStamp, stamp).SetProperty(u => u.ConcurrencyStamp, version), cancellationToken);
                await sessions.RemoveAsync(db, person, current, cancellationToken);
            },
            cancellationToken);
        await signIn.RefreshAsync(person);
        signIn.TellLater(person);
    }
}
