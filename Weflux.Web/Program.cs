using Weflux.Web.Account;
using Weflux.Web.AddressBook;
using Weflux.Web.Api;
using Weflux.Web.App;
using Weflux.Web.Assigning;
using Weflux.Web.Audit;
using Weflux.Web.Billing;
using Weflux.Web.CloudApi;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Failures;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Mail;
using Weflux.Web.Media;
using Weflux.Web.Notices;
using Weflux.Web.Numbers;
using Weflux.Web.Operations;
using Weflux.Web.Presence;
using Weflux.Web.Replies;
using Weflux.Web.Scheduling;
using Weflux.Web.Security;
using Weflux.Web.Sending;
using Weflux.Web.Start;
using Weflux.Web.Team;
using Weflux.Web.Teams;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks;
using Weflux.Web.Work;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = Commands.Settings(args),
        ContentRootPath = AppContext.BaseDirectory,
    });

    builder.AddOperations();
    builder.AddDemo();
    builder.Services.AddData();
    builder.Services.AddSecurity();
    builder.Services.AddAudit();
    builder.Services.AddMail();
    builder.Services.AddTeam();
    builder.Services.AddBilling();
    builder.Services.AddAccount();
    builder.Services.AddLive(builder.Configuration);
    builder.Services.AddCloudApi(builder.Configuration);
    builder.Services.AddLanes();
    builder.Services.AddWebhooks();
    builder.Services.AddMedia();
    builder.Services.AddSending();
    builder.Services.AddScheduling();
    builder.Services.AddTemplates();
    builder.Services.AddPresence();
    builder.Services.AddInbox();
    builder.Services.AddWork();
    builder.Services.AddTeams();
    builder.Services.AddAssigning();
    builder.Services.AddReplies();
    builder.Services.AddContacts();
    builder.Services.AddAddressBook();
    builder.Services.AddFailures();
    builder.Services.AddFloor();
    builder.Services.AddNotices();
    builder.Services.AddNumbers();
    builder.Services.AddApi();
    builder.Services.AddStart();
    builder.Services.AddApp();

    var app = builder.Build();
    app.CheckSettings();
    if (app.FindCommand(args) is { } command)
    {
        await app.RequireSchemaAsync();
        return await command.RunAsync(Commands.Own(args), Console.Out, app.Lifetime.ApplicationStopping);
    }

    // The database needs about as long as everything below, so both are done at once.
    var prepared = Task.Run(async () =>
    {
        await app.MigrateDatabaseAsync();
        await app.SeedDemoAsync();
    });

    app.UseOperations();
    app.UseApi();
    app.UseRouting();
    app.UseAuthentication();
    app.Use(CallerAddress.NoteAsync);
    app.UseTeam();
    app.UseAuthorization();
    app.UseRateLimiter();
    app.UseAntiforgery();

    app.MapOperations();
    app.MapAccount();
    app.MapTeam();
    app.MapAudit();
    app.MapDemo();
    app.MapWebhooks();
    app.MapLive();
    app.MapMedia();
    app.MapApi();
    app.MapApp();
    app.MakeEndpoints();

    await prepared;
    await app.RunAsync();
    return 0;
}
catch (StartupRefusedException refused)
{
    await Console.Error.WriteLineAsync($"Weflux did not start. {refused.Message}");
    return 1;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync("Weflux did not start. Another program listens at this address. End it, or choose another port with --urls.");
    return 1;
}

/// <summary>The program; public so that tests can start it.</summary>
public sealed partial class Program;
