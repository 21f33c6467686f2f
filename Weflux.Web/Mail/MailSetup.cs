namespace Weflux.Web.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services.AddSingleton<MailQueue>();
}
