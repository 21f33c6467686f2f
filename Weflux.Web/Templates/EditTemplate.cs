using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A person changes a template. All of its parts are written anew, and it goes to review again.</summary>
public sealed class EditTemplate(
    WefluxDatabase database, CloudApiClient cloudApi, TemplateSync sync, TemplateSignals signals, AuditLog audit, TimeProvider time)
{
    /// <summary>Whether the platform lets a template of this status be edited.</summary>
    public static bool IsEditable(string status) => status is "APPROVED" or "REJECTED" or "PAUSED";

    public async Task<TemplateAnswer> ExecuteAsync(Actor actor, long templateId, TemplateDraft draft, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates)
            || await StoredTemplates.FindAsync(database, actor, templateId, cancellationToken) is not { PlatformId: { } platformId } row
            || await sync.ConnectionAsync(actor.Workspace, row.WabaId, cancellationToken) is not { } connection)
        {
            return TemplateAnswer.NotFound;
        }

        if ((TemplateWords.WhyNotWritten(row.Model) ?? TemplateWords.WhyNotWritten(draft.Template)) is { } why)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, why));
        }

        if (!IsEditable(row.Status))
        {
            return new TemplateAnswer(
                TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, "Meta lets templates be edited only while they are approved, rejected or paused."));
        }

        // Name and language are what it is; the category of an approved one is fixed.
        var isFixed = row.Current.IsApproved;
        var written = draft with
        {
            Template = draft.Template with { Name = row.Name, Language = row.Language, Category = isFixed ? row.Category : draft.Template.Category },
        };
        if (TemplateDraftRules.Check(written) is { Count: > 0 } faults)
        {
            return new TemplateAnswer(TemplateOutcome.Faulty, Faults: faults);
        }

        try
        {
            await cloudApi.AskAsync(connection, HttpMethod.Post, platformId, TemplateWriter.Edit(written, withCategory: !isFixed), cancellationToken);
        }
        catch (CloudApiException exception)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: TemplateTrouble.Of(exception));
        }

        await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, templateId, written.Template, cancellationToken), CancellationToken.None);
        signals.Tell(actor.Workspace);
        signals.Ask();
        return new TemplateAnswer(TemplateOutcome.Taken, templateId);
    }

    private async Task<bool> StoreAsync(WefluxDbContext db, Actor actor, long templateId, Template written, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        var row = await db.Set<StoredTemplate>().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken);
        if (row is null)
        {
            return false;
        }

        row.Model = written with { Body = written.IsCode ? row.Model.Body : written.Body };

        // It is reviewed again, and a list that was read before knows nothing of that.
        (row.Status, row.Reason, row.Advice, row.Category) = ("PENDING", null, null, written.Category);
        (row.StatusNewsAt, row.SyncedAt) = (null, now);

        // What the platform makes of it comes by webhook, and by the list that is read at once.
        var waba = row.WabaId;
        await db.Set<TemplateAccount>().Where(a => a.WabaId == waba).ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, now), cancellationToken);
        db.Add(TemplateNews.Line(actor.Workspace, waba, row.Name, row.Language, TemplateEventKind.Edited, now, $"{actor.Name} edited it.", isTrouble: false));
        await audit.AddAsync(db, actor, AuditActions.TemplateEdited, AuditFacts.Made(row.Name, ("Language", row.Language)), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}

internal static class StoredTemplates
{
    public static async Task<StoredTemplate?> FindAsync(WefluxDatabase database, Actor actor, long templateId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await db.Set<StoredTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken);
    }
}
