using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Media;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Media;

/// <summary>Files on their way to the platform, before the message that names them leaves.</summary>
public sealed class PlatformUploadsTests : SendingWorld
{
    [Fact]
    public async Task A_file_is_uploaded_once_and_again_when_the_platform_forgets_it()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        await SendAsync(Content(MediaKind.Image, file));
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        await AgainAsync(2);
        Graph.Uploads.Should().ContainSingle("the platform has it");

        Host.Clock.Advance(TimeSpan.FromDays(29));
        await HearAsync("wamid.in.2");
        await AgainAsync(3);
        Graph.Uploads.Should().HaveCount(2);
        Graph.Sends.Select(s => s["image"]!["id"]!.GetValue<string>()).Should().Equal("770001", "770001", "770002");

        async Task AgainAsync(int sends)
        {
            await SendAsync(Content(MediaKind.Image, file));
            await Eventually.BeAsync(() => Task.FromResult(Graph.Sends.Count == sends));
            await Eventually.BeAsync(async () => (await OutboxAsync()).Count == 0);
        }
    }

    [Theory]
    [InlineData("131053 refused", 131053)]
    [InlineData("190 refused", 190)]
    [InlineData("413 without a body", OwnFaults.FileNotTaken)]
    public async Task An_upload_that_is_refused_fails_the_message_and_nothing_is_sent(string how, int code)
    {
        Graph.Taking = (context, _) => how.StartsWith("413", StringComparison.Ordinal)
            ? Status(context, 413)
            : GraphStub.RefuseAsync(context, code);

        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(code);
        Graph.Sends.Should().BeEmpty();
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
        Graph.Taking = async (context, _) =>
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
        Host.Clock.Advance(TimeSpan.FromSeconds(20));
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Sends.Single()["image"]!["id"]!.GetValue<string>().Should().Be("779");
    }

    [Fact]
    public async Task A_window_that_closes_while_the_file_goes_up_keeps_the_message_back()
    {
        Graph.Taking = async (context, _) =>
        {
            Host.Clock.Advance(TimeSpan.FromHours(25));
            await context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });
        };

        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.WindowClosed);
        Graph.Sends.Should().BeEmpty();
    }

    [Fact]
    public async Task No_file_goes_up_for_a_message_that_may_not_leave()
    {
        var asked = 0;
        Graph.Taking = async (context, _) =>
        {
            asked++;
            await Status(context, 503);
        };
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals >= 1));
        var before = asked;
        Host.Clock.Advance(TimeSpan.FromHours(25));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.WindowClosed);
        asked.Should().Be(before);
    }

    [Fact]
    public async Task A_file_that_vanished_from_the_store_fails_the_message_in_words()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        var row = (await Host.FilesAsync()).Single();
        Host.Services.GetRequiredService<IMediaStore>().Delete(row.WorkspaceId, row.Key);

        await SendAsync(Content(MediaKind.Image, file));

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.FileMissing);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_tried_later_each_time_and_in_the_end_the_author_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var file = await UploadAsync("a.png", Samples.Png);
        var key = (await Host.FilesAsync()).Single().Key.ToString("N");
        var path = Path.Combine(Host.DataDirectory, "media", Agent.Workspace.ToString(), key[^2..], key);
        File.Delete(path);
        Directory.CreateDirectory(path);
        await SendAsync(Content(MediaKind.Image, file));

        var waiting = await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals >= 1));
        waiting[0].State.Should().Be(OutboundState.Waiting);
        for (var refusals = 1; refusals <= 12; refusals++)
        {
            await Eventually.SeeAsync(OutboxAsync, rows => rows.Exists(r => r.Refusals == refusals));
            Host.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        (await OutboundAsync(m => m.Status == DeliveryStatus.Failed)).Fault!.Code.Should().Be(OwnFaults.FileUnreadable);
        (await AttemptsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_failed_message_with_a_file_is_sent_again_by_whoever_may_see_it()
    {
        Graph.Taking = (context, _) => GraphStub.RefuseAsync(context, 131053);
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var failed = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        Graph.Taking = (context, _) => context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "779" });

        var result = await Host.Services.GetRequiredService<SendAgain>().ExecuteAsync(await Host.ActorAsync("manager@demo.test"), failed.Id, Guid.NewGuid());

        result!.MessageId.Should().NotBeNull();
        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Sends.Single()["image"]!["id"]!.GetValue<string>().Should().Be("779");
    }

    [Theory]
    [InlineData(131053, true)]
    [InlineData(100, true)]
    [InlineData(131026, false)]
    public async Task After_the_platform_refused_the_file_sending_again_uploads_it_anew(int code, bool isAnew)
    {
        Graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, code) : GraphStub.AcceptAsync(context, "wamid.second");
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var failed = await OutboundAsync(m => m.Status == DeliveryStatus.Failed);

        await Host.Services.GetRequiredService<SendAgain>().ExecuteAsync(Agent, failed.Id, Guid.NewGuid());

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Uploads.Should().HaveCount(isAnew ? 2 : 1);
    }

    [Fact]
    public async Task A_status_that_says_that_the_file_failed_forgets_the_platforms_id_of_it()
    {
        await SendAsync(Content(MediaKind.Image, await UploadAsync("a.png", Samples.Png)));
        var sent = await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        (await Host.ReadAsync(db => db.Set<PlatformUpload>().CountAsync())).Should().Be(1);

        var status = MetaWebhooks.Status(sent.WhatsAppId!, "failed", Now);
        status["errors"] = new JsonArray(new JsonObject { ["code"] = 131053, ["title"] = "Media upload error" });
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Statuses(status)));
        await Host.SettledAsync();

        await OutboundAsync(m => m.Status == DeliveryStatus.Failed);
        (await Host.ReadAsync(db => db.Set<PlatformUpload>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Files_on_a_slow_line_hold_no_words_and_one_file_to_many_goes_up_once()
    {
        var isSlow = true;
        Graph.Taking = async (context, nth) =>
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
            await Webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.in.{phone}", phone, "hello", Now));
        }

        await Host.SettledAsync();
        var others = (await Host.ConversationsAsync()).Select(c => c.Id).Where(id => id != ConversationId).ToList();
        var send = Host.Services.GetRequiredService<SendReply>();
        foreach (var other in others)
        {
            (await send.ExecuteAsync(Agent, other, Content(MediaKind.Image, file), Guid.NewGuid()))!.MessageId.Should().NotBeNull();
        }

        await Eventually.BeAsync(() => Task.FromResult(!Graph.Uploads.IsEmpty));
        await SendAsync(new TextContent("words go first"));
        await OutboundAsync(m => m is { Status: DeliveryStatus.Sent, Content: TextContent });

        isSlow = false;
        await Eventually.BeAsync(() => Task.FromResult(Graph.Sends.Count == 21));
        Graph.Uploads.Should().ContainSingle();
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
