using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static readonly SearchCursor Top = new(long.MaxValue, long.MaxValue);

    private static IEnumerable<Crossing> Search() =>
    [
        Of<SearchQuery>(nameof(SearchQuery.FindAsync), async (q, _, a) => (await q.FindAsync(a, new SearchWish { Text = "canary" })) is { Count: > 0 } found ? found : null),
        Of<SearchQuery>(nameof(SearchQuery.MoreAsync), async (q, _, a) => (await q.MoreAsync(a, new SearchWish { Text = "canary" }, SearchKind.Messages, Top)) is { Count: > 0 } found ? found : null),
        Of<ThreadQuery>(nameof(ThreadQuery.AroundAsync), async (q, w, a) => await q.AroundAsync(a, w.Conversation, w.FailedMessage)),
        Of<ThreadQuery>(nameof(ThreadQuery.NewerAsync), async (q, w, a) => (await q.NewerAsync(a, w.Conversation, new ThreadCursor(DateTimeOffset.MinValue, 0))).Messages),
        Of<ActivityQuery>(nameof(ActivityQuery.WrittenAtAsync), async (q, w, a) => await q.WrittenAtAsync(a, w.Conversation, w.Note)),
    ];
}
