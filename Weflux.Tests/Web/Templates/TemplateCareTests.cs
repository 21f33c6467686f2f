using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Templates;

/// <summary>Templates are made, reviewed, edited and deleted against the simulator.</summary>
public sealed class TemplateCareTests(TemplateWorld world) : IClassFixture<TemplateWorld>
{
    [Fact]
    public async Task A_new_template_goes_to_review_and_is_approved_by_webhook()
    {
        // The reviewer waits, so that the news do not come before the template is stored.
        var answer = await CreateAsync(TemplateWorld.Draft("care_ok_wait"));
        answer.Outcome.Should().Be(TemplateOutcome.Taken);
        await world.DecideAsync("care_ok_wait", "en", new { status = "APPROVED" });

        var row = await world.SeeAsync("care_ok_wait", t => t?.Status == "APPROVED");
        row!.Id.Should().Be(answer.Id);
        row.PlatformId.Should().NotBeNull();
        (await world.HistoryAsync("care_ok_wait")).Select(e => e.Kind).Should().Equal(TemplateEventKind.Made, TemplateEventKind.Status);
        (await world.Host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Action == AuditActions.TemplateMade).Select(e => e.Details).ToListAsync()))
            .Should().ContainSingle(d => d.Contains("care_ok_wait"));
        var kept = (await world.PlatformAsync("care_ok_wait"))[0];
        kept.GetProperty("parameter_format").GetString().Should().Be("POSITIONAL");
        kept.GetProperty("components")[0].GetProperty("example").GetProperty("body_text")[0].EnumerateArray().Select(e => e.GetString()).Should().Equal("Asha", "#1042");
        kept.GetProperty("components")[2].GetProperty("buttons")[1].GetProperty("example")[0].GetString().Should().Be("https://chai.example/t/1042");
    }

    [Fact]
    public async Task A_rejected_one_says_why_and_what_to_do_and_can_be_edited()
    {
        var made = await CreateAsync(TemplateWorld.Draft("care_reject"));

        var row = await world.SeeAsync("care_reject", t => t?.Status == "REJECTED");
        (row!.Reason, row.Advice).Should().Be(("TAG_CONTENT_MISMATCH", "Write it in the language that you chose."));

        var edited = await world.Get<EditTemplate>().ExecuteAsync(
            world.Manager, made.Id!.Value, TemplateWorld.Draft("anything", t => t with { Body = "Hello {{1}}, your order {{2}} has left.", Category = TemplateCategory.Marketing }));

        edited.Outcome.Should().Be(TemplateOutcome.Taken);
        await world.SeeAsync("care_reject", t => t?.Category == TemplateCategory.Marketing && t.Model.Body.StartsWith("Hello", StringComparison.Ordinal));
        (await world.HistoryAsync("care_reject")).Should().Contain(e => e.Kind == TemplateEventKind.Edited);
    }

    [Fact]
    public async Task Faults_are_found_before_Meta_is_asked()
    {
        var answer = await CreateAsync(TemplateWorld.Draft("care_faulty", t => t with { Body = "{{1}} comes" }));

        answer.Outcome.Should().Be(TemplateOutcome.Faulty);
        answer.Faults.Should().Contain(f => f.Field == "body" && f.Kind == DraftFaultKind.VariableAtTheEdge);
        (await world.PlatformAsync("care_faulty")).GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_name_that_is_taken_or_was_deleted_lately_is_refused_beside_its_field_or_in_Metas_words()
    {
        var made = await CreateAsync(TemplateWorld.Draft("care_name"));
        await world.SeeAsync("care_name", t => t?.Status == "APPROVED");

        (await CreateAsync(TemplateWorld.Draft("care_name"))).Refusal!.Field.Should().Be("name");
        (await world.Get<DeleteTemplate>().ExecuteAsync(world.Manager, made.Id!.Value, allLanguages: true)).Outcome.Should().Be(TemplateOutcome.Taken);
        (await world.FindAsync("care_name")).Should().BeNull();
        (await CreateAsync(TemplateWorld.Draft("care_name"))).Refusal!.Words.Should().Contain("less than 30 days ago");
        (await world.HistoryAsync("care_name")).Should().Contain(e => e.Kind == TemplateEventKind.Deleted);
    }

    [Fact]
    public async Task Only_one_language_is_deleted_unless_all_are_meant()
    {
        var english = await CreateAsync(TemplateWorld.Draft("care_languages"));
        await CreateAsync(TemplateWorld.Draft("care_languages", t => t with { Language = "hi" }));

        await world.Get<DeleteTemplate>().ExecuteAsync(world.Manager, english.Id!.Value, allLanguages: false);

        (await world.PlatformAsync("care_languages")).EnumerateArray().Select(t => t.GetProperty("language").GetString()).Should().Equal("hi");
        (await world.FindAsync("care_languages", "hi")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_template_in_review_cannot_be_edited_nor_a_disabled_one_deleted()
    {
        var made = await CreateAsync(TemplateWorld.Draft("care_wait"));

        (await world.Get<EditTemplate>().ExecuteAsync(world.Manager, made.Id!.Value, TemplateWorld.Draft("x"))).Refusal!.Words.Should().Contain("only while");
        await world.DecideAsync("care_wait", "en", new { status = "DISABLED" });
        await world.SeeAsync("care_wait", t => t?.Status == "DISABLED");
        (await world.Get<DeleteTemplate>().ExecuteAsync(world.Manager, made.Id.Value, allLanguages: false)).Refusal!.Words.Should().Contain("disabled");
    }

    [Fact]
    public async Task An_edited_one_is_in_review_until_Meta_has_decided()
    {
        var made = await CreateAsync(TemplateWorld.Draft("care_edit"));
        await world.SeeAsync("care_edit", t => t?.Status == "APPROVED");

        await world.Get<EditTemplate>().ExecuteAsync(world.Manager, made.Id!.Value, TemplateWorld.Draft("x", t => t with { Body = "Hi {{1}}, order {{2}} has left us." }));

        // The news of the approval may come before the edit is stored; then the next reading tells of it.
        await Eventually.BeAsync(async () =>
        {
            await world.Get<TemplateSync>().RunAsync(world.Manager.Workspace, TemplateWorld.Waba, CancellationToken.None);
            return await world.FindAsync("care_edit") is { Status: "APPROVED" } row && row.Model.Body.Contains("has left us", StringComparison.Ordinal);
        });
        (await world.HistoryAsync("care_edit")).Select(e => e.Kind).Should().StartWith(
            [TemplateEventKind.Made, TemplateEventKind.Status, TemplateEventKind.Edited, TemplateEventKind.Status], "it was approved a second time");
    }

    [Fact]
    public async Task Only_a_pause_by_pacing_is_ended_by_hand()
    {
        var made = await CreateAsync(TemplateWorld.Draft("care_pacing"));
        await world.SeeAsync("care_pacing", t => t?.Status == "APPROVED");
        await world.DecideAsync("care_pacing", "en", new { status = "PAUSED", title = "FIRST_PAUSE" });
        await world.SeeAsync("care_pacing", t => t?.Reason == "FIRST_PAUSE");
        var unpause = world.Get<UnpauseTemplate>();

        (await unpause.ExecuteAsync(world.Manager, made.Id!.Value)).Refusal!.Words.Should().Contain("end by themselves");
        (await unpause.ExecuteAsync(world.Agent, made.Id.Value)).Outcome.Should().Be(TemplateOutcome.NotFound);
        await world.DecideAsync("care_pacing", "en", new { status = "PAUSED", title = "RATE_LIMITING_PAUSE" });
        await world.SeeAsync("care_pacing", t => t?.Reason == "RATE_LIMITING_PAUSE");
        (await unpause.ExecuteAsync(world.Manager, made.Id.Value)).Outcome.Should().Be(TemplateOutcome.Taken);

        (await world.FindAsync("care_pacing"))!.Status.Should().Be("APPROVED");
        (await world.PlatformAsync("care_pacing"))[0].GetProperty("status").GetString().Should().Be("APPROVED");
    }

    [Fact]
    public async Task Pauses_quality_and_categories_arrive_live_and_stay_as_history()
    {
        await CreateAsync(TemplateWorld.Draft("care_wait_pause"));
        await world.DecideAsync("care_wait_pause", "en", new { status = "APPROVED" });
        await world.SeeAsync("care_wait_pause", t => t?.Status == "APPROVED");
        await world.DecideAsync("care_wait_pause", "en", new { status = "PAUSED", title = "FIRST_PAUSE" });

        // Told of the same in the same second, it would be the same delivery twice.
        world.Host.Clock.Advance(TimeSpan.FromSeconds(2));

        // A list that is read may tell of it before the news do, which then would come after the next ones.
        var paused = await world.SeeAsync("care_wait_pause", t => t is { Status: "PAUSED", Advice: not null });
        paused!.Reason.Should().Be("FIRST_PAUSE");

        await world.DecideAsync("care_wait_pause", "en", new { status = "APPROVED" });
        await world.SeeAsync("care_wait_pause", t => t is { Status: "APPROVED", Reason: null });
        await world.DecideAsync("care_wait_pause", "en", new { quality = "YELLOW" });
        await world.SeeAsync("care_wait_pause", t => t?.Quality == "YELLOW");
        await world.DecideAsync("care_wait_pause", "en", new { category = "MARKETING", announced = true });
        (await world.SeeAsync("care_wait_pause", t => t?.ComingCategory == TemplateCategory.Marketing))!.Category.Should().Be(TemplateCategory.Utility);
        await world.DecideAsync("care_wait_pause", "en", new { category = "MARKETING" });
        await world.SeeAsync("care_wait_pause", t => t is { Category: TemplateCategory.Marketing, ComingCategory: null });

        (await world.HistoryAsync("care_wait_pause")).Select(e => e.Kind).Should().Equal(
            TemplateEventKind.Made, TemplateEventKind.Status, TemplateEventKind.Status, TemplateEventKind.Status, TemplateEventKind.Quality, TemplateEventKind.Category, TemplateEventKind.Category);
    }

    [Fact]
    public async Task One_time_codes_and_carousels_and_named_variables_are_taken_by_the_platform()
    {
        (await CreateAsync(TemplateWorld.Draft("care_code", t => t with { Category = TemplateCategory.Authentication }) with { Code = new CodeChoices(true, 10, "Copy") }))
            .Outcome.Should().Be(TemplateOutcome.Taken);
        var code = await world.SeeAsync("care_code", t => t?.Model.Buttons is [{ HasVariable: true }]);
        code!.Current.Slots().Should().ContainSingle(s => s.Kind == TemplateSlotKind.Code);

        (await CreateAsync(TemplateWorld.Draft("care_named", t => t with
        {
            Body = "Hi {{first_name}}, welcome.",
            Header = new TemplateHeader(TemplateHeaderFormat.Text, "To {{town}} now"),
            Buttons = [],
            HasNamedParameters = true,
            Examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["body.first_name"] = "Asha", ["header.town"] = "Pune" },
        }))).Outcome.Should().Be(TemplateOutcome.Taken);

        var png = new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1 };
        var handle = (await world.Get<UploadSample>().ExecuteAsync(world.Manager, TemplateWorld.Waba, TemplateHeaderFormat.Image, png)).Handle;
        handle.Should().StartWith("4:");
        var card = new TemplateCard(new TemplateHeader(TemplateHeaderFormat.Image), "A card", [new TemplateButton(TemplateButtonKind.QuickReply, "More")]);
        (await CreateAsync(TemplateWorld.Draft("care_cards", t => t with { Category = TemplateCategory.Marketing, Buttons = [], Footer = null, Cards = [card, card] }) with { CardHandles = [handle, handle] }))
            .Outcome.Should().Be(TemplateOutcome.Taken);
        (await CreateAsync(TemplateWorld.Draft("care_picture", t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) }) with { HeaderHandle = handle })).Outcome.Should().Be(TemplateOutcome.Taken);
        (await CreateAsync(TemplateWorld.Draft("care_picture_2", t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) }) with { HeaderHandle = "4:invented" }))
            .Refusal!.Field.Should().Be("header");
    }

    [Theory]
    [InlineData(TemplateHeaderFormat.Image, "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData(TemplateHeaderFormat.Image, "<!doctype html>")]
    [InlineData(TemplateHeaderFormat.Video, "GIF89a and more than twelve")]
    [InlineData(TemplateHeaderFormat.Document, "MZ")]
    [InlineData(TemplateHeaderFormat.Document, "")]
    public async Task A_sample_is_judged_by_its_bytes(TemplateHeaderFormat format, string bytes)
    {
        var answer = await world.Get<UploadSample>().ExecuteAsync(world.Manager, TemplateWorld.Waba, format, System.Text.Encoding.ASCII.GetBytes(bytes));

        answer.Handle.Should().BeNull();
        answer.Fault.Should().StartWith("Choose");
    }

    [Fact]
    public async Task Agents_send_templates_and_change_none()
    {
        (await world.Get<CreateTemplate>().ExecuteAsync(world.Agent, TemplateWorld.Waba, TemplateWorld.Draft("care_agent"))).Outcome.Should().Be(TemplateOutcome.NotFound);
        (await world.Get<TemplatesQuery>().ListAsync(world.Agent)).Should().BeNull();
    }

    private Task<TemplateAnswer> CreateAsync(TemplateDraft draft) => world.Get<CreateTemplate>().ExecuteAsync(world.Manager, TemplateWorld.Waba, draft);
}
