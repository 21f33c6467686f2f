using Microsoft.Extensions.Options;

namespace Weflux.Web.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddSingleton<MailQueue>().AddSingleton<MailServer>().AddSingleton<MailTrouble>();
        services.AddSingleton<MailSender>().AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return services;
    }
}
