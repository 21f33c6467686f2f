using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Simulator.Webhooks;

/// <summary>The one place from which webhooks leave: signs the exact bytes and posts them as Meta does.</summary>
internal sealed class WebhookPoster(SimulatorOptions options) : IDisposable
{
    // A client of its own: the host's defaults for HTTP clients (retries, proxies) must not change what Weflux sees.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task<HttpStatusCode> PostAsync(SimulatedNumber number, byte[] body, CancellationToken cancellation)
    {
        var target = new Uri(options.WebhookBaseAddress(), $"webhooks/whatsapp/{Uri.EscapeDataString(number.AppKey)}");
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.Add("X-Hub-Signature-256", Sign(number.AppSecret, body));
        request.Headers.UserAgent.ParseAdd("facebookexternalua");
        using var response = await _http.SendAsync(request, cancellation);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static string Sign(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
