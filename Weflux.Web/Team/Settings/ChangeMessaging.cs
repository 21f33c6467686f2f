using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Team.Settings;

/// <summary>An Admin decides when customers see blue ticks, and which catalogue's products can be sent.</summary>
public sealed class ChangeMessaging(WorkspaceEdits edits)
{
    /// <summary>Longer than any id of the platform's.</summary>
    public const int LongestCatalogId = 64;

    public async Task<SettingsOutcome> ExecuteAsync(
        Actor actor, ReadReceipts receipts, string? catalogId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return SettingsOutcome.NotAllowed;
        }

        var catalog = string.IsNullOrWhiteSpace(catalogId) ? null : catalogId.Trim();
        if (receipts is not (ReadReceipts.WhenReplied or ReadReceipts.WhenOpened or ReadReceipts.Never)
            || catalog is { Length: > LongestCatalogId }
            || catalog?.All(char.IsAsciiDigit) == false)
        {
            return SettingsOutcome.Invalid;
        }

        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.MessagingChanged,
            (_, workspace) =>
            {
                var facts = AuditFacts.Changed(
                    "Messages",
                    ("Blue ticks", SettingsWords.Of(workspace.ReadReceipts), SettingsWords.Of(receipts)),
                    ("Catalogue", workspace.CatalogId ?? "None", catalog ?? "None"));
                (workspace.ReadReceipts, workspace.CatalogId) = (receipts, catalog);
                return Task.FromResult<AuditFacts?>(facts.After!.Count == 0 ? null : facts);
            },
            isForAll: false,
            cancellationToken);
        return outcome.ToSettings();
    }
}
