using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Weflux.Web.Data;

/// <summary>
/// Makes one lambda of a query that was put together of parts, so that EF can compile it once: what the parts captured under
/// the names of parameters becomes those parameters, and the context becomes the one that it is run in. A flag becomes the
/// parameter <see cref="Yes"/> or <see cref="No"/>: written out, EF would ask for the column alone, which no index answers.
/// For queries that are asked so often that looking at their shape each time would cost more than the database.
/// </summary>
internal sealed class LiftedQuery : ExpressionVisitor
{
    public const string Yes = "yes";
    public const string No = "no";

    private readonly ParameterExpression _db = Expression.Parameter(typeof(WefluxDbContext), "db");
    private readonly IReadOnlyDictionary<string, ParameterExpression> _byName;

    private LiftedQuery(IReadOnlyDictionary<string, ParameterExpression> byName) => _byName = byName;

    /// <param name="query">The query, with any values.</param>
    /// <param name="parameters">What it shall ask for, each with the names under which parts capture it.</param>
    /// <typeparam name="TDelegate">A function of a context and the parameters.</typeparam>
    /// <exception cref="InvalidOperationException">A part captured something that differs from run to run under another name.</exception>
    public static Expression<TDelegate> Of<TDelegate>(IQueryable query, params (Type Type, string[] Names)[] parameters)
    {
        var lifted = parameters.Select(p => (Parameter: Expression.Parameter(p.Type, p.Names[0]), p.Names)).ToList();
        var visitor = new LiftedQuery(lifted.SelectMany(l => l.Names, (l, name) => (name, l.Parameter)).ToDictionary(l => l.name, l => l.Parameter, StringComparer.Ordinal));
        return Expression.Lambda<TDelegate>(visitor.Visit(query.Expression), [visitor._db, .. lifted.Select(l => l.Parameter)]);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Member is not FieldInfo field || Read(node.Expression) is not { } closure)
        {
            return base.VisitMember(node);
        }

        if (node.Type.IsAssignableTo(typeof(DbContext)))
        {
            return _db;
        }

        var value = field.GetValue(closure);
        return value is IQueryable part ? Visit(part.Expression)
            : _byName.TryGetValue(value is bool flag ? (flag ? Yes : No) : field.Name, out var parameter) && parameter.Type == node.Type ? parameter
            : node.Type.IsEnum ? Expression.Constant(value, node.Type)
            : throw new InvalidOperationException($"'{field.Name}' differs from run to run and is no parameter of the query.");
    }

    protected override Expression VisitMethodCall(MethodCallExpression node) =>
        node.Type.IsAssignableTo(typeof(IQueryable)) && !IsOfQueries(node.Method.DeclaringType!)
            ? Visit(((IQueryable)Expression.Lambda(node).Compile().DynamicInvoke()!).Expression)
            : base.VisitMethodCall(node);

    protected override Expression VisitConstant(ConstantExpression node) =>
        node.Value is IQueryable part and not EnumerableQuery ? Visit(part.Expression) : base.VisitConstant(node);

    protected override Expression VisitExtension(Expression node) => node switch
    {
        // All tables are those of the one context, however a part came by them: EF refuses two in one query.
        EntityQueryRootExpression root => Expression.Call(_db, nameof(DbContext.Set), [root.ElementType]),
        QueryRootExpression => throw new InvalidOperationException($"'{node.Type}' is no table and cannot be compiled."),
        _ => base.VisitExtension(node),
    };

    /// <summary>What a part captured stands in an object, which may stand in another.</summary>
    private static object? Read(Expression? expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member when Read(member.Expression) is { } owner => field.GetValue(owner),
        _ => null,
    };

    private static bool IsOfQueries(Type type) =>
        type == typeof(Queryable) || type == typeof(EntityFrameworkQueryableExtensions) || type.IsAssignableTo(typeof(DbContext));
}
