using Weflux.Web.Operations;

namespace Weflux.Web.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<SealKeys>()
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditQuery>()
        .AddSingleton<AuditCheck>()
        .AddSingleton<AuditExport>()
        .AddSingleton<ICommand, VerifyAuditCommand>();

    public static void MapAudit(this WebApplication app) =>
        app.MapGet("/w/{workspace}/settings/audit/export.{format}", AuditEndpoints.ExportAsync).RequireAuthorization();
}
