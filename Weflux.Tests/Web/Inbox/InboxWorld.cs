using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Presence;
using Weflux.Web.Scheduling;
using Weflux.Web.Security;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;
using Weflux.Web.Teams;
using Weflux.Web.Templates;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Inbox;

/// <summary>A workspace in a database of its own, the real queries, use cases and hub, and components to render on them.</summary>
public sealed class InboxWorld : BunitContext
{
    public const string Slug = "chai";

    private readonly string _folder = Directory.CreateTempSubdirectory("weflux-inbox-").FullName;
    private int _said;

    // A database and a hub are at work behind these components, on machines that may be busy.
    static InboxWorld() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public CountedTime Time { get; } = new(Rows.Noon);

    public WefluxDatabase Database { get; private set; } = null!;

    public Actor Me { get; private set; } = null!;

    public Connection Number { get; private set; } = null!;

    /// <summary>Whoever asks who is acting waits for this.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public static async Task<InboxWorld> OpenAsync(Role role = Role.Manager)
    {
        var world = new InboxWorld();
        await world.PrepareAsync(role);
        return world;
    }

    /// <summary>A customer with a conversation in which nothing was said.</summary>
    public async Task<Conversation> MeetAsync(string name = "Asha", Action<Contact>? known = null)
    {
        await using var db = Database.Open(Me.Workspace);
        var contact = Contact.Meet(Me.Workspace, Time.GetUtcNow());
        contact.Hear(new HeardContact([], $"9198100000{++_said:00}", name, null), Time.GetUtcNow());
        known?.Invoke(contact);
        db.Add(contact);
        await db.SaveChangesAsync();
        var conversation = Conversation.Start(Me.Workspace, contact.Id, Number.Id, Time.GetUtcNow());
        db.Add(conversation);
        await db.SaveChangesAsync();
        return conversation;
    }

    /// <summary>The customer says something, and every screen is told.</summary>
    public Task<long> SayAsync(long conversationId, string words) => SayAsync(conversationId, new TextContent(words));

