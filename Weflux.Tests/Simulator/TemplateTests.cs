using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

/// <summary>The pretend account's templates: handed in, reviewed, changed and taken away as at Meta.</summary>
public sealed class TemplateTests : SimulatorTests
{
    private const string Edge = $"{SimulatorHost.Waba}/message_templates";

    [Fact]
    public async Task A_template_is_pending_until_the_review_tells_its_decision()
    {
        var made = await PostAsync(Edge, Utility("my_template"));
        made.GetProperty("status").GetString().Should().Be("PENDING");

        await Eventually(async () => (await OneAsync("my_template")).GetProperty("status").GetString() == "APPROVED");
    }

    [Fact]
    public async Task A_name_decides_what_the_reviewer_thinks()
    {
        await PostAsync(Edge, Utility("please_reject"));
        await PostAsync(Edge, Utility("please_pause"));
        await PostAsync(Edge, Utility("please_wait"));

        await Eventually(async () => (await OneAsync("please_reject")).GetProperty("rejected_reason").GetString() == "TAG_CONTENT_MISMATCH");
        await Eventually(async () => (await OneAsync("please_pause")).GetProperty("status").GetString() == "PAUSED");
        (await OneAsync("please_wait")).GetProperty("status").GetString().Should().Be("PENDING");
    }

    [Theory]
    [InlineData("Upper", "Hello there", null)]
    [InlineData("fine_name", "{{1}} is here", 2388299)]
    [InlineData("fine_name", "", 2388072)]
    [InlineData("fine_name", "Hi {{1}}, without an example", 2388072)]
    public async Task What_Meta_refuses_is_refused(string name, string body, int? subcode)
    {
        using var response = await Simulator.Graph.PostAsJsonAsync(Edge, new { name, language = "en", category = "UTILITY", components = new object[] { new { type = "BODY", text = body } } });

        var error = (await SimulatorHost.JsonAsync(response)).GetProperty("error");
        error.GetProperty("code").GetInt32().Should().Be(100);
        if (subcode is { } expected)
        {
            error.GetProperty("error_subcode").GetInt32().Should().Be(expected);
        }
    }

    [Fact]
    public async Task A_deleted_name_rests_for_30_days()
    {
        await PostAsync(Edge, Utility("short_lived"));
        using var deleted = await Simulator.Graph.DeleteAsync($"{Edge}?name=short_lived");
        deleted.EnsureSuccessStatusCode();

        using var again = await Simulator.Graph.PostAsJsonAsync(Edge, Utility("short_lived"));
        (await SimulatorHost.JsonAsync(again)).GetProperty("error").GetProperty("error_data").GetProperty("details").GetString().Should().Contain("30 days");
    }

    [Fact]
    public async Task A_sample_is_uploaded_in_two_steps_and_its_handle_is_taken()
    {
        var begun = await PostAsync("400000000000001/uploads?file_name=a.png&file_length=3&file_type=image/png", new { });
        var session = begun.GetProperty("id").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Simulator.Graph.BaseAddress!.AbsoluteUri + session)) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", SimulatorHost.Token);
        request.Headers.Add("file_offset", "0");
        using var uploaded = await Simulator.Graph.SendAsync(request);

        var handle = (await SimulatorHost.JsonAsync(uploaded)).GetProperty("h").GetString();

        (await PostAsync(Edge, WithPicture("with_picture", handle!))).TryGetProperty("id", out _).Should().BeTrue();
        (await PostAsync(Edge, WithPicture("with_invented", "4:invented"))).TryGetProperty("error", out _).Should().BeTrue();
    }

    private static object Utility(string name) => new
    {
        name,
        language = "en",
        category = "UTILITY",
        components = new object[] { new { type = "BODY", text = "Hello there." } },
    };

    private static object WithPicture(string name, string handle) => new
    {
        name,
        language = "en",
        category = "MARKETING",
        components = new object[]
        {
            new { type = "HEADER", format = "IMAGE", example = new { header_handle = new[] { handle } } },
            new { type = "BODY", text = "Hello there." },
        },
    };

    private async Task<JsonElement> OneAsync(string name) =>
        (await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{Edge}?name={name}&fields=status,rejected_reason")).GetProperty("data")[0];

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Simulator.Graph.PostAsJsonAsync(path, body);
        return await SimulatorHost.JsonAsync(response);
    }

    private static Task Eventually(Func<Task<bool>> isSo) => Support.Eventually.BeAsync(isSo);
}
