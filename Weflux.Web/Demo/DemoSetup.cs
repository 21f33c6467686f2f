using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weflux.Simulator;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;
using Weflux.Web.Operations;

namespace Weflux.Web.Demo;

public static class DemoSetup
{
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder)
    {
        var isDemo = builder.Configuration.GetValue<bool?>($"{DemoOptions.Section}:{nameof(DemoOptions.Enabled)}")
            ?? builder.Environment.IsDevelopment();
        builder.Services.Configure<DemoOptions>(options => options.Enabled = isDemo);
        builder.Services.AddSingleton<DemoSeed>();
        builder.Services.AddSingleton<OwnAddress>();
        if (isDemo)
        {
            builder.Services.AddSimulator(_ => { });

            // Made by the container, because the address and the folder are known only to it.
            builder.Services.Replace(ServiceDescriptor.Singleton(SimulatorSettings));
        }

        return builder;
    }

    public static void MapDemo(this WebApplication app)
    {
        if (app.IsDemo())
        {
            app.MapDemoSignIn();
            app.MapSimulator();
            app.Services.GetRequiredService<SimulatorAddress>().BaseAddress = app.Services.GetRequiredService<OwnAddress>().Get;
        }
    }

    public static Task SeedDemoAsync(this WebApplication app)
    {
        var seed = app.Services.GetRequiredService<DemoSeed>();
        return app.IsDemo() ? seed.OpenAsync(app.Lifetime.ApplicationStopping) : seed.CloseAsync(app.Lifetime.ApplicationStopping);
    }

    private static SimulatorOptions SimulatorSettings(IServiceProvider provider)
    {
        var options = new SimulatorOptions
        {
            WebhookBaseAddress = provider.GetRequiredService<OwnAddress>().Get,
            PublicAddress = () => provider.GetRequiredService<PublicAddress>().Uri,
            StateFile = provider.GetRequiredService<DataDirectory>().File("simulator.jsonl"),
        };
        foreach (var (workspace, number) in DemoWorkspaces.All.Select(w => (w, w.Number)))
        {
            options.Numbers.Add(new SimulatedNumber(
                number.WabaId, number.PhoneNumberId, number.DisplayPhoneNumber, workspace.Name, number.AccessToken, number.AppKey, number.AppSecret, number.AppId));
        }

        foreach (var trial in TrialNumbers.All)
        {
            options.Numbers.Add(new SimulatedNumber(
                trial.WabaId, trial.PhoneNumberId, trial.DisplayPhoneNumber, "Your business", trial.AccessToken, trial.AppKey, trial.AppSecret, trial.AppId)
            {
                IsListed = false,
            });
        }

        foreach (var practice in PracticeNumbers.All)
        {
            options.Numbers.Add(new SimulatedNumber(
                practice.WabaId, practice.PhoneNumberId, practice.DisplayPhoneNumber, practice.Name, practice.AccessToken, "", practice.AppSecret, practice.AppId)
            {
                IsConnected = false,
            });
        }

        return options;
    }

    private static bool IsDemo(this WebApplication app) => app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled;
}
