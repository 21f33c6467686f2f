using Microsoft.AspNetCore.SignalR;
using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>
/// The only one who talks to the hub's clients, always after the commit. A hint that gets lost costs nothing but time:
/// screens also watch the change counter.
/// </summary>
public sealed partial class InboxBroadcaster(IHubContext<InboxHub, IInboxClient> hub, ILogger<InboxBroadcaster> logger)
{
    /// <summary>Raised on this node when something of a workspace was announced: whoever acts on it must also look by itself.</summary>
    public event EventHandler<AnnouncedEventArgs>? Announced;

    /// <summary>Announces changes to those who may see the conversations, and to those who could until now.</summary>
    public async Task AnnounceAsync(WorkspaceId workspace, IReadOnlyCollection<ConversationChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        Announced?.Invoke(this, new AnnouncedEventArgs(workspace));
        try
        {
            foreach (var (group, hints) in Address(workspace, changes))
            {
                await hub.Clients.Group(group).Changed(hints);
            }
        }
        catch (Exception exception)
        {
            // The change is committed; the counter brings it to every screen within a beat.
            AnnounceFailed(exception, workspace.Value);
        }
    }

    /// <summary>Tells a person's own screens about something that concerns nobody else.</summary>
    public async Task TellPersonAsync(WorkspaceId workspace, UserId person, ConversationHint hint)
    {
        try
        {
            await hub.Clients.Group(InboxGroups.Person(workspace, person)).Changed([hint]);
        }
        catch (Exception exception)
        {
            AnnounceFailed(exception, workspace.Value);
        }
    }

    /// <summary>Tells every member that the presence of some of them changed: who, not how.</summary>
    public async Task AnnouncePeopleAsync(WorkspaceId workspace, IReadOnlyCollection<UserId> people)
    {
        if (people.Count == 0)
        {
            return;
        }

        try
        {
            await hub.Clients.Group(InboxGroups.Members(workspace)).People([.. people.Select(p => p.Value)]);
        }
        catch (Exception exception)
        {
            AnnounceFailed(exception, workspace.Value);
        }
    }

    /// <summary>Tells the screens of these people that their notices changed; those of everybody who may see what nobody holds, if nobody is named.</summary>
    public async Task NoticedAsync(WorkspaceId workspace, IReadOnlyList<UserId>? people = null)
    {
        try
        {
            foreach (var group in people?.Select(p => InboxGroups.Person(workspace, p)) ?? [InboxGroups.All(workspace), InboxGroups.Unassigned(workspace)])
            {
                await hub.Clients.Group(group).Noticed();
            }
        }
        catch (Exception exception)
        {
            AnnounceFailed(exception, workspace.Value);
        }
    }

    /// <summary>Tells those who may see conversations what somebody does with them now. What gets lost is told again within a beat.</summary>
    public async Task TellTogetherAsync(WorkspaceId workspace, IReadOnlyCollection<(TogetherHint Hint, Holding Held)> told)
    {
        try
        {
            foreach (var post in told.SelectMany(t => InboxGroups.Seeing(workspace, t.Held), (t, group) => (Group: group, t.Hint)).GroupBy(p => p.Group, StringComparer.Ordinal))
            {
                await hub.Clients.Group(post.Key).Together([.. post.Select(p => p.Hint)]);
            }
        }
        catch (Exception exception)
        {
            // Who cannot be told now is told with the next beat; what was shown lapses.
            TogetherFailed(exception, workspace.Value);
        }
    }

    private static Dictionary<string, List<ConversationHint>> Address(
        WorkspaceId workspace, IReadOnlyCollection<ConversationChange> changes)
    {
        var post = new Dictionary<string, List<ConversationHint>>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            foreach (var group in InboxGroups.Seeing(workspace, change.Now).Union(InboxGroups.Seeing(workspace, change.Before), StringComparer.Ordinal))
            {
                Add(group, change);
            }
        }

        return post;

        void Add(string group, ConversationChange change)
        {
            if (!post.TryGetValue(group, out var hints))
            {
                post[group] = hints = [];
            }

            hints.Add(change.Hint);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is with conversations of workspace {Workspace} could not be told; the next beat tells it")]
    private partial void TogetherFailed(Exception exception, long workspace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of workspace {Workspace} could not be announced; screens catch up by the counter")]
    private partial void AnnounceFailed(Exception exception, long workspace);
}

/// <summary>Something of a workspace was announced.</summary>
public sealed class AnnouncedEventArgs(WorkspaceId workspace) : EventArgs
{
    public WorkspaceId Workspace => workspace;
}
