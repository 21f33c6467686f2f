using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Team;

public sealed class SettingsTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private Actor _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _admin = await _host.ActorAsync("admin@demo.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_changed_address_leads_members_from_the_old_one_to_the_new_one_and_nobody_else()
    {
        (await The<ChangeSlug>().ExecuteAsync(_admin, " Chai-House ")).Should().Be(new SlugAnswer(SlugOutcome.Saved, Slug: "chai-house"));

        using var member = await _host.SignInAsync("agent@demo.test");
        using var answer = await member.GetAsync("/w/demo/inbox/5?order=newest");
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Be("/w/chai-house/inbox/5?order=newest");
        (await member.GetAsync("/w/chai-house/inbox")).StatusCode.Should().Be(HttpStatusCode.OK);
        using var stranger = await _host.SignInAsync("admin@demo-two.test");
        (await stranger.GetAsync("/w/demo/inbox")).StatusCode.Should().Be(HttpStatusCode.OK, "the same shell as for an address that nobody ever had");
        using var nobody = _host.NewClient();
        (await nobody.GetAsync("/w/demo/inbox")).Headers.Location!.ToString().Should().StartWith("/sign-in");

        var actors = The<Actors>();
        (await actors.FindAsync(_admin.User, "demo", default)).Should().BeEquivalentTo(await actors.FindAsync(_admin.User, "chai-house", default), "tabs that are open go on");
        (await actors.FindMovedAsync((await _host.ActorAsync("admin@demo-two.test", "demo-two")).User, "demo", default)).Should().BeNull();
    }

    [Fact]
    public async Task A_former_address_stays_the_workspaces_own_and_can_be_taken_back()
    {
        await The<ChangeSlug>().ExecuteAsync(_admin, "first-address");
        await The<ChangeSlug>().ExecuteAsync(_admin, "second-address");
        var other = await _host.ActorAsync("admin@demo-two.test", "demo-two");
        (await The<ChangeSlug>().ExecuteAsync(other, "first-address")).Outcome.Should().Be(SlugOutcome.Taken);
        (await The<ChangeSlug>().ExecuteAsync(other, "second-address")).Outcome.Should().Be(SlugOutcome.Taken);
        (await The<ChangeSlug>().LookAsync(other, "second-address")).Outcome.Should().Be(SlugOutcome.Taken);

        (await The<ChangeSlug>().ExecuteAsync(_admin, "first-address")).Outcome.Should().Be(SlugOutcome.Saved);
        (await The<WorkspaceSettingsQuery>().GetAsync(_admin))!.FormerSlugs.Should().BeEquivalentTo("second-address", "demo");
    }

    [Fact]
    public async Task Two_workspaces_that_take_one_address_at_once_do_not_both_get_it()
    {
        var other = await _host.ActorAsync("admin@demo-two.test", "demo-two");
        var answers = await Task.WhenAll(The<ChangeSlug>().ExecuteAsync(_admin, "the-same"), The<ChangeSlug>().ExecuteAsync(other, "the-same"));
        answers.Select(a => a.Outcome).Should().BeEquivalentTo([SlugOutcome.Saved, SlugOutcome.Taken]);
    }

    [Theory]
    [InlineData("ab", SlugFault.TooShort)]
    [InlineData("admin", SlugFault.Reserved)]
    [InlineData("chai house", SlugFault.OtherCharacters)]
    [InlineData("-chai", SlugFault.StrayHyphen)]
    [InlineData(null, SlugFault.TooShort)]
    public async Task An_address_that_is_none_is_refused_with_a_sentence_of_its_own(string? text, SlugFault fault)
    {
        (await The<ChangeSlug>().ExecuteAsync(_admin, text)).Should().Be(new SlugAnswer(SlugOutcome.Invalid, fault));
        SettingsWords.Of(fault).Should().EndWith(".");
    }

    [Fact]
    public void Every_fault_has_a_sentence_of_its_own()
    {
        Enum.GetValues<SlugFault>().Where(f => f != SlugFault.None).Select(SettingsWords.Of).Should().OnlyHaveUniqueItems();
        Enum.GetValues<HoursFault>().Where(f => f != HoursFault.None).Select(SettingsWords.Of).Should().OnlyHaveUniqueItems();
        Enum.GetValues<RosterAnswer>().Where(a => a != RosterAnswer.Yes).Select(Weflux.Web.Team.Members.RoleWords.Of).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Name_clock_and_languages_are_saved_together_and_are_on_record()
    {
        (await The<ChangeWorkspaceProfile>().ExecuteAsync(_admin, " Chai House ", "Asia/Kolkata", ["ta", "en"])).Should().Be(SettingsOutcome.Saved);
        var settings = (await The<WorkspaceSettingsQuery>().GetAsync(_admin))!;
        (settings.Name, settings.TimeZone).Should().Be(("Chai House", "Asia/Kolkata"));
        settings.Languages.Should().Equal("en", "ta");
        var line = (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(), null))!.Lines[0];
        line.Facts.Should().Contain(new AuditFact("Time zone", "UTC", "Asia/Kolkata")).And.Contain(new AuditFact("Name", "Chai & Co.", "Chai House"));

        await The<ChangeWorkspaceProfile>().ExecuteAsync(_admin, "Chai House", "Asia/Kolkata", ["en", "ta"]);
        (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(), null))!.Lines[0].Number.Should().Be(line.Number, "nothing was changed");
    }

    [Theory]
    [InlineData("", "UTC", "en")]
    [InlineData("\u200b", "UTC", "en")]
    [InlineData("Chai", "Mars/Olympus", "en")]
    [InlineData("Chai", "UTC", "xx")]
    public async Task A_name_a_zone_or_a_language_that_is_none_is_refused(string name, string zone, string language) =>
        (await The<ChangeWorkspaceProfile>().ExecuteAsync(_admin, name, zone, [language])).Should().Be(SettingsOutcome.Invalid);

    [Fact]
    public async Task Hours_are_kept_as_they_were_entered_and_wrong_ones_change_nothing()
    {
        OpenRange[] ranges = [new(DayOfWeek.Monday, 540, 780), new(DayOfWeek.Monday, 840, 1080), new(DayOfWeek.Sunday, 0, 1440)];
        (await The<SetBusinessHours>().ExecuteAsync(_admin, ranges)).Outcome.Should().Be(SettingsOutcome.Saved);
        (await The<SetBusinessHours>().ExecuteAsync(_admin, [new(DayOfWeek.Monday, 540, 540)])).Fault.Should().Be(HoursFault.EndsBeforeItBegins);
        (await The<WorkspaceSettingsQuery>().GetAsync(_admin))!.OpenRanges.Should().Equal(ranges);
        (await The<SetBusinessHours>().ExecuteAsync(_admin, null)).Outcome.Should().Be(SettingsOutcome.Saved);
        (await The<WorkspaceSettingsQuery>().GetAsync(_admin))!.OpenRanges.Should().BeNull();
    }

    [Theory]
    [InlineData("09:00", 540)]
    [InlineData("9:05", 545)]
    [InlineData("24:00", 1440)]
    [InlineData("25:00", null)]
    [InlineData("09:60", null)]
    [InlineData("noon", null)]
    [InlineData("", null)]
    public void A_time_is_read_as_the_wall_shows_it(string text, int? minutes) => SettingsWords.Minutes(text).Should().Be(minutes);

    [Fact]
    public async Task What_Agents_see_reaches_their_open_inboxes_at_once()
    {
        var listener = await Listener.OpenAsync(_host, "agent@demo.test");
        await using var feed = listener.Feed;
        var before = listener.News.Count;
        (await The<ChangeAgentAccess>().ExecuteAsync(_admin, new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: false, MayReveal: true))).Should().Be(SettingsOutcome.Saved);

        await Eventually.BeAsync(() => Task.FromResult(listener.News.Skip(before).Any(n => n.ReadAgain)));
        var agent = await _host.ActorAsync();
        agent.May(Permission.SeeAllConversations).Should().BeTrue();
        agent.May(Permission.SeePhoneNumbers).Should().BeTrue();
    }

    [Fact]
    public async Task What_customers_wrote_can_be_kept_out_of_notices_by_an_Admin_alone_and_that_is_on_record()
    {
        (await The<ForbidNoticeText>().ExecuteAsync(await _host.ActorAsync("manager@demo.test"), isForbidden: true)).Should().Be(SettingsOutcome.NotAllowed);
        (await The<ForbidNoticeText>().ExecuteAsync(_admin, isForbidden: true)).Should().Be(SettingsOutcome.Saved);
        (await The<WorkspaceSettingsQuery>().GetAsync(_admin))!.ForbidsNoticeText.Should().BeTrue();
        (await The<ForbidNoticeText>().ExecuteAsync(_admin, isForbidden: true)).Should().Be(SettingsOutcome.Saved);
        (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(Action: AuditActions.NoticesChanged), null))!.Lines.Should().ContainSingle("the second time changed nothing");
    }

    [Fact]
    public async Task A_second_step_is_demanded_of_everybody_and_that_is_on_record()
    {
        (await The<DemandTwoFactor>().ExecuteAsync(_admin, isDemanded: true)).Should().Be(SettingsOutcome.NeedsOwnSecondFactor);
        (await _host.ReadAsync(db => db.Set<Workspace>().SingleAsync(w => w.Id == _admin.Workspace))).RequiresTwoFactor.Should().BeFalse();

        var me = _admin.User.Value;
        await _host.ReadAsync(db => db.Set<WefluxUser>().Where(u => u.Id == me).ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true)));
        (await The<DemandTwoFactor>().ExecuteAsync(_admin, isDemanded: true)).Should().Be(SettingsOutcome.Saved);
        (await _host.ReadAsync(db => db.Set<Workspace>().SingleAsync(w => w.Id == _admin.Workspace))).RequiresTwoFactor.Should().BeTrue();
        (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(Action: AuditActions.TwoFactorDemanded), null))!.Lines.Should().ContainSingle();
    }

    [Fact]
    public async Task A_slug_is_taken_by_whoever_has_or_had_it()
    {
        await The<ChangeSlug>().ExecuteAsync(_admin, "first-address");
        WorkspaceSlug.Read("first-address", out var slug);
        await using var db = The<WefluxDatabase>().OpenForSystem();
        (await db.IsSlugTakenAsync(slug, except: null, default)).Should().BeTrue();
        (await db.IsSlugTakenAsync(slug, _admin.Workspace, default)).Should().BeFalse();
    }

    private T The<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
