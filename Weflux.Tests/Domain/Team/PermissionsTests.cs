using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class PermissionsTests
{
    /// <summary>The matrix as people read it: who may, without settings of the workspace.</summary>
    public static TheoryData<Permission, bool, bool, bool> Matrix => new()
    {
        { Permission.WorkConversations, true, true, true },
        { Permission.SendMessages, true, true, true },
        { Permission.TakeUnassigned, true, true, true },
        { Permission.UploadFiles, true, true, true },
        { Permission.EditContacts, true, true, true },
        { Permission.SeeTemplates, true, true, true },
        { Permission.SendTemplates, true, true, true },
        { Permission.SeeAllConversations, false, true, true },
        { Permission.ReadAllMessages, false, true, true },
        { Permission.SeeAllContacts, false, true, true },
        { Permission.AssignToOthers, false, true, true },
        { Permission.ArrangeTeams, false, true, true },
        { Permission.WatchFloor, false, true, true },
        { Permission.SeePhoneNumbers, false, true, true },
        { Permission.RevealPhoneNumber, false, true, true },
        { Permission.CurateContacts, false, true, true },
        { Permission.EditSharedReplies, false, true, true },
        { Permission.EditLabels, false, true, true },
        { Permission.ShareViews, false, true, true },
        { Permission.EditTemplates, false, true, true },
        { Permission.ExportData, false, true, true },
        { Permission.ManageConnections, false, false, true },
        { Permission.SeeDeliveries, false, false, true },
        { Permission.ReplayDeliveries, false, false, true },
        { Permission.ManagePeople, false, false, true },
        { Permission.ManagePrivacy, false, false, true },
        { Permission.ManageApiKeys, false, false, true },
        { Permission.ManageWebhooks, false, false, true },
        { Permission.SeeEvents, false, false, true },
        { Permission.ReplayEvents, false, false, true },
        { Permission.ReadAuditLog, false, false, true },
        { Permission.ManageWorkspace, false, false, true },
    };

    public static TheoryData<Permission> Every => [.. Enum.GetValues<Permission>()];

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Roles_may_what_the_matrix_says(Permission permission, bool agent, bool manager, bool admin)
    {
        Permissions.Allow(Role.Agent, permission).Should().Be(agent);
        Permissions.Allow(Role.Manager, permission).Should().Be(manager);
        Permissions.Allow(Role.Admin, permission).Should().Be(admin);
    }

    [Fact]
    public void Matrix_has_a_row_for_every_permission() =>
        Matrix.Select(row => row.Data.Item1).Should().BeEquivalentTo(Enum.GetValues<Permission>());

    [Theory]
    [MemberData(nameof(Every))]
    public void Unknown_role_may_nothing(Permission permission)
    {
        var everything = new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: false, MayReveal: true);
        foreach (var role in new[] { (Role)0, (Role)4, (Role)(-1), (Role)int.MaxValue })
        {
            Permissions.Allow(role, permission).Should().BeFalse();
            new Actor(Given.Workspace, Given.Asha, "Asha", role, everything).May(permission).Should().BeFalse();
        }
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Admin)]
    public void Unknown_permission_is_nobodys(Role role) => Permissions.Allow(role, (Permission)999).Should().BeFalse();
}
