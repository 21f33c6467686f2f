using Microsoft.EntityFrameworkCore;

namespace Weflux.Web.Data;

public sealed class SqlServerWefluxDbContext(DbContextOptions<SqlServerWefluxDbContext> options, WorkspaceScope scope)
    : WefluxDbContext(options, scope)
{
    private const string BinaryCollation = "Latin1_General_100_BIN2";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.IsPlatformId()))
        {
            // The server's default would merge ids that differ only in case.
            property.SetCollation(BinaryCollation);
        }
    }
}
