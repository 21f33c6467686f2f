using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Contacts;

/// <summary>A Manager or Admin puts a field away, with its values, or takes it back; or moves it in the order.</summary>
public sealed class ArrangeContactFields(CatalogEdits edits, TimeProvider time)
{
    public Task<ContactAnswer> ArchiveAsync(Actor actor, long fieldId, bool isArchived, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var all = await db.Set<ContactField>().ToListAsync(cancellationToken);
            if (all.Find(f => f.Id == fieldId) is not { } field)
            {
                return null;
            }

            if (field.ArchivedAt is not null && !isArchived)
            {
                if (all.Exists(f => f.ArchivedAt is null && string.Equals(f.Name, field.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    return CatalogEdit.Refused("A field of this name is in use. Rename that one first.");
                }

                if (all.Count(f => f.ArchivedAt is null) >= ContactFieldRules.MostFields)
                {
                    return CatalogEdit.Refused($"There are {ContactFieldRules.MostFields} fields already. Put one away first.");
                }
            }

            var facts = AuditFacts.Changed(field.Name, ("In use", Words(field.ArchivedAt is null), Words(!isArchived)));
            field.ArchivedAt = isArchived ? field.ArchivedAt ?? time.GetUtcNow() : null;
            return new CatalogEdit(AuditActions.ContactFieldArchived, facts);
        },
        cancellationToken);

    public Task<ContactAnswer> MoveAsync(Actor actor, long fieldId, bool isUp, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var used = await db.Set<ContactField>().Where(f => f.ArchivedAt == null).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancellationToken);
            return Places.Swap(used, used.FindIndex(f => f.Id == fieldId), isUp, (f, place) => f.Position = place) ? new CatalogEdit("", null) : null;
        },
        cancellationToken);

    internal static string Words(bool isUsed) => isUsed ? "Yes" : "No";
}

/// <summary>The order of a list that people arrange.</summary>
internal static class Places
{
    /// <summary>Moves one by a place; at an end it stays.</summary>
    /// <returns>False if there is no such row.</returns>
    public static bool Swap<TRow>(List<TRow> rows, int at, bool isUp, Action<TRow, int> put)
    {
        if (at < 0)
        {
            return false;
        }

        var to = Math.Clamp(at + (isUp ? -1 : 1), 0, rows.Count - 1);
        (rows[at], rows[to]) = (rows[to], rows[at]);
        for (var i = 0; i < rows.Count; i++)
        {
            put(rows[i], i + 1);
        }

        return true;
    }
}
