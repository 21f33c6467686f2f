using System.Text;
using System.Text.Json;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Audit;

public enum AuditFormat
{
    Csv,
    JsonLines,
}

/// <summary>Writes the audit log into a file, entry by entry, and puts that on record.</summary>
public sealed class AuditExport(WefluxDatabase database, AuditLog audit)
{
    private static readonly string[] Columns = ["number", "at", "action", "what", "actor", "from", "subject", "before", "after", "hash"];

    /// <summary>Puts the export on record.</summary>
    /// <returns>What writes the file; null if the actor may not have it.</returns>
    public async Task<Func<Stream, CancellationToken, Task>?> ExecuteAsync(
        Actor actor, AuditFilter filter, AuditFormat format, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReadAuditLog))
        {
            return null;
        }

        await database.WriteAsync(
            actor.Workspace,
            db => audit.AddAsync(
                db, actor, AuditActions.AuditExported, AuditFacts.Made("Audit log", ("Format", format == AuditFormat.Csv ? "CSV" : "JSON lines")), cancellationToken),
            cancellationToken);
        return (output, token) => WriteAsync(actor.Workspace, filter, format, output, token);
    }

    private async Task WriteAsync(WorkspaceId workspace, AuditFilter filter, AuditFormat format, Stream output, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: format == AuditFormat.Csv), leaveOpen: true);
        if (format == AuditFormat.Csv)
        {
            await writer.WriteAsync(Csv.Line(Columns));
        }

        await foreach (var entry in AuditQuery.DownAsync(db, filter, before: null, cancellationToken))
        {
            await writer.WriteAsync((format == AuditFormat.Csv ? CsvOf(entry) : JsonOf(entry)).AsMemory(), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    private static string CsvOf(AuditEntry entry)
    {
        var (line, details) = (AuditLine.Of(entry), entry.Read());
        return Csv.Line(
            line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            line.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            line.Action,
            line.What,
            line.Actor,
            line.From,
            line.Subject,
            Words(details?.Before),
            Words(details?.After),
            Convert.ToHexStringLower(entry.Hash));
    }

    private static string JsonOf(AuditEntry entry)
    {
        var (line, details) = (AuditLine.Of(entry), entry.Read());
        return JsonSerializer.Serialize(
            new
            {
                line.Number,
                line.At,
                line.Action,
                line.What,
                UserId = entry.UserId.Value,
                entry.ApiKeyId,
                line.Actor,
                line.From,
                line.Subject,
                details?.Before,
                details?.After,
                Hash = Convert.ToHexStringLower(entry.Hash),
            },
            JsonColumns.Options) + "\n";
    }

    private static string Words(IReadOnlyDictionary<string, string?>? facts) =>
        facts is null ? "" : string.Join("; ", facts.Select(f => $"{f.Key}: {f.Value}"));
}
