using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Media;
using Weflux.Web.Team;

namespace Weflux.Web.Replies;

/// <summary>Somebody puts a canned reply into what they write: its places are filled here, and what nothing is known for is asked for.</summary>
public sealed class PutInReply(WefluxDatabase database)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="conversationId">To whom.</param>
    /// <param name="replyId">The reply.</param>
    /// <param name="answers">What was answered to the gaps of an earlier try, by their keys.</param>
    /// <returns>The text if nothing is missing, else the gaps; null if there is no such reply or conversation for this person.</returns>
    public async Task<ReplyPutIn?> ExecuteAsync(
        Actor actor, long conversationId, long replyId, IReadOnlyDictionary<string, string>? answers = null, CancellationToken cancellationToken = default)
    {
        if (!ReplyRights.MayUse(actor) || await ReadAsync(actor, conversationId, replyId, cancellationToken) is not { } source)
        {
            return null;
        }

        var filled = ReplyText.Fill(source.Text, name => source.Known.GetValueOrDefault(name), answers ?? new Dictionary<string, string>(StringComparer.Ordinal));
        if (filled.Missing.Count > 0)
        {
            return new ReplyPutIn("", [.. filled.Missing.Select(m => new ReplyWish(m.Key, source.NameOf(m), m.IsQuestion))], []);
        }

        await database.WriteAsync(
            actor.Workspace,
            db => db.Set<CannedReply>().Where(r => r.Id == replyId).ExecuteUpdateAsync(set => set.SetProperty(r => r.UseCount, r => r.UseCount + 1), cancellationToken),
            cancellationToken);
        return new ReplyPutIn(filled.Text, [], source.Files);
    }

    internal static ReplyFileView View(MediaFile file) => new(file.Id, file.Kind, file.FileName ?? "file", file.Size, file.MimeType);

    private async Task<Source?> ReadAsync(Actor actor, long conversationId, long replyId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        var thread = await db.Set<Conversation>().Where(c => c.Id == conversationId)
            .Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants), c.ContactId }).SingleOrDefaultAsync(cancellationToken);
        if (thread is null || !actor.MaySee(thread.Holding) || await ReplyRights.FindAsync(db, actor, replyId, cancellationToken) is not { } reply)
        {
            return null;
        }

        var fields = await db.Set<ContactField>().AsNoTracking().Where(f => f.ArchivedAt == null).ToListAsync(cancellationToken);
        return new Source(
            reply.Text,
            await KnownAsync(db, actor, thread.ContactId, fields, cancellationToken),
            fields.ToDictionary(f => ReplyText.Field + f.Key, f => f.Name, StringComparer.Ordinal),
            await FilesAsync(db, replyId, cancellationToken));
    }

    /// <summary>A name is a name: a number stands for nobody in a sentence, and not everybody may see it.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> KnownAsync(
        WefluxDbContext db, Actor actor, long contactId, List<ContactField> fields, CancellationToken cancellationToken)
    {
        var contact = await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == contactId, cancellationToken);
        var values = await db.Set<ContactFieldValue>().Where(v => v.ContactId == contactId).ToDictionaryAsync(v => v.FieldId, v => v.Value, cancellationToken);
        var isHidden = !actor.May(Permission.SeePhoneNumbers) && PhoneNumber.MaskIn(contact.DisplayName) != contact.DisplayName;
        var called = isHidden || contact.DisplayName.StartsWith('@') ? "" : contact.DisplayName;
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ReplyText.ContactName] = called,
            [ReplyText.ContactFirstName] = ReplyText.FirstName(called),
            [ReplyText.AgentName] = actor.Name,
            [ReplyText.WorkspaceName] = await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.Name).SingleAsync(cancellationToken),
        };
        foreach (var field in fields.Where(f => values.ContainsKey(f.Id)))
        {
            known[ReplyText.Field + field.Key] = Show(field.Type, values[field.Id]);
        }

        return known;
    }

    private static async Task<IReadOnlyList<ReplyFileView>> FilesAsync(WefluxDbContext db, long replyId, CancellationToken cancellationToken) =>
        (await (
            from link in db.Set<ReplyFile>()
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            where link.ReplyId == replyId && file.State == MediaState.Ready
            orderby link.Position
            select file).AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(View);

    private static string Show(ContactFieldType type, string value) =>
        type == ContactFieldType.Date && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
            : value;

    private sealed record Source(string Text, IReadOnlyDictionary<string, string> Known, IReadOnlyDictionary<string, string> FieldNames, IReadOnlyList<ReplyFileView> Files)
    {
        public string NameOf(ReplyGap gap) => gap.IsQuestion ? gap.Name : ReplyPlaces.NameOf(gap.Key, FieldNames);
    }
}

/// <summary>A canned reply that is to go in.</summary>
/// <param name="Text">What it says; empty while something is missing.</param>
/// <param name="Missing">What has to be asked for.</param>
/// <param name="Files">Its files.</param>
public sealed record ReplyPutIn(string Text, IReadOnlyList<ReplyWish> Missing, IReadOnlyList<ReplyFileView> Files);

/// <summary>What a reply asks for.</summary>
/// <param name="Key">By what it is answered.</param>
/// <param name="Label">What to ask.</param>
/// <param name="IsNeeded">Whether it must be answered.</param>
public sealed record ReplyWish(string Key, string Label, bool IsNeeded);

/// <summary>What the places of replies are called on screens.</summary>
internal static class ReplyPlaces
{
    public static string NameOf(string place, IReadOnlyDictionary<string, string> fieldNames) => place switch
    {
        ReplyText.ContactName => "Customer's name",
        ReplyText.ContactFirstName => "Customer's first name",
        ReplyText.AgentName => "Your name",
        ReplyText.WorkspaceName => "Workspace",
        _ => fieldNames.GetValueOrDefault(place) ?? place,
    };
}
