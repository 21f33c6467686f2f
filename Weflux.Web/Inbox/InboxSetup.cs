namespace Weflux.Web.Inbox;

public static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<SharedRows>();
        services.AddSingleton<ConversationListQuery>();
        services.AddSingleton<ThreadQuery>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<MarkSeen>();
        return services;
    }
}
