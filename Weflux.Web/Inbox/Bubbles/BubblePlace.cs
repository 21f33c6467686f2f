namespace Weflux.Web.Inbox.Bubbles;

/// <summary>Where bubbles stand: what they need to lead to files, and to ask for one again.</summary>
/// <param name="Workspace">The workspace's slug.</param>
/// <param name="FetchAgain">Asks for the file of a message again.</param>
public sealed record BubblePlace(string Workspace, Func<long, Task> FetchAgain)
{
    public string Address(long fileId) => $"/w/{Workspace}/media/{fileId}";

    public string Thumbnail(long fileId) => $"/w/{Workspace}/media/{fileId}/thumbnail";

    public string Download(long fileId) => $"/w/{Workspace}/media/{fileId}?download=true";
}
