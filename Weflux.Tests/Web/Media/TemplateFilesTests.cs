using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Sending;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Media;

/// <summary>Files in the headers and on the cards of templates, and templates that change while their message waits.</summary>
public sealed class TemplateFilesTests : SendingWorld
{
    private const string Waba = "100000000000001";

    public static TheoryData<TemplateHeaderFormat, string, byte[], string> Headers => new()
    {
        { TemplateHeaderFormat.Image, "cup.png", Samples.Png, """{"type":"image","image":{"id":"770001"}}""" },
        { TemplateHeaderFormat.Video, "cup.mp4", Samples.Film, """{"type":"video","video":{"id":"770001"}}""" },
        { TemplateHeaderFormat.Document, "cup.pdf", Samples.Pdf, """{"type":"document","document":{"id":"770001","filename":"cup.pdf"}}""" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task The_file_of_a_header_is_uploaded_first_and_named_in_its_parameter(TemplateHeaderFormat format, string name, byte[] bytes, string expected)
    {
        var template = await StoreAsync(t => t with { Header = new TemplateHeader(format) });
        var file = await UploadAsync(name, bytes);

        await SendAsync(Fill(template, ("header", file)));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Uploads.Single().Bytes.Should().Equal(bytes);
        var components = Graph.Sends.Single()["template"]!["components"]!.AsArray();
        components[0]!["type"]!.GetValue<string>().Should().Be("header");
        JsonNode.DeepEquals(components[0]!["parameters"]![0], JsonNode.Parse(expected)).Should().BeTrue(components.ToJsonString());
    }

    [Fact]
    public async Task The_files_of_cards_are_uploaded_once_each_and_named_on_their_cards()
    {
        var template = await StoreAsync(Carousel);
        var (one, two) = (await UploadAsync("one.png", Samples.Png), await UploadAsync("two.jpg", Samples.Jpeg()));

        await SendAsync(Fill(template, ("card.0.header", one), ("card.1.header", two), ("card.2.header", one)));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Uploads.Should().HaveCount(2);
        var cards = Graph.Sends.Single()["template"]!["components"]!.AsArray().Single(c => c!["type"]!.GetValue<string>() == "carousel")!["cards"]!.AsArray();
        cards.Select(c => c!["components"]![0]!["parameters"]![0]!["image"]!["id"]!.GetValue<string>()).Should().Equal("770001", "770002", "770001");
        var thread = await Host.Services.GetRequiredService<ThreadQuery>().GetAsync(Agent, ConversationId);
        thread!.Messages[^1].Files.Select(f => f.FileId).Should().BeEquivalentTo([one, two]);
    }

    [Fact]
    public async Task A_file_that_is_not_the_senders_or_not_what_the_header_is_or_of_the_platform_is_refused_and_nothing_is_stored()
    {
        var template = await StoreAsync(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) });
        var theirs = await Host.UploadAsync(await Host.ActorAsync("agent2@demo.test"), "a.png", Samples.Png);
        var paper = await UploadAsync("a.pdf", Samples.Pdf);
        var foreign = Fill(template, ("header", paper)).WithFiles(_ => new MediaReference("123456", "image/png", ""));

        (await SendAsync(Fill(template, ("header", theirs))))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(Fill(template, ("header", 999_999))))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(foreign))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(Fill(template, ("header", paper))))!.Decision.Should().Be(new Invalid(InvalidReason.FileNotFitting));
        (await Host.MessagesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task One_draft_makes_one_message_and_another_file_makes_another()
    {
        var template = await StoreAsync(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Document) });
        var (draft, one, two) = (Guid.NewGuid(), await UploadAsync("a.pdf", Samples.Pdf), await UploadAsync("b.pdf", Samples.Pdf));

        var first = await SendAsync(Fill(template, ("header", one)), draft);
        var again = await SendAsync(Fill(template, ("header", one)), draft);
        var other = await SendAsync(Fill(template, ("header", two)), draft);

        again!.MessageId.Should().Be(first!.MessageId);
        other!.MessageId.Should().NotBe(first.MessageId).And.NotBeNull();
    }

    [Fact]
    public async Task The_file_is_kept_with_its_message_seen_by_who_sees_that_and_goes_with_it()
    {
        var template = await StoreAsync(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Document) });
        var file = await UploadAsync("prices.pdf", Samples.Pdf);
        var sent = (await SendAsync(Fill(template, ("header", file))))!.MessageId!.Value;
        var stored = (TemplateContent)(await OutboundAsync(m => m.Status == DeliveryStatus.Sent)).Content;
        (stored.Frame!.HeaderText, stored.Files().Single().MimeType, stored.Files().Single().Id).Should().Be(("prices.pdf", "application/pdf", ""));
        Host.Clock.Advance(TimeSpan.FromDays(2));
        var sweep = Host.Services.GetRequiredService<MediaSweep>();
        await sweep.SweepAsync(CancellationToken.None);

        var manager = await Host.ActorAsync("manager@demo.test");
        (await Host.Services.GetRequiredService<MediaFileQuery>().FindAsync(manager, file))!.FileName.Should().Be("prices.pdf");

        await Host.ReadAsync(db => db.Set<Message>().Where(m => m.Id == sent).ExecuteDeleteAsync());
        await sweep.SweepAsync(CancellationToken.None);
        (await Host.FilesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_upload_that_is_refused_fails_the_message_and_it_is_sent_again_by_whoever_may_see_it()
    {
        var template = await StoreAsync(Carousel);
        var (one, two) = (await UploadAsync("one.png", Samples.Png), await UploadAsync("two.jpg", Samples.Jpeg()));
        Graph.Taking = (context, nth) => nth == 2
            ? GraphStub.RefuseAsync(context, 131053)
            : context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = $"77000{nth}" });

        await SendAsync(Fill(template, ("card.0.header", one), ("card.1.header", two), ("card.2.header", one)));
        var failed = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        failed.Fault!.Code.Should().Be(131053);
        Graph.Sends.Should().BeEmpty();

        await Host.Services.GetRequiredService<SendAgain>().ExecuteAsync(await Host.ActorAsync("manager@demo.test"), failed.Id, Guid.NewGuid());
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Uploads.Should().HaveCount(3, "the first was there already");
    }

    [Theory]
    [InlineData("PAUSED", OwnFaults.TemplatePaused)]
    [InlineData("DISABLED", OwnFaults.TemplateDisabled)]
    [InlineData("REJECTED", OwnFaults.TemplateRejected)]
    [InlineData("gone", OwnFaults.TemplateDeleted)]
    [InlineData("marketing", OwnFaults.TemplateNowMarketing)]
    [InlineData("changed", OwnFaults.TemplateChanged)]
    public async Task A_template_that_is_lost_while_its_message_waits_brings_the_message_back_with_the_reason(string what, int code)
    {
        var template = await StoreAsync(t => t with { Header = new TemplateHeader(TemplateHeaderFormat.Image) });

        // The account is enrolled in the background; only of one that was read is it known that a template is not there.
        await Eventually.BeAsync(async () => await Host.ReadAsync(db => db.Set<TemplateAccount>().Where(a => a.WabaId == Waba)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.SyncedAt, Now))) == 1);
        Graph.Taking = async (context, _) =>
        {
            await LoseAsync(what);
            await context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });
        };

        await SendAsync(Fill(template, ("header", await UploadAsync("a.png", Samples.Png))));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(code);
        Graph.Sends.Should().BeEmpty();
        (await Host.ReadAsync(db => db.Set<SendAttempt>().CountAsync())).Should().Be(0);
        (await Host.ReadAsync(db => db.Set<OutboundMessage>().CountAsync())).Should().Be(0);
    }

    private static Template Carousel(Template template) => template with
    {
        Cards = [.. Enumerable.Range(1, 3).Select(i => new TemplateCard(new TemplateHeader(TemplateHeaderFormat.Image), $"Cup {i}", []))],
    };

    private static TemplateContent Fill(Template template, params (string Slot, long File)[] files)
    {
        var values = files.ToDictionary(f => f.Slot, f => (TemplateValue)new FileValue(new MediaReference("", "", "", f.File), null), StringComparer.Ordinal);
        values["body.1"] = new TextValue("Asha");
        return template.Fill(values);
    }

    private async Task LoseAsync(string what)
    {
        await Host.ReadAsync(async db =>
        {
            var row = await db.Set<StoredTemplate>().SingleAsync(t => t.Name == "cups");
            switch (what)
            {
                case "gone":
                    db.Remove(row);
                    break;
                case "marketing":
                    row.Category = TemplateCategory.Marketing;
                    break;
                case "changed":
                    row.Model = row.Model with { Body = "Hi {{1}}, {{2}}" };
                    break;
                default:
                    row.Status = what;
                    break;
            }

            return await db.SaveChangesAsync();
        });
    }

    private async Task<Template> StoreAsync(Func<Template, Template> change)
    {
        var template = change(new Template("cups", "en", TemplateCategory.Utility, "APPROVED", null, "Hi {{1}}", null, [], HasNamedParameters: false));
        await Host.ReadAsync(async db =>
        {
            db.Add(new StoredTemplate
            {
                WorkspaceId = Agent.Workspace,
                WabaId = Waba,
                Name = template.Name,
                Language = template.Language,
                Model = template,
                Status = template.Status,
                Category = template.Category,
            });
            return await db.SaveChangesAsync();
        });
        return template;
    }
}
