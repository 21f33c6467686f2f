using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Operations;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>
/// The operator's way to let somebody in whom no Admin may and no mail can: the last Admin of an installation, say, or
/// somebody whose phone and recovery codes are gone.
/// </summary>
public sealed class ResetLinkCommand(
    WefluxDatabase database, ILookupNormalizer normalizer, AccountLinks links, SecondFactors factors, AuditLog audit, PublicAddress address) : ICommand
{
    internal const string WithoutStep = "--without-second-step";
    private const string Operator = "Whoever runs this Weflux";

    public string Name => "reset-link";

    public string Help => $"makes a link with which a person chooses a new password (reset-link <e-mail address> [{WithoutStep}]).";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var isWithoutStep = arguments.Contains(WithoutStep, StringComparer.Ordinal);
        if (arguments.Where(a => a != WithoutStep).ToList() is not [{ } email] || email.StartsWith('-'))
        {
            await output.WriteLineAsync($"Name the e-mail address of the account: reset-link <e-mail address> [{WithoutStep}]");
            return 2;
        }

        var name = normalizer.NormalizeName(email.Trim());
        var (link, isStepGone) = (default(Uri), false);
        await database.WriteForSystemAsync(
            async db =>
            {
                if (await db.Set<WefluxUser>().AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken) is { } user)
                {
                    isStepGone = isWithoutStep && await TakeStepAwayAsync(db, user, cancellationToken);
                    link = await IssueAsync(db, new UserId(user.Id), cancellationToken);
                }
            },
            cancellationToken);
        if (link is null)
        {
            await output.WriteLineAsync("There is no account with this e-mail address.");
            return 1;
        }

        if (isWithoutStep)
        {
            await output.WriteLineAsync(isStepGone ? "The second step is removed." : "This account has no second step.");
        }

        await output.WriteLineAsync($"It works once, within an hour: {link}");
        return 0;
    }

    private async Task<Uri> IssueAsync(WefluxDbContext db, UserId person, CancellationToken cancellationToken)
    {
        await db.Set<WefluxUser>().Where(u => u.Id == person.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ResetAskedAt, (DateTimeOffset?)null), cancellationToken);
        var secret = await links.IssueAsync(db, AccountLinkKind.PasswordReset, person, null, ForgetPassword.LinkLives, cancellationToken);
        return address.At($"/reset-password?token={secret}");
    }

    /// <summary>Removes the second step, tells the person by mail, and puts it on record in every workspace that the person is in.</summary>
    private async Task<bool> TakeStepAwayAsync(WefluxDbContext db, WefluxUser user, CancellationToken cancellationToken)
    {
        var person = new UserId(user.Id);
        await db.LockPersonAsync(person, cancellationToken);
        if (!await db.Set<WefluxUser>().AnyAsync(u => u.Id == user.Id && u.TwoFactorEnabled, cancellationToken))
        {
            return false;
        }

        await factors.TakeAwayAsync(db, person, $"{Operator} removed the second step to sign in and made a link to choose a new password.", keep: null, cancellationToken);
        var workspaces = await db.Set<Membership>().AcrossWorkspaces().Where(m => m.UserId == person)
            .Select(m => m.WorkspaceId).ToListAsync(cancellationToken);
        foreach (var workspace in workspaces)
        {
            await audit.AddAsync(
                db,
                new Actor(workspace, default, Operator, default, AgentSettings.Default),
                AuditActions.SecondStepRemoved,
                AuditFacts.Gone(user.Name, ("Second step", "On")),
                cancellationToken);
        }

        return true;
    }
}
