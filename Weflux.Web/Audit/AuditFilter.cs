using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;

namespace Weflux.Web.Audit;

/// <summary>Which entries are wanted.</summary>
/// <param name="Person">Who acted; null for everybody.</param>
/// <param name="Action">One of <see cref="AuditActions"/>; null for all.</param>
/// <param name="From">The first moment; null for the beginning.</param>
/// <param name="Until">The moment after the last; null for now.</param>
/// <param name="Search">Words that the subject contains; null for any.</param>
public sealed record AuditFilter(
    UserId? Person = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, string? Search = null)
{
    internal IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries)
    {
        if (Person is { } person)
        {
            entries = entries.Where(e => e.UserId == person);
        }

        if (Action is { } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        if (From is { } from)
        {
            entries = entries.Where(e => e.At >= from);
        }

        if (Until is { } until)
        {
            entries = entries.Where(e => e.At < until);
        }

        // The whole text is looked through first; whether it is the subject that has it, is asked of what comes back.
        if (!string.IsNullOrWhiteSpace(Search))
        {
            var pattern = $"%{Escape(System.Text.Json.JsonEncodedText.Encode(Search.Trim(), System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value)}%";
            entries = entries.Where(e => EF.Functions.Like(e.Details!, pattern, "\\"));
        }

        return entries;
    }

    internal bool Fits(AuditDetails? details) =>
        string.IsNullOrWhiteSpace(Search) || details?.Subject.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
