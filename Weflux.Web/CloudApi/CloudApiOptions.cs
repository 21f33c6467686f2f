namespace Weflux.Web.CloudApi;

/// <summary>Where the Cloud API is. Section <c>Weflux:CloudApi</c>.</summary>
public sealed class CloudApiOptions
{
    public const string Section = "Weflux:CloudApi";

    /// <summary>The host of the Graph API.</summary>
    public const string Meta = "graph.facebook.com";

    /// <summary>The Graph API with its version.</summary>
    public Uri BaseAddress { get; set; } = new("https://graph.facebook.com/v26.0/");

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Where the simulator of this process answers, once it listens. Only the demo sets it.</summary>
public sealed class SimulatorAddress
{
    public Func<Uri>? BaseAddress { get; set; }
}
