using Weflux.Domain.Conversations;
using Weflux.Web.Media;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Work.HandOvers;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Web.Work;

public static class WorkSetup
{
    public static IServiceCollection AddWork(this IServiceCollection services) => services
        .AddSingleton<ConversationWork>()
        .AddSingleton<TakeConversation>()
        .AddSingleton<HandBackConversation>()
        .AddSingleton<AssignConversation>()
        .AddSingleton<CloseConversation>()
        .AddSingleton<ReopenConversation>()
        .AddSingleton<SnoozeConversation>()
        .AddSingleton<MarkNoReplyNeeded>()
        .AddSingleton<AskHandOver>()
        .AddSingleton<AcceptHandOver>()
        .AddSingleton<DeclineHandOver>()
        .AddSingleton<WithdrawHandOver>()
        .AddSingleton<HandOverEnds>()
        .AddHostedService(provider => provider.GetRequiredService<HandOverEnds>())
        .AddSingleton<SnoozeEnds>()
        .AddHostedService(provider => provider.GetRequiredService<SnoozeEnds>())
        .AddNotes()
        .AddTakingPart()
        .AddLabels()
        .AddExports();

    private static IServiceCollection AddNotes(this IServiceCollection services) => services
        .AddSingleton<WriteNote>()
        .AddSingleton<NoteEdits>()
        .AddSingleton<EditNote>()
        .AddSingleton<DeleteNote>();

    private static IServiceCollection AddTakingPart(this IServiceCollection services) => services
        .AddSingleton<AddParticipant>()
        .AddSingleton<RemoveParticipant>()
        .AddSingleton(ExportPart.Of<Participation>("participants.jsonl", "who takes part in conversations beside whoever holds them", p => new
        {
            p.ConversationId,
            UserId = p.UserId.Value,
            AddedById = p.AddedById?.Value,
            p.AddedAt,
        }));

    private static IServiceCollection AddLabels(this IServiceCollection services) => services
        .AddSingleton<LabelEdits>()
        .AddSingleton<MakeLabel>()
        .AddSingleton<EditLabel>()
        .AddSingleton<DeleteLabel>()
        .AddSingleton<SetLabel>()
        .AddSingleton<LabelsQuery>()
        .AddSingleton<AddCloseReason>()
        .AddSingleton<RemoveCloseReason>();

    private static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddSingleton(ExportPart.Of<Note>("notes.jsonl", "what members told each other beside messages", n => new
        {
            n.Id,
            n.ConversationId,
            AuthorId = n.AuthorId.Value,
            n.Text,
            n.WrittenAt,
            n.EditedAt,
            n.DeletedAt,
        }))
        .AddSingleton(ExportPart.Of<NoteFile>("note-files.jsonl", "files of notes", f => new { f.NoteId, f.FileId, f.Position }))
        .AddSingleton(ExportPart.Of<NoteMention>("mentions.jsonl", "whom notes mention", m => new { m.NoteId, UserId = m.UserId.Value }))
        .AddSingleton(ExportPart.Of<ConversationEvent>("events.jsonl", "what happened to conversations", e => new
        {
            e.Id,
            e.ConversationId,
            Kind = e.Kind.ToString(),
            ActorId = e.ActorId?.Value,
            e.SubjectId,
            Reason = e.Reason?.ToString(),
            e.Words,
            e.Until,
            e.At,
        }))
        .AddSingleton(ExportPart.Of<Label>("labels.jsonl", "labels", l => new { l.Id, l.Name, Color = l.Color.ToString() }))
        .AddSingleton(ExportPart.Of<ConversationLabel>("conversation-labels.jsonl", "which labels conversations carry", l => new { l.ConversationId, l.LabelId }))
        .AddSingleton(ExportPart.Of<CloseReason>("close-reasons.jsonl", "reasons for closing to choose from", r => new { r.Id, r.Name }));
}
