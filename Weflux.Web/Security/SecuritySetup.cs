using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Demo;

namespace Weflux.Web.Security;

public static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<KeyRingOptions>().BindConfiguration(KeyRingOptions.Section);
        services.AddSingleton(provider => KeyRing.Load(
            provider.GetRequiredService<IOptions<KeyRingOptions>>().Value,
            provider.GetRequiredService<DataDirectory>(),
            mayGenerate: !provider.GetRequiredService<IHostEnvironment>().IsProduction()
                || provider.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled));
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<AccessWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessWatch>());

        services.AddDataProtection().SetApplicationName("Weflux");
        services.AddSingleton<DataProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeys>((options, keys) =>
        {
            options.XmlRepository = keys;
            options.XmlEncryptor = new AlreadyEncrypted();
        });
        return services;
    }
}
