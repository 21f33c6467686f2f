using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weflux.Web.Team;

namespace Weflux.Web.Data;

public sealed class SqliteWefluxDbContext(DbContextOptions<SqliteWefluxDbContext> options, WorkspaceScope scope)
    : WefluxDbContext(options, scope)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite cannot sort a DateTimeOffset; ticks of UTC sort as they should.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // EF's own rule forgets keys with a converter, while the snapshot of the migrations has it.
        builder.Entity<Workspace>().Property(w => w.Id).UseAutoincrement();
    }
}

internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
