using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Settings;

/// <summary>The settings of a workspace as its Admin sees them.</summary>
public sealed class WorkspaceSettingsQuery(WefluxDatabase database)
{
    /// <returns>The settings; null if the reader may not see them.</returns>
    public async Task<WorkspaceSettings?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == actor.Workspace, cancellationToken);
        var former = await db.Set<FormerSlug>().OrderByDescending(s => s.LeftAt).Select(s => s.Slug).ToListAsync(cancellationToken);
        return new WorkspaceSettings(
            workspace.Name,
            workspace.Slug,
            former,
            workspace.TimeZone,
            WorkspaceLanguages.Read(workspace.Languages),
            workspace.AgentSettings,
            workspace.OpenRanges,
            workspace.LegalProfile,
            workspace.RequiresTwoFactor,
            workspace.DeletionDueAt)
        {
            ReadReceipts = workspace.ReadReceipts,
            CatalogId = workspace.CatalogId,
            ForbidsNoticeText = workspace.ForbidsNoticeText,
        };
    }
}

/// <param name="FormerSlugs">Addresses that lead here, the latest first.</param>
/// <param name="OpenRanges">When it is open; null if nobody has said.</param>
/// <param name="DeletionDueAt">When it is to be erased; null if it stays.</param>
public sealed record WorkspaceSettings(
    string Name,
    string Slug,
    IReadOnlyList<string> FormerSlugs,
    string TimeZone,
    IReadOnlyList<string> Languages,
    AgentSettings Agents,
    IReadOnlyList<OpenRange>? OpenRanges,
    LegalProfile LegalProfile,
    bool RequiresTwoFactor,
    DateTimeOffset? DeletionDueAt)
{
    /// <summary>When customers see blue ticks.</summary>
    public ReadReceipts ReadReceipts { get; init; } = ReadReceipts.WhenReplied;

    /// <summary>Whose products can be sent; null for none.</summary>
    public string? CatalogId { get; init; }

    /// <summary>Whether notices never show what customers wrote.</summary>
    public bool ForbidsNoticeText { get; init; }
}
