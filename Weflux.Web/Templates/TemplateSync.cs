using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>What came of reading an account's templates.</summary>
/// <param name="Fault">Why it failed, in a sentence; null if it did not.</param>
public sealed record TemplateSyncResult(string? Fault);

/// <summary>Reads all templates of an account from the platform and makes ours the same. A reading that fails half-way changes nothing.</summary>
public sealed class TemplateSync(WefluxDatabase database, CloudApiClient cloudApi, TemplateSignals signals, TimeProvider time)
{
    private const int MostPages = 100;
    private const int InvalidCursor = 131059;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>While Meta decides about a template, whose news might be lost.</summary>
    private static readonly TimeSpan IntervalInReview = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan NewsMargin = TimeSpan.FromSeconds(5);

    private const string Fields = "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason";

    public async Task<TemplateSyncResult> RunAsync(WorkspaceId workspace, string wabaId, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var wasDueAt = await DueAtAsync(workspace, wabaId, cancellationToken);
        string? fault;
        try
        {
            fault = await ConnectionAsync(workspace, wabaId, cancellationToken) is { } connection
                ? await TakeOverAsync(workspace, wabaId, await ReadAsync(connection, cancellationToken), began, wasDueAt, cancellationToken)
                : "No number of this account is connected any more.";
        }
        catch (CloudApiException exception)
        {
            fault = TemplateTrouble.Words(exception);
        }

        if (fault is not null)
        {
            await database.WriteAsync(workspace, db => NoteFaultAsync(db, wabaId, fault, began, cancellationToken), cancellationToken);
        }

        signals.Tell(workspace);
        return new TemplateSyncResult(fault);
    }

    /// <summary>A number of the account with whose token the platform can be asked: one that works, if there is one.</summary>
    internal async Task<Connection?> ConnectionAsync(WorkspaceId workspace, string wabaId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        return await db.Set<Connection>().AsNoTracking().Where(c => c.WabaId == wabaId && c.State != ConnectionState.Disconnected)
            .OrderBy(c => c.State == ConnectionState.Broken).ThenBy(c => c.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<DateTimeOffset?> DueAtAsync(WorkspaceId workspace, string wabaId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        return await db.Set<TemplateAccount>().Where(a => a.WabaId == wabaId).Select(a => (DateTimeOffset?)a.NextAt).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<List<ListedTemplate>> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await PagesAsync(connection, cancellationToken);
        }
        catch (CloudApiException exception) when (exception.Fault?.Code == InvalidCursor)
        {
            // The list changed under the cursor; the platform says to begin anew.
            return await PagesAsync(connection, cancellationToken);
        }
    }

    private async Task<List<ListedTemplate>> PagesAsync(Connection connection, CancellationToken cancellationToken)
    {
        var listed = new List<ListedTemplate>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"{connection.WabaId}/message_templates?fields={Fields}&limit=100" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var document = await cloudApi.GetAsync(connection, path, cancellationToken);
            listed.AddRange(TemplateReader.Read(document.RootElement));
            after = TemplateReader.NextCursor(document.RootElement);
            if (after is null)
            {
                break;
            }
        }

        return listed;
    }

    private async Task<string?> TakeOverAsync(
        WorkspaceId workspace, string wabaId, List<ListedTemplate> listed, DateTimeOffset began, DateTimeOffset? wasDueAt, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.IsStillThereAsync(workspace, cancellationToken))
                {
                    return;
                }

                var account = await AccountAsync(db, workspace, wabaId, cancellationToken);
                if (account.SyncedAt > began)
                {
                    // Another reading began later and was faster.
                    return;
                }

                var known = await db.Set<StoredTemplate>().Where(t => t.WabaId == wabaId).ToListAsync(cancellationToken);
                var byName = known.ToDictionary(t => (t.Name, t.Language));
                foreach (var item in listed.DistinctBy(l => (l.Template.Name, l.Template.Language)))
                {
                    byName.Remove((item.Template.Name, item.Template.Language), out var row);
                    Apply(db, workspace, wabaId, row, item, began);
                }

                // What the platform no longer lists is gone, unless it was made while the list was being read.
                foreach (var gone in byName.Values.Where(t => t.SyncedAt < began))
                {
                    db.Remove(gone);
                    db.Add(Event(gone, TemplateEventKind.Deleted, "It is no longer on Meta's list.", isTrouble: false));
                }

