using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Contacts;

/// <summary>A change of what a workspace keeps of contacts: what to put on record, or why not.</summary>
internal sealed record CatalogEdit(string Action, AuditFacts? Facts, string? Fault = null)
{
    public static CatalogEdit Refused(string fault) => new("", null, fault);
}

/// <summary>How fields and stages are changed: by one person at a time, who may still, on record.</summary>
public sealed class CatalogEdits(WefluxDatabase database, AuditLog audit)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="changeAsync">Makes the change; null if there is no such thing.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal Task<ContactAnswer> ApplyAsync(Actor actor, Func<WefluxDbContext, Task<CatalogEdit?>> changeAsync, CancellationToken cancellationToken) =>
        !actor.May(Permission.CurateContacts)
            ? Task.FromResult(new ContactAnswer(ContactOutcome.NotAllowed))
            : database.WriteAsync(
                actor.Workspace,
                async db =>
                {
                    await db.LockWorkspaceAsync(cancellationToken);
                    if (!await db.StillMayAsync(actor, Permission.CurateContacts, cancellationToken))
                    {
                        return new ContactAnswer(ContactOutcome.NotAllowed);
                    }

                    await Stages.BeginAsync(db, actor.Workspace, cancellationToken);
                    switch (await changeAsync(db))
                    {
                        case null:
                            return new ContactAnswer(ContactOutcome.NotFound);
                        case { Fault: { } fault }:
                            return ContactAnswer.Invalid(fault);
                        case { Facts: { } facts } edit when facts.Before is { Count: > 0 } || facts.After is { Count: > 0 }:
                            await db.SaveChangesAsync(cancellationToken);
                            await db.TakeSequenceAsync(1, cancellationToken);
                            await audit.AddAsync(db, actor, edit.Action, facts, cancellationToken);
                            return new ContactAnswer(ContactOutcome.Saved);
                        default:
                            await db.SaveChangesAsync(cancellationToken);
                            await db.TakeSequenceAsync(1, cancellationToken);
                            return new ContactAnswer(ContactOutcome.Saved);
                    }
                },
                cancellationToken);
}
