namespace Weflux.Web.Floor;

/// <summary>Addresses of the floor.</summary>
public static class FloorAddress
{
    public static string Board(string workspace) => $"/w/{Uri.EscapeDataString(workspace)}/floor";

    /// <summary>A conversation beside the board, looked at without a trace.</summary>
    public static string Look(string workspace, long conversationId) => FormattableString.Invariant($"{Board(workspace)}/{conversationId}");
}
