using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Audit;
using Weflux.Web.Sending;
using Weflux.Web.Start;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Members;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Team;

public sealed class MembersTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private Actor _admin = null!;
    private Actor _manager = null!;
    private Actor _agent = null!;
    private Actor _second = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        (_admin, _manager) = (await _host.ActorAsync("admin@demo.test"), await _host.ActorAsync("manager@demo.test"));
        (_agent, _second) = (await _host.ActorAsync(), await _host.ActorAsync("agent2@demo.test"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_changed_role_counts_at_the_next_action_and_is_on_record_with_before_and_after()
    {
        (await The<ChangeRole>().ExecuteAsync(_admin, _agent.User, Role.Manager)).Should().Be(RosterAnswer.Yes);

        (await _host.ActorAsync()).Role.Should().Be(Role.Manager);
        var entry = (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(Action: AuditActions.RoleChanged), null))!.Lines.Single();
        entry.Subject.Should().Be("Meera Shah");
        entry.Facts.Should().Equal(new AuditFact("Role", "Agent", "Manager"));
    }

    [Fact]
    public async Task Two_Admins_who_demote_each_other_at_once_leave_one_of_them()
    {
        for (var round = 0; round < 5; round++)
        {
            await The<ChangeRole>().ExecuteAsync(_admin, _manager.User, Role.Admin);
            var other = _manager with { Role = Role.Admin };
            var answers = await Task.WhenAll(
                The<ChangeRole>().ExecuteAsync(_admin, other.User, Role.Agent), The<ChangeRole>().ExecuteAsync(other, _admin.User, Role.Agent));

            answers.Should().BeEquivalentTo([RosterAnswer.Yes, RosterAnswer.NotAllowed]);
            var admins = await _host.ReadAsync(db => db.Set<Membership>().Where(m => m.Role == Role.Admin && m.IsActive).ToListAsync());
            admins.Should().ContainSingle();
            await _host.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == _admin.User).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Admin)));
        }
    }

    [Fact]
    public async Task Two_Admins_who_leave_at_once_leave_one_of_them()
    {
        await The<ChangeRole>().ExecuteAsync(_admin, _manager.User, Role.Admin);
        var answers = await Task.WhenAll(The<LeaveWorkspace>().ExecuteAsync(_admin), The<LeaveWorkspace>().ExecuteAsync(_manager with { Role = Role.Admin }));
        answers.Should().BeEquivalentTo([RosterAnswer.Yes, RosterAnswer.LastAdmin]);
    }

    [Fact]
    public async Task The_last_Admin_cannot_leave_and_an_Agent_can()
    {
        (await The<LeaveWorkspace>().ExecuteAsync(_admin)).Should().Be(RosterAnswer.LastAdmin);
        (await The<LeaveWorkspace>().ExecuteAsync(_agent)).Should().Be(RosterAnswer.Yes);
        (await The<Actors>().FindAsync(_agent.User, "demo", default)).Should().BeNull();
        (await The<LeaveWorkspace>().ExecuteAsync(_agent)).Should().Be(RosterAnswer.NoSuchMember);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_removed_member_holds_goes_to_whom_the_Admin_chose_or_to_nobody(bool hasHeir)
    {
        var (open, closed) = await HoldAsync();
        UserId? heir = hasHeir ? _second.User : null;
        (await The<RemoveMember>().ExecuteAsync(_admin, _agent.User, heir)).Should().Be(RosterAnswer.Yes);

        var now = await _host.ConversationsAsync();
        now.Single(c => c.Id == open).AssigneeId.Should().Be(heir);
        now.Single(c => c.Id == closed).AssigneeId.Should().BeNull("when that customer writes again, everybody sees it");
        (await The<Actors>().FindAsync(_agent.User, "demo", default)).Should().BeNull();
        var line = (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(Action: AuditActions.MemberRemoved), null))!.Lines.Single();
        line.Facts.Should().Contain(new AuditFact("Conversations handed over", null, "1")).And.Contain(new AuditFact("To", null, hasHeir ? "Lucas Ferreira" : "Nobody"));
    }

    [Fact]
    public async Task A_deactivated_member_is_out_keeps_the_place_and_comes_back_in_the_same_role()
    {
        var (open, _) = await HoldAsync();
        (await The<DeactivateMember>().ExecuteAsync(_admin, _agent.User, null)).Should().Be(RosterAnswer.Yes);
        (await The<Actors>().FindAsync(_agent.User, "demo", default)).Should().BeNull();
        (await _host.ConversationsAsync()).Single(c => c.Id == open).AssigneeId.Should().BeNull();
        (await The<PeopleQuery>().GetAsync(_admin))!.Members.Single(m => m.User == _agent.User).IsActive.Should().BeFalse();

        (await The<ReactivateMember>().ExecuteAsync(_admin, _agent.User)).Should().Be(RosterAnswer.Yes);
        (await _host.ActorAsync()).Role.Should().Be(Role.Agent);
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("deactivate")]
    [InlineData("demote")]
    [InlineData("leave")]
    public async Task Who_is_no_Admin_any_more_leaves_no_open_invitation_behind(string how)
    {
        await The<ChangeRole>().ExecuteAsync(_admin, _manager.User, Role.Admin);
        var daniel = await _host.ActorAsync("manager@demo.test");
        (await The<InviteMember>().ExecuteAsync(daniel, "accomplice@example.com", Role.Admin)).Outcome.Should().Be(InviteOutcome.Invited);
        var token = (await The<InviteMember>().ExecuteAsync(daniel, null, Role.Admin)).Link!.Segments[^1];
        (await The<InviteMember>().ExecuteAsync(_admin, "friend@example.com", Role.Agent)).Outcome.Should().Be(InviteOutcome.Invited);

        var (answer, action) = how switch
        {
            "remove" => (await The<RemoveMember>().ExecuteAsync(_admin, daniel.User, null), AuditActions.MemberRemoved),
            "deactivate" => (await The<DeactivateMember>().ExecuteAsync(_admin, daniel.User, null), AuditActions.MemberDeactivated),
            "demote" => (await The<ChangeRole>().ExecuteAsync(_admin, daniel.User, Role.Manager), AuditActions.RoleChanged),
            _ => (await The<LeaveWorkspace>().ExecuteAsync(daniel), AuditActions.MemberLeft),
        };

        answer.Should().Be(RosterAnswer.Yes);
        (await The<PeopleQuery>().GetAsync(_admin))!.Open.Select(i => i.Email).Should().Equal("friend@example.com");
        var stranger = (await _host.ActorAsync("agent@demo-two.test", "demo-two")).User;
        (await The<AcceptInvitation>().ExecuteAsync(stranger, token, null)).Outcome.Should().Be(AcceptOutcome.Revoked);
        var line = (await The<AuditQuery>().GetAsync(_admin, new AuditFilter(Action: action), null))!.Lines[0];
        line.Facts.Should().Contain(new AuditFact("Invitations revoked", null, "accomplice@example.com, Whoever has the link"));
    }

    [Fact]
    public async Task Who_lost_the_role_since_being_looked_up_changes_nothing()
    {
        await The<ChangeRole>().ExecuteAsync(_admin, _manager.User, Role.Admin);
        var daniel = await _host.ActorAsync("manager@demo.test");
        var invitation = (await The<PeopleQuery>().GetAsync(_admin))!.Open.Count;
        await The<InviteMember>().ExecuteAsync(_admin, null, Role.Agent);
        var id = (await The<PeopleQuery>().GetAsync(_admin))!.Open[0].Id;
        await The<ChangeRole>().ExecuteAsync(_admin, daniel.User, Role.Agent);

        // As one looked up a moment ago, before the role was taken away.
        daniel.Role.Should().Be(Role.Admin);
        (await The<InviteMember>().ExecuteAsync(daniel, null, Role.Admin)).Outcome.Should().Be(InviteOutcome.NotAllowed);
        (await The<RevokeInvitation>().ExecuteAsync(daniel, id)).Should().BeFalse();
        (await The<ShowInvitationLink>().ExecuteAsync(daniel, id)).Should().BeNull();
        (await The<ExportWorkspace>().ExecuteAsync(daniel, "Because")).Outcome.Should().Be(ExportOutcome.NotAllowed);
        (await The<IssueResetLink>().ExecuteAsync(daniel, _agent.User, default)).Should().BeOfType<IssuedResetLink.NotFound>();
        (await The<TakeTrialNumber>().ExecuteAsync(daniel)).Should().Be(TrialOutcome.NotAllowed);
        (await The<ChangeSlug>().ExecuteAsync(daniel, "mine-now")).Outcome.Should().Be(SlugOutcome.NotAllowed);
        (await The<DemandTwoFactor>().ExecuteAsync(daniel, isDemanded: true)).Should().Be(SettingsOutcome.NotAllowed);
        (await The<SetLegalProfile>().ExecuteAsync(daniel, LegalProfile.India)).Should().Be(SettingsOutcome.NotAllowed);
        (await The<AskForDeletion>().ExecuteAsync(daniel, "Chai & Co.")).Outcome.Should().Be(DeletionOutcome.NotAllowed);
        (await The<PeopleQuery>().GetAsync(_admin))!.Open.Should().HaveCount(invitation + 1);
    }

    [Fact]
    public async Task Every_open_invitation_is_listed_however_many_came_and_went_since()
    {
        await The<InviteMember>().ExecuteAsync(_admin, "first@example.com", Role.Admin);
        var revoke = The<RevokeInvitation>();
        for (var i = 0; i < 221; i++)
        {
            await The<InviteMember>().ExecuteAsync(_admin, null, Role.Agent);
            (await revoke.ExecuteAsync(_admin, (await The<PeopleQuery>().GetAsync(_admin))!.Open[0].Id)).Should().BeTrue();
        }

        var view = (await The<PeopleQuery>().GetAsync(_admin))!;
        view.Open.Single().Email.Should().Be("first@example.com");
        view.Past.Should().HaveCount(20);
    }

    [Fact]
    public async Task Ids_of_another_workspace_are_nothing()
    {
        var theirs = (await _host.ActorAsync("agent@demo-two.test", "demo-two")).User;
        (await The<ChangeRole>().ExecuteAsync(_admin, theirs, Role.Admin)).Should().Be(RosterAnswer.NoSuchMember);
        (await The<DeactivateMember>().ExecuteAsync(_admin, theirs, null)).Should().Be(RosterAnswer.NoSuchMember);
        (await The<RemoveMember>().ExecuteAsync(_admin, theirs, null)).Should().Be(RosterAnswer.NoSuchMember);
        (await The<RemoveMember>().ExecuteAsync(_admin, _agent.User, theirs)).Should().Be(RosterAnswer.NoSuchHeir);
        (await The<Actors>().FindAsync(_agent.User, "demo", default)).Should().NotBeNull();
    }

    [Fact]
    public async Task The_list_says_who_is_there_as_what_when_last_and_with_how_much_in_hand()
    {
        await HoldAsync();
        The<LastSeen>().Note(_agent);
        await The<LastSeen>().WriteAsync(default);

        var meera = (await The<PeopleQuery>().GetAsync(_admin))!.Members.Single(m => m.User == _agent.User);
        meera.Should().BeEquivalentTo(new { Name = "Meera Shah", Email = "agent@demo.test", Role = Role.Agent, IsActive = true, OpenConversations = 1 });
        meera.LastSeenAt.Should().BeCloseTo(_host.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));
        (await The<PeopleQuery>().GetAsync(_manager)).Should().BeNull();
    }

    /// <summary>An open and a closed conversation in the Agent's hands.</summary>
    private async Task<(long Open, long Closed)> HoldAsync()
    {
        using var client = _host.NewClient();
        var webhooks = new MetaWebhooks(client);
        await webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.open", "919800000001", "Hello", _host.Clock.GetUtcNow()));
        await webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.closed", "919800000002", "Hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        var ids = (await _host.ConversationsAsync()).ConvertAll(c => c.Id);
        foreach (var id in ids)
        {
            (await The<SendReply>().ExecuteAsync(_agent, id, new TextContent("Hi"), Guid.CreateVersion7()))!.Decision.IsAllowed.Should().BeTrue();
        }

        await _host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == ids[1])
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConversationState.Closed)));
        return (ids[0], ids[1]);
    }

    private T The<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
