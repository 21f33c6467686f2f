using Bunit;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

public sealed class ComposerTests
{
    public static TheoryData<SendDecision, string> Closed => new()
    {
        { new OptedOut(Rows.Noon, OptOutReason.AllStopped), "Asha asked for silence on 4 May 2026." },
        { new Restricted(IsBlocked: true), "Asha is blocked." },
        { new Restricted(IsBlocked: false), "asked that their data is not used" },
        { new ConnectionNotReady(ConnectionState.Broken), "Tell an admin" },
        { new ConnectionNotReady(ConnectionState.Paused), "This number is paused." },
        { new NotPermitted(), "You may not reply here." },
    };

    [Fact]
    public async Task An_open_window_shows_a_box_and_nothing_else()
    {
        await using var world = await InboxWorld.OpenAsync();

        var composer = Composer(world, Rows.Head());

        composer.Find(".composer").GetAttribute("data-window").Should().Be("open");
        composer.Find("textarea").HasAttribute("readonly").Should().BeFalse();
        composer.FindAll(".state").Should().BeEmpty();
    }

    [Fact]
    public async Task Somebody_who_asked_for_silence_and_wrote_again_may_be_answered_with_a_mark()
    {
        await using var world = await InboxWorld.OpenAsync();

        var composer = Composer(world, Rows.Head(new Allowed(IsMarked: true)));

        composer.Find(".state").TextContent.Should().Contain("asked for silence").And.Contain("wrote again");
        composer.Find("textarea").HasAttribute("readonly").Should().BeFalse();
    }

    [Fact]
    public async Task A_closed_window_offers_templates()
    {
        await using var world = await InboxWorld.OpenAsync();

        var composer = Composer(world, Rows.Head(new NeedsTemplate(Rows.Noon), Rows.Noon));

        composer.Find(".composer").GetAttribute("data-window").Should().Be("closed");
        composer.Find(".choose").TextContent.Should().Be("Choose a template");
        composer.Find(".kept").TextContent.Should().Be("Your text is kept:");
    }

    [Theory]
    [MemberData(nameof(Closed), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_forbids_a_reply_says_why_and_offers_no_template(SendDecision decision, string words)
    {
        await using var world = await InboxWorld.OpenAsync();

        var composer = Composer(world, Rows.Head(decision));

        composer.Find(".state").TextContent.Should().Contain(words);
        composer.Find("textarea").HasAttribute("readonly").Should().BeTrue();
        composer.FindAll(".choose").Should().BeEmpty();
        composer.Find("[data-send]").HasAttribute("hidden").Should().BeTrue();
    }

    [Fact]
    public async Task A_refusal_keeps_the_text_and_says_why()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var composer = Composer(world, Rows.Head() with { ConversationId = asha.Id });
        await world.EditAsync(db => db.Set<Connection>().AcrossWorkspaces().ExecuteUpdateAsync(s => s.SetProperty(c => c.State, ConnectionState.Broken)));
        var draft = Guid.NewGuid();

        var outcome = await composer.InvokeAsync(() => composer.Instance.SendAsync("On its way", draft));

        outcome.Should().Be(new SendOutcome(IsSent: false, draft));
        composer.Find("[role=alert]").TextContent.Should().Contain("WhatsApp does not accept this number");
    }

    [Fact]
    public async Task A_refusal_that_stands_there_already_is_not_said_twice()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var composer = Composer(world, Rows.Head(new NeedsTemplate(null)) with { ConversationId = asha.Id });

        await composer.InvokeAsync(() => composer.Instance.SendAsync("On its way", Guid.NewGuid()));

        composer.Find(".state").TextContent.Should().Contain("has not written to this number yet");
        composer.FindAll(".refusal:not([hidden])").Should().BeEmpty();
    }

    [Fact]
    public async Task A_double_click_makes_one_message_and_the_next_text_a_new_draft()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var composer = Composer(world, Rows.Head() with { ConversationId = asha.Id });
        var draft = Guid.NewGuid();

        var first = await composer.InvokeAsync(() => composer.Instance.SendAsync("On its way", draft));
        var second = await composer.InvokeAsync(() => composer.Instance.SendAsync("On its way", draft));

        (first.IsSent, second.IsSent).Should().Be((true, true));
        first.DraftId.Should().NotBe(draft);
        (await world.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Direction == MessageDirection.Out))).Should().Be(1);
        (await composer.InvokeAsync(() => composer.Instance.WasSentAsync(draft))).Should().BeTrue();
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_in_words()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var composer = Composer(world, Rows.Head() with { ConversationId = asha.Id });

        await composer.InvokeAsync(() => composer.Instance.SendAsync(new string('x', TextContent.MaxLength + 12), Guid.NewGuid()));

        composer.Find("[role=alert]").TextContent.Should().Contain("12 characters too long");
    }

    [Fact]
    public async Task What_is_typed_is_kept_by_the_server()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var composer = Composer(world, Rows.Head() with { ConversationId = asha.Id });
        var draft = Guid.NewGuid();

        (await composer.InvokeAsync(() => composer.Instance.SaveAsync("I will lo", draft))).Should().BeTrue();

        var kept = await world.ReadAsync(db => db.Set<Draft>().SingleAsync());
        (kept.Text, kept.DraftId).Should().Be(("I will lo", draft));
        (await composer.InvokeAsync(() => composer.Instance.SaveAsync(new string('x', SaveDraft.MaxLength + 1), draft))).Should().BeFalse();
    }

    [Fact]
    public async Task The_script_learns_where_to_keep_what_and_for_whom()
    {
        await using var world = await InboxWorld.OpenAsync();
        var module = world.JSInterop.SetupModule("./Inbox/Composer.razor.js");
        module.Mode = JSRuntimeMode.Loose;

        Composer(world, Rows.Head(), new DraftView(Guid.NewGuid(), "Half a sen"));

        var options = module.VerifyInvoke("enter").Arguments[2];
        options.Should().BeEquivalentTo(new { key = $"weflux-draft-{world.Me.User}-1", text = "Half a sen", max = 4096 });
    }

    private static IRenderedComponent<Composer> Composer(InboxWorld world, ThreadHead head, DraftView? draft = null) =>
        world.Render<Composer>(p => p.Add(c => c.Workspace, InboxWorld.Slug).Add(c => c.Head, head).Add(c => c.Draft, draft ?? new DraftView(Guid.NewGuid(), "")));
}
