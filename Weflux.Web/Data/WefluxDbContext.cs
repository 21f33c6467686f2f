using System.Reflection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Weflux.Domain.Team;
using Weflux.Web.Account;

namespace Weflux.Web.Data;

/// <summary>
/// Every table of Weflux. A context is opened for one workspace and then neither sees nor writes another's rows, or
/// for the system, which must name each reach across workspaces with <c>AcrossWorkspaces()</c>. Mappings stand beside
/// the features that own the tables.
/// </summary>
public abstract class WefluxDbContext(DbContextOptions options, WorkspaceScope scope)
    : IdentityUserContext<WefluxUser, long>(options)
{
    internal const string WorkspaceFilter = "workspace";
    private const string WorkspaceProperty = "WorkspaceId";

    private static readonly MethodInfo FilterMethod = typeof(WefluxDbContext)
        .GetMethod(nameof(FilterByWorkspace), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>Read by the query filter at each query; EF keeps the model, never the value.</summary>
    public WorkspaceId CurrentWorkspace => scope.Workspace;

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Guard();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Guard();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>What is told once the running transaction is committed, see <see cref="WefluxDatabase.Committed"/>; it is forgotten if that fails.</summary>
    public ISet<object> AfterCommit { get; } = new HashSet<object>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<WorkspaceId>().HaveConversion<WorkspaceIdConverter>();
        configurationBuilder.Properties<UserId>().HaveConversion<UserIdConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(WefluxDbContext).Assembly);
        foreach (var type in builder.Model.GetEntityTypes().Where(t => t.FindProperty(WorkspaceProperty) is not null).ToList())
        {
            FilterMethod.MakeGenericMethod(type.ClrType).Invoke(this, [builder]);
        }
    }

    private void FilterByWorkspace<TRow>(ModelBuilder builder)
        where TRow : class =>
        builder.Entity<TRow>().HasQueryFilter(
            WorkspaceFilter, row => EF.Property<WorkspaceId>(row, WorkspaceProperty) == CurrentWorkspace);

    private void Guard()
    {
        AppendOnlyGuard.Check(ChangeTracker);
        GuardWorkspace();
    }

    private void GuardWorkspace()
    {
        if (scope.IsSystem)
        {
            return;
        }

        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)))
        {
            if (entry.Metadata.FindProperty(WorkspaceProperty) is { } property && !IsOurs(entry.Property(property)))
            {
                throw new InvalidOperationException(
                    $"A context of workspace {scope.Workspace} must not write a {entry.Metadata.ClrType.Name} of another one.");
            }
        }
    }

    // Both values: a row must neither come from another workspace nor go to one.
    private bool IsOurs(PropertyEntry workspace) =>
        (WorkspaceId)workspace.CurrentValue! == scope.Workspace && (WorkspaceId)workspace.OriginalValue! == scope.Workspace;
}

/// <summary>Whose rows a context sees and writes.</summary>
public readonly record struct WorkspaceScope(WorkspaceId Workspace, bool IsSystem)
{
    public static WorkspaceScope Of(WorkspaceId workspace) => new(workspace, IsSystem: false);

    public static WorkspaceScope System => new(default, IsSystem: true);
}

public static class WorkspaceFilterExtensions
{
    /// <summary>Reaches across workspaces, on purpose and in sight.</summary>
    public static IQueryable<T> AcrossWorkspaces<T>(this IQueryable<T> query)
        where T : class =>
        query.IgnoreQueryFilters([WefluxDbContext.WorkspaceFilter]);
}
