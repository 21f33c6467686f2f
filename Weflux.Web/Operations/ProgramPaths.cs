namespace Weflux.Web.Operations;

/// <summary>Addresses that programs call. They get a status, never a redirect and never a page.</summary>
public static class ProgramPaths
{
    private static readonly PathString[] Prefixes = ["/api", "/hubs", "/_blazor", "/webhooks", "/health", "/simulator"];

    public static bool Contains(PathString path) =>
        Array.Exists(Prefixes, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
