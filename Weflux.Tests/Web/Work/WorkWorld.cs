using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Work;

/// <summary>The real program with a customer who has written, and the people who deal with it.</summary>
public sealed class WorkWorld : IAsyncLifetime
{
    private HttpClient _client = null!;
    private int _customers;

    internal WefluxHost Host { get; private set; } = null!;

    internal MetaWebhooks Webhooks { get; private set; } = null!;

    internal Actor Agent { get; private set; } = null!;

    internal Actor Other { get; private set; } = null!;

    internal Actor Manager { get; private set; } = null!;

    internal Actor Admin { get; private set; } = null!;

    internal ActivityQuery Activity => Get<ActivityQuery>();

    internal DateTimeOffset Now => Host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        _client = Host.NewClient();
        Webhooks = new MetaWebhooks(_client);
        (Agent, Other) = (await Host.ActorAsync(), await Host.ActorAsync("agent2@demo.test"));
        (Manager, Admin) = (await Host.ActorAsync("manager@demo.test"), await Host.ActorAsync("admin@demo.test"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }

    internal T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>A customer writes for the first time.</summary>
    internal async Task<long> MeetAsync()
    {
        var phone = Phone(++_customers);
        await SayAsync(phone, "hello");
        return await Host.ReadAsync(db => db.Set<Conversation>().OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());
    }

    internal static string Phone(int nth) => $"9195550001{nth:00}";

    internal string LastPhone => Phone(_customers);

    internal async Task SayAsync(string phone, string words)
    {
        await Webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{Guid.NewGuid():N}", phone, words, Now, "Asha"));
        await Host.SettledAsync();
    }

    internal Task<Conversation> ConversationAsync(long id) => Host.ReadAsync(db => db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id));

    /// <summary>What the thread tells somebody, in words.</summary>
    internal async Task<IReadOnlyList<string>> TellsAsync(Actor reader, long id) =>
        [.. (await Activity.RangeAsync(reader, id, null, null)).OrderBy(i => i.At).ThenBy(i => i.Id).Select(i => i is NoteView { IsDeleted: false } note
            ? string.Concat(note.Pieces.Select(p => p.Words))
            : ActivityWords.Say(i, "Asha", Weflux.Web.Inbox.ScreenClock.Utc))];

    internal async Task<long> NoteAsync(Actor author, long conversation, string text)
    {
        (await Get<WriteNote>().ExecuteAsync(author, conversation, text, Guid.CreateVersion7())).Should().Be(WorkOutcome.Done);
        return await Host.ReadAsync(db => db.Set<Note>().MaxAsync(n => n.Id));
    }
}
