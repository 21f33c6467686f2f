using Weflux.Domain.Conversations;
using Weflux.Web.Media;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Replies;

public static class RepliesSetup
{
    public static IServiceCollection AddReplies(this IServiceCollection services) => services
        .AddSingleton<SaveReply>()
        .AddSingleton<DeleteReply>()
        .AddSingleton<RepliesQuery>()
        .AddSingleton<PutInReply>()
        .AddSingleton(ExportPart.Of<CannedReply>("replies.jsonl", "canned replies", r => new
        {
            r.Id,
            OwnerId = r.OwnerId?.Value,
            r.Shortcut,
            r.Text,
            r.UseCount,
            r.ChangedAt,
        }))
        .AddSingleton(ExportPart.Of<ReplyFile>("reply-files.jsonl", "files of canned replies", f => new { f.ReplyId, f.FileId, f.Position }));
}
