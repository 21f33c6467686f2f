using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>Applies what the platform reports of a template, inside the transaction of the webhook, and keeps it as history.</summary>
public static class TemplateNews
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "message_template_status_update", "message_template_quality_update", "message_template_components_update", "template_category_update",
    };

    /// <summary>Whether a webhook field speaks of templates.</summary>
    public static bool IsOurs(string field) => Fields.Contains(field);

    /// <param name="db">The context of the running transaction.</param>
    /// <param name="wabaId">The account it came for.</param>
    /// <param name="field">The webhook field.</param>
    /// <param name="json">The change as it came.</param>
    /// <param name="saidAt">When the platform says it happened (UTC).</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task ApplyAsync(
        WefluxDbContext db, string wabaId, string field, string json, DateTimeOffset saidAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var document = PlatformJson.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        var change = document.RootElement;
        if (change.Object("value") is not { } value)
        {
            return;
        }

        var row = await FindAsync(db, wabaId, value, cancellationToken);
        var line = Read(row, field, change, value, saidAt, out var isEnough);
        if ((row?.Name ?? value.Text("message_template_name")) is { Length: <= StoredTemplateMapping.NameLength } name
            && (row?.Language ?? value.Text("message_template_language")) is { Length: <= StoredTemplateMapping.LanguageLength } language)
        {
            db.Add(Line(db.CurrentWorkspace, wabaId, name, language, line.Kind, saidAt, line.Words, line.IsTrouble));
        }

        if (row is null || !isEnough)
        {
            // The webhook tells too little, so the list is read.
            await db.Set<TemplateAccount>().Where(a => a.WabaId == wabaId && a.NextAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, now), cancellationToken);
        }
    }

    internal static TemplateEvent Line(
        WorkspaceId workspace, string wabaId, string name, string language, TemplateEventKind kind, DateTimeOffset at, string words, bool isTrouble) => new()
        {
            WorkspaceId = workspace,
            WabaId = wabaId,
            Name = name,
            Language = language,
            Kind = kind,
            At = at,
            Words = words.Cut(TemplateEvent.LongestWords),
            IsTrouble = isTrouble,
        };

    private static async Task<StoredTemplate?> FindAsync(WefluxDbContext db, string wabaId, JsonElement value, CancellationToken cancellationToken)
    {
        var id = value.Text("message_template_id");
        var name = value.Text("message_template_name");
        var language = value.Text("message_template_language");
        if (id is null && (name is null || language is null))
        {
            return null;
        }

        // The same slice may have changed the row already.
        return db.Set<StoredTemplate>().Local.FirstOrDefault(t => t.WabaId == wabaId && ((id != null && t.PlatformId == id) || (t.Name == name && t.Language == language)))
            ?? await db.Set<StoredTemplate>().Where(t => t.WabaId == wabaId && ((id != null && t.PlatformId == id) || (t.Name == name && t.Language == language)))
                .OrderByDescending(t => t.PlatformId == id).FirstOrDefaultAsync(cancellationToken);
    }

    private static (TemplateEventKind Kind, string Words, bool IsTrouble) Read(
        StoredTemplate? row, string field, JsonElement change, JsonElement value, DateTimeOffset at, out bool isEnough)
    {
        if (value.Member("new_quality_score") is not null)
        {
            // The platform's own sample names another field on this one.
            isEnough = IsNews(row?.QualityNewsAt, at);
            return Quality(isEnough ? row : null, value, at);
        }

        if (field == "template_category_update")
        {
            isEnough = IsNews(row?.CategoryNewsAt, at);
            return Category(isEnough ? row : null, value, at);
        }

        if (field == "message_template_components_update")
        {
            isEnough = false;
            return (TemplateEventKind.Content, "Meta reports that its words or buttons changed.", false);
        }

        return Status(row, change, value, at, out isEnough);
    }

    // News may come in another order than they were made. What is passed over lets the list be read.
    private static bool IsNews(DateTimeOffset? known, DateTimeOffset at) => known is null || known <= at;

    private static (TemplateEventKind, string, bool) Quality(StoredTemplate? row, JsonElement value, DateTimeOffset at)
    {
        var quality = value.Text("new_quality_score")?.ToUpperInvariant() ?? "UNKNOWN";
        if (row is not null)
        {
            (row.Quality, row.QualityNewsAt) = (quality.Cut(20), at);
        }

        var before = TemplateWords.Quality(value.Text("previous_quality_score"));
        var words = TemplateWords.Quality(quality) is { } now
            ? $"Meta: the quality is {now.ToLowerInvariant()}{(before is null ? "" : $" (before: {before.ToLowerInvariant()})")}."
            : "Meta: the quality is not known yet.";
        return (TemplateEventKind.Quality, words, quality is "RED" or "YELLOW");
    }

    private static (TemplateEventKind, string, bool) Category(StoredTemplate? row, JsonElement value, DateTimeOffset at)
    {
        // A notice a day before: "new_category" is what it still is, "correct_category" what it will be.
        if (value.Text("correct_category") is { } coming)
        {
            var category = TemplateReader.Category(coming);
            if (row is not null)
            {
                (row.ComingCategory, row.ComingCategoryAt, row.CategoryNewsAt) = (category, value.Time("category_update_timestamp"), at);
            }

            return (TemplateEventKind.Category, $"Meta will move it to {TemplateWords.Category(category).ToLowerInvariant()}, in about a day.", true);
        }

        var after = TemplateReader.Category(value.Text("new_category"));
        var before = TemplateReader.Category(value.Text("previous_category"));
        if (row is not null)
        {
            (row.Category, row.ComingCategory, row.ComingCategoryAt, row.CategoryNewsAt) = (after, null, null, at);
        }

        return (TemplateEventKind.Category, TemplateWords.CategoryChange(before, after), true);
    }

    private static (TemplateEventKind, string, bool) Status(
        StoredTemplate? row, JsonElement change, JsonElement value, DateTimeOffset at, out bool isEnough)
    {
        var said = (value.Text("event") ?? "UNKNOWN").ToUpperInvariant();
        var status = said switch
        {
            "REINSTATED" => Template.ApprovedStatus,
            "APPROVED" or "REJECTED" or "PENDING" or "PAUSED" or "DISABLED" or "IN_APPEAL" or "LIMIT_EXCEEDED" or "LOCKED" or "ARCHIVED" or "DELETED" or "PENDING_DELETION" => said,
            _ => null,
        };
        var isWhole = status is not null and not ("LOCKED" or "ARCHIVED");
        var isNews = IsNews(row?.StatusNewsAt, at);
        isEnough = isWhole && isNews;
        var other = value.Object("other_info");
        var rejection = value.Object("rejection_info") ?? change.Object("rejection_info");
        var reason = rejection?.Text("reason") ?? TemplateReader.Reason(value.Text("reason")) ?? TemplateReader.Reason(other?.Text("title"));
        var advice = rejection?.Text("recommendation") ?? other?.Text("description");
        if (row is not null && status is not null && isNews)
        {
            row.Status = status;
            row.StatusNewsAt = isWhole ? at : row.StatusNewsAt;
            row.Reason = row.Current.IsApproved ? null : reason?.Cut(StoredTemplate.LongestReason);
            row.Advice = row.Current.IsApproved ? null : advice?.Cut(StoredTemplate.LongestReason);
            if (value.Text("message_template_category") is { } category && IsNews(row.CategoryNewsAt, at))
            {
                (row.Category, row.CategoryNewsAt) = (TemplateReader.Category(category), at);
            }
        }

        var words = said == "FLAGGED"
            ? "Meta flagged it: customers block or report it. If that goes on, it is paused."
            : TemplateWords.StatusChange(status ?? said, reason) + (advice is null ? "" : $" {advice}");
        return (TemplateEventKind.Status, words, said == "FLAGGED" || TemplateWords.IsTrouble(status ?? said));
    }
}
