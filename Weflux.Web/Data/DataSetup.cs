using Microsoft.Extensions.Options;

namespace Weflux.Web.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsCheck>();
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<WefluxDatabase>();
        services.AddSingleton<DatabaseMigration>();

        // For the stores of Identity only, which want a context from the container. Everything else opens its own.
        services.AddScoped<WefluxDbContext>(provider => provider.GetRequiredService<WefluxDatabase>().OpenForSystem());
        return services;
    }

    /// <summary>For what works beside a server and must not change the schema under it.</summary>
    /// <exception cref="StartupRefusedException">The schema is not the one of this version.</exception>
    public static Task RequireSchemaAsync(this WebApplication app) =>
        app.Services.GetRequiredService<DatabaseMigration>().RequireAsync(app.Lifetime.ApplicationStopping);

    public static Task MigrateDatabaseAsync(this WebApplication app) =>
        app.Services.GetRequiredService<DatabaseMigration>().RunAsync(app.Lifetime.ApplicationStopping);
}

internal sealed class DatabaseOptionsCheck : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (!options.IsSqlite && !options.IsSqlServer)
        {
            return ValidateOptionsResult.Fail($"{DatabaseOptions.Section}:Provider must be Sqlite or SqlServer, not '{options.Provider}'.");
        }

        return options.IsSqlServer && string.IsNullOrWhiteSpace(options.ConnectionString)
            ? ValidateOptionsResult.Fail($"{DatabaseOptions.Section}:ConnectionString is needed for SqlServer.")
            : ValidateOptionsResult.Success;
    }
}
