namespace Weflux.Domain.Team;

/// <summary>A team of members who work conversations together. It is put away and never deleted, because threads tell of it.</summary>
public sealed class WorkTeam
{
    /// <summary>Most characters of its name, in UTF-16 units.</summary>
    public const int MaxName = 60;

    /// <summary>How many a workspace can have, those that are put away included.</summary>
    public const int Most = 100;

    /// <summary>How many members one team can have.</summary>
    public const int MostMembers = 500;

    private WorkTeam()
    {
        (Name, NameKey) = ("", "");
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>What it is called.</summary>
    public string Name { get; private set; }

    /// <summary>The name without regard to case, so that there are no two that read alike.</summary>
    public string NameKey { get; private set; }

    /// <summary>When it was put away (UTC); null while it works.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>A new team with nobody in it.</summary>
    /// <param name="workspace">The business.</param>
    /// <param name="name">What it is called, at most <see cref="MaxName"/> characters.</param>
    public static WorkTeam Make(WorkspaceId workspace, string name)
    {
        var team = new WorkTeam { WorkspaceId = workspace };
        team.Rename(name);
        return team;
    }

    /// <summary>Is called something else from now on, also in threads that tell of it.</summary>
    /// <param name="name">What it is called, at most <see cref="MaxName"/> characters.</param>
    public void Rename(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, NameKey) = (name, KeyOf(name));
    }

    /// <summary>Puts the team away: no conversation comes to it any more.</summary>
    /// <param name="now">The time (UTC).</param>
    /// <returns>False if it was put away already.</returns>
    public bool Archive(DateTimeOffset now)
    {
        if (ArchivedAt is not null)
        {
            return false;
        }

        ArchivedAt = now;
        return true;
    }

    /// <summary>Takes it up again, with the members that it had.</summary>
    /// <returns>False if it was not put away.</returns>
    public bool Restore()
    {
        var wasArchived = ArchivedAt is not null;
        ArchivedAt = null;
        return wasArchived;
    }

    /// <summary>The name without regard to case.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Normalize().ToUpperInvariant();
    }
}

/// <summary>One member of a team.</summary>
/// <param name="WorkspaceId">The business it belongs to.</param>
/// <param name="TeamId">The team.</param>
/// <param name="UserId">The member.</param>
public sealed record TeamMember(WorkspaceId WorkspaceId, long TeamId, UserId UserId);
