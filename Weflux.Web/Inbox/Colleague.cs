namespace Weflux.Web.Inbox;

/// <summary>A member as colleagues see them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Picture">Changes with the picture; null if there is none.</param>
public sealed record Colleague(string Name, Guid? Picture);
