namespace Weflux.Web.Notices;

public static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<NoticePost>()
        .AddHostedService(provider => provider.GetRequiredService<NoticePost>())
        .AddSingleton<NoticeSweep>()
        .AddHostedService(provider => provider.GetRequiredService<NoticeSweep>());
}
