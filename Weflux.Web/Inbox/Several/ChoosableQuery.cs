using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox.Several;

/// <summary>The first conversations of a view, for choosing all of them: as many as can be changed at a time.</summary>
public sealed class ChoosableQuery(WefluxDatabase database, TimeProvider time)
{
    private readonly ViewPages _pages = new();

    public async Task<ChoosableRows> GetAsync(Actor actor, InboxView view, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return new ChoosableRows([], HasMore: false);
        }

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var scope = await ViewScope.OfAsync(db, actor, view, time.GetUtcNow(), cancellationToken);
        var page = await new ViewReading(db, scope, _pages).ReadAsync(null, PageDirection.After, ChangeSeveral.Most, cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return new ChoosableRows(
            [.. page.Rows.Select(r => new ChoosableRow(r.Row.Conversation.Id, ContactNames.Show(r.Row.Contact.DisplayName, r.Row.Contact.Phone, seesNumbers)))],
            page.HasMore || page.End is not null);
    }
}

/// <summary>A conversation to choose, and what the list calls it.</summary>
public readonly record struct ChoosableRow(long Id, string Name);

/// <param name="Rows">In the order of the view.</param>
/// <param name="HasMore">Whether the view holds more than these, or may.</param>
public sealed record ChoosableRows(IReadOnlyList<ChoosableRow> Rows, bool HasMore);
