namespace Weflux.Web.CloudApi;

/// <summary>
/// Which addresses a file may be fetched from. The platform's answer names one, and the token goes with the request, so
/// neither a forged nor a confused answer may lead anywhere else.
/// </summary>
internal static class MediaHosts
{
    /// <summary>The hosts of Meta that hold files.</summary>
    private const string Meta = "fbsbx.com";

    /// <param name="address">What the platform's answer names.</param>
    /// <param name="api">Where the API itself is.</param>
    public static bool MayBe(Uri address, Uri api) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (IsMeta(address) || IsBeside(address, api));

    private static bool IsMeta(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        && address.IsDefaultPort
        && address.HostNameType == UriHostNameType.Dns
        && address.IdnHost.EndsWith("." + Meta, StringComparison.OrdinalIgnoreCase);

    /// <summary>The simulator and other stand-ins keep files where their API is.</summary>
    private static bool IsBeside(Uri address, Uri api) =>
        !string.Equals(api.Host, CloudApiOptions.Meta, StringComparison.OrdinalIgnoreCase)
        && address.Scheme == api.Scheme
        && address.Port == api.Port
        && string.Equals(address.IdnHost, api.IdnHost, StringComparison.OrdinalIgnoreCase);
}
