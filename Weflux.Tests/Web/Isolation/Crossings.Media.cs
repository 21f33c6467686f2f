using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Media.Sending;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private static IEnumerable<Crossing> Media() =>
    [
        Of<MediaFileQuery>(nameof(MediaFileQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.File)),
        Of<FetchAgain>(nameof(FetchAgain.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.FailedMessage)),
        Of<RemoveUpload>(nameof(RemoveUpload.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Upload)),

        // What a stranger puts into the store is the stranger's own.
        Of<UploadFile>(nameof(UploadFile.ExecuteAsync), async (u, _, a) =>
        {
            await u.ExecuteAsync(a, new MemoryStream("mine"u8.ToArray()), "mine.txt", kind: null);
            return null;
        }),
    ];
}
