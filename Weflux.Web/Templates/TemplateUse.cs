using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>What whoever sends asks of templates, inside the transaction that stores the message.</summary>
public static class TemplateUse
{
    /// <summary>
    /// The message in the category that its template has now: one that became marketing needs the consent for marketing,
    /// whatever it was when the person began to write. What is no template stays as it is.
    /// </summary>
    public static async Task<MessageContent> AsStoredAsync(
        WefluxDbContext db, Connection connection, MessageContent content, CancellationToken cancellationToken)
    {
        if (content is not TemplateContent template)
        {
            return content;
        }

        var row = await FindAsync(db, connection, template, cancellationToken);
        return row is null ? content : template with { Category = row.Current.Category };
    }

    /// <summary>Looks whether a template message is one that the platform would take now, and if so remembers that it was used.</summary>
    /// <returns>Why it would not; null if it would, if it is no template, or if the account's templates were never read.</returns>
    public static async Task<Invalid?> RefuseAsync(
        WefluxDbContext db, Connection connection, MessageContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (content is not TemplateContent template)
        {
            return null;
        }

        if (await FindAsync(db, connection, template, cancellationToken) is not { } row)
        {
            return await IsReadAsync(db, connection, cancellationToken) ? new Invalid(InvalidReason.TemplateNotApproved) : null;
        }

        if (SendPolicy.CheckTemplate(row.Current, template) is { } invalid)
        {
            return invalid;
        }

        row.LastUsedAt = now;
        return null;
    }

    /// <summary>Looks once more when the message is about to leave: meanwhile its template may have been paused, changed or deleted.</summary>
    /// <returns>Why the message returns to its sender; null if it may leave.</returns>
    public static async Task<PlatformFault?> CheckWaitingAsync(
        WefluxDbContext db, Connection connection, MessageContent content, Consent consent, CancellationToken cancellationToken)
    {
        if (content is not TemplateContent template)
        {
            return null;
        }

        var row = await FindAsync(db, connection, template, cancellationToken);
        return row is null && !await IsReadAsync(db, connection, cancellationToken) ? null : SendPolicy.CheckWaiting(row?.Current, template, consent);
    }

    private static Task<StoredTemplate?> FindAsync(
        WefluxDbContext db, Connection connection, TemplateContent template, CancellationToken cancellationToken)
    {
        var (waba, name, language) = (connection.WabaId, template.Name, template.Language);
        return db.Set<StoredTemplate>().SingleOrDefaultAsync(t => t.WabaId == waba && t.Name == name && t.Language == language, cancellationToken);
    }

    /// <summary>Whether the account's templates are known at all.</summary>
    private static Task<bool> IsReadAsync(WefluxDbContext db, Connection connection, CancellationToken cancellationToken)
    {
        var waba = connection.WabaId;
        return db.Set<TemplateAccount>().AnyAsync(a => a.WabaId == waba && a.SyncedAt != null, cancellationToken);
    }
}
