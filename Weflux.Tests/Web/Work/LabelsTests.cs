using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Web.Work;

public sealed class LabelsTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task A_label_goes_on_and_off_and_shows_in_row_and_head()
    {
        var (id, label) = (await world.MeetAsync(), await MakeAsync("Refund"));

        (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, label, isOn: true)).Should().Be(WorkOutcome.Done);
        (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, label, isOn: true)).Should().Be(WorkOutcome.Unchanged);
        (await RowAsync(id)).LabelIds.Should().Equal(label);
        (await world.Get<ThreadQuery>().GetAsync(world.Agent, id))!.Head.LabelIds.Should().Equal(label);
        (await world.Get<ConversationListQuery>().ChangedAsync(world.Manager, InboxView.Default, [new RowVersion(id, 0)])).Rows.Single().LabelIds.Should().Equal(label);

        (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, label, isOn: false)).Should().Be(WorkOutcome.Done);
        (await RowAsync(id)).LabelIds.Should().BeEmpty();
        (await world.TellsAsync(world.Agent, id)).Should().Equal("You put on the label “Refund”", "You took off the label “Refund”");
    }

    [Fact]
    public async Task A_new_name_and_colour_show_wherever_it_is_on_and_are_on_record()
    {
        var label = await MakeAsync("Slow");

        (await world.Get<EditLabel>().ExecuteAsync(world.Manager, label, "Late", LabelColor.Orange)).Should().Be(LabelOutcome.Saved);

        (await world.Get<LabelsQuery>().GetAsync(world.Agent))!.Labels.Should().Contain(new LabelView(label, "Late", LabelColor.Orange));
        (await world.Host.ReadAsync(db => db.Set<AuditEntry>().OrderByDescending(e => e.Number).Select(e => e.Action).Take(2).ToListAsync()))
            .Should().Equal(AuditActions.LabelEdited, AuditActions.LabelMade);
    }

    [Fact]
    public async Task A_deleted_label_goes_from_every_conversation_and_stays_in_what_happened()
    {
        var (id, label) = (await world.MeetAsync(), await MakeAsync("Gone soon"));
        await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, label, isOn: true);

        (await world.Get<DeleteLabel>().ExecuteAsync(world.Manager, label)).Should().Be(LabelOutcome.Saved);
        (await world.Get<DeleteLabel>().ExecuteAsync(world.Manager, label)).Should().Be(LabelOutcome.NotFound);

        (await world.Get<ThreadQuery>().GetAsync(world.Agent, id))!.Head.LabelIds.Should().BeEmpty();
        (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, label, isOn: true)).Should().Be(WorkOutcome.UnknownSubject);
        (await world.TellsAsync(world.Agent, id)).Should().Equal("You put on the label “Gone soon”");
    }

    [Fact]
    public async Task Two_labels_that_read_alike_are_refused()
    {
        var label = await MakeAsync("Urgent");

        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, " URGENT ", LabelColor.Red)).Should().Be(LabelOutcome.Taken);
        var other = await MakeAsync("Calm");
        (await world.Get<EditLabel>().ExecuteAsync(world.Manager, other, "urgent", LabelColor.Red)).Should().Be(LabelOutcome.Taken);
        (await world.Get<EditLabel>().ExecuteAsync(world.Manager, label, "URGENT", LabelColor.Red)).Should().Be(LabelOutcome.Saved);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("\u202Eturned")]
    [InlineData("more than forty characters are too many to be read")]
    public async Task A_name_that_is_none_is_refused(string? name)
    {
        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, name, LabelColor.Red)).Should().Be(LabelOutcome.Invalid);
        (await world.Get<AddCloseReason>().ExecuteAsync(world.Manager, name?.PadRight(80, 'x'))).Should().Be(LabelOutcome.Invalid);
    }

    [Fact]
    public async Task A_colour_that_is_none_is_refused()
    {
        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, "Odd", (LabelColor)0)).Should().Be(LabelOutcome.Invalid);
        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, "Odd", (LabelColor)99)).Should().Be(LabelOutcome.Invalid);
    }

    [Fact]
    public async Task An_agent_edits_no_labels()
    {
        var label = await MakeAsync("Theirs");

        (await world.Get<MakeLabel>().ExecuteAsync(world.Agent, "Mine", LabelColor.Red)).Should().Be(LabelOutcome.NotAllowed);
        (await world.Get<EditLabel>().ExecuteAsync(world.Agent, label, "Mine", LabelColor.Red)).Should().Be(LabelOutcome.NotAllowed);
        (await world.Get<DeleteLabel>().ExecuteAsync(world.Agent, label)).Should().Be(LabelOutcome.NotAllowed);
    }

    [Fact]
    public async Task One_conversation_carries_at_most_20_labels()
    {
        var id = await world.MeetAsync();
        for (var nth = 0; nth < Label.MostOnOne; nth++)
        {
            (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, await MakeAsync($"Many {nth}"), isOn: true)).Should().Be(WorkOutcome.Done);
        }

        (await world.Get<SetLabel>().ExecuteAsync(world.Agent, id, await MakeAsync("One more"), isOn: true)).Should().Be(WorkOutcome.Full);
    }

    [Fact]
    public async Task A_list_of_reasons_ends_at_20()
    {
        for (var outcome = LabelOutcome.Saved; outcome == LabelOutcome.Saved;)
        {
            outcome = await world.Get<AddCloseReason>().ExecuteAsync(world.Manager, $"Reason {Guid.NewGuid():N}");
            outcome.Should().BeOneOf(LabelOutcome.Saved, LabelOutcome.Full);
        }

        var reasons = (await world.Get<LabelsQuery>().GetAsync(world.Agent))!.Reasons;
        reasons.Should().HaveCount(CloseReason.Most);
        (await world.Get<RemoveCloseReason>().ExecuteAsync(world.Manager, reasons[0].Id)).Should().Be(LabelOutcome.Saved);
        (await world.Get<RemoveCloseReason>().ExecuteAsync(world.Manager, reasons[0].Id)).Should().Be(LabelOutcome.NotFound);
    }

    private async Task<long> MakeAsync(string name)
    {
        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, name, LabelColor.Blue)).Should().Be(LabelOutcome.Saved);
        return await world.Host.ReadAsync(db => db.Set<Label>().MaxAsync(l => l.Id));
    }

    private async Task<ConversationRow> RowAsync(long id) =>
        (await world.Get<ConversationListQuery>().GetAsync(world.Agent, InboxView.Newest, null, PageDirection.After, 100)).Rows.Single(r => r.Id == id);
}
