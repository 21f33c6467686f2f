namespace Weflux.Web.Media.Fetching;

/// <summary>Tells this process that a file was announced, or is here and wants its small picture. Who does not hear it looks a second later.</summary>
public sealed class MediaSignals : IDisposable
{
    private readonly SemaphoreSlim _announced = new(0, 1);
    private readonly SemaphoreSlim _arrived = new(0, 1);

    /// <summary>A file is to be fetched.</summary>
    public void Wake() => Wake(_announced);

    /// <summary>A picture is to be drawn.</summary>
    public void WakeDrawer() => Wake(_arrived);

    /// <summary>Until somebody calls, or the time is over.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _announced.WaitAsync(most, cancellationToken);

    /// <summary>Until a picture is to be drawn, or the time is over.</summary>
    public Task WaitForPictureAsync(TimeSpan most, CancellationToken cancellationToken) => _arrived.WaitAsync(most, cancellationToken);

    public void Dispose()
    {
        _announced.Dispose();
        _arrived.Dispose();
    }

    private static void Wake(SemaphoreSlim news)
    {
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody is on the way already.
        }
    }
}
