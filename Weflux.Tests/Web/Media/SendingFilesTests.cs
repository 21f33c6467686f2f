using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Media;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Media;

/// <summary>Files on their way out: given to the platform first, then named by the message.</summary>
public sealed class SendingFilesTests : IAsyncLifetime
{
    private const string Phone = "919200000001";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;
    private Actor _agent = null!;
    private long _conversationId;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        await HearAsync("wamid.in.1");
        _conversationId = (await _host.ConversationsAsync()).Single().Id;
        _agent = await _host.ActorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    public static TheoryData<string, byte[], MediaKind, string> Kinds => new()
    {
        { "a.png", Samples.Png, MediaKind.Image, """{"type":"image","image":{"id":"770001","caption":"words"}}""" },
        { "a.mp4", Samples.Film, MediaKind.Video, """{"type":"video","video":{"id":"770001","caption":"words"}}""" },
        { "a.ogg", Samples.Voice, MediaKind.Audio, """{"type":"audio","audio":{"id":"770001"}}""" },
        { "a.ogg", Samples.Voice, MediaKind.Voice, """{"type":"audio","audio":{"id":"770001","voice":true}}""" },
        { "a.pdf", Samples.Pdf, MediaKind.Document, """{"type":"document","document":{"id":"770001","caption":"words","filename":"a.pdf"}}""" },
        { "a.webp", Samples.Sticker, MediaKind.Sticker, """{"type":"sticker","sticker":{"id":"770001"}}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_uploaded_and_the_message_names_it_as_the_platform_wants(string name, byte[] bytes, MediaKind kind, string expected)
    {
        await SendAsync(Content(kind, await UploadAsync(name, bytes, kind)));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        var upload = _graph.Uploads.Single();
        (upload.Product, upload.Part, upload.Authorization).Should().Be(("whatsapp", "file", "Bearer demo-access-token"));
        upload.Bytes.Should().Equal(bytes);
        upload.ContentType.Should().Be(upload.Type).And.Be((await _host.FilesAsync()).Single().MimeType);
        var body = _graph.Sends.Single();
        var wanted = JsonNode.Parse(expected)!.AsObject();
        body["type"]!.GetValue<string>().Should().Be(wanted["type"]!.GetValue<string>());
        JsonNode.DeepEquals(body[body["type"]!.GetValue<string>()], wanted[body["type"]!.GetValue<string>()]).Should().BeTrue(body.ToJsonString());
        body.Select(m => m.Key).Should().BeEquivalentTo("messaging_product", "recipient_type", "to", "biz_opaque_callback_data", "type", wanted["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_is_uploaded_once_and_again_when_the_platform_forgets_it()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        await SendAsync(Content(MediaKind.Image, file));
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        await AgainAsync(2);
        _graph.Uploads.Should().ContainSingle("the platform has it");

        _host.Clock.Advance(TimeSpan.FromDays(29));
        await HearAsync("wamid.in.2");
        await AgainAsync(3);
        _graph.Uploads.Should().HaveCount(2);
        _graph.Sends.Select(s => s["image"]!["id"]!.GetValue<string>()).Should().Equal("770001", "770001", "770002");

        async Task AgainAsync(int sends)
        {
            await SendAsync(Content(MediaKind.Image, file));
            await Eventually.BeAsync(() => Task.FromResult(_graph.Sends.Count == sends));
            await Eventually.BeAsync(async () => (await OutboxAsync()).Count == 0);
        }
    }

    [Theory]
    [InlineData("131053 refused", 131053)]
    [InlineData("190 refused", 190)]
    [InlineData("413 without a body", OwnFaults.FileNotTaken)]
    public async Task An_upload_that_is_refused_fails_the_message_and_nothing_is_sent(string how, int code)
    {
        _graph.Taking = (context, _) => how.StartsWith("413", StringComparison.Ordinal)
            ? Status(context, 413)
            : GraphStub.RefuseAsync(context, code);

        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(code);
        _graph.Sends.Should().BeEmpty();
        (await OutboxAsync()).Should().BeEmpty();
        (await AttemptsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("500")]
    [InlineData("half an answer")]
    [InlineData("too fast")]
    public async Task An_upload_that_fails_for_the_moment_waits_and_never_leaves_a_doubt(string how)
    {
        var fails = true;
        _graph.Taking = async (context, _) =>
        {
            if (!fails)
            {
                await context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });
                return;
            }

            await (how switch
            {
                "cut" => Abort(context),
                "500" => Status(context, 500),
                "half an answer" => context.Response.WriteAsync("{\"id"),
                _ => GraphStub.RefuseAsync(context, 130429),
            });
        };

        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));

        var waiting = await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals == 1));
        (waiting[0].State, waiting[0].AttemptId).Should().Be((OutboundState.Waiting, (Guid?)null));
        (await OutboundAsync(_ => true)).Status.Should().Be(DeliveryStatus.Queued);
        (await AttemptsAsync()).Should().BeEmpty("no message left");

        fails = false;
        _host.Clock.Advance(TimeSpan.FromSeconds(20));
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        _graph.Sends.Single()["image"]!["id"]!.GetValue<string>().Should().Be("779");
    }

    [Fact]
    public async Task A_window_that_closes_while_the_file_goes_up_keeps_the_message_back()
    {
        _graph.Taking = async (context, _) =>
        {
            _host.Clock.Advance(TimeSpan.FromHours(25));
            await context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });
        };

        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.WindowClosed);
        _graph.Sends.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_vanished_from_the_store_fails_the_message_in_words()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        var row = (await _host.FilesAsync()).Single();
        _host.Services.GetRequiredService<IMediaStore>().Delete(row.WorkspaceId, row.Key);

        await SendAsync(Content(MediaKind.Image, file));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.FileMissing);
    }

    [Fact]
    public async Task Only_whoever_put_a_file_here_sends_it()
    {
        var file = await _host.UploadAsync(await _host.ActorAsync("agent2@demo.test"), "a.png", Samples.Png);

        var result = await SendAsync(Content(MediaKind.Image, file));

        result!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await _host.MessagesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_of_another_workspace_or_an_id_of_the_platform_is_not_sent()
    {
        var foreign = await _host.UploadAsync(await _host.ActorAsync("agent@demo-two.test", "demo-two"), "a.png", Samples.Png);

        (await SendAsync(Content(MediaKind.Image, foreign)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(new ImageContent(new MediaReference("123456", "image/png", ""), null)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(Content(MediaKind.Image, 999_999)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
    }

    [Fact]
    public async Task A_file_is_not_sent_as_something_that_it_is_not()
    {
        var picture = await UploadAsync("a.png", Samples.Png);

        (await SendAsync(Content(MediaKind.Document, picture)))!.Decision.Should().Be(new Invalid(InvalidReason.FileNotFitting));
        (await SendAsync(Content(MediaKind.Video, picture)))!.Decision.Should().Be(new Invalid(InvalidReason.FileNotFitting));
    }

    [Fact]
    public async Task What_the_sender_says_of_the_file_does_not_count()
    {
        var file = await UploadAsync("a.pdf", Samples.Pdf);

        await SendAsync(new DocumentContent(new MediaReference("stolen", "text/html", "x", file), "../../bill.exe", null));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        _graph.Sends.Single()["document"]!["filename"]!.GetValue<string>().Should().Be("bill.exe.pdf");
        var stored = (DocumentContent)(await OutboundAsync(_ => true)).Content;
        (stored.Media.Id, stored.Media.MimeType, stored.Media.FileId).Should().Be(("", "application/pdf", file));
    }

    [Fact]
    public async Task A_caption_that_is_too_long_is_refused()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        (await SendAsync(new ImageContent(new MediaReference("", "", "", file), new string('x', 1025))))!.Decision
            .Should().Be(new Invalid(InvalidReason.CaptionTooLong, 1025, MediaLimits.CaptionLength));
    }

    [Fact]
    public async Task One_draft_with_one_file_makes_one_message_and_another_file_makes_another()
    {
        var (draft, one, two) = (Guid.NewGuid(), await UploadAsync("a.png", Samples.Png), await UploadAsync("b.png", Samples.Png));

        var first = await SendAsync(Content(MediaKind.Image, one), draft);
        var again = await SendAsync(Content(MediaKind.Image, one), draft);
        var other = await SendAsync(Content(MediaKind.Image, two), draft);

        again!.MessageId.Should().Be(first!.MessageId);
        other!.MessageId.Should().NotBe(first.MessageId).And.NotBeNull();
    }

    [Fact]
    public async Task A_document_without_words_goes_once_for_one_draft_one_after_the_other_and_at_once()
    {
        var (draft, file) = (Guid.NewGuid(), await UploadAsync("invoice.pdf", Samples.Pdf));
        var bare = new DocumentContent(new MediaReference("", "", "", file), null, null);

        var first = await SendAsync(bare, draft);
        var again = await SendAsync(bare with { Caption = "" }, draft);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(bare, draft)));

        atOnce.Append(again).Should().OnlyContain(r => r!.MessageId == first!.MessageId);
        (await SendAsync(bare with { Caption = "words" }, draft))!.MessageId.Should().NotBe(first!.MessageId, "words make it another message");
    }

    [Fact]
    public async Task A_failed_message_with_a_file_is_sent_again_by_whoever_may_see_it()
    {
        _graph.Taking = (context, _) => GraphStub.RefuseAsync(context, 131053);
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var failed = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        _graph.Taking = (context, _) => context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });

        var result = await _host.Services.GetRequiredService<SendAgain>().ExecuteAsync(await _host.ActorAsync("manager@demo.test"), failed.Id, Guid.NewGuid());

        result!.MessageId.Should().NotBeNull();
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        _graph.Sends.Single()["image"]!["id"]!.GetValue<string>().Should().Be("779");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_tried_later_each_time_and_in_the_end_the_author_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var file = await UploadAsync("a.png", Samples.Png);
        var key = (await _host.FilesAsync()).Single().Key.ToString("N");
        var path = Path.Combine(_host.DataDirectory, "media", _agent.Workspace.ToString(), key[^2..], key);
        File.Delete(path);
        Directory.CreateDirectory(path);
        await SendAsync(Content(MediaKind.Image, file));

        var waiting = await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals >= 1));
        waiting[0].State.Should().Be(OutboundState.Waiting);
        for (var refusals = 1; refusals <= 12; refusals++)
        {
            await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals == refusals));
            _host.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.FileUnreadable);
        (await AttemptsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(131053, true)]
    [InlineData(100, true)]
    [InlineData(131026, false)]
    public async Task After_the_platform_refused_the_file_sending_again_uploads_it_anew(int code, bool isAnew)
    {
        _graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, code) : GraphStub.AcceptAsync(context, "wamid.second");
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var failed = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);

        await _host.Services.GetRequiredService<SendAgain>().ExecuteAsync(_agent, failed.Id, Guid.NewGuid());

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        _graph.Uploads.Should().HaveCount(isAnew ? 2 : 1);
    }

    [Fact]
    public async Task A_status_that_says_that_the_file_failed_forgets_the_platforms_id_of_it()
    {
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var sent = await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        (await _host.ReadAsync(db => db.Set<PlatformUpload>().CountAsync())).Should().Be(1);

        var status = MetaWebhooks.Status(sent.WhatsAppId!, "failed", _host.Clock.GetUtcNow());
        status["errors"] = new JsonArray(new JsonObject { ["code"] = 131053, ["title"] = "Media upload error" });
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(status)));
        await _host.SettledAsync();

        await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        (await _host.ReadAsync(db => db.Set<PlatformUpload>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Files_on_a_slow_line_hold_no_words_and_one_file_to_many_goes_up_once()
    {
        var isSlow = true;
        _graph.Taking = async (context, nth) =>
        {
            while (isSlow && !context.RequestAborted.IsCancellationRequested)
            {
                await Task.Delay(20);
            }

            await context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = $"77{nth}" });
        };
        var file = await UploadAsync("a.png", Samples.Png);
        for (var i = 0; i < 20; i++)
        {
            var phone = $"9193000001{i:00}";
            await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.in.{phone}", phone, "hello", _host.Clock.GetUtcNow()));
        }

        await _host.SettledAsync();
        var others = (await _host.ConversationsAsync()).Select(c => c.Id).Where(id => id != _conversationId).ToList();
        var send = _host.Services.GetRequiredService<SendReply>();
        foreach (var other in others)
        {
            (await send.ExecuteAsync(_agent, other, Content(MediaKind.Image, file), Guid.NewGuid()))!.MessageId.Should().NotBeNull();
        }

        await Eventually.BeAsync(() => Task.FromResult(!_graph.Uploads.IsEmpty));
        await SendAsync(new TextContent("words go first"));
        await OutboundAsync(m => m is { Status: DeliveryStatus.Sent, Content: TextContent });

        isSlow = false;
        await Eventually.BeAsync(() => Task.FromResult(_graph.Sends.Count == 21));
        _graph.Uploads.Should().ContainSingle();
    }

    [Fact]
    public async Task No_file_goes_up_for_a_message_that_may_not_leave()
    {
        var asked = 0;
        _graph.Taking = async (context, _) =>
        {
            asked++;
            await Status(context, 503);
        };
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals >= 1));
        var before = asked;
        _host.Clock.Advance(TimeSpan.FromHours(25));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.WindowClosed);
        asked.Should().Be(before);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static MessageContent Content(MediaKind kind, long file)
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

    private Task<long> UploadAsync(string name, byte[] bytes, MediaKind? kind = null) => _host.UploadAsync(_agent, name, bytes, kind);

    private Task<SendReplyResult?> SendAsync(MessageContent content, Guid? draft = null) => _host.Services.GetRequiredService<SendReply>()
        .ExecuteAsync(_agent, _conversationId, content, draft ?? Guid.NewGuid());

    private async Task HearAsync(string id)
    {
        await _webhooks.PostAsync(MetaWebhooks.TextFrom(id, Phone, "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
    }

    private async Task<Message> OutboundAsync(Func<Message, bool> isSo)
    {
        var all = await Eventually.SeeAsync(_host.MessagesAsync, messages => messages.Exists(m => m.Direction == MessageDirection.Out && isSo(m)));
        return all.First(m => m.Direction == MessageDirection.Out && isSo(m));
    }

    private Task<List<OutboundMessage>> OutboxAsync() => _host.ReadAsync(db => db.Set<OutboundMessage>().AsNoTracking().ToListAsync());

    private Task<List<SendAttempt>> AttemptsAsync() => _host.ReadAsync(db => db.Set<SendAttempt>().AsNoTracking().ToListAsync());
}
