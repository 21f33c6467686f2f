using Weflux.Web.App;
using Weflux.Web.Inbox.Drafts;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Notices;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Team.Deletion;

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
        services.AddSingleton<ColleagueAnswerQuery>();
        services.AddTogether();
        services.AddSingleton<PaletteQuery>();
        services.AddSingleton<DraftsQuery>();
        services.AddSingleton<SearchQuery>();
        services.AddScoped<TypedNumbers>();
        services.AddSingleton<ThrowAwayDraft>();
        services.AddSingleton<ChangeSeveral>();
        services.AddSingleton<ChoosableQuery>();
        services.AddSingleton(new TopBarPart(typeof(NoticeBell)));
        services.AddSingleton(new ShellNotice(typeof(CommandDesk)));
        return services.AddViews().AddBell();
    }

    private static IServiceCollection AddBell(this IServiceCollection services) => services
        .AddSingleton<NoticesQuery>()
        .AddSingleton<ReadNotice>()
        .AddSingleton<ReadAllNotices>()
        .AddSingleton<ReadWaitingNotice>()
        .AddSingleton<SeeNotices>();

    private static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton<ViewCountsQuery>()
        .AddSingleton<ViewChoicesQuery>()
        .AddSingleton<SavedViewsQuery>()
        .AddSingleton<SavedViewEdits>()
        .AddSingleton<SaveView>()
        .AddSingleton<EditView>()
        .AddSingleton<ReplaceView>()
        .AddSingleton<MoveView>()
        .AddSingleton<DeleteView>()
        .AddSingleton<MarkMentionsSeen>()
        .AddSingleton(ExportPart.Of<SavedView>("views.jsonl", "views of the inbox that people saved", v => new
        {
            v.Id,
            OwnerId = v.OwnerId.Value,
            v.Name,
            Audience = v.Audience.ToString(),
            v.Position,
            v.View,
        }));
}
