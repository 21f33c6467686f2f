using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Media;
using Weflux.Web.Team;

namespace Weflux.Web.Replies;

/// <summary>Somebody writes a canned reply, or changes one: their own, or with the right to it one of everybody.</summary>
public sealed class SaveReply(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>How much of a text stands in the audit log.</summary>
    internal const int MostOnRecord = 500;

    public async Task<ReplyAnswer> ExecuteAsync(Actor actor, ReplyDraft draft, CancellationToken cancellationToken = default)
    {
        if (!ReplyRights.MayWrite(actor, draft.IsShared))
        {
            return new ReplyAnswer(ReplyOutcome.NotAllowed);
        }

        var fields = await FieldsAsync(actor, cancellationToken);
        return Read(draft, fields, out var shortcut, out var text) is { } fault
            ? fault
            : await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, draft with { Shortcut = shortcut, Text = text }, cancellationToken), cancellationToken);
    }

    private static ReplyAnswer? Read(ReplyDraft draft, IReadOnlyCollection<string> fields, out string shortcut, out string text)
    {
        // Browsers send the line breaks of a form as two characters, which WhatsApp would count.
        text = draft.Text.ReplaceLineEndings("\n").Trim();
        if (!CannedReply.ReadShortcut(draft.Shortcut, out shortcut))
        {
            return new ReplyAnswer(ReplyOutcome.NoShortcut);
        }

        if (text.IsBlank() && draft.FileIds.Count == 0)
        {
            return new ReplyAnswer(ReplyOutcome.Empty);
        }

        if (text.Length > CannedReply.MaxText)
        {
            return new ReplyAnswer(ReplyOutcome.TooLong);
        }

        return draft.FileIds.Distinct().Count() > CannedReply.MostFiles
            ? new ReplyAnswer(ReplyOutcome.TooManyFiles)
            : ReplyText.Check(text, fields, out var culprit) switch
            {
                ReplyTextFault.Unclosed => new ReplyAnswer(ReplyOutcome.Unclosed),
                ReplyTextFault.Unknown => new ReplyAnswer(ReplyOutcome.UnknownPlace, culprit),
                ReplyTextFault.Question => new ReplyAnswer(ReplyOutcome.NoQuestion, culprit),
                _ => null,
            };
    }

    private async Task<ReplyAnswer> StoreAsync(WefluxDbContext db, Actor actor, ReplyDraft draft, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var reply = draft.Id is null ? null : await ReplyRights.FindAsync(db, actor, draft.Id, cancellationToken);
        if (draft.Id is not null && reply is null)
        {
            return new ReplyAnswer(ReplyOutcome.NotFound);
        }

        var wasShared = reply is { OwnerId: null };
        if (!await ReplyRights.StillMayWriteAsync(db, actor, draft.IsShared || wasShared, cancellationToken))
        {
            return new ReplyAnswer(ReplyOutcome.NotAllowed);
        }

        if (await RefuseAsync(db, actor, draft, reply, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var owner = draft.IsShared ? (UserId?)null : actor.User;
        var (shortcutBefore, textBefore) = (reply?.Shortcut, reply?.Text);
        if (reply is null)
        {
            reply = CannedReply.Make(actor.Workspace, owner, draft.Shortcut, draft.Text, time.GetUtcNow());
            db.Add(reply);
        }
        else
        {
            reply.Change(owner, draft.Shortcut, draft.Text, time.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);
        await AttachAsync(db, reply, draft.FileIds, cancellationToken);
        await RecordAsync(db, actor, reply, wasShared, shortcutBefore, textBefore, cancellationToken);
        return new ReplyAnswer(ReplyOutcome.Saved, Id: reply.Id);
    }

    private static async Task<ReplyAnswer?> RefuseAsync(WefluxDbContext db, Actor actor, ReplyDraft draft, CannedReply? reply, CancellationToken cancellationToken)
    {
        var (owner, key, id) = (draft.IsShared ? (UserId?)null : actor.User, CannedReply.KeyOf(draft.Shortcut), reply?.Id ?? 0);
        var theirs = db.Set<CannedReply>().Where(r => r.OwnerId == owner && r.Id != id);
        if (await theirs.AnyAsync(r => r.ShortcutKey == key, cancellationToken))
        {
            return new ReplyAnswer(ReplyOutcome.Taken);
        }

        if (await theirs.CountAsync(cancellationToken) >= (draft.IsShared ? CannedReply.MostShared : CannedReply.MostOwn))
        {
            return new ReplyAnswer(ReplyOutcome.Full);
        }

        var wanted = draft.FileIds.Distinct().ToList();
        var files = await db.Set<MediaFile>().AsNoTracking()
            .Where(f => wanted.Contains(f.Id) && f.State == MediaState.Ready && !db.Set<NoteFile>().Any(l => l.FileId == f.Id)).ToListAsync(cancellationToken);
        var kept = await db.Set<ReplyFile>().Where(l => l.ReplyId == id).Select(l => l.FileId).ToListAsync(cancellationToken);
        return files.Count(f => f.IsOf(actor) || kept.Contains(f.Id)) == wanted.Count ? null : new ReplyAnswer(ReplyOutcome.FileGone);
    }

    private static async Task AttachAsync(WefluxDbContext db, CannedReply reply, IReadOnlyList<long> files, CancellationToken cancellationToken)
    {
        var id = reply.Id;
        await db.Set<ReplyFile>().Where(l => l.ReplyId == id).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(files.Distinct().Select((file, nth) => new ReplyFile { ReplyId = id, WorkspaceId = reply.WorkspaceId, FileId = file, Position = nth }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What everybody uses is on record; one's own is nobody else's business.</summary>
    private async Task RecordAsync(
        WefluxDbContext db, Actor actor, CannedReply reply, bool wasShared, string? shortcutBefore, string? textBefore, CancellationToken cancellationToken)
    {
        var isShared = reply.OwnerId is null;
        if (isShared && wasShared)
        {
            await audit.AddAsync(
                db, actor, AuditActions.ReplyEdited, AuditFacts.Changed(reply.Shortcut, ("Shortcut", shortcutBefore, reply.Shortcut), ("Text", textBefore?.Cut(MostOnRecord), reply.Text.Cut(MostOnRecord))), cancellationToken);
        }
        else if (isShared)
        {
            await audit.AddAsync(db, actor, AuditActions.ReplyShared, AuditFacts.Made(reply.Shortcut, ("Text", reply.Text.Cut(MostOnRecord))), cancellationToken);
        }
        else if (wasShared)
        {
            await audit.AddAsync(db, actor, AuditActions.ReplyDeleted, AuditFacts.Gone(reply.Shortcut, ("Text", textBefore?.Cut(MostOnRecord))), cancellationToken);
        }
    }

    private async Task<IReadOnlyCollection<string>> FieldsAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await db.Set<ContactField>().Where(f => f.ArchivedAt == null).Select(f => f.Key).ToListAsync(cancellationToken);
    }
}
