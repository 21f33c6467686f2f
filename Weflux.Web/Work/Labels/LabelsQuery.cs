using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Work.Labels;

/// <summary>The labels of a workspace, and its reasons for closing.</summary>
public sealed class LabelsQuery(WefluxDatabase database)
{
    /// <summary>Both, for people who work conversations; null for others.</summary>
    public async Task<WorkWords?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return null;
        }

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
        var labels = await db.Set<Label>().Select(l => new LabelView(l.Id, l.Name, l.Color)).ToListAsync(cancellationToken);
        var reasons = await db.Set<CloseReason>().OrderBy(r => r.Id).Select(r => new ReasonView(r.Id, r.Name)).ToListAsync(cancellationToken);
        labels.Sort((a, b) => StringComparer.CurrentCultureIgnoreCase.Compare(a.Name, b.Name));
        return new WorkWords(labels, reasons);
    }

    /// <summary>For their page: with how many conversations carry each label. Null for those who may not edit them.</summary>
    public async Task<LabelsPageView?> ForEditingAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditLabels) || await GetAsync(actor, cancellationToken) is not { } words)
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var worn = await db.Set<ConversationLabel>().GroupBy(l => l.LabelId).Select(g => new { Id = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Id, g => g.Count, cancellationToken);
        return new LabelsPageView([.. words.Labels.Select(l => new LabelLine(l, worn.GetValueOrDefault(l.Id)))], words.Reasons);
    }
}

/// <summary>A reason for closing.</summary>
public sealed record ReasonView(long Id, string Name);

/// <summary>The words of a workspace that people choose from at work.</summary>
public sealed record WorkWords(IReadOnlyList<LabelView> Labels, IReadOnlyList<ReasonView> Reasons)
{
    public static WorkWords None { get; } = new([], []);
}

/// <summary>A label on its page.</summary>
/// <param name="Count">How many conversations carry it.</param>
public sealed record LabelLine(LabelView Label, int Count);

/// <summary>What the page of labels shows.</summary>
public sealed record LabelsPageView(IReadOnlyList<LabelLine> Labels, IReadOnlyList<ReasonView> Reasons);
