using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>The templates that could be sent to somebody.</summary>
/// <param name="Templates">All of them, those used last first, those that cannot be sent with the reason.</param>
/// <param name="Problem">Why they may be out of date; null if they are not.</param>
/// <param name="SyncedAt">When they were last read (UTC); null if never.</param>
/// <param name="WabaId">The account that they belong to; null for a stranger.</param>
/// <param name="ContactName">What to call the customer in a template; null if no name is known.</param>
/// <param name="Version">What the list was made of; null for a stranger.</param>
public sealed record TemplateList(
    IReadOnlyList<TemplateChoice> Templates,
    string? Problem,
    DateTimeOffset? SyncedAt = null,
    string? WabaId = null,
    string? ContactName = null,
    TemplateListVersion? Version = null);

/// <summary>
/// What a list of templates depends on, so that an open one need not be read again for every message of the workspace.
/// Whatever happens to a template leaves a line in its history, or comes with a reading of the account.
/// </summary>
/// <param name="WabaId">The account.</param>
/// <param name="NewestEvent">The newest line in the history of its templates; null for none.</param>
/// <param name="SyncedAt">When they were last read (UTC); null if never.</param>
/// <param name="Fault">Why the last reading failed; null if it did not.</param>
/// <param name="Utility">Whether the customer may get a template that is not marketing.</param>
/// <param name="Marketing">Whether the customer may get one that is.</param>
/// <param name="ContactName">What to call the customer in a template; null if no name is known.</param>
public sealed record TemplateListVersion(
    string WabaId, long? NewestEvent, DateTimeOffset? SyncedAt, string? Fault, SendDecision Utility, SendDecision Marketing, string? ContactName);

/// <summary>One template to choose.</summary>
/// <param name="WhyNot">Why it cannot be sent here now, in words; null if it can.</param>
/// <param name="LastUsedAt">When it was last sent (UTC); null if never.</param>
public sealed record TemplateChoice(Template Template, string? WhyNot, DateTimeOffset? LastUsedAt = null);

/// <summary>The templates of an account, as they could be sent to one customer.</summary>
public sealed class TemplateListQuery(WefluxDatabase database)
{
    /// <summary>Those for the customer of a conversation; none for a stranger to it.</summary>
    public async Task<TemplateList> GetAsync(Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await FindAsync(db, actor, conversationId, cancellationToken) is { } customer
            ? await ReadAsync(db, customer, cancellationToken)
            : new TemplateList([], null);
    }

    /// <summary>What <see cref="GetAsync"/> would be made of now; null for a stranger.</summary>
    public async Task<TemplateListVersion?> VersionAsync(Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await FindAsync(db, actor, conversationId, cancellationToken) is { } customer
            ? await VersionAsync(db, customer, cancellationToken)
            : null;
    }

    /// <summary>Those for somebody who has no conversation on this number yet.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="connectionId">From which number.</param>
    /// <param name="consent">What the customer allows.</param>
    /// <param name="name">The customer's name; null if it is not known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="willAgree">Whether consent to marketing is recorded together with the message.</param>
    public async Task<TemplateList> ForNumberAsync(
        Actor actor, long connectionId, Consent consent, string? name, CancellationToken cancellationToken, bool willAgree = false)
    {
        await using var db = database.Open(actor.Workspace);
        return await AccountAsync(db, actor, connectionId, cancellationToken) is { } waba
            ? await ReadAsync(db, new Customer(waba, consent, name), cancellationToken, willAgree && actor.May(Permission.CurateContacts))
            : new TemplateList([], null);
    }

    /// <summary>What <see cref="ForNumberAsync"/> would be made of now; null for a stranger.</summary>
    public async Task<TemplateListVersion?> VersionForNumberAsync(
        Actor actor, long connectionId, Consent consent, string? name, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await AccountAsync(db, actor, connectionId, cancellationToken) is { } waba
            ? await VersionAsync(db, new Customer(waba, consent, name), cancellationToken)
            : null;
    }

