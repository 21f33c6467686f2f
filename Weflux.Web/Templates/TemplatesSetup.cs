namespace Weflux.Web.Templates;

public static class TemplatesSetup
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<TemplateSignals>();
        services.AddSingleton<TemplateSync>();
        services.AddSingleton<SyncTemplates>();
        services.AddSingleton<CreateTemplate>();
        services.AddSingleton<EditTemplate>();
        services.AddSingleton<DeleteTemplate>();
        services.AddSingleton<UnpauseTemplate>();
        services.AddSingleton<UploadSample>();
        services.AddSingleton<TemplateListQuery>();
        services.AddSingleton<TemplatesQuery>();
        services.AddSingleton<TemplateWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<TemplateWatch>());
        return services;
    }
}
