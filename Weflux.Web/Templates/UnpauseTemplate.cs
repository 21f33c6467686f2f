using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A person takes up a template again that the platform stopped by pacing. Other pauses end by themselves.</summary>
public sealed class UnpauseTemplate(
    WefluxDatabase database, CloudApiClient cloudApi, TemplateSync sync, TemplateSignals signals, AuditLog audit, TimeProvider time)
{
    /// <summary>Whether a pause is one that a person ends.</summary>
    public static bool MayAsk(string status, string? reason) => status == "PAUSED" && reason == TemplateWords.RatePause;

    public async Task<TemplateAnswer> ExecuteAsync(Actor actor, long templateId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates)
            || await StoredTemplates.FindAsync(database, actor, templateId, cancellationToken) is not { PlatformId: { } platformId } row
            || await sync.ConnectionAsync(actor.Workspace, row.WabaId, cancellationToken) is not { } connection)
        {
            return TemplateAnswer.NotFound;
        }

        if (!MayAsk(row.Status, row.Reason))
        {
            return new TemplateAnswer(
                TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, "Only a template that was paused by pacing can be taken up by hand. Other pauses end by themselves."));
        }

        try
        {
            await cloudApi.AskAsync(connection, HttpMethod.Post, $"{platformId}/unpause", null, cancellationToken);
        }
        catch (CloudApiException exception)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: TemplateTrouble.Of(exception));
        }

        await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, templateId, cancellationToken), CancellationToken.None);
        signals.Tell(actor.Workspace);
        signals.Ask();
        return new TemplateAnswer(TemplateOutcome.Taken, templateId);
    }

    private async Task<bool> StoreAsync(WefluxDbContext db, Actor actor, long templateId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        var row = await db.Set<StoredTemplate>().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken);
        if (row is null)
        {
            return false;
        }

        // The list that is read at once has the last word.
        (row.Status, row.Reason, row.Advice, row.StatusNewsAt, row.SyncedAt) = (Template.ApprovedStatus, null, null, null, now);
        var waba = row.WabaId;
        await db.Set<TemplateAccount>().Where(a => a.WabaId == waba).ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, now), cancellationToken);
        db.Add(TemplateNews.Line(actor.Workspace, waba, row.Name, row.Language, TemplateEventKind.Status, now, $"{actor.Name} took it up again.", isTrouble: false));
        await audit.AddAsync(db, actor, AuditActions.TemplateTakenUp, AuditFacts.Made(row.Name, ("Language", row.Language)), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
