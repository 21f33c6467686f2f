using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox.Views;

/// <summary>What the filters of a view offer.</summary>
public sealed class ViewChoicesQuery(WefluxDatabase database, ActivityQuery people, LabelsQuery labels)
{
    /// <returns>Null if the reader works no conversations.</returns>
    public async Task<ViewChoices?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return null;
        }

        var stages = await Stages.ReadAsync(database, actor.Workspace, cancellationToken);
        var words = await labels.GetAsync(actor, cancellationToken) ?? WorkWords.None;
        var members = await people.MembersAsync(actor, cancellationToken);
        await using var db = database.Open(actor.Workspace);
        var numbers = await db.Set<Connection>().OrderBy(c => c.Id).Select(c => new ViewChoice(c.Id, c.Name)).ToListAsync(cancellationToken);
        var holders = actor.May(Permission.SeeAllConversations) ? members : [.. members.Where(m => m.User == actor.User)];
        var teams = await db.Set<WorkTeam>().Where(t => t.ArchivedAt == null).Select(t => new ViewChoice(t.Id, t.Name)).ToListAsync(cancellationToken);
        return new ViewChoices(
            numbers,
            [
                .. actor.SeesUnassigned ? [new ViewChoice(ViewFilter.Nobody, "Nobody")] : (ViewChoice[])[],
                .. holders.Select(m => new ViewChoice(m.User.Value, m.User == actor.User ? $"{m.Name} (you)" : m.Name)),
            ],
            [.. words.Labels.Select(l => new ViewChoice(l.Id, l.Name))],
            [.. stages.Select(s => new ViewChoice(s.Id, s.ArchivedAt is null ? s.Name : $"{s.Name} (put away)"))])
        {
            Teams = [new ViewChoice(ViewFilter.Nobody, "No team"), .. teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)],
        };
    }
}

/// <summary>Something to choose, by its number.</summary>
public sealed record ViewChoice(long Id, string Name);

/// <summary>What can be chosen.</summary>
public sealed record ViewChoices(
    IReadOnlyList<ViewChoice> Numbers, IReadOnlyList<ViewChoice> Holders, IReadOnlyList<ViewChoice> Labels, IReadOnlyList<ViewChoice> Stages)
{
    /// <summary>No team first, then the teams by name.</summary>
    public IReadOnlyList<ViewChoice> Teams { get; init; } = [];
}
