using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Team.Settings;

namespace Weflux.Web.Team.Deletion;

/// <summary>
/// An Admin asks for the workspace to be deleted. For 30 days everything goes on as before, and any Admin can keep the
/// workspace; then it is erased. All Admins are told by mail.
/// </summary>
public sealed class AskForDeletion(WorkspaceEdits edits, MailQueue mail, PublicAddress address, TimeProvider time)
{
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <param name="actor">Who asks.</param>
    /// <param name="typedName">The name of the workspace, typed to confirm.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<DeletionAnswer> ExecuteAsync(Actor actor, string typedName, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return new DeletionAnswer(DeletionOutcome.NotAllowed);
        }

        var answer = new DeletionAnswer(DeletionOutcome.WrongName);
        var outcome = await edits.ApplyAsync(
            actor,
            Permission.ManageWorkspace,
            AuditActions.DeletionAsked,
            async (db, workspace) =>
            {
                if (!string.Equals(typedName.Trim(), workspace.Name, StringComparison.Ordinal))
                {
                    return null;
                }

                if (workspace.DeletionDueAt is { } known)
                {
                    answer = new DeletionAnswer(DeletionOutcome.Asked, known);
                    return null;
                }

                var due = time.GetUtcNow() + Grace;
                (workspace.DeletionDueAt, workspace.DeletionAskedBy) = (due, actor.User);
                answer = new DeletionAnswer(DeletionOutcome.Asked, due);
                foreach (var (email, name) in await Admins.AddressesAsync(db, workspace.Id, cancellationToken))
                {
                    mail.Add(db, MailOf(actor, workspace, email, name, due));
                }

                return AuditFacts.Made(workspace.Name, ("Erased from", due.ToString("u", CultureInfo.InvariantCulture)));
            },
            isForAll: true,
            cancellationToken);
        return outcome == EditOutcome.NotAllowed ? new DeletionAnswer(DeletionOutcome.NotAllowed) : answer;
    }

    private MailText MailOf(Actor actor, Workspace workspace, string email, string name, DateTimeOffset due) => new(
        email,
        name,
        $"{workspace.Name} will be deleted on {Admins.Day(due, workspace)}",
        $"""
        Hello {name},

        {actor.Name} asked for the workspace {workspace.Name} to be deleted. Until {Admins.Day(due, workspace)} everything works as before. Then its conversations, contacts, numbers and settings are erased, and nobody can bring them back.

        If that is wrong, any Admin can keep the workspace until then:

        {address.At($"/w/{workspace.Slug}/settings/general")}

        On the same page you can export everything first.
        """);
}

/// <summary>Whom a deletion concerns most.</summary>
internal static class Admins
{
    public static async Task<List<(string Email, string Name)>> AddressesAsync(WefluxDbContext db, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var admins = await db.Set<Membership>().AcrossWorkspaces().Where(m => m.WorkspaceId == workspace && m.IsActive && m.Role == Role.Admin)
            .Select(m => m.UserId).ToListAsync(cancellationToken);
        var ids = admins.ConvertAll(a => a.Value);
        var found = await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id) && u.Email != null).Select(u => new { u.Email, u.Name }).ToListAsync(cancellationToken);
        return found.ConvertAll(u => (u.Email!, u.Name));
    }

    public static string Day(DateTimeOffset at, Workspace workspace) =>
        TimeZoneInfo.ConvertTime(at, WorkspaceTime.Find(workspace.TimeZone)).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <param name="Outcome">What became of it.</param>
/// <param name="DueAt">When the workspace will be erased; null if it will not.</param>
public sealed record DeletionAnswer(DeletionOutcome Outcome, DateTimeOffset? DueAt = null);

public enum DeletionOutcome
{
    Asked,
    NotAllowed,
    WrongName,
}
