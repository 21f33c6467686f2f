using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Failures;
using Weflux.Web.Connections;

namespace Weflux.Tests.Journeys;

/// <summary>Messages that went wrong come back to whom they concern, with the way on.</summary>
public sealed class NotSentTests(Chromium chromium) : Journey(chromium)
{
    private static readonly BrowserNewContextOptions Handheld = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        IsMobile = true,
        HasTouch = true,
    };

    private GraphStub _graph = null!;

    protected override async Task PrepareAsync()
    {
        // Refuses what begins with a code.
        _graph = await GraphStub.StartAsync();
        _graph.Answer = FailuresWorld.AnswerAsync;
    }

    protected override void Configure(WefluxHostOptions options) => options.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString();

    protected override async Task CleanUpAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task An_agent_finds_what_went_wrong_by_cause_and_each_cause_has_its_way_on()
    {
        var agent = await BeginAsync();
        foreach (var text in new[] { "131000 Try me", "131026 Nobody there", "131047 Too late", "131009 Say it better", "131042 Who pays", "131049 An offer" })
        {
            await agent.SendAsync(text);
            await Expect(agent.Bubble(text)).ToHaveAttributeAsync("data-status", "failed");
        }

        var link = agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" });
        await Expect(link).ToContainTextAsync("6");
        await link.ClickAsync();

        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "Not sent" })).ToBeVisibleAsync();
        await Expect(Cause(agent, "Who pays")).ToContainTextAsync("Ask an Admin: Priya Nair.");
        await Expect(Cause(agent, "An offer")).ToContainTextAsync("Better after");
        await Expect(Button(agent, "An offer", "Send again now")).ToBeVisibleAsync();
        await Expect(Cause(agent, "Nobody there").GetByRole(AriaRole.Button)).ToHaveTextAsync(["Leave it"]);
        await Expect(Cause(agent, "Too late").GetByRole(AriaRole.Link, new() { Name = "Choose a template" })).ToBeVisibleAsync();
        await Cause(agent, "Nobody there").GetByText("What WhatsApp says").ClickAsync();
        await Expect(Cause(agent, "Nobody there")).ToContainTextAsync("Code 131026");

        await Button(agent, "Nobody there", "Leave it").ClickAsync();
        await Expect(Cause(agent, "Nobody there")).ToHaveCountAsync(0);

        _graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.again.{nth}");
        await Button(agent, "Try me", "Send again").ClickAsync();
        await Expect(Cause(agent, "Try me")).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "on its way to Asha Verma again" })).ToBeVisibleAsync();

        await Cause(agent, "Say it better").GetByRole(AriaRole.Link, new() { Name = "Write it anew" }).ClickAsync();
        await Expect(agent.Box).ToHaveValueAsync("131009 Say it better");
        await agent.SendAsync("Said better");
        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" })).ToContainTextAsync("3");
        await Assertions.Expect(agent.Page).ToHaveURLAsync(InboxAddress());
        await Expect(agent.Bubble("131009 Say it better").GetByRole(AriaRole.Button, new() { Name = "Leave it" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_template_is_chosen_in_place_of_a_message_that_came_too_late_and_in_the_thread_it_is_left()
    {
        var agent = await BeginAsync();
        await agent.SendAsync("131047 Too late");
        await agent.SendAsync("131026 Nobody there");
        await Expect(agent.Bubble("131026")).ToHaveAttributeAsync("data-status", "failed");
        await agent.Bubble("131026").GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await Expect(agent.Bubble("131026").GetByRole(AriaRole.Button, new() { Name = "Leave it" })).ToHaveCountAsync(0);
        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" })).ToContainTextAsync("1");

        await agent.Page.GotoAsync("/w/demo/failed");
        await Cause(agent, "Too late").GetByRole(AriaRole.Link, new() { Name = "Choose a template" }).ClickAsync();

        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page).ToHaveURLAsync(InboxAddress());
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_should_wait_goes_out_again_at_a_time_and_the_thread_says_so()
    {
        var agent = await BeginAsync();
        await agent.SendAsync("131049 An offer");
        await Expect(agent.Bubble("An offer")).ToHaveAttributeAsync("data-status", "failed");
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" }).ClickAsync();
        await Cause(agent, "An offer").GetByRole(AriaRole.Link, new() { Name = "Send at …" }).ClickAsync();
        var dialog = agent.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("131049 An offer");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Schedule" }).ClickAsync();

        await Expect(agent.Page.Locator("[data-scheduled]")).ToContainTextAsync("131049 An offer");
        await Expect(agent.Page.Locator(".bubble").Filter(new() { HasText = "It is planned to go out again" })).ToBeVisibleAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_manager_sees_everybodys_sends_all_of_a_cause_again_and_hears_when_everything_went_out()
    {
        var agent = await BeginAsync();
        await agent.SendAsync("131000 First");
        await agent.SendAsync("131000 Second");
        await Expect(agent.Bubble("131000 Second")).ToHaveAttributeAsync("data-status", "failed");
        var manager = await SignInAsync(Manager);
        await manager.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" }).ClickAsync();
        var lanes = manager.Page.GetByRole(AriaRole.Navigation, new() { Name = "Whose messages" });
        await lanes.GetByRole(AriaRole.Link, new() { Name = "Mine" }).ClickAsync();
        await Expect(manager.Page.GetByText("None of your own messages waits for you.")).ToBeVisibleAsync();
        await lanes.GetByRole(AriaRole.Link, new() { Name = "Everybody's" }).ClickAsync();
        await Expect(Cause(manager, "131000 First")).ToContainTextAsync("2 messages");

        _graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.again.{nth}");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Send all again" }).ClickAsync();
        await Expect(manager.Page.GetByText("Send 2 messages again?")).ToBeVisibleAsync();
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(manager.Page.GetByText("2 messages are on their way again.")).ToBeVisibleAsync();
        await Expect(manager.Page.GetByText("Everything went out.")).ToBeVisibleAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" })).ToHaveCountAsync(0);

        _graph.Answer = FailuresWorld.AnswerAsync;
        await agent.SendAsync("131000 Third");
        await Expect(Cause(manager, "131000 Third")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_wide_screen_the_words_of_the_empty_page_stand_in_the_middle()
    {
        var agent = await SignInAsync(Agent, options: new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await agent.Page.GotoAsync("/w/demo/failed");
        await Expect(agent.Page.GetByText("Everything went out.")).ToBeVisibleAsync();

        (await agent.Page.EvaluateAsync<double>(
            """
            () => {
              const [lead, card] = [".none .set-lead", ".none"].map(place => document.querySelector(place).getBoundingClientRect());
              return Math.abs((lead.left + lead.right) / 2 - (card.left + card.right) / 2);
            }
            """)).Should().BeLessThan(1);
    }

    [Fact]
    public async Task On_a_phone_nothing_scrolls_sideways_and_every_button_can_be_hit()
    {
        var agent = await BeginAsync();
        foreach (var text in new[] { "131000 " + new string('x', 300), "131000 two", "131042 Who pays", "131047 Too late", "131009 " + new string('y', 200) })
        {
            await agent.SendAsync(text);
        }

        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" })).ToContainTextAsync("5");
        var phone = await SignInAsync(Agent, options: Handheld);
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Not sent" }).TapAsync();
        await Expect(Cause(phone, "Who pays")).ToBeVisibleAsync();

        (await phone.Page.EvaluateAsync<int>("() => document.querySelector('.failures').scrollWidth - document.querySelector('.failures').clientWidth")).Should().BeLessThanOrEqualTo(0);
        foreach (var target in await phone.Page.Locator(".failures").Locator("a, button, summary").AllAsync())
        {
            (await target.BoundingBoxAsync())!.Height.Should().BeGreaterThanOrEqualTo(32);
        }

        foreach (var target in await phone.Page.Locator(".failures .row").Locator("a, button").AllAsync())
        {
            (await target.BoundingBoxAsync())!.Height.Should().BeGreaterThanOrEqualTo(44);
        }
    }

    private static Regex InboxAddress() => new("/w/demo/inbox/[0-9]+$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static ILocator Cause(InboxScreen screen, string text) => screen.Page.Locator("section.cause").Filter(new() { HasText = text });

    private static ILocator Button(InboxScreen screen, string text, string name) =>
        Cause(screen, text).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A customer wrote, and an Agent has the conversation open.</summary>
    private async Task<InboxScreen> BeginAsync()
    {
        await CustomerSaysAsync("asha", "Hello");
        await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        return agent;
    }
}
