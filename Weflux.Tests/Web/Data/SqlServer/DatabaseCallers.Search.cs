using Weflux.Domain.Conversations;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private static readonly SearchWish Narrow = new()
    {
        Text = "green \"masala chai\" deliver",
        ConnectionId = 1,
        HolderId = 1,
        LabelId = 1,
        From = new DateOnly(2026, 5, 1),
        To = new DateOnly(2026, 5, 9),
        Direction = MessageDirection.In,
        AuthorId = 1,
    };

    /// <summary>Every kind, plain and narrowed, with full text and without, for few conversations and for many.</summary>
    private static IEnumerable<DatabaseCaller> Search()
    {
        foreach (var (name, indexes) in new[] { ("with full text", 3L), ("without full text", 0L) })
        {
            foreach (var kind in Enum.GetValues<SearchKind>())
            {
                yield return Of<SearchQuery>($"{kind} {name}", async s =>
                {
                    s.Rows.With("", indexes).With("AssigneeId", 1L).With("TimeZone", "UTC").With("WhatsAppId", "wamid.found").With("SearchText", "green masala chai delivery")
                        .With("Text", "green masala chai delivery").With("Value", 1L).With("DisplayName", "Asha");
                    var query = new SearchQuery(s.Database, s.Time);
                    foreach (var actor in new[] { s.Admin, s.Agent })
                    {
                        foreach (var wish in new[] { new SearchWish { Text = "masala", Kind = kind }, Narrow with { Kind = kind }, Narrow with { Kind = kind, Direction = null }, new SearchWish { Text = "+91 98765 43210", Kind = kind } })
                        {
                            (await query.FindAsync(actor, wish)).Should().NotBeNull();
                            (await query.MoreAsync(actor, wish, kind, new SearchCursor(9, 9))).Should().NotBeNull();
                        }
                    }
                });
            }
        }

        yield return Of<ThreadQuery>("around a place", async s =>
        {
            s.Rows.With("AssigneeId", 1L);
            var query = new ThreadQuery(s.Database, s.Time);
            (await query.AroundAsync(s.Agent, 1, 1)).Should().NotBeNull();
            (await query.AroundAsync(s.Agent, 1, null, Stand.Noon)).Should().NotBeNull();
            (await query.NewerAsync(s.Agent, 1, new ThreadCursor(Stand.Noon, 1))).Messages.Should().NotBeEmpty();
        });
        yield return Of<ActivityQuery>("a note's moment", async s =>
        {
            s.Rows.With("AssigneeId", 1L);
            (await new ActivityQuery(s.Database).WrittenAtAsync(s.Agent, 1, 1)).Should().NotBeNull();
        });
    }
}
