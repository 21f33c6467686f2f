using Weflux.Web.App;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Inbox.Working;

namespace Weflux.Web.Inbox;

public static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<SharedRows>();
        services.AddSingleton<ConversationListQuery>();
        services.AddSingleton<ThreadQuery>();
        services.AddSingleton<ActivityQuery>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<MarkSeen>();
        services.AddSingleton<NewConversationQuery>();
        services.AddSingleton<StartConversation>();
        services.AddSingleton(new ShellNotice(typeof(MessageNotices)));
        return services;
    }
}
