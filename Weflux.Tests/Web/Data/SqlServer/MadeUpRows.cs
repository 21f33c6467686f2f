using System.Collections;
using System.Data.Common;
using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>
/// Answers commands with rows nobody stored: every key is 1, so that whatever is joined belongs together; what may be
/// null is null; and a case names the values that it needs.
/// </summary>
internal sealed class MadeUpRows(IReadOnlySet<string> nullable)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly List<(Func<string, bool> Matches, int Count)> _counts = [];
    private readonly List<(string Part, Action Act)> _acts = [];
    private long _inserted = 1000;

    /// <summary>What a column holds, in whatever table.</summary>
    public MadeUpRows With(string column, object value)
    {
        _values[column] = value;
        return this;
    }

    /// <summary>How many rows the queries give that hold all of these parts; the last rule that fits counts.</summary>
    public MadeUpRows Rows(int count, params string[] parts)
    {
        _counts.Add((sql => parts.All(p => sql.Contains(p, StringComparison.Ordinal)), count));
        return this;
    }

    /// <summary>Does something when a command holds this part.</summary>
    public MadeUpRows On(string part, Action act)
    {
        _acts.Add((part, act));
        return this;
    }

    public DbDataReader Answer(string sql)
    {
        foreach (var (_, act) in _acts.Where(a => sql.Contains(a.Part, StringComparison.Ordinal)).ToList())
        {
            act();
        }

        var script = TSqlText.Parse(sql);
        var sets = script.Batches.SelectMany(b => b.Statements).Select(s => Rows(s, sql)).OfType<MadeUpSet>().ToList();
        return new MadeUpReader(sets);
    }

    private MadeUpSet? Rows(TSqlStatement statement, string sql) => statement switch
    {
        SelectStatement { QueryExpression: { } query } => new MadeUpSet(Columns(query), Fill(Columns(query), Count(sql))),
        InsertStatement { InsertSpecification: { OutputClause: { } output } insert } => Inserted(output, ((ValuesInsertSource)insert.InsertSource).RowValues.Count),
        MergeStatement { MergeSpecification: { OutputClause: { } output } merge } => Inserted(output, ((InlineDerivedTable)merge.TableReference).RowValues.Count),
        UpdateStatement { UpdateSpecification.OutputClause: { } output } => Inserted(output, 1),
        DeleteStatement { DeleteSpecification.OutputClause: { } output } => Inserted(output, 1),
        _ => null,
    };

    private int Count(string sql) => _counts.FindLast(c => c.Matches(sql)) is { Matches: not null } rule ? rule.Count : 1;

    private MadeUpSet Inserted(OutputClause output, int count)
    {
        var names = output.SelectColumns.Select(Name).ToList();
        var rows = Enumerable.Range(0, count).Select(position => names.ConvertAll(name => name switch
        {
            "Id" => ++_inserted,
            "_Position" => position,
            "Sequence" => 100L,
            "" => 1,
            _ => Value(name),
        })).ToList();
        return new MadeUpSet(names, rows);
    }

    private List<List<object>> Fill(List<string> names, int count) =>
        [.. Enumerable.Range(0, count).Select(row => names.ConvertAll(name => name == "Id" && row > 0 ? row + 1L : Value(name)))];

    private object Value(string name) =>
        _values.TryGetValue(name, out var value) ? value
        : nullable.Contains(name) ? DBNull.Value
        : Anything.Instance;

    private static List<string> Columns(QueryExpression query) => query switch
    {
        QuerySpecification specification => [.. specification.SelectElements.Select(Name)],
        BinaryQueryExpression binary => Columns(binary.FirstQueryExpression),
        QueryParenthesisExpression inside => Columns(inside.QueryExpression),
        _ => throw new NotSupportedException(query.GetType().Name),
    };

    private static string Name(SelectElement element) => element is SelectScalarExpression scalar
        ? (scalar.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value ?? scalar.ColumnName?.Value ?? ""
        : throw new NotSupportedException(element.GetType().Name);
}

internal sealed record MadeUpSet(List<string> Names, List<List<object>> Rows);

/// <summary>A value that is whatever it is asked for as.</summary>
internal sealed class Anything
{
    public static readonly Anything Instance = new();
}

internal sealed class MadeUpReader(List<MadeUpSet> sets) : DbDataReader
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly bool _hasSets = sets.Count > 0;
    private int _set;
    private int _row = -1;

    public override int Depth => 0;

    public override int FieldCount => _hasSets ? Set.Names.Count : 0;

    public override bool HasRows => _hasSets && Set.Rows.Count > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => 1;

    private MadeUpSet Set => sets[_set];

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => _hasSets && ++_row < Set.Rows.Count;

    public override bool NextResult()
    {
        _row = -1;
        return ++_set < sets.Count;
    }

    public override bool IsDBNull(int ordinal) => Cell(ordinal) is DBNull;

    public override string GetName(int ordinal) => Set.Names[ordinal];

    public override int GetOrdinal(string name) => Set.Names.IndexOf(name);

    public override string GetDataTypeName(int ordinal) => "";

    public override Type GetFieldType(int ordinal) => typeof(object);

    public override object GetValue(int ordinal) => Cell(ordinal) is Anything ? 1 : Cell(ordinal);

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => Get(ordinal, _ => false);

    public override byte GetByte(int ordinal) => Get(ordinal, _ => (byte)1);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override char GetChar(int ordinal) => Get(ordinal, _ => 'x');

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => Get(ordinal, _ => Noon.UtcDateTime);

    public override decimal GetDecimal(int ordinal) => Get(ordinal, _ => 1m);

    public override double GetDouble(int ordinal) => Get(ordinal, _ => 1d);

    public override float GetFloat(int ordinal) => Get(ordinal, _ => 1f);

    public override Guid GetGuid(int ordinal) => Get(ordinal, _ => Guid.Empty);

    public override short GetInt16(int ordinal) => Get(ordinal, _ => (short)1);

    public override int GetInt32(int ordinal) => Get(ordinal, _ => 1);

    public override long GetInt64(int ordinal) => Get(ordinal, _ => 1L);

    public override string GetString(int ordinal) => Get(ordinal, name => name);

    public override T GetFieldValue<T>(int ordinal) => Cell(ordinal) switch
    {
        T value => value,
        _ when typeof(T) == typeof(DateTimeOffset) => (T)(object)Noon,
        _ when typeof(T) == typeof(byte[]) => (T)(object)Array.Empty<byte>(),
        _ when typeof(T) == typeof(long) => (T)(object)GetInt64(ordinal),
        _ => throw new NotSupportedException($"{Set.Names[ordinal]} as {typeof(T)}"),
    };

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    private object Cell(int ordinal) => Set.Rows[_row][ordinal];

    // Whoever reads without asking for null first reads a column that cannot be null here.
    private T Get<T>(int ordinal, Func<string, T> anything) => Cell(ordinal) switch
    {
        Anything or DBNull => anything(Set.Names[ordinal]),
        T value => value,
        var other => (T)Convert.ChangeType(other, typeof(T), CultureInfo.InvariantCulture),
    };
}
