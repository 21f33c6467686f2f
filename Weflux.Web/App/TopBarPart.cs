namespace Weflux.Web.App;

/// <summary>A component that a feature shows in the bar above every page of a workspace. It gets the workspace's slug as <c>Slug</c>, the actor as <c>Actor</c> and the person's profile as <c>Profile</c>.</summary>
public sealed record TopBarPart(Type Component);
