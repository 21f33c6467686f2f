using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    private const string Waba = "100000000000001";

    private static IEnumerable<Crossing> TheirTemplates() =>
    [
        Of<TemplatesQuery>(nameof(TemplatesQuery.ListAsync), async (q, w, a) => (await q.ListAsync(a))?.Templates.Where(t => t.Id == w.Template).ToList()),
        Of<TemplatesQuery>(nameof(TemplatesQuery.FindAsync), async (q, w, a) => await q.FindAsync(a, w.Template)),
        Of<TemplatesQuery>(nameof(TemplatesQuery.PageAsync), async (q, w, a) => (await q.PageAsync(a, w.Template - 1, 1))?.Where(t => t.Id == w.Template).ToList()),
        Of<TemplateListQuery>(nameof(TemplateListQuery.ForNumberAsync), async (q, w, a) =>
            (await q.ForNumberAsync(a, w.Number, new Consent(), null, Never)).Templates),
        Of<TemplateListQuery>(nameof(TemplateListQuery.VersionForNumberAsync), async (q, w, a) => await q.VersionForNumberAsync(a, w.Number, new Consent(), null, Never)),
        Of<SyncTemplates>(nameof(SyncTemplates.ExecuteAsync), async (u, _, a) => await u.ExecuteAsync(a, Waba)),
        Of<CreateTemplate>(nameof(CreateTemplate.ExecuteAsync), async (u, _, a) => (await u.ExecuteAsync(a, Waba, Draft("theirs"))).Id),
        Of<EditTemplate>(nameof(EditTemplate.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Template, Draft("theirs"))).Id),
        Of<DeleteTemplate>(nameof(DeleteTemplate.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Template, allLanguages: true)).Id),
        Of<UnpauseTemplate>(nameof(UnpauseTemplate.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, w.Template)).Id),
        Of<UploadSample>(nameof(UploadSample.ExecuteAsync), async (u, _, a) => (await u.ExecuteAsync(a, Waba, TemplateHeaderFormat.Document, "%PDF-1.7"u8.ToArray())).Handle),
        Of<NewConversationQuery>(nameof(NewConversationQuery.NumbersAsync), async (q, w, a) => (await q.NumbersAsync(a))?.Where(n => n.ConnectionId == w.Number).ToList()),
        Of<NewConversationQuery>(nameof(NewConversationQuery.LookAsync), async (q, w, a) => await q.LookAsync(a, w.Number, "+919899990001")),
        Of<StartConversation>(nameof(StartConversation.ExecuteAsync), async (u, w, a) => (await u.ExecuteAsync(a, Start(w.Number), Guid.CreateVersion7())).ConversationId),
    ];

    /// <summary>A template that the platform would take.</summary>
    internal static TemplateDraft Draft(string name) => new(new Template(
        name, "en", TemplateCategory.Utility, "", null, "Your order is on its way.", null, [], HasNamedParameters: false));

    internal static ConversationStart Start(long connectionId, string number = "+919899990077") => new(
        connectionId,
        number,
        "Somebody",
        new TemplateContent("visit_reminder", "en", TemplateCategory.Utility, ["Asha", "Friday"], "Hi Asha, your tasting is booked for Friday", ["first_name", "day"]),
        "In the shop: wants reminders",
        new DateOnly(2026, 1, 1),
        AgreedToMarketing: false);
}
