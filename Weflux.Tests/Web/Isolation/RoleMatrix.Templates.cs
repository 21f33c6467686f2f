using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Isolation;

internal static partial class RoleMatrix
{
    private static int _made;

    private static IEnumerable<RoleRow> Templates() =>
    [
        Of<TemplatesQuery>(nameof(TemplatesQuery.ListAsync), Who.ManagerAndAdmin),
        Of<TemplatesQuery>(nameof(TemplatesQuery.FindAsync), Who.ManagerAndAdmin),
        Of<TemplatesQuery>(nameof(TemplatesQuery.PageAsync), Who.Member),
        Of<TemplateListQuery>(nameof(TemplateListQuery.ForNumberAsync), Who.Member),
        Of<TemplateListQuery>(nameof(TemplateListQuery.VersionForNumberAsync), Who.Member),
        Of<SyncTemplates>(nameof(SyncTemplates.ExecuteAsync), Who.Member, async (u, _, a) =>
            await u.ExecuteAsync(a, "100000000000001") is not null && a.Workspace.Value == 1),
        Of<CreateTemplate>(nameof(CreateTemplate.ExecuteAsync), Who.ManagerAndAdmin, async (u, _, a) =>
            (await u.ExecuteAsync(a, "100000000000001", Crossings.Draft($"role_{Interlocked.Increment(ref _made)}"))).Id is not null),
        Of<EditTemplate>(nameof(EditTemplate.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.Template, Crossings.Draft("x"))).Outcome != TemplateOutcome.NotFound),
        Of<DeleteTemplate>(nameof(DeleteTemplate.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
        {
            var made = await w.Service<CreateTemplate>().ExecuteAsync(w.Owner, "100000000000001", Crossings.Draft($"role_{Interlocked.Increment(ref _made)}"));
            return (await u.ExecuteAsync(a, made.Id!.Value, allLanguages: false)).Id is not null;
        }),
        Of<UnpauseTemplate>(nameof(UnpauseTemplate.ExecuteAsync), Who.ManagerAndAdmin, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.Template)).Outcome != TemplateOutcome.NotFound),
        Of<UploadSample>(nameof(UploadSample.ExecuteAsync), Who.ManagerAndAdmin),
        Of<NewConversationQuery>(nameof(NewConversationQuery.NumbersAsync), Who.Member),
        Of<NewConversationQuery>(nameof(NewConversationQuery.LookAsync), Who.Member),
        Of<StartConversation>(nameof(StartConversation.ExecuteAsync), Who.Member, async (u, w, a) =>
            (await u.ExecuteAsync(a, Crossings.Start(w.Number, $"+9198999{Interlocked.Increment(ref _made) + 10000}"), Guid.CreateVersion7())).Outcome != StartOutcome.NotFound),
    ];
}
