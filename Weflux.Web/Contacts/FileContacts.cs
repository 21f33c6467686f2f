using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>
/// Contacts that were stored before they were sorted by name get what the list goes by, some at a time, so that nobody who
/// writes waits. A contact that is new or renamed has it already.
/// </summary>
public sealed partial class FileContacts(WefluxDatabase database, ILogger<FileContacts> logger) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Files what is left.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var workspace in await WorkspacesAsync(cancellationToken))
        {
            int filed;
            do
            {
                filed = await database.WriteAsync(workspace, db => FileSomeAsync(db, cancellationToken), cancellationToken);
                count += filed;
            }
            while (filed == AtOnce);
        }

        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Rest);
        do
        {
            try
            {
                if (await RunAsync(stoppingToken) is > 0 and var count)
                {
                    Filed(count);
                }

                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotFiled(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<Domain.Team.WorkspaceId>> WorkspacesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<WorkspaceCounter>().AcrossWorkspaces().Select(c => c.WorkspaceId).ToListAsync(cancellationToken);
    }

    private static async Task<int> FileSomeAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var contacts = await db.Set<Contact>().Where(c => c.SortName == "").OrderBy(c => c.Id).Take(AtOnce).ToListAsync(cancellationToken);
        contacts.ForEach(c => c.File());
        await db.SaveChangesAsync(cancellationToken);
        return contacts.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Filed {Count} contacts for the list of contacts.")]
    private partial void Filed(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Contacts could not be filed for the list ({Fault}). It is tried again in a minute.")]
    private partial void NotFiled(string fault);
}
