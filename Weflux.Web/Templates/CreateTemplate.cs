using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>What became of a template that somebody wrote.</summary>
/// <param name="Outcome">What it is.</param>
/// <param name="Id">Ours of the template; null if it was not taken.</param>
/// <param name="Faults">What is wrong with it, found before the platform was asked.</param>
/// <param name="Refusal">What the platform says against it.</param>
/// <param name="Category">The category the platform gave it, if it is another one than was asked for.</param>
public sealed record TemplateAnswer(
    TemplateOutcome Outcome,
    long? Id = null,
    IReadOnlyList<DraftFault>? Faults = null,
    TemplateRefusal? Refusal = null,
    TemplateCategory? Category = null)
{
    public static TemplateAnswer NotFound { get; } = new(TemplateOutcome.NotFound);
}

public enum TemplateOutcome
{
    Taken,

    /// <summary>There is nothing such for the actor.</summary>
    NotFound,

    Faulty,

    Refused,
}

/// <summary>A person sends a new template to the platform for review.</summary>
public sealed class CreateTemplate(
    WefluxDatabase database, CloudApiClient cloudApi, TemplateSync sync, TemplateSignals signals, AuditLog audit, TimeProvider time)
{
    public async Task<TemplateAnswer> ExecuteAsync(Actor actor, string wabaId, TemplateDraft draft, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates) || await sync.ConnectionAsync(actor.Workspace, wabaId, cancellationToken) is not { } connection)
        {
            return TemplateAnswer.NotFound;
        }

        if (TemplateWords.WhyNotWritten(draft.Template) is { } why)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: new TemplateRefusal(null, why));
        }

        if (TemplateDraftRules.Check(draft) is { Count: > 0 } faults)
        {
            return new TemplateAnswer(TemplateOutcome.Faulty, Faults: faults);
        }

        var (name, language) = (draft.Template.Name, draft.Template.Language);
        await using (var db = database.Open(actor.Workspace))
        {
            if (await db.Set<StoredTemplate>().AnyAsync(t => t.WabaId == wabaId && t.Name == name && t.Language == language, cancellationToken))
            {
                return new TemplateAnswer(
                    TemplateOutcome.Refused, Refusal: new TemplateRefusal("name", "There is a template of this name in this language. Choose another name, or edit that one."));
            }
        }

        try
        {
            var reply = await cloudApi.AskAsync(connection, HttpMethod.Post, $"{wabaId}/message_templates", TemplateWriter.Create(draft), cancellationToken);
            var category = reply.Body.Text("category") is { } word ? TemplateReader.Category(word) : draft.Template.Category;
            var listed = new ListedTemplate(
                reply.Body.Text("id"),
                draft.Template with { Status = reply.Body.Text("status") ?? "PENDING", Category = category, Body = TextOf(draft) },
                null,
                null);
            var id = await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, wabaId, listed, cancellationToken), CancellationToken.None);
            signals.Tell(actor.Workspace);
            return new TemplateAnswer(TemplateOutcome.Taken, id, Category: category == draft.Template.Category ? null : category);
        }
        catch (CloudApiException exception)
        {
            return new TemplateAnswer(TemplateOutcome.Refused, Refusal: TemplateTrouble.Of(exception));
        }
    }

    // The words of a template for codes are the platform's own; the next reading brings them.
    private static string TextOf(TemplateDraft draft) =>
        draft.Template.IsCode ? "*{{1}}* is your verification code." : draft.Template.Body;

    private async Task<long> StoreAsync(WefluxDbContext db, Actor actor, string wabaId, ListedTemplate listed, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (name, language) = (listed.Template.Name, listed.Template.Language);

        // What a code says is written by the platform.
        var mustRead = listed.Template.IsCode;

        // Its webhook, or a reading of the list, may have been faster.
        var row = await db.Set<StoredTemplate>().SingleOrDefaultAsync(t => t.WabaId == wabaId && t.Name == name && t.Language == language, cancellationToken);
        if (row is null)
        {
            row = TemplateSync.Row(actor.Workspace, wabaId, listed, now);
            db.Add(row);

            // News that came before there was a row for them changed nothing, and a reading that has begun passes this row over.
            mustRead |= await db.Set<TemplateEvent>().AnyAsync(
                e => e.WabaId == wabaId && e.Name == name && e.Language == language && e.Kind == TemplateEventKind.Status, cancellationToken);
        }

        db.Add(TemplateNews.Line(actor.Workspace, wabaId, name, language, TemplateEventKind.Made, now, $"{actor.Name} sent it to Meta for review.", isTrouble: false));
        if (mustRead)
        {
            await db.Set<TemplateAccount>().Where(a => a.WabaId == wabaId).ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, now), cancellationToken);
        }

        await audit.AddAsync(
            db, actor, AuditActions.TemplateMade, AuditFacts.Made(name, ("Language", language), ("Category", TemplateWords.Category(listed.Template.Category))), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }
}