                (account.SyncedAt, account.Fault, account.FaultAt, account.Faults) = (began, null, null, 0);

                // Who asked for a reading during this one still waits for it.
                account.NextAt = wasDueAt is null || account.NextAt == wasDueAt
                    ? began + (listed.Exists(l => l.Template.Status == "PENDING") ? IntervalInReview : Interval)
                    : account.NextAt;
                await db.TakeSequenceAsync(1, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return null;
    }

    private void Apply(WefluxDbContext db, WorkspaceId workspace, string wabaId, StoredTemplate? row, ListedTemplate item, DateTimeOffset began)
    {
        if (row is null)
        {
            db.Add(Row(workspace, wabaId, item, began));
            return;
        }

        if (row.SyncedAt > began)
        {
            // It was edited here while the list was read.
            return;
        }

        row.PlatformId = item.PlatformId ?? row.PlatformId;
        row.Model = item.Template;
        row.SyncedAt = began;
        if (!IsNewer(row.StatusNewsAt, began))
        {
            ApplyStatus(db, row, item);
        }

        if (!IsNewer(row.CategoryNewsAt, began) && row.Category != item.Template.Category)
        {
            db.Add(Event(row, TemplateEventKind.Category, TemplateWords.CategoryChange(row.Category, item.Template.Category), isTrouble: true));
            (row.Category, row.ComingCategory, row.ComingCategoryAt) = (item.Template.Category, null, null);
        }

        if (!IsNewer(row.QualityNewsAt, began))
        {
            row.Quality = item.Quality ?? row.Quality;
        }
    }

    // The platform tells times in whole seconds, by its own clock.
    private static bool IsNewer(DateTimeOffset? newsAt, DateTimeOffset began) => newsAt >= began - NewsMargin;

    private void ApplyStatus(WefluxDbContext db, StoredTemplate row, ListedTemplate item)
    {
        if (!string.Equals(row.Status, item.Template.Status, StringComparison.Ordinal))
        {
            db.Add(Event(row, TemplateEventKind.Status, TemplateWords.StatusChange(item.Template.Status, item.Reason), TemplateWords.IsTrouble(item.Template.Status)));
        }

        row.Status = item.Template.Status;
        row.Reason = item.Reason ?? (item.Template.IsApproved ? null : row.Reason);
        row.Advice = item.Template.IsApproved ? null : row.Advice;
    }

    internal static StoredTemplate Row(WorkspaceId workspace, string wabaId, ListedTemplate item, DateTimeOffset now) => new()
    {
        WorkspaceId = workspace,
        WabaId = wabaId,
        PlatformId = item.PlatformId,
        Name = item.Template.Name,
        Language = item.Template.Language,
        Model = item.Template,
        Status = item.Template.Status,
        Category = item.Template.Category,
        Quality = item.Quality,
        Reason = item.Reason,
        SyncedAt = now,
    };

    private TemplateEvent Event(StoredTemplate row, TemplateEventKind kind, string words, bool isTrouble) =>
        TemplateNews.Line(row.WorkspaceId, row.WabaId, row.Name, row.Language, kind, time.GetUtcNow(), words, isTrouble);

    private async Task NoteFaultAsync(WefluxDbContext db, string wabaId, string fault, DateTimeOffset began, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (!await db.IsStillThereAsync(db.CurrentWorkspace, cancellationToken))
        {
            return;
        }

        var now = time.GetUtcNow();
        var account = await AccountAsync(db, db.CurrentWorkspace, wabaId, cancellationToken);
        if (account.SyncedAt > began)
        {
            // Another reading that began later succeeded.
            return;
        }

        var wait = ShortestWait * Math.Pow(2, Math.Min(account.Faults, 10));
        (account.Fault, account.FaultAt) = (fault.Cut(TemplateAccount.LongestFault), now);
        account.NextAt = now + (wait < Interval ? wait : Interval);
        account.Faults++;
        await db.TakeSequenceAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<TemplateAccount> AccountAsync(WefluxDbContext db, WorkspaceId workspace, string wabaId, CancellationToken cancellationToken)
    {
        var account = await db.Set<TemplateAccount>().SingleOrDefaultAsync(a => a.WabaId == wabaId, cancellationToken);
        if (account is null)
        {
            account = new TemplateAccount { WorkspaceId = workspace, WabaId = wabaId, NextAt = time.GetUtcNow() };
            db.Add(account);
        }

        return account;
    }
}
