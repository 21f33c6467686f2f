using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Web.Audit;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Live;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>What people do with conversations.</summary>
    private static IEnumerable<DatabaseCaller> Work()
    {
        yield return Of<ConversationWork>("a change", async s => (await new TakeConversation(WorkOf(s)).ExecuteAsync(s.Agent, 1)).Should().Be(WorkOutcome.Done));
        yield return Of<AssignConversation>("a member", async s =>
        {
            s.Rows.With("", true);
            (await new AssignConversation(WorkOf(s)).ExecuteAsync(s.Admin, 1, s.Agent.User)).Should().Be(WorkOutcome.Done);
        });
        yield return Of<CloseConversation>("a reason", async s =>
        {
            s.Rows.With("Name", "Solved");
            (await new CloseConversation(WorkOf(s)).ExecuteAsync(s.Admin, 1, 1, "by phone")).Should().Be(WorkOutcome.Done);
        });
        foreach (var rows in new[] { 0, 1 })
        {
            yield return Of<SetLabel>($"worn {rows}", async s =>
            {
                s.Rows.Rows(rows, "FROM [ConversationLabels]").With("Name", "Refund");
                (await new SetLabel(WorkOf(s)).ExecuteAsync(s.Admin, 1, 1, isOn: rows == 0)).Should().Be(WorkOutcome.Done);
            });
        }

        yield return Of<WriteNote>("new", async s =>
        {
            s.Rows.Rows(0, "FROM [NoteMentions]");
            (await new WriteNote(WorkOf(s)).ExecuteAsync(s.Admin, 1, "Ask @{1}", Guid.NewGuid())).Should().Be(WorkOutcome.Done);
        });
        yield return Of<WriteNote>("with a file", async s =>
        {
            s.Rows.Rows(0, "FROM [NoteMentions]").With("State", (int)Weflux.Web.Media.MediaState.Ready).With("UploadedBy", s.Admin.User.Value);
            (await new WriteNote(WorkOf(s)).ExecuteAsync(s.Admin, 1, "", Guid.NewGuid(), [1])).Should().Be(WorkOutcome.Done);
        });
        yield return Of<AddParticipant>("a member", async s =>
        {
            s.Rows.With("", true);
            (await new AddParticipant(WorkOf(s)).ExecuteAsync(s.Admin, 1, s.Agent.User)).Should().Be(WorkOutcome.Done);
        });
        yield return Of<RemoveParticipant>("a member", async s =>
        {
            s.Rows.With("Participants", $"{s.Agent.User}");
            (await new RemoveParticipant(WorkOf(s)).ExecuteAsync(s.Admin, 1, s.Agent.User)).Should().Be(WorkOutcome.Done);
        });
        yield return Of<TogetherNames>("somebody", async s =>
            (await new TogetherNames(s.Database, s.Time).OfAsync(PretendServer.Workspace, [new(1)], Never)).Should().ContainKey(1));
        yield return Of<NoteEdits>("own", async s =>
        {
            s.Rows.With("AuthorId", s.Admin.User.Value).With("Text", "Ask @{1}");
            (await new EditNote(new NoteEdits(s.Database, WorkOf(s), Stand.Files())).ExecuteAsync(s.Admin, 1, "Ask @{1} again")).Should().Be(WorkOutcome.Done);
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Work.Notes.NoteMentions"), "nobody any more", async s =>
        {
            s.Rows.With("AuthorId", s.Admin.User.Value).With("Text", "Ask @{1}");
            (await new DeleteNote(new NoteEdits(s.Database, WorkOf(s), Stand.Files())).ExecuteAsync(s.Admin, 1)).Should().Be(WorkOutcome.Done);
        });
        yield return Of<SnoozeEnds>("a round", async s =>
        {
            s.Rows.With("", true).With("SnoozedUntil", Stand.Noon.AddDays(-1)).With("State", (int)ConversationState.Snoozed);
            var ends = new SnoozeEnds(s.Database, Stand.Broadcaster(), s.Time, NullLogger<SnoozeEnds>.Instance);
            (await ends.EndAsync(Never)).Should().Be(1);
        });
        yield return Of<ActivityQuery>("everything", async s =>
        {
            s.Rows.With("AuthorId", 1L).With("Text", "Ask @{1}").With("Reason", 3).With("SubjectId", 1L);
            var query = new ActivityQuery(s.Database);
            (await query.RangeAsync(s.Admin, 1, Stand.Noon, Stand.Noon)).Should().HaveCount(2);
            (await query.ChangesAsync(s.Admin, 1, 0)).Should().HaveCount(2);
            (await query.MembersAsync(s.Admin)).Should().NotBeEmpty();
            await query.TextAsync(s.Admin, 1);
        });
        yield return new DatabaseCaller(TypeNamed("Weflux.Web.Inbox.Working.WornLabels"), "some rows", s =>
            new Weflux.Web.Inbox.SharedRows(s.Database).GetAsync(PretendServer.Workspace, [new(1, 1), new(2, 1)]));
        foreach (var caller in LabelCallers())
        {
            yield return caller;
        }
    }

    private static IEnumerable<DatabaseCaller> LabelCallers()
    {
        yield return Of<LabelsQuery>("both", async s =>
        {
            s.Rows.With("Name", "Refund");
            (await new LabelsQuery(s.Database).ForEditingAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<LabelEdits>("a change", async s => (await new DeleteLabel(EditsOf(s)).ExecuteAsync(s.Admin, 1)).Should().Be(LabelOutcome.Saved));
        yield return Of<MakeLabel>("new", async s =>
        {
            (await new MakeLabel(EditsOf(s)).ExecuteAsync(s.Admin, "Refund", LabelColor.Red)).Should().Be(LabelOutcome.Saved);
        });
        yield return Of<EditLabel>("there", async s => (await new EditLabel(EditsOf(s)).ExecuteAsync(s.Admin, 1, "Refund", LabelColor.Red)).Should().Be(LabelOutcome.Saved));
        yield return Of<DeleteLabel>("there", s => new DeleteLabel(EditsOf(s)).ExecuteAsync(s.Admin, 1));
        yield return Of<AddCloseReason>("new", async s => (await new AddCloseReason(EditsOf(s)).ExecuteAsync(s.Admin, "Solved")).Should().Be(LabelOutcome.Saved));
        yield return Of<RemoveCloseReason>("there", s => new RemoveCloseReason(EditsOf(s)).ExecuteAsync(s.Admin, 1));
    }

    private static ConversationWork WorkOf(PretendServer s) => new(s.Database, Stand.Broadcaster(), s.Time);

    private static LabelEdits EditsOf(PretendServer s) => new(
        s.Database, s.Audit, new ChangeBeat(s.Database, s.Time, NullLogger<ChangeBeat>.Instance));
}
