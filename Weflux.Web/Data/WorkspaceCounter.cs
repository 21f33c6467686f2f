using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Team;

namespace Weflux.Web.Data;

/// <summary>
/// The change counter of a workspace. It is raised inside the transaction of each change, which holds its row until
/// the commit, so numbers appear in commit order; it is also where the sequence of messages comes from.
/// </summary>
public sealed class WorkspaceCounter
{
    public WorkspaceId WorkspaceId { get; init; }

    public long Sequence { get; set; }
}

internal sealed class WorkspaceCounterMapping : IEntityTypeConfiguration<WorkspaceCounter>
{
    public void Configure(EntityTypeBuilder<WorkspaceCounter> builder)
    {
        builder.ToTable("WorkspaceCounters");
        builder.HasKey(c => c.WorkspaceId);
        builder.Property(c => c.WorkspaceId).ValueGeneratedNever();
    }
}

public static class WorkspaceCounters
{
    /// <summary>Raises the counter inside the running transaction.</summary>
    /// <returns>The first of <paramref name="count"/> numbers taken.</returns>
    public static async Task<long> TakeSequenceAsync(this WefluxDbContext db, int count, CancellationToken cancellationToken)
    {
        var last = await db.ReadPlainAsync(
            db.Database.IsSqlite()
                ? """UPDATE "WorkspaceCounters" SET "Sequence" = "Sequence" + @count WHERE "WorkspaceId" = @workspace RETURNING "Sequence" """
                : """UPDATE "WorkspaceCounters" SET "Sequence" = "Sequence" + @count OUTPUT inserted."Sequence" WHERE "WorkspaceId" = @workspace""",
            cancellationToken,
            ("@count", count),
            ("@workspace", db.CurrentWorkspace.Value));
        return last is long sequence
            ? sequence - count + 1
            : throw new InvalidOperationException($"Workspace {db.CurrentWorkspace} has no change counter.");
    }

    /// <summary>Waits until no other transaction changes the workspace, and keeps others waiting until this one ends. Call before reading what will be changed.</summary>
    public static Task LockWorkspaceAsync(this WefluxDbContext db, CancellationToken cancellationToken) =>
        db.Set<WorkspaceCounter>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, c => c.Sequence), cancellationToken);

    /// <summary>
    /// Makes those wait for one another who take what only one workspace of the installation can have: an address, a
    /// pretend number. SQLite writes one after the other anyway.
    /// </summary>
    public static async Task LockInstallationAsync(this WefluxDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            await db.ReadPlainAsync("""SELECT COUNT(*) FROM "Workspaces" WITH (TABLOCKX, HOLDLOCK)""", cancellationToken);
        }
    }

    /// <summary>The counter now.</summary>
    public static async Task<long> ReadCounterAsync(this WefluxDbContext db, CancellationToken cancellationToken) =>
        await db.ReadPlainAsync(
            """SELECT "Sequence" FROM "WorkspaceCounters" WHERE "WorkspaceId" = @workspace""", cancellationToken, ("@workspace", db.CurrentWorkspace.Value)) is long sequence
            ? sequence
            : 0;
}
