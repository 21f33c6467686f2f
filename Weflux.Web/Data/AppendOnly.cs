using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;

namespace Weflux.Web.Data;

/// <summary>A row that is written once and then stays as it is. Only erasing a whole workspace takes it away.</summary>
public interface IAppendOnly
{
    /// <summary>The one column that may be emptied later, when the law asks for it.</summary>
    string Erasable { get; }
}

/// <summary>Refuses to change or delete what is append-only, one row at a time and many at once.</summary>
internal sealed class AppendOnlyGuard : IQueryExpressionInterceptor
{
    /// <summary>One for all databases: EF makes services of its own for each other instance.</summary>
    public static readonly AppendOnlyGuard Shared = new();

    private static readonly string[] Changing =
    [
        nameof(EntityFrameworkQueryableExtensions.ExecuteDelete), nameof(EntityFrameworkQueryableExtensions.ExecuteDeleteAsync),
        nameof(EntityFrameworkQueryableExtensions.ExecuteUpdate), nameof(EntityFrameworkQueryableExtensions.ExecuteUpdateAsync),
    ];

    public static void Check(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries<IAppendOnly>())
        {
            if (entry.State == EntityState.Deleted
                || (entry.State == EntityState.Modified && entry.Properties.Any(p => p.IsModified && !IsErased(entry.Entity, p))))
            {
                throw Refusal(entry.Metadata.ClrType);
            }
        }
    }

    /// <summary>Asked once for each shape of a query, not for each run.</summary>
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new Finder().Visit(queryExpression);
        return queryExpression;
    }

    private static bool IsErased(IAppendOnly row, PropertyEntry property) =>
        property.CurrentValue is null && string.Equals(property.Metadata.Name, row.Erasable, StringComparison.Ordinal);

    private static InvalidOperationException Refusal(Type row) => new($"A {row.Name} is written once. It is neither changed nor deleted.");

    private sealed class Finder : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType == typeof(EntityFrameworkQueryableExtensions) && Changing.Contains(node.Method.Name)
                && node.Method.GetGenericArguments() is [var row, ..] && row.IsAssignableTo(typeof(IAppendOnly)))
            {
                throw Refusal(row);
            }

            return base.VisitMethodCall(node);
        }
    }
}
