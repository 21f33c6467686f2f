using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Web.Api;

/// <summary>What programs do with conversations, over HTTP.</summary>
public sealed class WorkByApiTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task A_program_assigns_and_gives_to_nobody_and_the_thread_says_which_key_did_it()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());

        var given = await DoAsync(api, id, "assign", new { memberId = world.Agent.User.Value });
        given.GetProperty("assigneeId").GetInt64().Should().Be(world.Agent.User.Value);
        (await DoAsync(api, id, "assign", new { memberId = world.Agent.User.Value })).GetProperty("assigneeId").GetInt64().Should().Be(world.Agent.User.Value);
        (await DoAsync(api, id, "assign", new { memberId = (long?)null })).GetProperty("assigneeId").ValueKind.Should().Be(JsonValueKind.Null);

        (await world.TellsAsync(world.Manager, id)).Should().Equal($"API (Test) assigned it to {world.Agent.Name}", "API (Test) made it unassigned");
        await RefusesAsync(api, id, "assign", new { memberId = 999_999L }, HttpStatusCode.UnprocessableEntity, "member_unknown", "GET /api/v1/members");
        (await world.ConversationAsync(id)).AssigneeId.Should().BeNull();
    }

    [Fact]
    public async Task Assigning_needs_its_own_scope_besides()
    {
        var id = await world.MeetAsync();
        using var works = world.Host.NewApiClient((await world.Host.IssueKeyAsync(["conversations:write"])).Key);
        using var assigns = world.Host.NewApiClient((await world.Host.IssueKeyAsync(["conversations:assign"])).Key);

        (await ProblemAsync(works, id, "assign", new { })).GetProperty("scope").GetString().Should().Be("conversations:assign");
        (await ProblemAsync(assigns, id, "assign", new { })).GetProperty("scope").GetString().Should().Be("conversations:write");
    }

    [Fact]
    public async Task A_program_closes_reopens_snoozes_and_says_that_no_reply_is_needed()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());
        await world.Get<AddCloseReason>().ExecuteAsync(world.Admin, "Solved by a program");
        var reason = await world.Host.ReadAsync(db => db.Set<CloseReason>().OrderByDescending(r => r.Id).Select(r => r.Id).FirstAsync());

        (await DoAsync(api, id, "no-reply-needed")).GetProperty("needsReply").GetBoolean().Should().BeFalse();
        var until = world.Now.AddHours(5);
        var snoozed = await DoAsync(api, id, "snooze", new { until });
        (snoozed.GetProperty("state").GetString(), snoozed.GetProperty("snoozedUntil").GetDateTimeOffset()).Should().Be(("snoozed", until));
        (await DoAsync(api, id, "reopen")).GetProperty("state").GetString().Should().Be("open");
        (await DoAsync(api, id, "close", new { reasonId = reason, words = "by parcel" })).GetProperty("state").GetString().Should().Be("closed");
        (await DoAsync(api, id, "close")).GetProperty("state").GetString().Should().Be("closed", "it is so already");

        (await world.TellsAsync(world.Manager, id)).Should().Equal(
            "API (Test) said that no reply is needed",
            $"API (Test) snoozed it until {Weflux.Web.Inbox.ScreenClock.Utc.Moment(until)}",
            "API (Test) opened it again",
            "API (Test) closed it: Solved by a program: by parcel");
        await RefusesAsync(api, id, "snooze", new { until }, HttpStatusCode.Conflict, "closed", "Reopen it first");
    }

    [Fact]
    public async Task A_message_of_a_program_opens_a_closed_conversation_and_the_thread_says_that_the_program_did()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());
        await DoAsync(api, id, "close");

        using var sent = await api.PostAsJsonAsync("/api/v1/messages", new { conversationId = id, type = "text", text = new { body = "Your parcel is on its way" } });

        await ReadAsync(sent);
        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Open);
        (await world.TellsAsync(world.Manager, id)).Should().Equal("API (Test) closed it", "API (Test) opened it again");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_words_that_say_what_to_do()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());

        await RefusesAsync(api, id, "snooze", new { until = world.Now.AddSeconds(5) }, HttpStatusCode.UnprocessableEntity, "time_not_possible", "one minute");
        await RefusesAsync(api, id, "snooze", new { until = world.Now.AddYears(3) }, HttpStatusCode.UnprocessableEntity, "time_not_possible", "366 days");
        await RefusesAsync(api, id, "snooze", new { }, HttpStatusCode.BadRequest, null, "'until' is missing");
        await RefusesAsync(api, id, "close", new { reasonId = 999_999 }, HttpStatusCode.UnprocessableEntity, "reason_unknown", "GET /api/v1/labels");
        await RefusesAsync(api, id, "close", new { words = new string('x', 201) }, HttpStatusCode.UnprocessableEntity, "words_not_possible", "200");
        await RefusesAsync(api, id, "notes", new { text = "  " }, HttpStatusCode.UnprocessableEntity, "text_not_possible", "4000");
        using var words = await api.PostAsync($"/api/v1/conversations/{id}/snooze", new StringContent("soon"));
        words.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        using var missing = await api.PostAsync("/api/v1/conversations/999999/close", null);
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await world.TellsAsync(world.Manager, id)).Should().BeEmpty();
        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public async Task A_program_puts_labels_on_and_takes_them_off()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());
        await world.Get<MakeLabel>().ExecuteAsync(world.Admin, "By program", LabelColor.Teal);
        var label = (await api.GetJsonAsync("/api/v1/labels")).GetProperty("labels").EnumerateArray().Single(l => l.GetProperty("name").GetString() == "By program").GetProperty("id").GetInt64();

        for (var i = 0; i < 2; i++)
        {
            using var on = await api.PutAsync($"/api/v1/conversations/{id}/labels/{label}", null);
            (await ReadAsync(on)).GetProperty("labels")[0].GetProperty("name").GetString().Should().Be("By program");
        }

        using var off = await api.DeleteAsync($"/api/v1/conversations/{id}/labels/{label}");
        (await ReadAsync(off)).GetProperty("labels").GetArrayLength().Should().Be(0);
        using var unknown = await api.PutAsync($"/api/v1/conversations/{id}/labels/999999", null);
        (await unknown.ProblemAsync()).GetProperty("reason").GetString().Should().Be("label_unknown");
        (await world.TellsAsync(world.Manager, id)).Should().Equal("API (Test) put on the label “By program”", "API (Test) took off the label “By program”");
    }

    [Fact]
    public async Task A_programs_note_stands_under_its_name_and_a_repeated_request_writes_one()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());

        var first = await NoteAsync(api, id, $"Look, @{{{world.Agent.User}}}: parcel 4711 left", "note-1");
        var second = await NoteAsync(api, id, $"Look, @{{{world.Agent.User}}}: parcel 4711 left", "note-1");

        second.GetProperty("id").GetInt64().Should().Be(first.GetProperty("id").GetInt64());
        first.GetProperty("apiKey").GetString().Should().Be("Test");
        (await world.TellsAsync(world.Manager, id)).Should().Equal($"Look, @{world.Agent.Name}: parcel 4711 left");
        var note = (Weflux.Web.Inbox.Working.NoteView)(await world.Activity.RangeAsync(world.Agent, id, null, null)).Single();
        (note.Who, note.IsMine, note.MentionsMe).Should().Be(("API (Test)", false, true));
        using var other = await SendNoteAsync(api, id, "Something else", "note-1");
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "the key stands for another request");
    }

    [Fact]
    public async Task A_reply_of_a_program_that_reopens_says_so()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());
        await DoAsync(api, id, "close");
        using var sent = await api.PostAsJsonAsync("/api/v1/messages", new { conversationId = id, type = "text", text = new { body = "One more thing" } });
        sent.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await world.TellsAsync(world.Manager, id)).Should().Equal("API (Test) closed it", "API (Test) opened it again");
    }

    [Fact]
    public async Task Members_are_those_who_can_be_assigned_to()
    {
        var members = (await (await ProgramAsync()).GetJsonAsync("/api/v1/members")).GetProperty("data").EnumerateArray().ToList();
        members.Should().HaveCount(4);
        members.Single(m => m.GetProperty("id").GetInt64() == world.Agent.User.Value).GetProperty("role").GetString().Should().Be("agent");
    }

    [Fact]
    public async Task A_program_gives_to_a_team_and_takes_it_from_there()
    {
        var (id, api) = (await world.MeetAsync(), await ProgramAsync());
        (await world.Get<MakeTeam>().ExecuteAsync(world.Admin, $"Orders {id}")).Should().Be(TeamOutcome.Saved);
        var made = await world.Host.ReadAsync(db => db.Set<WorkTeam>().OrderByDescending(t => t.Id).Select(t => t.Id).FirstAsync());
        (await world.Get<SetTeamMember>().ExecuteAsync(world.Admin, made, world.Agent.User, isIn: true)).Should().Be(TeamOutcome.Saved);
        var team = (await api.GetJsonAsync("/api/v1/teams")).GetProperty("data").EnumerateArray().Single(t => t.GetProperty("id").GetInt64() == made);
        team.GetProperty("name").GetString().Should().Be($"Orders {id}");
        team.GetProperty("memberIds").EnumerateArray().Select(m => m.GetInt64()).Should().Equal(world.Agent.User.Value);

        await DoAsync(api, id, "assign", new { memberId = world.Manager.User.Value });
        var given = await DoAsync(api, id, "assign", new { teamId = made });
        given.GetProperty("teamId").GetInt64().Should().Be(made);
        given.GetProperty("assigneeId").ValueKind.Should().Be(JsonValueKind.Null, "whoever held it is not in the team");
        (await DoAsync(api, id, "assign", new { teamId = 0 })).GetProperty("teamId").ValueKind.Should().Be(JsonValueKind.Null);

        await RefusesAsync(api, id, "assign", new { teamId = 999_999L }, HttpStatusCode.UnprocessableEntity, "team_unknown", "GET /api/v1/teams");
        (await ProblemAsync(api, id, "assign", new { memberId = world.Agent.User.Value, teamId = made })).GetProperty("detail").GetString().Should().Contain("either");
    }

    private async Task<HttpClient> ProgramAsync() =>
        world.Host.NewApiClient((await world.Host.IssueKeyAsync(["conversations:write", "conversations:assign", "messages:send"])).Key);

    private static async Task<JsonElement> DoAsync(HttpClient api, long id, string what, object? body = null)
    {
        using var answer = await PostAsync(api, id, what, body);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> ProblemAsync(HttpClient api, long id, string what, object? body)
    {
        using var answer = await PostAsync(api, id, what, body);
        return await answer.ProblemAsync();
    }

    private static async Task RefusesAsync(HttpClient api, long id, string what, object? body, HttpStatusCode status, string? reason, string words)
    {
        var problem = await ProblemAsync(api, id, what, body);
        problem.GetProperty("status").GetInt32().Should().Be((int)status, problem.ToString());
        (problem.TryGetProperty("reason", out var why) ? why.GetString() : null).Should().Be(reason);
        problem.GetProperty("detail").GetString().Should().Contain(words);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient api, long id, string what, object? body) =>
        api.PostAsync($"/api/v1/conversations/{id.ToString(CultureInfo.InvariantCulture)}/{what}", body is null ? null : JsonContent.Create(body));

    private static async Task<JsonElement> NoteAsync(HttpClient api, long id, string text, string key)
    {
        using var answer = await SendNoteAsync(api, id, text, key);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        return await ReadAsync(answer);
    }

    private static async Task<HttpResponseMessage> SendNoteAsync(HttpClient api, long id, string text, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/conversations/{id}/notes") { Content = JsonContent.Create(new { text }) };
        request.Headers.Add("Idempotency-Key", key);
        return await api.SendAsync(request);
    }
}
