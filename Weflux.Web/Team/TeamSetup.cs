using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Members;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Team;

public static class TeamSetup
{
    public static IServiceCollection AddTeam(this IServiceCollection services) =>
        services.AddSingleton<Actors>().AddScoped<CurrentActor>().AddMembers().AddInvitations().AddSettings().AddDeletion();

    public static void UseTeam(this WebApplication app) => app.Use(TeamEndpoints.FollowAsync);

    public static void MapTeam(this WebApplication app) =>
        app.MapGet("/w/{workspace}/settings/export/{ticket}", TeamEndpoints.ExportAsync).RequireAuthorization();

    private static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<PeopleQuery>()
        .AddSingleton<MemberEdits>()
        .AddSingleton<ChangeRole>()
        .AddSingleton<DeactivateMember>()
        .AddSingleton<ReactivateMember>()
        .AddSingleton<RemoveMember>()
        .AddSingleton<LeaveWorkspace>()
        .AddSingleton<SetCapacity>()
        .AddSingleton<LastSeen>()
        .AddHostedService(provider => provider.GetRequiredService<LastSeen>());

    private static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InviteMember>()
        .AddSingleton<RevokeInvitation>()
        .AddSingleton<ShowInvitationLink>()
        .AddSingleton<InvitationQuery>()
        .AddSingleton<AcceptInvitation>()
        .AddScoped<AcceptAsNewPerson>();

    private static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<WorkspaceSettingsQuery>()
        .AddSingleton<WorkspaceEdits>()
        .AddSingleton<ChangeWorkspaceProfile>()
        .AddSingleton<ChangeSlug>()
        .AddSingleton<ChangeAgentAccess>()
        .AddSingleton<SetBusinessHours>()
        .AddSingleton<SetLegalProfile>()
        .AddSingleton<DemandTwoFactor>()
        .AddSingleton<ChangeMessaging>()
        .AddSingleton<ForbidNoticeText>();

    private static IServiceCollection AddDeletion(this IServiceCollection services) => services
        .AddSingleton<AskForDeletion>()
        .AddSingleton<KeepWorkspace>()
        .AddSingleton<ExportWorkspace>()
        .AddSingleton<WorkspaceExport>()
        .AddSingleton(ExportPart.Of<Invitation>("invitations.jsonl", "who was invited, without the links", i => new
        {
            i.Id,
            i.Email,
            Role = i.Role.ToString(),
            i.CreatedAt,
            CreatedBy = i.CreatedBy.Value,
            i.ExpiresAt,
            i.AcceptedAt,
            AcceptedBy = i.AcceptedBy?.Value,
            i.RevokedAt,
        }))
        .AddSingleton<ErasedWorkspaces>()
        .AddSingleton<WorkspaceEraser>()
        .AddHostedService(provider => provider.GetRequiredService<WorkspaceEraser>());
}
