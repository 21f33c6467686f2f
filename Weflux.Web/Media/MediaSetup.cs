using Weflux.Web.Media.Fetching;
using Weflux.Web.Media.Sending;

namespace Weflux.Web.Media;

public static class MediaSetup
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<IMediaStore, MediaFolder>();
        services.AddSingleton<Thumbnails>();
        services.AddSingleton<MediaIntake>();
        services.AddSingleton<MediaFileQuery>();
        services.AddSingleton<VoiceNotes>();
        services.AddSingleton<UploadTurns>();
        services.AddSingleton<UploadFile>();
        services.AddSingleton<RemoveUpload>();
        services.AddSingleton<PlatformUploads>();
        services.AddSingleton<MediaSignals>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<FetchAgain>();
        services.AddSingleton<GiveUpFiles>();
        services.AddHostedService<MediaFetcher>();
        services.AddHostedService<PictureDrawer>();
        services.AddSingleton<MediaSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaSweep>());
        return services;
    }

    public static void MapMedia(this WebApplication app) => MediaEndpoints.Map(app);
}
