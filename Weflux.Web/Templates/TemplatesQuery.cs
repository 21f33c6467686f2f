using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>A WhatsApp account with its templates.</summary>
/// <param name="WabaId">The platform's id of it.</param>
/// <param name="Numbers">What its numbers are called.</param>
/// <param name="SyncedAt">When its templates were last read (UTC); null if never.</param>
/// <param name="Fault">Why the last reading failed.</param>
/// <param name="IsLive">Whether one of its numbers is connected.</param>
public sealed record TemplateAccountView(string WabaId, string Numbers, DateTimeOffset? SyncedAt, string? Fault, DateTimeOffset? NextAt, bool IsLive);

/// <summary>A template in the list.</summary>
public sealed record TemplateRow(
    long Id,
    string WabaId,
    Template Template,
    string? Quality,
    string? Reason,
    string? Advice,
    TemplateCategory? ComingCategory,
    DateTimeOffset? ComingCategoryAt,
    DateTimeOffset? LastUsedAt);

/// <summary>All templates of a workspace.</summary>
public sealed record TemplatesView(IReadOnlyList<TemplateAccountView> Accounts, IReadOnlyList<TemplateRow> Templates);

/// <summary>A line of a template's history.</summary>
public sealed record TemplateHistoryLine(DateTimeOffset At, TemplateEventKind Kind, string Words, bool IsTrouble);

/// <summary>One template with its history, newest first.</summary>
/// <param name="EditsInMonth">How often it was edited here in the last 30 days.</param>
/// <param name="EditedInDay">Whether it was edited here in the last 24 hours.</param>
public sealed record TemplateView(
    TemplateRow Row, TemplateAccountView Account, IReadOnlyList<TemplateHistoryLine> History, IReadOnlyList<string> OtherLanguages, int EditsInMonth, bool EditedInDay);

/// <summary>The templates for those who look after them.</summary>
public sealed class TemplatesQuery(WefluxDatabase database, TimeProvider time)
{
    private const int MostLines = 100;

    /// <returns>The templates; null if the actor may not look after them.</returns>
    public async Task<TemplatesView?> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var rows = await db.Set<StoredTemplate>().AsNoTracking().OrderBy(t => t.Name).ThenBy(t => t.Language).ToListAsync(cancellationToken);
        return new TemplatesView(await AccountsAsync(db, cancellationToken), [.. rows.Select(Show)]);
    }

    /// <returns>The template; null if there is none such for the actor.</returns>
    public async Task<TemplateView?> FindAsync(Actor actor, long templateId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditTemplates))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var row = await db.Set<StoredTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var (waba, name, language) = (row.WabaId, row.Name, row.Language);
        var history = await db.Set<TemplateEvent>().AsNoTracking()
            .Where(e => e.WabaId == waba && e.Name == name && e.Language == language).OrderByDescending(e => e.Id).Take(MostLines).ToListAsync(cancellationToken);
        var others = await db.Set<StoredTemplate>().Where(t => t.WabaId == waba && t.Name == name && t.Id != templateId)
            .Select(t => t.Language).ToListAsync(cancellationToken);
        var edits = history.Where(e => e.Kind == TemplateEventKind.Edited).Select(e => e.At).ToList();
        var now = time.GetUtcNow();
        return new TemplateView(
            Show(row),
            (await AccountsAsync(db, cancellationToken)).FirstOrDefault(a => a.WabaId == waba) ?? new TemplateAccountView(waba, "", null, null, null, IsLive: false),
            [.. history.Select(e => new TemplateHistoryLine(e.At, e.Kind, e.Words, e.IsTrouble))],
            others,
            edits.Count(at => at > now.AddDays(-30)),
            edits.Exists(at => at > now.AddDays(-1)));
    }

    /// <summary>One page of all templates by id, for programs.</summary>
    /// <returns>The page, one more than asked for if there are more; null if the actor may not see it.</returns>
    public async Task<IReadOnlyList<TemplateRow>?> PageAsync(Actor actor, long after, int limit, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeTemplates))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var rows = await db.Set<StoredTemplate>().AsNoTracking().Where(t => t.Id > after).OrderBy(t => t.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return [.. rows.Select(Show)];
    }

    private static async Task<IReadOnlyList<TemplateAccountView>> AccountsAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var numbers = await db.Set<Connection>().AsNoTracking().ToListAsync(cancellationToken);
        var accounts = await db.Set<TemplateAccount>().AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. numbers.GroupBy(n => n.WabaId, StringComparer.Ordinal).OrderBy(g => g.Min(n => n.Id)).Select(g =>
            {
                var account = accounts.Find(a => a.WabaId == g.Key);
                var live = g.Where(n => n.State != ConnectionState.Disconnected).ToList();
                return new TemplateAccountView(
                    g.Key,
                    string.Join(", ", (live.Count > 0 ? live : [.. g]).Select(n => $"{n.Name} {n.DisplayPhoneNumber}")),
                    account?.SyncedAt,
                    account?.Fault,
                    account?.NextAt,
                    live.Count > 0);
            }),
        ];
    }

    private static TemplateRow Show(StoredTemplate row) => new(
        row.Id, row.WabaId, row.Current, row.Quality, row.Reason, row.Advice, row.ComingCategory, row.ComingCategoryAt, row.LastUsedAt);
}
