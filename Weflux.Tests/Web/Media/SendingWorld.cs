using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Media;

/// <summary>A customer who has just written, and an agent who sends files to them.</summary>
public abstract class SendingWorld : GraphWorld
{
    private const string Phone = "919200000001";

    protected Actor Agent { get; private set; } = null!;

    protected long ConversationId { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await HearAsync("wamid.in.1");
        ConversationId = (await Host.ConversationsAsync()).Single().Id;
        Agent = await Host.ActorAsync();
    }

    protected static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    protected static MessageContent Content(MediaKind kind, long file)
    {
        var media = new MediaReference("", "", "", file);
        return kind switch
        {
            MediaKind.Image => new ImageContent(media, "words"),
            MediaKind.Video => new VideoContent(media, "words"),
            MediaKind.Audio or MediaKind.Voice => new AudioContent(media, kind == MediaKind.Voice),
            MediaKind.Document => new DocumentContent(media, null, "words"),
            _ => new StickerContent(media, IsAnimated: false),
        };
    }

    protected Task<long> UploadAsync(string name, byte[] bytes, MediaKind? kind = null) => Host.UploadAsync(Agent, name, bytes, kind);

    protected Task<SendReplyResult?> SendAsync(MessageContent content, Guid? draft = null) => Host.Services.GetRequiredService<SendReply>()
        .ExecuteAsync(Agent, ConversationId, content, draft ?? Guid.NewGuid());

    protected async Task HearAsync(string id)
    {
        await Webhooks.PostAsync(MetaWebhooks.TextFrom(id, Phone, "hello", Now));
        await Host.SettledAsync();
    }

    protected async Task<Message> OutboundAsync(Func<Message, bool> isSo)
    {
        var all = await Eventually.SeeAsync(Host.MessagesAsync, messages => messages.Exists(m => m.Direction == MessageDirection.Out && isSo(m)));
        return all.First(m => m.Direction == MessageDirection.Out && isSo(m));
    }

    protected Task<List<OutboundMessage>> OutboxAsync() => Host.ReadAsync(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync());

    protected Task<List<SendAttempt>> AttemptsAsync() => Host.ReadAsync(db => db.Set<SendAttempt>().AsNoTracking().ToListAsync());
}
