using System.Net;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Api;

/// <summary>Programs that send templates: what fills them, and what is refused.</summary>
public sealed class SendTemplateTests : SendWorld
{
    [Fact]
    public async Task A_template_takes_an_uploaded_file_by_its_place_and_tells_it_afterwards()
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Document));
        using var uploaded = await Program.PostFileAsync("/api/v1/media", Samples.Pdf, "menu.pdf");
        var file = (await ReadAsync(uploaded)).GetProperty("id").GetInt64();

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"files":[{"slot":"header","fileId":{{{file}}},"fileName":"Our menu.pdf"}]}}""");

        var sent = await ReadAsync(answer);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, sent.ToString());
        sent.GetProperty("content").GetProperty("fileIds")[0].GetInt64().Should().Be(file);
        var stored = (TemplateContent)(await Host.MessagesAsync()).Single(m => m.Direction == MessageDirection.Out).Content;
        stored.Header!.Value.Should().BeEquivalentTo(new { FileName = "Our menu.pdf", Link = (string?)null });
        using var listed = await Program.GetAsync("/api/v1/messages?after=0");
        (await ReadAsync(listed)).GetProperty("data").EnumerateArray().Last().GetProperty("mediaId").GetInt64().Should().Be(file);
    }

    [Fact]
    public async Task A_template_takes_the_place_of_its_header()
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Location));

        using var answer = await PostAsync(
            """{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"location":{"latitude":12.9,"longitude":77.6,"name":"Cubbon Park"}}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("""[{"slot":"header","fileId":999999}]""", "file_missing")]
    [InlineData("""[{"slot":"header"}]""", "template_value_missing")]
    [InlineData("""[{"fileId":1}]""", "template_value_missing")]
    [InlineData("""[null]""", "template_value_missing")]
    [InlineData("""[{"slot":"body.1","fileId":1},{"slot":"header","fileId":1}]""", "template_value_missing")]
    [InlineData("""[{"slot":"card.9.header","fileId":1},{"slot":"header","fileId":1}]""", "template_place_unknown")]
    public async Task A_file_of_a_template_that_is_not_there_or_in_no_place_of_it_is_refused(string files, string reason)
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Image));

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"files":{{{files}}}}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemAsync()).GetProperty("reason").GetString().Should().Be(reason);
        (await Host.MessagesAsync()).Should().ContainSingle();
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("https://")]
    [InlineData("http://chai.example/cup.jpg")]
    [InlineData("cup.jpg")]
    public async Task A_link_to_a_file_of_a_template_that_is_not_whole_says_what_it_must_be(string link)
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Image));

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["{{{link}}}","Asha"]}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.ProblemAsync();
        (problem.GetProperty("reason").GetString(), problem.GetProperty("detail").GetString()).Should().Be((
            "template_link_not_whole",
            "The value for 'header' is not a whole https address. Give all of it, such as https://example.com/menu.pdf, or upload the file with POST /api/v1/media and name it in 'files'."));
    }

    [Theory]
    [InlineData("PENDING", "WhatsApp has not approved it (in review")]
    [InlineData("PAUSED", "Meta paused it")]
    [InlineData("REJECTED", "WhatsApp has not approved it (rejected")]
    public async Task A_template_that_is_not_approved_says_so_and_what_to_do(string status, string word)
    {
        await StoreAsync(null, status);

        using var answer = await PostAsync("""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"]}}""");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.ProblemAsync();
        problem.GetProperty("reason").GetString().Should().Be("template_not_approved");
        problem.GetProperty("detail").GetString().Should().Contain(word).And.Contain("Send another one, or wait until GET /api/v1/templates");
    }

    [Theory]
    [InlineData("""{"latitude":91,"longitude":77}""", "latitude_out_of_range")]
    [InlineData("""{"latitude":12,"longitude":181}""", "longitude_out_of_range")]
    [InlineData("""{}""", "latitude_out_of_range")]
    public async Task A_place_of_a_template_that_is_not_on_earth_is_named(string place, string reason)
    {
        await StoreAsync(new TemplateHeader(TemplateHeaderFormat.Location));

        using var answer = await PostAsync(
            $$$"""{"conversationId":C,"type":"template","template":{"name":"menu","language":"en","values":["Asha"],"location":{{{place}}}}}""");

        (await answer.ProblemAsync()).GetProperty("reason").GetString().Should().Be(reason);
    }

    [Fact]
    public async Task A_template_needs_its_own_scope()
    {
        using var plain = Host.NewApiClient((await Host.IssueKeyAsync(["messages:send"])).Key);

        using var answer = await PostAsync(
            """{"conversationId":C,"type":"template","template":{"name":"visit_reminder","language":"en","values":["Asha","Friday"]}}""", null, plain);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.ProblemAsync()).GetProperty("scope").GetString().Should().Be("templates:send");
    }

    private async Task StoreAsync(TemplateHeader? header, string status = "APPROVED")
    {
        var template = new Template("menu", "en", TemplateCategory.Utility, status, header, "Hi {{1}}", null, [], HasNamedParameters: false);
        var workspace = (await Host.ActorAsync()).Workspace;
        await Host.ReadAsync(async db =>
        {
            db.Add(new StoredTemplate
            {
                WorkspaceId = workspace,
                WabaId = "100000000000001",
                Name = template.Name,
                Language = template.Language,
                Model = template,
                Status = template.Status,
                Category = template.Category,
            });
            return await db.SaveChangesAsync();
        });
    }
}
