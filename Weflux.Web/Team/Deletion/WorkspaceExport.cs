using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Media;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Team.Deletion;

/// <summary>
/// Writes everything of a workspace into a zip of JSON lines, a page of rows at a time, so that it takes no more memory
/// for a million messages than for a hundred.
/// </summary>
public sealed partial class WorkspaceExport(WefluxDatabase database, IMediaStore store, IEnumerable<ExportPart> parts, TimeProvider time)
{
    private const int PageLength = 500;

    private const string ReadMe =
        """
        Everything of one Weflux workspace. Each file holds one JSON object a line; times are UTC.

        people.jsonl         members, with role and state
        contacts.jsonl       customers, with every identity they are known by
        consents.jsonl       what they allowed and stopped, with the evidence
        conversations.jsonl  one for each customer and number
        messages.jsonl       in the order in which they were stored; conversationId says where each belongs
        files.jsonl          files of messages; messageIds says where each belongs, and path where its bytes are
        files/               the files themselves
        settings.jsonl       the settings of the workspace
        audit.jsonl          the audit log; each hash covers the one before
        """;

    private const string LeftOut = "Access tokens, app secrets, passwords, and the webhooks that the platform sent are not in here.";

    public async Task WriteAsync(Actor actor, Stream output, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace) || !actor.May(Permission.ExportData))
        {
            return;
        }

        await using var held = new HeldWrites(output);
        await using (var zip = await ZipArchive.CreateAsync(held, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken))
        {
            await FilesAsync(zip, actor.Workspace, cancellationToken);
        }

        await held.FlushAsync(cancellationToken);
    }

    private async Task FilesAsync(ZipArchive zip, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await FileAsync(zip, "README.txt", writer => writer.WriteLineAsync(ReadMeText().AsMemory(), cancellationToken), cancellationToken);
        await using var db = database.Open(workspace);
        await LinesAsync(zip, "people.jsonl", PeopleAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "contacts.jsonl", ContactsAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "consents.jsonl", ConsentsAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "conversations.jsonl", ConversationsAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "messages.jsonl", MessagesAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "files.jsonl", FilesAsync(db, cancellationToken), cancellationToken);
        await LinesAsync(zip, "settings.jsonl", SettingsAsync(db, workspace, cancellationToken), cancellationToken);
        await LinesAsync(zip, "audit.jsonl", AuditAsync(db, cancellationToken), cancellationToken);
        foreach (var part in parts)
        {
            await LinesAsync(zip, part.File, part.ReadAsync(db, cancellationToken), cancellationToken);
        }

        await BytesAsync(zip, db, cancellationToken);
    }

    private string ReadMeText() =>
        string.Join('\n', [ReadMe, .. parts.Select(part => $"{part.File,-20} {part.Says}"), "", LeftOut]);

    /// <summary>The tables that the files of this class tell of.</summary>
    internal static IReadOnlyList<Type> Rows { get; } =
    [
        typeof(Membership), typeof(Contact), typeof(ContactIdentity), typeof(ConsentEntry), typeof(Conversation), typeof(Message), typeof(FormerSlug), typeof(AuditEntry),
        typeof(Media.MediaFile), typeof(Media.MessageFile),
    ];

    private static async IAsyncEnumerable<object> PeopleAsync(WefluxDbContext db, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var places = await db.Set<Membership>().AsNoTracking().ToListAsync(cancellationToken);
        var ids = places.ConvertAll(p => p.UserId.Value);
        var users = await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email }).ToDictionaryAsync(u => u.Id, cancellationToken);
        foreach (var place in places)
        {
            var user = users[place.UserId.Value];
            yield return new { user.Id, user.Name, user.Email, Role = place.Role.ToString(), place.IsActive, place.JoinedAt, place.LastSeenAt, place.Capacity };
        }
    }

    private static IAsyncEnumerable<object> ContactsAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<Contact>().AsNoTracking().Include(c => c.Identities).AsSplitQuery().Where(c => c.Id > after).OrderBy(c => c.Id),
        c => c.Id,
        c => new
        {
            c.Id,
            c.ProfileName,
            c.GivenName,
            c.Username,
            Phone = c.Phone?.E164,
            c.FirstSeenAt,
            c.LastSeenAt,
            c.StageId,
            c.BlockedAt,
            c.RestrictedAt,
            MarketingStopped = c.Consent.IsMarketingStopped,
            AllStopped = c.Consent.IsAllStopped,
            Identities = c.Identities.Select(i => new { Kind = i.Kind.ToString(), i.Scope, i.Value, i.FirstSeenAt }),
        },
        cancellationToken);

    private static IAsyncEnumerable<object> ConsentsAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<ConsentEntry>().AsNoTracking().Where(e => e.Id > after).OrderBy(e => e.Id),
        e => e.Id,
        e => new
        {
            e.Id,
            e.ContactId,
            Purpose = e.Purpose.ToString(),
            Decision = e.Decision.ToString(),
            Source = e.Source.ToString(),
            e.Evidence,
            e.MessageWhatsAppId,
            e.RuleVersion,
            ActorId = e.ActorId?.Value,
            e.At,
        },
        cancellationToken);

    private static IAsyncEnumerable<object> ConversationsAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<Conversation>().AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id),
        c => c.Id,
        c => new
        {
            c.Id,
            c.ContactId,
            c.ConnectionId,
            State = c.State.ToString(),
            c.SnoozedUntil,
            AssigneeId = c.AssigneeId?.Value,
            c.TeamId,
            c.NeedsReply,
            c.LastActivityAt,
            c.LastCustomerActAt,
        },
        cancellationToken);

    private static IAsyncEnumerable<object> MessagesAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<Message>().AsNoTracking().Where(m => m.Sequence > after).OrderBy(m => m.Sequence),
        m => m.Sequence,
        m => new
        {
            m.Id,
            m.Sequence,
            m.ConversationId,
            m.ConnectionId,
            Direction = m.Direction.ToString(),
            Origin = m.Origin.ToString(),
            m.Content,
            m.Context,
            m.WhatsAppId,
            m.SaidAt,
            m.ReceivedAt,
            Status = m.Status.ToString(),
            m.StatusAt,
            m.Fault,
            AuthorId = m.AuthorId?.Value,
            m.ResendOfId,
        },
        cancellationToken);

    private static IAsyncEnumerable<object> AuditAsync(WefluxDbContext db, CancellationToken cancellationToken) => PagesAsync(
        after => db.Set<AuditEntry>().AsNoTracking().Where(e => e.Number > after).OrderBy(e => e.Number),
        e => e.Number,
        e => new
        {
            e.Number,
            e.At,
            e.Action,
            UserId = e.UserId.Value,
            e.ApiKeyId,
            Details = e.Details is null ? null : JsonSerializer.Deserialize<AuditDetails>(e.Details, JsonColumns.Options),
            Hash = Convert.ToHexStringLower(e.Hash),
        },
        cancellationToken);

    private async IAsyncEnumerable<object> SettingsAsync(
        WefluxDbContext db, WorkspaceId id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == id, cancellationToken);
        yield return new
        {
            ExportedAt = time.GetUtcNow(),
            workspace.Name,
            workspace.Slug,
            FormerSlugs = await db.Set<FormerSlug>().Select(s => s.Slug).ToListAsync(cancellationToken),
            workspace.TimeZone,
            workspace.Languages,
            Agents = SettingsWords.Of(workspace.AgentVisibility),
            workspace.MaskPhoneNumbers,
            workspace.AgentsMayReveal,
            workspace.RequiresTwoFactor,
            workspace.ForbidsNoticeText,
            OpeningHours = SettingsWords.Of(workspace.OpenRanges),
            LegalProfile = SettingsWords.Of(workspace.LegalProfile),
            workspace.HandOverMinutes,
            workspace.ReleaseAwayAfter,
            workspace.ReleaseOfflineAfter,
            workspace.ExtraStopWords,
            workspace.ExtraStartWords,
            workspace.StopConfirmation,
            workspace.CreatedAt,
            workspace.DeletionDueAt,
        };
    }

    private static async IAsyncEnumerable<object> PagesAsync<TRow>(
        Func<long, IQueryable<TRow>> after,
        Func<TRow, long> place,
        Func<TRow, object> shape,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = 0L; ;)
        {
            var page = await after(last).Take(PageLength).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                yield return shape(row);
            }

            if (page.Count < PageLength)
            {
                yield break;
            }

            last = place(page[^1]);
        }
    }

    private static Task LinesAsync(ZipArchive zip, string name, IAsyncEnumerable<object> rows, CancellationToken cancellationToken) => FileAsync(
        zip,
        name,
        async writer =>
        {
            await foreach (var row in rows)
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(row, JsonColumns.Options).AsMemory(), cancellationToken);
            }
        },
        cancellationToken);

    private static async Task FileAsync(ZipArchive zip, string name, Func<StreamWriter, Task> writeAsync, CancellationToken cancellationToken)
    {
        await using var stream = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        await writeAsync(writer);
        await writer.FlushAsync(cancellationToken);
    }
}
