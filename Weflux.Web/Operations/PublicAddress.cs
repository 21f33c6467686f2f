using Microsoft.Extensions.Options;

namespace Weflux.Web.Operations;

/// <summary>The address that the outside world knows. Every link starts with it; no link is built from a request.</summary>
public sealed class PublicAddress
{
    internal const string Default = "http://localhost:5080";
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] ListeningKeys = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    public PublicAddress(IOptions<AddressOptions> options, IConfiguration configuration)
    {
        var configured = options.Value.PublicAddress;
        Uri = new Uri(string.IsNullOrWhiteSpace(configured) ? Listening(configuration) : configured);
        Origin = Uri.GetLeftPart(UriPartial.Authority);
        Hosts = [Uri.Host, .. Loopback, .. (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Where(h => h != "*")];
    }

    public Uri Uri { get; }

    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Scheme, host and port, as browsers send it.</summary>
    public string Origin { get; }

    /// <summary>The host names that requests may be addressed to: the public one and this machine's own.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>A link that works outside.</summary>
    public Uri At(string path) => new(Uri, path);

    /// <summary>Whether a page of this origin is a page of ours: the public address, or this machine talking to itself.</summary>
    public bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, Origin, StringComparison.OrdinalIgnoreCase)
        || (Loopback.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
            && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));

    internal static bool IsListeningConfigured(IConfiguration configuration) =>
        Array.Exists(ListeningKeys, key => configuration.GetSection(key).Exists());

    private static string Listening(IConfiguration configuration)
    {
        var first = configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        return first is not null && Uri.TryCreate(first, UriKind.Absolute, out var uri) && uri.IsLoopback
            ? uri.GetLeftPart(UriPartial.Authority)
            : Default;
    }
}
