using System.IO.Compression;
using System.Text;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Billing;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Members;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Isolation;

internal static partial class Crossings
{
    /// <summary>People, settings, billing and the audit log.</summary>
    private static IReadOnlyList<Crossing> People =>
    [
        Of<PeopleQuery>(nameof(PeopleQuery.GetAsync), async (q, w, a) => (await q.GetAsync(a))?.Members.Where(m => m.User == w.Owner.User)),
        Of<ChangeRole>(nameof(ChangeRole.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Colleague, Role.Admin) == RosterAnswer.Yes),
        Of<DeactivateMember>(nameof(DeactivateMember.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Colleague, null) == RosterAnswer.Yes),
        Of<ReactivateMember>(nameof(ReactivateMember.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Colleague) == RosterAnswer.Yes),
        Of<RemoveMember>(nameof(RemoveMember.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Colleague, a.User) == RosterAnswer.Yes),
        Of<RevokeInvitation>(nameof(RevokeInvitation.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Invitation)),
        Of<ShowInvitationLink>(nameof(ShowInvitationLink.ExecuteAsync), async (u, w, a) => await u.ExecuteAsync(a, w.Invitation)),
        Of<AcceptInvitation>(nameof(AcceptInvitation.ExecuteAsync), async (u, _, a) => (await u.ExecuteAsync(a.User, new string('a', 43), null)).Slug),
        Of<WorkspaceSettingsQuery>(nameof(WorkspaceSettingsQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a))?.Name == "Chai & Co."),
        Of<ChangeSlug>(nameof(ChangeSlug.ExecuteAsync), async (u, _, a) => (await u.ExecuteAsync(a, TwoWorkspaces.FormerSlug)).Slug),
        Of<ChangeSlug>(nameof(ChangeSlug.LookAsync), async (u, _, a) => (await u.LookAsync(a, TwoWorkspaces.FormerSlug)).Slug),
        Of<AskForDeletion>(nameof(AskForDeletion.ExecuteAsync), async (u, _, a) => (await u.ExecuteAsync(a, "Chai & Co.")).DueAt),
        Of<KeepWorkspace>(nameof(KeepWorkspace.ExecuteAsync), async (u, _, a) => await u.ExecuteAsync(a)),
        Of<ErasedWorkspaces>(nameof(ErasedWorkspaces.FindAsync), async (q, _, a) => await q.FindAsync(a.User, "demo")),
        Of<ExportWorkspace>(nameof(ExportWorkspace.IsTicketOf), (u, w, a) => Task.FromResult<object?>(u.IsTicketOf(a, w.Ticket))),
        Of<WorkspaceExport>(nameof(WorkspaceExport.WriteAsync), async (u, _, a) =>
        {
            using var file = new MemoryStream();
            await u.WriteAsync(a, file);
            return file.Length > 0 && HasCanary(await TextOfAsync(file));
        }),
        Of<BillingQuery>(nameof(BillingQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a))?.CompanyName),
        Of<AuditQuery>(nameof(AuditQuery.GetAsync), async (q, _, a) => (await q.GetAsync(a, new AuditFilter(Search: TwoWorkspaces.Invited), null))?.Lines),
        Of<AuditQuery>(nameof(AuditQuery.PeopleAsync), async (q, w, a) => (await q.PeopleAsync(a)).Where(p => p.User == w.Owner.User)),
        Of<AuditQuery>(nameof(AuditQuery.TimeZoneAsync), async (q, _, a) => await q.TimeZoneAsync(a) == TwoWorkspaces.TimeZone),
        Of<AuditExport>(nameof(AuditExport.ExecuteAsync), async (u, _, a) =>
        {
            using var file = new MemoryStream();
            if (await u.ExecuteAsync(a, new AuditFilter(), AuditFormat.JsonLines) is { } writeAsync)
            {
                await writeAsync(file, Never);
            }

            return Encoding.UTF8.GetString(file.ToArray()).Contains(TwoWorkspaces.Invited, StringComparison.Ordinal);
        }),

        // What a stranger does to the stranger's own workspace is none of the first one's business.
        Own<InviteMember>(nameof(InviteMember.ExecuteAsync), (u, a) => u.ExecuteAsync(a, null, Role.Agent)),
        Own<ChangeWorkspaceProfile>(nameof(ChangeWorkspaceProfile.ExecuteAsync), (u, a) => u.ExecuteAsync(a, "Juniper Books", "UTC", ["en"])),
        Own<ChangeAgentAccess>(nameof(ChangeAgentAccess.ExecuteAsync), (u, a) => u.ExecuteAsync(a, AgentSettings.Default)),
        Own<SetBusinessHours>(nameof(SetBusinessHours.ExecuteAsync), (u, a) => u.ExecuteAsync(a, [new OpenRange(DayOfWeek.Monday, 540, 1080)])),
        Own<SetLegalProfile>(nameof(SetLegalProfile.ExecuteAsync), (u, a) => u.ExecuteAsync(a, LegalProfile.EuUk)),
        Own<ChangeMessaging>(nameof(ChangeMessaging.ExecuteAsync), (u, a) => u.ExecuteAsync(a, ReadReceipts.WhenReplied, null)),
        Own<DemandTwoFactor>(nameof(DemandTwoFactor.ExecuteAsync), (u, a) => u.ExecuteAsync(a, isDemanded: false)),
        Own<ExportWorkspace>(nameof(ExportWorkspace.ExecuteAsync), (u, a) => u.ExecuteAsync(a, "Test")),
        Own<AuditCheck>(nameof(AuditCheck.ExecuteAsync), (u, a) => u.ExecuteAsync(a)),
    ];

    private static Crossing Own<T>(string method, Func<T, Actor, Task> doAsync)
        where T : notnull => Of<T>(method, async (u, _, a) =>
        {
            await doAsync(u, a);
            return null;
        });

    private static bool HasCanary(string text) => TwoWorkspaces.Canaries.Any(c => text.Contains(c, StringComparison.Ordinal));

    private static async Task<string> TextOfAsync(MemoryStream file)
    {
        var text = new StringBuilder();
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
