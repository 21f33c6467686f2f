using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Notices;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>What people are told of.</summary>
    private static IEnumerable<DatabaseCaller> Notices()
    {
        foreach (var kind in new[] { NoticeKind.NewMessage, NoticeKind.Mentioned, NoticeKind.MessageFailed, NoticeKind.TakenAway })
        {
            yield return Of<NoticesQuery>($"{kind}", async s =>
            {
                s.Rows.With("Kind", (int)kind).With("SubjectId", 1L).With("ById", 1L).With("AssigneeId", 1L).With("NeedsReply", true);
                (await new NoticesQuery(s.Database, s.Time).GetAsync(s.Admin))!.Lines.Should().HaveCount(2);
                (await new NoticesQuery(s.Database, s.Time).GetAsync(s.Agent))!.Lines.Should().NotBeEmpty();
            });
        }

        yield return Of<NoticeSweep>("a window and what is old", async s =>
        {
            s.Rows.With("", true).With("LastCustomerActAt", Stand.Noon.AddHours(-23)).With("NeedsReply", true).With("AssigneeId", 1L);
            (await new NoticeSweep(s.Database, s.Time, NullLogger<NoticeSweep>.Instance).RunAsync(Never)).Should().Be(1);
        });
        yield return new DatabaseCaller(typeof(NoticeBook), "settled and forgotten", s => s.Database.WriteAsync(
            PretendServer.Workspace,
            async db =>
            {
                await NoticeBook.SettleAsync(db, NoticeKind.HandOverOffered, 1, new UserId(1), Stand.Noon, Never);
                await NoticeBook.SettleAsync(db, NoticeKind.HandOverOffered, 1, null, Stand.Noon, Never);
                await NoticeBook.ForgetAsync(db, new UserId(1), Never);
                await db.SaveChangesAsync();
            },
            Never));
        yield return Of<ReadNotice>("one", async s => (await new ReadNotice(s.Database, s.Time).ExecuteAsync(s.Agent, 1, 1)).Should().BeTrue());
        yield return Of<SeeNotices>("a conversation", async s =>
        {
            s.Rows.With("", true);
            (await new SeeNotices(s.Database, s.Time).ExecuteAsync(s.Agent, 1, 1)).Should().BeTrue();
        });
        foreach (var rows in new[] { 0, 1 })
        {
            yield return Of<ReadAllNotices>($"read before {rows}", async s =>
            {
                s.Rows.Rows(rows, "FROM [NoticeReaders]").With("ReadUpTo", 0L);
                (await new ReadAllNotices(s.Database, s.Time).ExecuteAsync(s.Agent, 1)).Should().BeTrue();
            });
            yield return Of<ReadWaitingNotice>($"read before {rows}", async s =>
            {
                s.Rows.Rows(rows, "FROM [NoticeReaders]").With("ReadUpTo", 0L).With("Sequence", 1L);
                (await new ReadWaitingNotice(s.Database).ExecuteAsync(s.Agent, 1)).Should().BeTrue();
            });
        }
    }
}
