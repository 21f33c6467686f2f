using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;

namespace Weflux.Web.Account.SignUp;

/// <summary>What came of making a further workspace.</summary>
public abstract record WorkspaceOutcome
{
    private WorkspaceOutcome()
    {
    }

    public sealed record Made(string Slug) : WorkspaceOutcome;

    public sealed record Wrong(IReadOnlyList<SignUpFault> Faults) : WorkspaceOutcome;

    /// <summary>This person may not make workspaces here.</summary>
    public sealed record MayNot : WorkspaceOutcome;
}

/// <summary>
/// Makes a further workspace for somebody who is signed in: everybody where everybody may sign up, else those who are
/// Admin of one already. People of a demo in production may not, because everybody can sign in as them.
/// </summary>
public sealed class CreateWorkspace(WefluxDatabase database, SignUpDoor door, NewWorkspace workspaces, IHostEnvironment environment)
{
    /// <summary>Whether the person may.</summary>
    public async Task<bool> MayAsync(UserId person, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await MayAsync(db, person, cancellationToken);
    }

    public async Task<WorkspaceOutcome> ExecuteAsync(
        UserId person, string name, string typedSlug, string? timeZone, string? from, CancellationToken cancellationToken)
    {
        var faults = new List<SignUpFault>();
        if (SignUpReading.Organisation(name) is { } fault)
        {
            faults.Add(new SignUpFault(SignUpField.Organisation, fault));
        }

        if (SlugAdvice.Sentence(WorkspaceSlug.Read(typedSlug, out var slug)) is { } slugFault)
        {
            faults.Add(new SignUpFault(SignUpField.Slug, slugFault));
        }

        if (faults.Count > 0)
        {
            return new WorkspaceOutcome.Wrong(faults);
        }

        WorkspaceOutcome outcome = new WorkspaceOutcome.Made(slug.Value!);
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.LockInstallationAsync(cancellationToken);
                if (!await MayAsync(db, person, cancellationToken))
                {
                    outcome = new WorkspaceOutcome.MayNot();
                }
                else if (await NewWorkspace.IsTakenAsync(db, slug.Value!, cancellationToken))
                {
                    outcome = new WorkspaceOutcome.Wrong([new SignUpFault(SignUpField.Slug, SlugAdvice.Taken(slug.Value!))]);
                }
                else
                {
                    var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                    await workspaces.AddAsync(db, user, name.Trim(), slug, timeZone, from, cancellationToken);
                }
            },
            cancellationToken);
        return outcome;
    }

    private async Task<bool> MayAsync(WefluxDbContext db, UserId person, CancellationToken cancellationToken)
    {
        var user = await db.Set<WefluxUser>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == person.Value, cancellationToken);
        if (user is null || (environment.IsProduction() && DemoWorkspaces.FindPerson(user.Email!) is not null))
        {
            return false;
        }

        return door.IsOpenToAll || await db.Set<Membership>().AcrossWorkspaces().AnyAsync(
            m => m.UserId == person && m.IsActive && m.Role == Role.Admin, cancellationToken);
    }
}
