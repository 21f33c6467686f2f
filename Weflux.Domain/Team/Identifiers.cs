namespace Weflux.Domain.Team;

/// <summary>Names one workspace, that is one business. Zero names none.</summary>
/// <param name="Value">The key in the database, 1 or more for a stored workspace.</param>
public readonly record struct WorkspaceId(long Value)
{
    /// <summary>The value as digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Names one person, who may be a member of several workspaces. Zero names nobody.</summary>
/// <param name="Value">The key in the database, 1 or more for a stored person.</param>
public readonly record struct UserId(long Value)
{
    /// <summary>The value as digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Names one API key of a workspace. Zero names none.</summary>
/// <param name="Value">The key in the database, 1 or more for a stored one.</param>
public readonly record struct ApiKeyId(long Value)
{
    /// <summary>The value as digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
