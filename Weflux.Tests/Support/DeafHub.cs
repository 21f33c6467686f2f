using Microsoft.AspNetCore.SignalR;
using Weflux.Web.Live;

namespace Weflux.Tests.Support;

/// <summary>The hub as the broadcaster knows it, which can be made to lose every hint on its way.</summary>
public sealed class DeafHub(IHubContext<InboxHub> hub, HintLoss loss) : IHubContext<InboxHub, IInboxClient>, IHubClients<IInboxClient>
{
    public IHubClients<IInboxClient> Clients => this;

    public IGroupManager Groups => hub.Groups;

    IInboxClient IHubClients<IInboxClient>.All => throw new NotSupportedException();

    public IInboxClient Group(string groupName) => new Voice(hub.Clients.Group(groupName), loss);

    public IInboxClient AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();

    public IInboxClient Client(string connectionId) => throw new NotSupportedException();

    IInboxClient IHubClients<IInboxClient>.Clients(IReadOnlyList<string> connectionIds) => throw new NotSupportedException();

    public IInboxClient GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();

    IInboxClient IHubClients<IInboxClient>.Groups(IReadOnlyList<string> groupNames) => throw new NotSupportedException();

    public IInboxClient User(string userId) => throw new NotSupportedException();

    public IInboxClient Users(IReadOnlyList<string> userIds) => throw new NotSupportedException();

    private sealed class Voice(IClientProxy proxy, HintLoss loss) : IInboxClient
    {
        public Task Changed(IReadOnlyList<ConversationHint> hints) =>
            loss.IsOn ? loss.Lose(hints.Count) : proxy.SendAsync(nameof(IInboxClient.Changed), hints);

        public Task People(IReadOnlyList<long> members) =>
            loss.IsOn ? Task.CompletedTask : proxy.SendAsync(nameof(IInboxClient.People), members);

        public Task Noticed() => loss.IsOn ? loss.Lose(1) : proxy.SendAsync(nameof(IInboxClient.Noticed));

        public Task Together(IReadOnlyList<TogetherHint> hints) =>
            loss.IsOn ? loss.Lose(hints.Count) : proxy.SendAsync(nameof(IInboxClient.Together), hints);
    }
}

/// <summary>Whether hints get lost, and how many did.</summary>
public sealed class HintLoss
{
    private int _count;

    public bool IsOn { get; set; }

    public int Count => _count;

    public Task Lose(int hints)
    {
        Interlocked.Add(ref _count, hints);
        return Task.CompletedTask;
    }
}
