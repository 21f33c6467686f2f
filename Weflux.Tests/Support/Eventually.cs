namespace Weflux.Tests.Support;

/// <summary>Waits until something is so, with a generous deadline and no fixed pause that a test depends on.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <param name="look">Looks.</param>
    /// <param name="isSo">Whether it is so.</param>
    /// <param name="patience">How long to wait, for what takes its time by design; null for as long as anything may take.</param>
    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Func<T, bool> isSo, TimeSpan? patience = null)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isSo(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(deadline) > (patience ?? Patience))
            {
                throw new TimeoutException($"It did not come to pass. Last seen: {System.Text.Json.JsonSerializer.Serialize(seen)}");
            }

            await Task.Delay(Step);
        }
    }

    public static Task BeAsync(Func<Task<bool>> isSo) => SeeAsync(isSo, so => so);
}
