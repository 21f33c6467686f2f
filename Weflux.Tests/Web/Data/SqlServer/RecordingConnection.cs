using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>One command as it would have gone to the server.</summary>
internal sealed record RecordedCommand(string Sql, IReadOnlyList<SqlParameter> Parameters);

/// <summary>
/// Stands in for a connection to SQL Server: it is always open, writes down each command and answers it with rows made
/// up from the command's own column list, so that the code under test goes on to its next command.
/// </summary>
internal sealed class RecordingConnection(MadeUpRows rows) : DbConnection
{
    private readonly Lock _lock = new();
    private readonly List<RecordedCommand> _commands = [];

    public IReadOnlyList<RecordedCommand> Commands
    {
        get
        {
            lock (_lock)
            {
                return [.. _commands];
            }
        }
    }

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=nowhere";

    public override string Database => "Weflux";

    public override string DataSource => "nowhere";

    public override string ServerVersion => "16.00.0000";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    internal DbDataReader Answer(string sql, IEnumerable<SqlParameter> parameters)
    {
        lock (_lock)
        {
            _commands.Add(new RecordedCommand(sql, [.. parameters]));
            return rows.Answer(sql);
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new NoTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new RecordingCommand(this);

    private sealed class NoTransaction(DbConnection connection, IsolationLevel isolationLevel) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => isolationLevel;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }

        public override void Save(string savepointName)
        {
        }

        public override void Rollback(string savepointName)
        {
        }
    }
}

internal sealed class RecordingCommand(RecordingConnection connection) : DbCommand
{
    // The collection belongs to a real command, because only that can make parameters of SQL Server's own kind.
    private readonly SqlCommand _real = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; } = connection;

    protected override DbParameterCollection DbParameterCollection => _real.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery()
    {
        using var reader = Answer();
        return 1;
    }

    public override object? ExecuteScalar()
    {
        using var reader = Answer();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => _real.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Answer();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _real.Dispose();
        }

        base.Dispose(disposing);
    }

    private DbDataReader Answer() => connection.Answer(CommandText, _real.Parameters.Cast<SqlParameter>());
}
