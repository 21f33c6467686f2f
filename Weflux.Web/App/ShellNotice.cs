namespace Weflux.Web.App;

/// <summary>A component that a feature shows above every page of a workspace. It gets the workspace's slug as <c>Slug</c> and the actor by cascade.</summary>
public sealed record ShellNotice(Type Component);