    private static async Task<Customer?> FindAsync(WefluxDbContext db, Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        var found = await (
            from conversation in db.Set<Conversation>()
            join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
            join connection in db.Set<Connection>() on conversation.ConnectionId equals connection.Id
            where conversation.Id == conversationId
            select new { Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants), Contact = contact, connection.WabaId })
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return found is null || !actor.MaySee(found.Holding) || !actor.May(Permission.SendTemplates)
            ? null
            : new Customer(found.WabaId, found.Contact.Consent, NameOf(found.Contact, actor.May(Permission.SeePhoneNumbers)));
    }

    private static async Task<string?> AccountAsync(WefluxDbContext db, Actor actor, long connectionId, CancellationToken cancellationToken) =>
        actor.May(Permission.SendTemplates)
            ? await db.Set<Connection>().Where(c => c.Id == connectionId).Select(c => c.WabaId).SingleOrDefaultAsync(cancellationToken)
            : null;

    /// <summary>A name that is a number is none for a sentence if the reader does not see it whole: dots would go out to the customer.</summary>
    private static string? NameOf(Contact contact, bool seesNumbers) =>
        (contact.GivenName ?? contact.ProfileName) is { Length: > 0 } name && (seesNumbers || PhoneNumber.MaskIn(name) == name) ? name : null;

    private static async Task<TemplateListVersion> VersionAsync(WefluxDbContext db, Customer customer, CancellationToken cancellationToken)
    {
        var (waba, consent, name) = customer;
        var account = await db.Set<TemplateAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.WabaId == waba, cancellationToken);
        var newest = await db.Set<TemplateEvent>().Where(e => e.WabaId == waba).MaxAsync(e => (long?)e.Id, cancellationToken);
        return new TemplateListVersion(
            waba,
            newest,
            account?.SyncedAt,
            account?.Fault,
            SendPolicy.DecideTemplate(consent, TemplateCategory.Utility),
            SendPolicy.DecideTemplate(consent, TemplateCategory.Marketing),
            name);
    }

    private static async Task<TemplateList> ReadAsync(WefluxDbContext db, Customer customer, CancellationToken cancellationToken, bool willAgree = false)
    {
        // First what it is made of: what changes in between is read with the next look.
        var version = await VersionAsync(db, customer, cancellationToken);
        var (waba, consent, name) = customer;
        var rows = await db.Set<StoredTemplate>().AsNoTracking().Where(t => t.WabaId == waba).ToListAsync(cancellationToken);
        var problem = version switch
        {
            { Fault: { } fault, SyncedAt: null } => $"The templates could not be read. {fault}",
            { Fault: { } fault } => $"The list may be out of date. {fault}",
            { SyncedAt: not null } => null,
            _ => "The templates are being read from Meta for the first time. They appear here by themselves.",
        };
        return new TemplateList(
            [
                .. rows.Select(r => new TemplateChoice(r.Current, WhyNot(r, consent, willAgree), r.LastUsedAt))
                    .OrderBy(c => c.WhyNot is not null).ThenByDescending(c => c.LastUsedAt ?? DateTimeOffset.MinValue)
                    .ThenBy(c => c.Template.Name, StringComparer.Ordinal).ThenBy(c => c.Template.Language, StringComparer.Ordinal),
            ],
            problem,
            version.SyncedAt,
            waba,
            name,
            version);
    }

    private static string? WhyNot(StoredTemplate row, Consent consent, bool willAgree)
    {
        var template = row.Current;
        return !template.IsApproved ? NotApproved(row)
            : template.Strange is { Count: > 0 } strange ? $"It has {string.Join(" and ", strange.Select(TemplateWords.Strange).Distinct(StringComparer.Ordinal))}, which Weflux cannot fill in."
            : template.IsCode ? "One-time codes are sent by programs, not by hand."
            : SendPolicy.DecideTemplate(consent, template.Category) switch
            {
                OptedOut { Reason: OptOutReason.NoMarketingConsent } when willAgree => null,
                OptedOut { Reason: OptOutReason.NoMarketingConsent } => "The customer has not agreed to marketing.",
                OptedOut { Reason: OptOutReason.MarketingStopped } => "The customer refuses marketing.",
                OptedOut => "The customer asked for silence.",
                _ => null,
            };
    }

    private static string NotApproved(StoredTemplate row) => row.Status switch
    {
        "PAUSED" when row.Reason == "FIRST_PAUSE" => "Meta paused it for three hours.",
        "PAUSED" when row.Reason == "SECOND_PAUSE" => "Meta paused it for six hours.",
        "PAUSED" when row.Reason == TemplateWords.RatePause => "Meta paused it until a Manager takes it up again.",
        "PAUSED" => "Meta paused it.",
        "DISABLED" => "Meta disabled it. It cannot be used again.",
        _ => $"WhatsApp has not approved it ({TemplateWords.Status(row.Status).ToLowerInvariant()}{(row.Reason is { } reason ? $": {TemplateWords.Inside(reason)}" : "")}).",
    };

    private sealed record Customer(string WabaId, Consent Consent, string? Name);
}
