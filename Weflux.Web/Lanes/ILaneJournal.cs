namespace Weflux.Web.Lanes;

/// <summary>What came in for a lane. The outbox asks, because what is not applied yet may hold a STOP.</summary>
public interface ILaneJournal
{
    /// <summary>Waits until everything that was acknowledged before this call is applied or parked.</summary>
    Task HeardAsync(long metaAppId, CancellationToken cancellationToken);
}
