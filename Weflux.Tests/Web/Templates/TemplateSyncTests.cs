using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Templates;

public sealed class TemplateSyncTests : IAsyncLifetime
{
    private const string Waba = "100000000000001";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private Actor _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        await _host.TemplateAsync("visit_reminder", "en");
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        _agent = await _host.ActorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task All_pages_are_read_and_what_is_gone_goes()
    {
        var all = Enumerable.Range(0, 250).Select(i => Item($"t_{i}")).ToList();
        _graph.Reading = context => PageAsync(context, all, 100);

        (await SyncAsync()).Should().BeEmpty();

        (await NamesAsync()).Should().BeEquivalentTo(all.Select(a => a["name"]!.GetValue<string>()));
        (await _host.ReadAsync(db => db.Set<TemplateEvent>().Where(e => e.Name == "visit_reminder").Select(e => e.Kind).ToListAsync())).Should().Equal(TemplateEventKind.Deleted);
    }

    [Fact]
    public async Task A_reading_that_fails_on_its_second_page_changes_nothing_and_says_so()
    {
        var before = await NamesAsync();
        var all = Enumerable.Range(0, 150).Select(i => Item($"t_{i}")).ToList();
        _graph.Reading = context => context.Request.Query.ContainsKey("after") ? GraphStub.RefuseAsync(context, 190, 401) : PageAsync(context, all, 100);

        (await SyncAsync()).Should().ContainSingle().Which.Should().Contain("access token");

        (await NamesAsync()).Should().BeEquivalentTo(before);
        var account = await AccountAsync();
        account.Fault.Should().Contain("access token");
        account.SyncedAt.Should().NotBeNull("the earlier reading still counts");
        account.NextAt.Should().BeAfter(_host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_cursor_that_ran_out_begins_anew()
    {
        var all = Enumerable.Range(0, 150).Select(i => Item($"t_{i}")).ToList();
        var refusals = 0;
        _graph.Reading = context => context.Request.Query.ContainsKey("after") && refusals++ == 0 ? GraphStub.RefuseAsync(context, 131059) : PageAsync(context, all, 100);

        (await SyncAsync()).Should().BeEmpty();

        (await NamesAsync()).Should().HaveCount(150);
    }

    [Fact]
    public async Task A_change_that_no_webhook_told_is_kept_as_history()
    {
        var item = Item("t_1");
        _graph.Reading = context => PageAsync(context, [item], 100);
        await SyncAsync();
        item["status"] = "REJECTED";
        item["rejected_reason"] = "SCAM";
        item["category"] = "MARKETING";
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        (await SyncAsync()).Should().BeEmpty();

        var row = await _host.ReadAsync(db => db.Set<StoredTemplate>().SingleAsync());
        (row.Status, row.Reason, row.Category).Should().Be(("REJECTED", "SCAM", TemplateCategory.Marketing));
        (await _host.ReadAsync(db => db.Set<TemplateEvent>().Where(e => e.Name == "t_1").Select(e => e.Kind).ToListAsync()))
            .Should().BeEquivalentTo([TemplateEventKind.Status, TemplateEventKind.Category]);
    }

    [Fact]
    public async Task Templates_are_read_again_by_themselves_within_the_hour()
    {
        _graph.Reading = context => PageAsync(context, [Item("by_itself")], 100);

        _host.Clock.Advance(TimeSpan.FromHours(1.1));

        await _host.TemplateAsync("by_itself", "en");
    }

    [Fact]
    public async Task A_template_with_parts_that_are_not_known_is_listed_greyed_with_why()
    {
        var item = Item("offer");
        item["components"]!.AsArray().Add(new JsonObject { ["type"] = "LIMITED_TIME_OFFER" });
        _graph.Reading = context => PageAsync(context, [item], 100);
        await SyncAsync();

        var list = await _host.Services.GetRequiredService<TemplateListQuery>().ForNumberAsync(_agent, 1, new Weflux.Domain.Contacts.Consent(), null, CancellationToken.None);

        list.Templates.Should().ContainSingle().Which.WhyNot.Should().Contain("a limited-time offer");
    }

    [Fact]
    public async Task A_request_during_a_reading_is_not_lost()
    {
        _graph.Reading = async context =>
        {
            await _host.ReadAsync(db => db.Set<TemplateAccount>().ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, _host.Clock.GetUtcNow())));
            await PageAsync(context, [Item("t_1")], 100);
        };
        await _host.Services.GetRequiredService<TemplateSync>().RunAsync(_agent.Workspace, Waba, CancellationToken.None);
        var dueAt = (await AccountAsync()).NextAt;

        dueAt.Should().BeOnOrBefore(_host.Clock.GetUtcNow() + TimeSpan.FromMinutes(6), "the next beat takes it, which moves it ahead by five minutes");
    }

