using System.Net;
using Microsoft.Extensions.Options;
using Weflux.Web.Demo;

namespace Weflux.Web.Operations;

/// <summary>Where the outside world finds Weflux. Section <c>Weflux</c>.</summary>
public sealed class AddressOptions
{
    public const string Section = "Weflux";

    /// <summary>The address that people type and links start with, such as <c>https://inbox.example.com</c>.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: addresses or networks (<c>10.0.0.0/8</c>).</summary>
    public IList<string> KnownProxies { get; } = [];

    internal static IPNetwork? ParseProxy(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
            : null;
    }
}

internal sealed class AddressOptionsCheck(IHostEnvironment environment, IOptions<DemoOptions> demo, IConfiguration configuration)
    : IValidateOptions<AddressOptions>
{
    private const string Setting = $"{AddressOptions.Section}:{nameof(AddressOptions.PublicAddress)}";

    public ValidateOptionsResult Validate(string? name, AddressOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        CheckPublicAddress(options.PublicAddress, faults);
        foreach (var proxy in options.KnownProxies.Where(p => AddressOptions.ParseProxy(p) is null))
        {
            faults.AddError($"{AddressOptions.Section}:KnownProxies has '{proxy}', which is neither an address nor a network such as 10.0.0.0/8.");
        }

        // The framework's own switch believes everybody who sends the headers.
        if (configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
        {
            faults.AddError($"Unset ASPNETCORE_FORWARDEDHEADERS_ENABLED and name the proxies in {AddressOptions.Section}:KnownProxies instead.");
        }

        return faults.Build();
    }

    private void CheckPublicAddress(string? address, ValidateOptionsResultBuilder faults)
    {
        var mayBePlain = !environment.IsProduction() || demo.Value.Enabled;
        if (string.IsNullOrWhiteSpace(address))
        {
            if (!mayBePlain)
            {
                faults.AddError($"Set {Setting} to the https address that people use, such as https://inbox.example.com.");
            }

            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            faults.AddError($"{Setting} must be a scheme and a host, such as https://inbox.example.com, not '{address}'.");
        }
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !mayBePlain)
        {
            faults.AddError($"{Setting} must start with https:// in Production, or passwords would cross the network in the clear.");
        }
    }
}
