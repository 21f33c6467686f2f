using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api.Keys;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Api;

public sealed class KeyTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Address = "/api/v1/messages";

    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task Without_a_key_the_answer_says_what_to_send()
    {
        using var client = Host.NewClient();
        using var answer = await client.GetAsync(Address);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        answer.Headers.Location.Should().BeNull();
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("Authorization: Bearer");
    }

    [Theory]
    [InlineData("Bearer wfx_demo_0000000000000000000000000009")]
    [InlineData("Bearer wfx_demo_000000000000000000000000000")]
    [InlineData("Bearer WFX_DEMO_0000000000000000000000000001")]
    [InlineData("Bearer wfx_demo_0000000000000000000000000001 x")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic d2Z4X2RlbW9fMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTo=")]
    [InlineData("wfx_demo_0000000000000000000000000001")]
    [InlineData("Bearer ' OR 1=1 --")]
    public async Task Anything_but_a_valid_key_is_refused(string header)
    {
        using var answer = await GetAsync(header);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().Should().StartWith("Bearer").And.Contain("invalid_token");
        (await answer.ProblemAsync()).GetRawText().Should().NotContain("0000000");
    }

    [Fact]
    public async Task The_word_bearer_is_read_in_any_case()
    {
        using var answer = await GetAsync($"bearer {ApiCalls.DemoKey}");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_keys_at_once_are_none()
    {
        using var client = Host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {ApiCalls.DemoKey}", $"Bearer {ApiCalls.OtherDemoKey}"]);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("api_key")]
    [InlineData("key")]
    [InlineData("Authorization")]
    public async Task A_key_in_the_query_string_is_not_taken(string name)
    {
        using var client = Host.NewClient();
        using var answer = await client.GetAsync($"{Address}?{name}={ApiCalls.DemoKey}");
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_does_not_open_the_API_and_a_key_opens_no_page()
    {
        using var session = await Host.SignInAsync("admin@demo.test");
        using var refused = await session.GetAsync(Address);
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        using var program = Host.NewApiClient();
        using var page = await program.GetAsync("/w/demo/inbox");
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
        page.Headers.Location!.OriginalString.Should().StartWith("/sign-in");
        using var hub = await program.PostAsync("/hubs/inbox/negotiate?negotiateVersion=1", null);
        hub.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_ends_when_it_expires_and_when_it_is_revoked()
    {
        var soon = await Host.IssueKeyAsync(["messages:read"], Host.Clock.GetUtcNow().AddMinutes(5));
        var gone = await Host.IssueKeyAsync(["messages:read"], Host.Clock.GetUtcNow().AddSeconds(-1));
        var revoked = await Host.IssueKeyAsync(["messages:read"]);
        (await StatusAsync(soon.Key)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(gone.Key)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(revoked.Key)).Should().Be(HttpStatusCode.OK);

        var revoke = Host.Services.GetRequiredService<RevokeApiKey>();
        (await revoke.ExecuteAsync(await Host.ActorAsync("admin@demo-two.test", "demo-two"), revoked.Id)).Should().BeFalse("it is not theirs");
        (await StatusAsync(revoked.Key)).Should().Be(HttpStatusCode.OK);
        (await revoke.ExecuteAsync(await Host.ActorAsync("admin@demo.test"), revoked.Id)).Should().BeTrue();

        (await StatusAsync(revoked.Key)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("agent@demo.test")]
    [InlineData("manager@demo.test")]
    public async Task Only_an_admin_makes_and_ends_keys(string email)
    {
        var actor = await Host.ActorAsync(email);
        (await Host.Services.GetRequiredService<IssueApiKey>().ExecuteAsync(actor, "Mine", ["*"], null)).Should().BeNull();
        var key = await Host.IssueKeyAsync(["messages:read"]);
        (await Host.Services.GetRequiredService<RevokeApiKey>().ExecuteAsync(actor, key.Id)).Should().BeFalse();
    }

    [Fact]
    public async Task A_key_makes_no_keys()
    {
        var all = await Host.IssueKeyAsync(["*"]);
        var actor = Actor.WithKey((await Host.ActorAsync()).Workspace, new ApiKeyGrant(all.Id, "All", ["*"]));
        (await Host.Services.GetRequiredService<IssueApiKey>().ExecuteAsync(actor, "Child", ["*"], null)).Should().BeNull();
    }

    [Fact]
    public async Task A_key_is_not_kept_and_can_be_told_by_its_ends()
    {
        var issued = await Host.IssueKeyAsync(["messages:read"]);
        issued.Key.Should().MatchRegex("^wfx_live_[A-Za-z0-9_-]{43}$");

        var row = await Host.ReadAsync(db => db.Set<ApiKey>().AsNoTracking().SingleAsync(k => k.Id == issued.Id.Value));
        row.Hint.Should().Be($"wfx_live_…{issued.Key[^4..]}");
        row.CreatedBy.Should().Be((await Host.ActorAsync("admin@demo.test")).User);
        Convert.ToHexStringLower(row.Hash).Should().StartWith(row.Lookup);
        System.Text.Json.JsonSerializer.Serialize(row).Should().NotContain(issued.Key[9..^4]);
        ApiKeyText.TryParse(issued.Key, out var text).Should().BeTrue();
        text.ToString().Should().Be(row.Hint, "a secret never slips into a log");
    }

    [Theory]
    [InlineData("", "messages:read")]
    [InlineData(" ", "messages:read")]
    [InlineData("Name", "messages:write")]
    [InlineData("Name", null)]
    public async Task Nonsense_is_not_issued(string name, string? scope)
    {
        var admin = await Host.ActorAsync("admin@demo.test");
        await Host.Services.GetRequiredService<IssueApiKey>()
            .Invoking(i => i.ExecuteAsync(admin, name, scope is null ? [] : [scope], null)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task The_last_use_is_written_down_once_a_minute()
    {
        var issued = await Host.IssueKeyAsync(["messages:read"]);
        await StatusAsync(issued.Key);
        var first = await Eventually.SeeAsync(() => LastUseAsync(issued.Id), at => at is not null);
        await StatusAsync(issued.Key);
        (await LastUseAsync(issued.Id)).Should().Be(first);

        Host.Clock.Advance(TimeSpan.FromSeconds(61));
        await StatusAsync(issued.Key);

        await Eventually.SeeAsync(() => LastUseAsync(issued.Id), at => at > first!.Value.AddMinutes(1));
    }

    [Fact]
    public async Task The_demos_keys_stand_in_the_demos_workspaces()
    {
        await using var db = Host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var keys = await (
            from key in db.Set<ApiKey>().AcrossWorkspaces()
            join workspace in db.Set<Workspace>() on key.WorkspaceId equals workspace.Id
            where key.CreatedBy == null
            select new { key.Hint, workspace.Slug, key.Scopes }).ToListAsync();
        keys.Select(k => (k.Hint, k.Slug)).Should().BeEquivalentTo([("wfx_demo_…0001", "demo"), ("wfx_demo_…0002", "demo-two")]);
        keys.Should().OnlyContain(k => k.Scopes.Single() == "*");
        DemoWorkspaces.All.Select(w => w.ApiKey).Should().Equal(ApiCalls.DemoKey, ApiCalls.OtherDemoKey);
    }

    private Task<DateTimeOffset?> LastUseAsync(ApiKeyId id) =>
        Host.ReadAsync(db => db.Set<ApiKey>().Where(k => k.Id == id.Value).Select(k => k.LastUsedAt).SingleAsync());

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = Host.NewApiClient(key);
        using var answer = await client.GetAsync(Address);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> GetAsync(string authorization)
    {
        using var client = Host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request);
    }
}
