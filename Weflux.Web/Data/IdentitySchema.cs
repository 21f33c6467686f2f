using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Weflux.Web.Data;

/// <summary>
/// Identity reads the version of its tables from the options of the context's application services, and falls back to
/// its first version, without passkeys, when there are none. Contexts here are not made by a container, so the
/// options are handed over in a provider of their own.
/// </summary>
internal static class IdentitySchema
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(Apply)
        .BuildServiceProvider();

    public static void Apply(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = 128;
    }

    public static DbContextOptionsBuilder<TContext> UseIdentitySchema<TContext>(this DbContextOptionsBuilder<TContext> builder)
        where TContext : DbContext =>
        builder.UseApplicationServiceProvider(Services);
}
