using Weflux.Domain.Conversations;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Replies;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>Canned replies, drafts, the palette, and colleagues who were faster.</summary>
    private static IEnumerable<DatabaseCaller> Hands()
    {
        foreach (var (name, id) in new[] { ("new", (long?)null), ("changed", 1L) })
        {
            yield return Of<SaveReply>(name, async s =>
            {
                Replies(s).With("UploadedBy", s.Admin.User.Value);
                var answer = await new SaveReply(s.Database, s.Audit, s.Time).ExecuteAsync(s.Admin, new ReplyDraft(id, "thanks", "Thank you, {{contact.name}}", IsShared: true, [1]));
                answer.Outcome.Should().Be(ReplyOutcome.Saved);
            });
        }

        yield return Of<DeleteReply>("one of everybody", async s =>
        {
            Replies(s);
            (await new DeleteReply(s.Database, s.Audit).ExecuteAsync(s.Admin, 1)).Should().Be(ReplyOutcome.Saved);
        });
        yield return Of<RepliesQuery>("both", async s =>
        {
            Replies(s);
            (await new RepliesQuery(s.Database).ForChoosingAsync(s.Agent)).Should().NotBeEmpty();
            (await new RepliesQuery(s.Database).ForEditingAsync(s.Agent))!.Replies.Should().NotBeEmpty();
        });
        yield return Of<PutInReply>("filled", async s =>
        {
            Replies(s).With("ProfileName", "Asha").With("Choices", "[]");
            (await new PutInReply(s.Database).ExecuteAsync(s.Admin, 1, 1)).Should().NotBeNull();
        });
        yield return Of<DraftsQuery>("own", async s =>
        {
            s.Rows.With("Text", "Hello");
            (await new DraftsQuery(s.Database).ListAsync(s.Admin))!.Rows.Should().NotBeEmpty();
        });
        yield return Of<ThrowAwayDraft>("own", async s =>
            (await new ThrowAwayDraft(s.Database, new SharedRows(s.Database)).ExecuteAsync(s.Agent, 1)).Should().BeTrue());
        yield return Of<PaletteQuery>("two words, for both", async s =>
        {
            s.Rows.With("AssigneeId", s.Agent.User.Value);
            (await new PaletteQuery(s.Database).FindAsync(s.Admin, "asha ver")).Should().NotBeEmpty();
            (await new PaletteQuery(s.Database).FindAsync(s.Agent, "asha ver")).Should().NotBeEmpty();
        });
        yield return Of<ColleagueAnswerQuery>("one", async s =>
            (await new ColleagueAnswerQuery(s.Database).FindAsync(s.Admin, 1, 1)).Should().NotBeNull());
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Sending.Overtaking"), "a colleague was faster", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("AuthorId", 2L).Rows(0, "[DraftId] =");
            var result = await Reply(s).ExecuteAsync(s.Admin, 1, new TextContent("Hi"), Guid.NewGuid(), known: 0);
            result!.Decision.Should().BeOfType<Weflux.Domain.Sending.ColleagueAnswered>();
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Replies.ReplyRights"), "found", async s =>
        {
            Replies(s);
            (await new DeleteReply(s.Database, s.Audit).ExecuteAsync(s.Admin, 1)).Should().Be(ReplyOutcome.Saved);
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Media.ReplyFiles"), "a file of a reply", async s =>
        {
            s.Rows.With("UploadedBy", 99L).Rows(0, "[MessageFileLinks]").With("", true);
            (await new Weflux.Web.Media.MediaFileQuery(s.Database).FindAsync(s.Admin, 1)).Should().NotBeNull();
        });
    }

    private static MadeUpRows Replies(PretendServer s) => s.Rows.With("Shortcut", "thanks").With("Text", "Thank you");
}
