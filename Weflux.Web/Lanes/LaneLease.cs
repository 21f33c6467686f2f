using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Lanes;

/// <summary>A lane that this node holds.</summary>
/// <param name="MetaAppId">The app worked for.</param>
/// <param name="Workspace">The app's workspace.</param>
/// <param name="Holder">This node.</param>
/// <param name="Epoch">The lease: whoever holds a later one has taken over.</param>
public sealed record LaneLease(long MetaAppId, WorkspaceId Workspace, string Holder, long Epoch)
{
    /// <summary>Call first in each transaction of the lane's work. It holds the lane's row until the commit, so that nobody takes over in between.</summary>
    /// <exception cref="LaneLostException">Another node has taken over: commit nothing.</exception>
    public async Task FenceAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var held = await db.ExecutePlainAsync(
            """UPDATE "Lanes" SET "Epoch" = "Epoch" WHERE "MetaAppId" = @app AND "Holder" = @holder AND "Epoch" = @epoch""",
            cancellationToken,
            ("@app", MetaAppId),
            ("@holder", Holder),
            ("@epoch", Epoch));
        if (held == 0)
        {
            throw new LaneLostException(MetaAppId);
        }
    }
}

/// <summary>Another node works for this app now.</summary>
public sealed class LaneLostException(long metaAppId) : Exception($"The lane of Meta app {metaAppId} is held by another node.");

/// <summary>Something that is done for each lane, in order, by the one node that holds it.</summary>
public interface ILaneWork
{
    /// <summary>Works until cancelled. An exception ends this run; the lane starts it again after a pause.</summary>
    Task RunAsync(LaneLease lease, CancellationToken cancellationToken);
}
