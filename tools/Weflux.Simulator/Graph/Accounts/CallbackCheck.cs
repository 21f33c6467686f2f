using System.Globalization;
using System.Security.Cryptography;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>
/// The GET with which the platform makes sure that an address wants its webhooks. Only Weflux itself is ever called:
/// an address elsewhere counts as one that cannot be reached.
/// </summary>
internal sealed class CallbackCheck(SimulatorOptions options) : IDisposable
{
    private const int LongestAddress = 200;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task<GraphError?> RefuseAsync(string address, string? verifyToken, CancellationToken cancellation)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var callback) || callback.Scheme is not ("http" or "https"))
        {
            return GraphError.Parameter("override_callback_uri must be a valid address of at most 200 characters.");
        }

        if (!IsWeflux(callback))
        {
            return Failed("curl_errno = 7; curl_error = Failed to connect to host");
        }

        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var question = $"{callback.AbsolutePath}?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken ?? "")}";
        try
        {
            using var answer = await _http.GetAsync(new Uri(options.WebhookBaseAddress(), question), cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return !answer.IsSuccessStatusCode ? Failed($"HTTP Status Code = {(int)answer.StatusCode}; HTTP Message = {answer.ReasonPhrase}")
                : text != challenge ? Failed("The answer does not match the challenge")
                : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed("curl_errno = 28; curl_error = Operation timed out");
        }
        catch (HttpRequestException)
        {
            return Failed("curl_errno = 7; curl_error = Failed to connect to host");
        }
    }

    public void Dispose() => _http.Dispose();

    private static GraphError Failed(string how) =>
        new(2200, $"(#2200) Callback verification failed with the following errors: {how}");

    private bool IsWeflux(Uri callback) =>
        new[] { options.WebhookBaseAddress(), options.PublicAddress?.Invoke() }.OfType<Uri>().Any(own =>
            own.Port == callback.Port
            && (string.Equals(own.Host, callback.Host, StringComparison.OrdinalIgnoreCase) || (own.IsLoopback && callback.IsLoopback)));
}
