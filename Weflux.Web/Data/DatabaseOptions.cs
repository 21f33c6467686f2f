namespace Weflux.Web.Data;

/// <summary>Which database Weflux keeps its data in. Section <c>Weflux:Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Weflux:Database";

    /// <summary><c>Sqlite</c> (embedded, one node) or <c>SqlServer</c>.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Needed for SqlServer. For Sqlite the file is <c>weflux.db</c> in the data directory.</summary>
    public string? ConnectionString { get; set; }

    public bool IsSqlite => string.Equals(Provider, "Sqlite", StringComparison.OrdinalIgnoreCase);

    public bool IsSqlServer => string.Equals(Provider, "SqlServer", StringComparison.OrdinalIgnoreCase);
}
