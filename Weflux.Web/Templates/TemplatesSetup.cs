namespace Weflux.Web.Templates;

public static class TemplatesSetup
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<TemplateListQuery>();
        return services;
    }
}
