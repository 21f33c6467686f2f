using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A person deletes a template at the platform, in one language or in all.</summary>
public sealed class DeleteTemplate(
    WefluxDatabase database, CloudApiClient cloudApi, TemplateSync sync, TemplateSignals signals, AuditLog audit, TimeProvider time)
{
    public async Task<TemplateAnswer> ExecuteAsync(Actor actor, long templateId, bool allLanguages, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates)
            || await StoredTemplates.FindAsync(database, actor, templateId, cancellationToken) is not { } row
            || await sync.ConnectionAsync(actor.Workspace, row.WabaId, cancellationToken) is not { } connection)
        {
            return TemplateAnswer.NotFound;
        }

        if (row.Status == "DISABLED")
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, "Meta does not let a disabled template be deleted."));
        }

        if (!allLanguages && row.PlatformId is null)
        {
            return new TemplateAnswer(
                TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, "Meta has not told its number yet, so one language alone cannot be deleted. Click “Sync now” first."));
        }

        var path = $"{row.WabaId}/message_templates?name={Uri.EscapeDataString(row.Name)}"
            + (allLanguages ? "" : $"&hsm_id={Uri.EscapeDataString(row.PlatformId!)}");
        try
        {
            await cloudApi.AskAsync(connection, HttpMethod.Delete, path, null, cancellationToken);
        }
        catch (CloudApiException exception)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: TemplateTrouble.Of(exception));
        }

        await database.WriteAsync(actor.Workspace, db => ForgetAsync(db, actor, row, allLanguages, cancellationToken), CancellationToken.None);
        signals.Tell(actor.Workspace);
        return new TemplateAnswer(TemplateOutcome.Taken, templateId);
    }

    private async Task<bool> ForgetAsync(WefluxDbContext db, Actor actor, StoredTemplate deleted, bool allLanguages, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var (waba, name, id) = (deleted.WabaId, deleted.Name, deleted.Id);
        var rows = await db.Set<StoredTemplate>().Where(t => t.WabaId == waba && t.Name == name && (allLanguages || t.Id == id)).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            db.Remove(row);
            db.Add(TemplateNews.Line(
                actor.Workspace, waba, name, row.Language, TemplateEventKind.Deleted, time.GetUtcNow(), $"{actor.Name} deleted it.", isTrouble: false));
        }

        await audit.AddAsync(
            db, actor, AuditActions.TemplateDeleted, AuditFacts.Gone(name, ("Languages", string.Join(", ", rows.Select(r => r.Language)))), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
