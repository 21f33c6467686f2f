using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Weflux.Simulator.Graph.Accounts;

namespace Weflux.Simulator.Webhooks;

/// <summary>The one place from which webhooks leave: signs the exact bytes and posts them as Meta does.</summary>
internal sealed class WebhookPoster(SimulatorOptions options, AppBook apps, Subscriptions subscriptions) : IDisposable
{
    // A client of its own: the host's defaults for HTTP clients (retries, proxies) must not change what Weflux sees.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <returns>The answer; null if nobody said where the webhooks of this number go.</returns>
    public async Task<HttpStatusCode?> PostAsync(SimulatedNumber number, string field, byte[] body, CancellationToken cancellation)
    {
        if (TargetOf(number, field) is not { } target)
        {
            return null;
        }

        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.Add("X-Hub-Signature-256", Sign(apps.Of(number).Secret, body));
        request.Headers.UserAgent.ParseAdd("facebookexternalua");
        using var response = await _http.SendAsync(request, cancellation);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The number's own address, else the account's, takes what is about messages; what is about the account goes to the app's, as at Meta. Only Weflux is ever called.</summary>
    private Uri? TargetOf(SimulatedNumber number, string field)
    {
        var address = (field == "messages" ? subscriptions.AddressOf(number) ?? subscriptions.Of(number.WabaId).Override : null) ?? apps.Of(number).Callback;
        return address is null ? null : new Uri(options.WebhookBaseAddress(), PathOf(address));
    }

    private static string PathOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https" ? whole.AbsolutePath : address;

    private static string Sign(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