    public async Task<long> SayAsync(long conversationId, MessageContent content, MessageContext? context = null)
    {
        Pass();
        var (id, change) = await Database.WriteAsync(Me.Workspace, async db =>
        {
            var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId);
            var sequence = await db.TakeSequenceAsync(1, default);
            var now = Time.GetUtcNow();
            var outcome = conversation.Receive(new InboundMessage($"wamid.in{++_said}", content, context, now, now, null), sequence);
            db.Add(outcome.Message);
            await db.SaveChangesAsync();
            return (outcome.Message.Id, ConversationChange.Of(conversation));
        }, default);
        await Services.GetRequiredService<InboxBroadcaster>().AnnounceAsync(Me.Workspace, [change]);
        return id;
    }

    /// <summary>Many messages at once, of which no screen is told yet.</summary>
    public Task ImportAsync(long conversationId, int count) => Database.WriteAsync(Me.Workspace, async db =>
    {
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId);
        var now = Time.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var sequence = await db.TakeSequenceAsync(1, default);
            db.Add(conversation.Receive(new InboundMessage($"wamid.in{++_said}", new TextContent("Long ago"), null, now, now, null), sequence).Message);
        }

        await db.SaveChangesAsync();
    }, default);

    /// <summary>Changes a message of ours behind the screens' back, and tells them.</summary>
    public async Task MoveAsync(long messageId, Action<Message, long> move)
    {
        Pass();
        var change = await Database.WriteAsync(Me.Workspace, async db =>
        {
            var message = await db.Set<Message>().SingleAsync(m => m.Id == messageId);
            var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == message.ConversationId);
            move(message, await db.TakeSequenceAsync(1, default));
            conversation.ShowStatus(message);
            await db.SaveChangesAsync();
            return ConversationChange.Of(conversation);
        }, default);
        await Services.GetRequiredService<InboxBroadcaster>().AnnounceAsync(Me.Workspace, [change]);
    }

    public Task<T> ReadAsync<T>(Func<WefluxDbContext, Task<T>> read) => Database.WriteAsync(Me.Workspace, read, default);

    public async Task EditAsync(Func<WefluxDbContext, Task> edit) =>
        await Database.WriteForSystemAsync(edit, default);

    public IRenderedComponent<ThreadPane> RenderThread(long conversationId) => Render<ThreadPane>(parameters => parameters
        .Add(p => p.Workspace, Slug).Add(p => p.ConversationId, conversationId).Add(p => p.BackHref, "/w/chai/inbox"));

    public IRenderedComponent<ConversationList> RenderList(ListOrder order = ListOrder.NeedsReplyFirst) => Render<ConversationList>(parameters => parameters
        .Add(p => p.Workspace, Slug).Add(p => p.View, InboxView.Default with { Order = order }));

    // What happens next must not happen in the same moment.
    private void Pass() => Time.Advance(TimeSpan.FromSeconds(1));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A connection that is just being closed still holds the file; the system's temporary folder is cleaned anyway.
        }
    }

    private async Task PrepareAsync(Role role)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Weflux:DataDirectory", _folder)]).Build();
        var directory = new DataDirectory(configuration);
        Database = new WefluxDatabase(Options.Create(new DatabaseOptions()), directory, NullLoggerFactory.Instance);
        FreshDatabase.PutInto(_folder);
        await SeedAsync(role);
        AddServices(configuration);
    }

    private async Task SeedAsync(Role role)
    {
        await using var db = Database.OpenForSystem();
        var workspace = new Workspace { Slug = Slug, Name = "Chai & Co.", CreatedAt = Rows.Noon };
        var user = new WefluxUser { UserName = "ravi@example.com", Name = "Ravi", SecurityStamp = "s" };
        db.AddRange(workspace, user);
        await db.SaveChangesAsync();
        var person = new UserId(user.Id);
        db.Add(new WorkspaceCounter { WorkspaceId = workspace.Id });
        db.Add(new Membership { WorkspaceId = workspace.Id, UserId = person, Role = role, JoinedAt = Rows.Noon });
        var app = new MetaApp { WorkspaceId = workspace.Id, AppKey = "k", AppSecret = [1], VerifyToken = [1] };
        db.Add(app);
        await db.SaveChangesAsync();
        Number = new Connection
        {
            WorkspaceId = workspace.Id,
            MetaAppId = app.Id,
            Kind = ConnectionKind.Simulator,
            WabaId = "1",
            PhoneNumberId = "2",
            DisplayPhoneNumber = "+91 98765 43210",
            Name = "Chai & Co.",
            AccessToken = [1],
        };
        db.Add(Number);
        await db.SaveChangesAsync();
        Me = new Actor(workspace.Id, person, "Ravi", role, workspace.AgentSettings);
    }

    private void AddServices(IConfiguration configuration)
    {
        Services.AddLogging();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(Database);
        Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(this));
        Services.AddSingleton(Options.Create(new DemoOptions()));

        // The hub asks this for each of its methods; the placeholder of the test context would refuse to answer.
        Services.AddAuthorizationCore();
        Services.AddSingleton<IAuthorizationService, DefaultAuthorizationService>();
        Services.AddTeam();
        Services.AddSingleton<AccessWatch>();
        Services.AddLive(configuration);

        // A screen rests after news by the clock on the wall: nobody here moves the other one once a test waits.
        Services.AddScoped(services => ActivatorUtilities.CreateInstance<InboxFeed>(services, TimeProvider.System));
        Services.AddPresence();
        Services.AddFloor();
        Services.AddTeams();
        Services.AddInbox();
        Services.AddWork();
        Services.AddSingleton<Weflux.Web.Media.IMediaStore>(Weflux.Tests.Web.Data.Stand.Files());
        Services.AddAudit();
        Services.AddContacts();
        Services.AddSingleton(Weflux.Tests.Web.Data.Stand.Protector);
        Services.AddSingleton<Weflux.Web.Replies.RepliesQuery>();
        Services.AddSingleton<Weflux.Web.Replies.PutInReply>();
        Services.AddSingleton<LaneSignals>();
        Services.AddSingleton<Weflux.Web.Media.Fetching.MediaSignals>();
        Services.AddSingleton<Weflux.Web.Media.Fetching.FetchAgain>();
        Services.AddSingleton<SendReply>();
        Services.AddSingleton<SendAgain>();
        Services.AddSingleton<QueueQuery>();
        Services.AddSingleton<SendReaction>();
        Services.AddSingleton<TakeBack>();
        Services.AddSingleton<QueueQuery>();
        Services.AddSingleton<ScheduleMessage>();
        Services.AddSingleton<ChangeSchedule>();
        Services.AddSingleton<CancelScheduled>();
        Services.AddSingleton<SendScheduledNow>();
        Services.AddSingleton<ScheduledQuery>();
        Services.AddSingleton<TemplateListQuery>();
        Services.AddSingleton<TemplateSignals>();
        Services.AddSingleton<TemplateSync>();
        Services.AddSingleton<SyncTemplates>();
        Services.AddSingleton<LeaveTrouble>();
        Services.AddSingleton<TroubleCountQuery>();
        Services.AddSingleton(Weflux.Tests.Web.Data.Stand.CloudApi(System.Net.HttpStatusCode.OK, "{}"));
        Services.AddSingleton<ReadReceiptSender>();
        Services.AddSingleton<TemplateSignals>();
        Services.AddSingleton<TemplateListQuery>();
        Services.AddSingleton<TemplateSync>();
        Services.AddSingleton<SyncTemplates>();
        Services.AddSingleton(services => ActivatorUtilities.CreateInstance<NoticePost>(services, TimeProvider.System));
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private sealed class SignedIn(InboxWorld world) : AuthenticationStateProvider
    {
        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            await world.Answering;
            return new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, world.Me.User.ToString())], "test")));
        }
    }
}

/// <summary>A clock that stands still and counts the timers that nobody has ended.</summary>
public sealed class CountedTime(DateTimeOffset now) : FakeTimeProvider(now)
{
    private int _timers;

    public int Timers => _timers;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Counted(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(CountedTime owner, ITimer timer) : ITimer
    {
        private int _isEnded;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                Interlocked.Decrement(ref owner._timers);
                timer.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
