using Weflux.Web.Account;
using Weflux.Web.App;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,
    });

    builder.AddOperations();
    builder.Services.AddDemo();
    builder.Services.AddData();
    builder.Services.AddSecurity();
    builder.Services.AddTeam();
    builder.Services.AddAccount();
    builder.Services.AddApp();

    var app = builder.Build();
    app.CheckSettings();

    app.UseOperations();
    app.UseRouting();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();

    app.MapOperations();
    app.MapAccount();
    app.MapDemo();
    app.MapApp();

    await app.MigrateDatabaseAsync();
    await app.SeedDemoAsync();
    await app.RunAsync();
    return 0;
}
catch (StartupRefusedException refused)
{
    await Console.Error.WriteLineAsync($"Weflux did not start. {refused.Message}");
    return 1;
}

/// <summary>The program; public so that tests can start it.</summary>
public sealed partial class Program;
