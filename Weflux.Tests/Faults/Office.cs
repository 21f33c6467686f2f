using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Data;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Tests.Faults;

/// <summary>
/// People who answer customers, by the same use case as the screens but from another process: whatever befalls Weflux,
/// they go on, and its outbox finds what they wrote.
/// </summary>
internal sealed class Office
{
    private readonly WefluxDatabase _database;
    private readonly SendReply _send;
    private Actor _manager = null!;
    private int _replies;

    private Office(string dataDirectory)
    {
        _database = new WefluxDatabase(Options.Create(new DatabaseOptions()), Stand.Directory(dataDirectory), NullLoggerFactory.Instance);
        _send = new SendReply(_database, Stand.Broadcaster(), new LaneSignals(), TimeProvider.System);
    }

    /// <summary>The texts of everything that was stored to be sent.</summary>
    public HashSet<string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>Waits until the demo is there, and has its number call the simulator as it would call Meta.</summary>
    public static async Task<Office> OpenAsync(string dataDirectory)
    {
        var office = new Office(dataDirectory);
        await office._database.WriteForSystemAsync(
            db => db.Set<Connection>().AcrossWorkspaces().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)),
            CancellationToken.None);
        await using var db = office._database.OpenForSystem();
        var user = await db.Set<WefluxUser>().Where(u => u.Email == "manager@demo.test").Select(u => u.Id).SingleAsync();
        office._manager = (await new Actors(office._database).FindAsync(new UserId(user), "demo", CancellationToken.None))!;
        return office;
    }

    /// <summary>The conversations in which these people may be answered.</summary>
    public async Task<IReadOnlyList<long>> ConversationsAsync(IReadOnlyCollection<string> names)
    {
        await using var db = _database.Open(_manager.Workspace);
        return await (
            from conversation in db.Set<Conversation>()
            join contact in db.Set<Weflux.Domain.Contacts.Contact>() on conversation.ContactId equals contact.Id
            where names.Contains(contact.ProfileName)
            orderby conversation.Id
            select conversation.Id).ToListAsync();
    }

    /// <summary>Answers now one, now the other, until cancelled.</summary>
    public async Task AnswerAsync(IReadOnlyList<long> conversations, TimeSpan pause, Random chance, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await ReplyAsync(conversations[chance.Next(conversations.Count)]);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    public async Task<string> ReplyAsync(long conversation)
    {
        var text = $"answer {Interlocked.Increment(ref _replies)}";
        var result = await _send.ExecuteAsync(_manager, conversation, new TextContent(text), Guid.NewGuid());
        if (result?.Decision is not Allowed)
        {
            throw new InvalidOperationException($"The reply was refused: {result?.Decision}");
        }

        lock (Written)
        {
            Written.Add(text);
        }

        return text;
    }
}
