using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>A view as one reader may see it at one moment. The list, the live path and the counts all ask it.</summary>
internal sealed class ViewScope
{
    private ViewScope(Actor actor, InboxView view, DateTimeOffset now, DateTimeOffset? from, DateTimeOffset? until)
    {
        (Actor, View, Now, From, Until) = (actor, view, now, from, until);
        Holders = HoldersOf(actor, view);
    }

    public Actor Actor { get; }

    public InboxView View { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The first moment of the last message that is wanted.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>The first moment that is not wanted any more.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>What the reader may see of what the view asks for; empty if that is nothing.</summary>
    public IReadOnlyList<HolderRange> Holders { get; }

    /// <summary>At this moment and before, the customer's last act is too long ago for an open window.</summary>
    public DateTimeOffset Shut => Now - ServiceWindow.Length;

    /// <summary>Before this moment, the window shuts soon.</summary>
    public DateTimeOffset Closing => Shut + InboxView.Soon;

    /// <param name="db">Where days are looked up: they are those of the workspace.</param>
    /// <param name="actor">The reader.</param>
    /// <param name="view">The view.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ViewScope> OfAsync(WefluxDbContext db, Actor actor, InboxView view, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = view.Filter;
        if (filter is { From: null, To: null })
        {
            return new ViewScope(actor, view, now, null, null);
        }

        var zone = await WorkspaceTime.OfAsync(db, cancellationToken);
        return new ViewScope(actor, view, now, WorkspaceTime.Midnight(filter.From, zone), WorkspaceTime.Midnight(filter.To < DateOnly.MaxValue ? filter.To?.AddDays(1) : null, zone));
    }

    /// <summary>The same of a view that names no days.</summary>
    public static ViewScope Of(Actor actor, InboxView view, DateTimeOffset now) => new(actor, view, now, null, null);

    public static ViewScope Of(Actor actor, ViewKind kind, DateTimeOffset now) => Of(actor, new InboxView { Kind = kind }, now);

    private static IReadOnlyList<HolderRange> HoldersOf(Actor actor, InboxView view)
    {
        if (view.Kind == ViewKind.Missing)
        {
            return [];
        }

        // Where one takes part one sees, whoever holds it.
        var ranges = view.Kind == ViewKind.TakingPart ? HolderRange.JoinedBy(actor) : HolderRange.SeenBy(actor);
        ranges = view.Kind switch
        {
            ViewKind.Mine => ranges.SelectMany(r => r.Mine(actor)),
            ViewKind.Unassigned => ranges.SelectMany(r => r.HeldBy(null)),
            _ => ranges,
        };
        if (view.Filter.AssigneeId is { } assignee)
        {
            ranges = ranges.SelectMany(r => r.HeldBy(assignee == ViewFilter.Nobody ? null : new UserId(assignee)));
        }

        if (view.Filter.TeamId is { } team)
        {
            ranges = ranges.SelectMany(r => r.OfTeam(team == ViewFilter.Nobody ? null : team));
        }

        return [.. ranges.Where(r => !r.IsAsked || view.States.Contains(ConversationState.Open))];
    }
}
