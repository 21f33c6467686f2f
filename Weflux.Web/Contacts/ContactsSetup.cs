using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Contacts;

public static class ContactsSetup
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddSingleton<ContactEdits>();
        services.AddSingleton<CatalogEdits>();
        services.AddSingleton<ContactFactsQuery>();
        services.AddSingleton<RenameContact>();
        services.AddSingleton<SetContactStage>();
        services.AddSingleton<SetContactField>();
        services.AddSingleton<TagContact>();
        services.AddSingleton<UntagContact>();
        services.AddSingleton<NoteContact>();
        services.AddSingleton<RemoveContactNote>();
        services.AddSingleton<BlockContact>();
        services.AddSingleton<RecordConsent>();
        services.AddSingleton<RevealPhoneNumber>();
        services.AddSingleton<SaveContactField>();
        services.AddSingleton<ArrangeContactFields>();
        services.AddSingleton<SaveStage>();
        services.AddSingleton<ArrangeStages>();
        services.AddHostedService<FileContacts>();
        return services.AddExport();
    }

    private static IServiceCollection AddExport(this IServiceCollection services) => services
        .AddSingleton(ExportPart.Of<ContactField>("contact-fields.jsonl", "which fields contacts have", f => new { f.Id, f.Name, f.Key, Type = f.Type.ToString(), f.Choices, f.Position, f.ArchivedAt }))
        .AddSingleton(ExportPart.Of<LifecycleStage>("stages.jsonl", "which lifecycle stages contacts have", s => new { s.Id, s.Name, s.Position, s.ArchivedAt }))
        .AddSingleton(ExportPart.Of<ContactFieldValue>("contact-values.jsonl", "what the fields say of each contact", v => new { v.ContactId, v.FieldId, v.Value }))
        .AddSingleton(ExportPart.Of<ContactTag>("contact-tags.jsonl", "the tags of contacts", t => new { t.ContactId, Tag = t.Shown }))
        .AddSingleton(ExportPart.Of<ContactNote>("contact-notes.jsonl", "notes about contacts", n => new { n.Id, n.ContactId, AuthorId = n.AuthorId.Value, n.Text, n.At }))
        .AddSingleton(ExportPart.Of<ContactChange>("contact-changes.jsonl", "who changed what of contacts", c => new { c.Id, c.ContactId, ActorId = c.ActorId?.Value, c.ActorName, c.What, c.Before, c.After, c.At }));
}
