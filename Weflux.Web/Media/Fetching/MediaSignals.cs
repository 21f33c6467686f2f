namespace Weflux.Web.Media.Fetching;

/// <summary>Tells this process that a file was announced. Who does not hear it looks a second later.</summary>
public sealed class MediaSignals : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);

    public void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody is on the way already.
        }
    }

    /// <summary>Until somebody calls, or the time is over.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _news.WaitAsync(most, cancellationToken);

    public void Dispose() => _news.Dispose();
}
