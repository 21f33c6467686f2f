namespace Weflux.Web.Demo;

/// <summary>Whether the demo runs: its workspaces, its people and the simulator. Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>On in Development, else off.</summary>
    public bool Enabled { get; set; }
}
