using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static IEnumerable<RoleRow> Search() =>
    [
        Of<SearchQuery>(nameof(SearchQuery.FindAsync), Who.Member),
        Of<SearchQuery>(nameof(SearchQuery.MoreAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.AroundAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.NewerAsync), Who.Member),
        Of<ActivityQuery>(nameof(ActivityQuery.WrittenAtAsync), Who.Member),
    ];
}