    [Fact]
    public async Task A_reading_that_began_before_another_one_and_ends_after_it_changes_nothing()
    {
        var sync = _host.Services.GetRequiredService<TemplateSync>();
        var goOn = new TaskCompletionSource();
        var isFirst = true;
        _graph.Reading = async context =>
        {
            var items = isFirst ? [Item("old")] : new List<JsonObject> { Item("new") };
            if (isFirst)
            {
                isFirst = false;
                await goOn.Task;
            }

            await PageAsync(context, items, 100);
        };
        var slow = sync.RunAsync(_agent.Workspace, Waba, CancellationToken.None);
        await Eventually.BeAsync(() => Task.FromResult(!isFirst));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await sync.RunAsync(_agent.Workspace, Waba, CancellationToken.None);

        goOn.SetResult();
        await slow;

        (await NamesAsync()).Should().Equal("new");
    }

    [Fact]
    public async Task Who_clicks_again_while_Meta_asks_for_rest_does_not_ask_Meta_again()
    {
        var asked = 0;
        _graph.Reading = context =>
        {
            asked++;
            return GraphStub.RefuseAsync(context, 80008, 429);
        };

        (await SyncAsync()).Should().ContainSingle().Which.Should().Contain("slow down");
        (await SyncAsync()).Should().ContainSingle().Which.Should().Contain("slow down");

        asked.Should().Be(1);
    }

    [Theory]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book","flow_id":"7","flow_action":"navigate","navigate_screen":"FIRST"}]}""", "a Flow that begins on a screen")]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","text":"Copy"}]}""", "by one tap")]
    [InlineData("""{"type":"LIMITED_TIME_OFFER"}""", "a limited-time offer")]
    [InlineData("""{"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"A card"},{"type":"NEXT_YEARS_PART"}]}]}""", "next years part")]
    public async Task What_would_lose_parts_is_neither_edited_nor_copied(string part, string why)
    {
        var item = Item("with_more");
        item["components"]!.AsArray().Add(JsonNode.Parse(part));
        _graph.Reading = context => PageAsync(context, [item], 100);
        await SyncAsync();
        var row = await _host.ReadAsync(db => db.Set<StoredTemplate>().AsNoTracking().SingleAsync());
        var manager = await _host.ActorAsync("manager@demo.test");
        var form = TemplateForm.Of(Waba, row.Current);

        var edited = await _host.Services.GetRequiredService<EditTemplate>().ExecuteAsync(manager, row.Id, form.ToDraft());
        form.Name = "a_copy";
        var copied = await _host.Services.GetRequiredService<CreateTemplate>().ExecuteAsync(manager, Waba, form.ToDraft());

        edited.Refusal!.Words.Should().Contain(why);
        copied.Refusal!.Words.Should().Contain(why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_edit_of_codes_keeps_the_warning_as_it_is(bool warns)
    {
        var item = Item("sign_in");
        item["category"] = "AUTHENTICATION";
        item["components"]![0]!["add_security_recommendation"] = warns;
        _graph.Reading = context => PageAsync(context, [item], 100);
        await SyncAsync();

        var row = await _host.ReadAsync(db => db.Set<StoredTemplate>().AsNoTracking().SingleAsync());

        TemplateForm.Of(Waba, row.Current).ToDraft().Code!.WarnsNotToShare.Should().Be(warns);
    }

    private static JsonObject Item(string name) => new()
    {
        ["id"] = $"{Math.Abs((long)name.GetHashCode(StringComparison.Ordinal))}",
        ["name"] = name,
        ["language"] = "en",
        ["status"] = "APPROVED",
        ["category"] = "UTILITY",
        ["components"] = new JsonArray(new JsonObject { ["type"] = "BODY", ["text"] = "Hello" }),
    };

    private static Task PageAsync(HttpContext context, List<JsonObject> all, int size)
    {
        var from = int.TryParse(context.Request.Query["after"], out var at) ? at : 0;
        var page = all.Skip(from).Take(size).Select(i => i.DeepClone()).ToArray();
        var answer = new JsonObject
        {
            ["data"] = new JsonArray(page),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["after"] = $"{from + page.Length}" } },
        };
        if (from + page.Length < all.Count)
        {
            answer["paging"]!["next"] = "https://graph.example/next";
        }

        return context.Response.WriteAsJsonAsync(answer);
    }

    private async Task<IReadOnlyList<string>> SyncAsync()
    {
        // Clicks that follow each other at once are one.
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        return (await _host.Services.GetRequiredService<SyncTemplates>().ExecuteAsync(_agent, Waba))!;
    }

    private Task<List<string>> NamesAsync() => _host.ReadAsync(db => db.Set<StoredTemplate>().Select(t => t.Name).ToListAsync());

    private Task<TemplateAccount> AccountAsync() => _host.ReadAsync(db => db.Set<TemplateAccount>().AsNoTracking().SingleAsync());
}
