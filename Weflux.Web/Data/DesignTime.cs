using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Weflux.Web.Data;

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteWefluxDbContext>
{
    public SqliteWefluxDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWefluxDbContext>().UseIdentitySchema().UseSqlite("Data Source=:memory:").Options, WorkspaceScope.System);
}

internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerWefluxDbContext>
{
    public SqlServerWefluxDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerWefluxDbContext>().UseIdentitySchema().UseSqlServer("Server=.").Options, WorkspaceScope.System);
}
