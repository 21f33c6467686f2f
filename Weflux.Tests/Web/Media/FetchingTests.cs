using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;

namespace Weflux.Tests.Web.Media;

/// <summary>Files of customers, from the webhook to the store, against a platform that does as the test says.</summary>
public sealed class FetchingTests : IAsyncLifetime
{
    private const string Phone = "919300000001";
    private readonly ConcurrentQueue<string> _asked = new();
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_customers_photo_is_fetched_at_once_checked_and_shown(bool isHashHex)
    {
        Serve("900", Samples.Png);

        await HearAsync("wamid.photo", "image", "900", Samples.Png, new JsonObject { ["caption"] = "Look" }, isHashHex);

        var file = await FileAsync(IsDone);
        (file.Kind, file.MimeType, file.Size, file.HasThumbnail, file.IsShowable).Should().Be((MediaKind.Image, "image/png", Samples.Png.Length, true, true));
        file.Trouble.Should().BeNull();
        Stored(file).Should().Equal(Samples.Png);
        _asked.Should().Equal("node 900 Bearer demo-access-token", "file 900 Bearer demo-access-token");
        var bubble = await BubbleAsync();
        bubble.Files.Single().FileId.Should().Be(file.Id);
    }

    [Fact]
    public async Task Every_kind_of_file_gets_its_row_with_the_message()
    {
        foreach (var (type, bytes, more) in new (string, byte[], JsonObject?)[]
        {
            ("image", Samples.Jpeg(), null),
            ("video", Samples.Film, null),
            ("audio", Samples.Voice, new JsonObject { ["voice"] = true }),
            ("document", Samples.Pdf, new JsonObject { ["filename"] = "../bill.exe" }),
            ("sticker", Samples.MovingSticker, new JsonObject { ["animated"] = true }),
        })
        {
            Serve(type, bytes);
            await HearAsync($"wamid.{type}", type, type, bytes, more);
        }

        var files = await Eventually.SeeAsync(_host.FilesAsync, all => all.Count == 5 && all.TrueForAll(IsDone));
        files.Select(f => (f.Kind, f.MimeType, f.IsShowable)).Should().BeEquivalentTo([
            (MediaKind.Image, "image/jpeg", true),
            (MediaKind.Video, "video/mp4", true),
            (MediaKind.Voice, "audio/ogg", true),
            (MediaKind.Document, "application/pdf", false),
            (MediaKind.Sticker, "image/webp", true),
        ]);
        files.Single(f => f.Kind == MediaKind.Document).FileName.Should().Be("bill.exe.pdf");
    }

    [Fact]
    public async Task An_address_that_ran_out_is_asked_for_once_more()
    {
        var urls = 0;
        Answer(
            _ => _graph.Address + $"file/{++urls}",
            (context, name) => name == "1" ? Status(context, 404) : context.Response.Body.WriteAsync(Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var file = await FileAsync(f => f.State == MediaState.Ready);
        (file.Tries, urls).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_announced_is_not_kept_and_is_tried_again()
    {
        var tries = 0;
        Answer(_ => _graph.Address + "file/x", (context, _) => context.Response.Body.WriteAsync(++tries == 1 ? Samples.Pdf : Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var waiting = await FileAsync(f => f.Tries == 1);
        (waiting.State, waiting.Trouble).Should().Be((MediaState.Fetching, "The file did not arrive whole."));
        waiting.NextTryAt.Should().BeAfter(_host.Clock.GetUtcNow());
        _host.Services.GetRequiredService<IMediaStore>().OpenRead(waiting.WorkspaceId, waiting.Key).Should().BeNull();
        (await BubbleAsync()).Files.Single().Trouble.Should().Be("The file did not arrive whole.");

        _host.Clock.Advance(TimeSpan.FromSeconds(6));
        Stored(await FileAsync(f => f.State == MediaState.Ready)).Should().Equal(Samples.Png);
    }

    [Fact]
    public async Task A_length_that_does_not_fit_is_not_believed()
    {
        Answer(_ => _graph.Address + "file/x", (context, _) => context.Response.Body.WriteAsync(Samples.Png).AsTask(), size: "17");

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).Trouble.Should().Be("The file did not arrive whole.");
    }

    [Fact]
    public async Task What_the_platform_does_not_find_has_failed_and_may_be_asked_for_again_until_it_is_seven_days_old()
    {
        _graph.Reading = context => GraphStub.RefuseAsync(context, 100);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        var file = await FileAsync(f => f.State == MediaState.Failed);
        (file.NextTryAt, file.Trouble).Should().Be((null, "WhatsApp says that it does not have this file."));

        var again = _host.Services.GetRequiredService<FetchAgain>();
        (await again.ExecuteAsync(await _host.ActorAsync(), await MessageIdAsync())).Should().BeTrue();
        await FileAsync(f => f is { State: MediaState.Failed, Tries: 1 });
        _host.Clock.Advance(TimeSpan.FromDays(7));
        (await again.ExecuteAsync(await _host.ActorAsync(), await MessageIdAsync())).Should().BeTrue();

        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Contain("seven days");
        (await again.ExecuteAsync(await _host.ActorAsync(), await MessageIdAsync())).Should().BeFalse();
    }

    [Fact]
    public async Task A_number_that_works_again_brings_back_what_failed_unless_it_is_too_old()
    {
        _graph.Reading = context => GraphStub.RefuseAsync(context, 100);
        await HearAsync("wamid.old", "image", "899", Samples.Png);
        await Eventually.SeeAsync(_host.FilesAsync, all => all.Exists(f => f.State == MediaState.Failed));
        _host.Clock.Advance(TimeSpan.FromDays(7));
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await Eventually.SeeAsync(_host.FilesAsync, all => all.Count(f => f.State == MediaState.Failed) == 2);
        Serve("899", Samples.Png);
        Serve("900", Samples.Png);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        await _host.ReadAsync(async db =>
        {
            var number = await db.Set<Connection>().SingleAsync(c => db.Set<MediaFile>().Any(f => f.ConnectionId == c.Id));
            number.Renew([.. number.AccessToken], "oken", _host.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        var files = await Eventually.SeeAsync(_host.FilesAsync, all => all.Exists(f => f.State == MediaState.Ready));
        files.Select(f => (f.PlatformId, f.State)).Should().BeEquivalentTo([("899", MediaState.Failed), ("900", MediaState.Ready)]);
    }

    [Fact]
    public async Task A_try_that_lost_its_claim_leaves_no_trace_and_takes_nothing_away()
    {
        var isHeld = true;
        Answer(_ => _graph.Address + "file/x", async (context, _) =>
        {
            while (isHeld && !context.RequestAborted.IsCancellationRequested)
            {
                await Task.Delay(20);
            }

            await context.Response.Body.WriteAsync(Samples.Png);
        });
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        var slow = await FileAsync(f => f.Claim != null);
        await Eventually.BeAsync(() => Task.FromResult(_asked.Any(a => a.StartsWith("file ", StringComparison.Ordinal))));

        // The claim ran out and another node has the file now.
        var other = new FileClaim(slow.WorkspaceId, slow.Id, Guid.NewGuid());
        await _host.ReadAsync(db => db.Set<MediaFile>().ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Claim, other.Nonce).SetProperty(f => f.NextTryAt, _host.Clock.GetUtcNow() + TimeSpan.FromDays(1))));
        var theirs = _host.Services.GetRequiredService<FetchMedia>().ExecuteAsync(other, CancellationToken.None);
        await Eventually.BeAsync(() => Task.FromResult(_asked.Count(a => a.StartsWith("file ", StringComparison.Ordinal)) == 2));
        isHeld = false;
        await theirs;

        var file = await FileAsync(IsDone);
        file.Tries.Should().Be(1);
        await Eventually.BeAsync(() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(_host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Count() == 2));
        Stored(file).Should().Equal(Samples.Png);
    }

    [Fact]
    public async Task Whatever_goes_wrong_counts_as_a_try()
    {
        Answer(_ => _graph.Address + "file/x", async (context, _) =>
        {
            context.Response.ContentLength = 500_000;
            await context.Response.Body.WriteAsync(Samples.Png);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).Trouble.Should().Be("WhatsApp could not be reached.", "the line broke, and not the disk");
    }

    [Fact]
    public async Task A_file_that_was_sent_from_the_phone_of_the_business_is_fetched_as_well()
    {
        Serve("900", Samples.Png);
        var message = new JsonObject
        {
            ["from"] = "15550100001",
            ["to"] = Phone,
            ["id"] = "wamid.echo",
            ["timestamp"] = _host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["type"] = "image",
            ["image"] = new JsonObject { ["id"] = "900", ["mime_type"] = "image/png" },
        };
        var envelope = MediaWorld.FileFrom("wamid.x", Phone, "image", "900", Samples.Png, _host.Clock.GetUtcNow());
        var change = envelope["entry"]![0]!["changes"]![0]!.AsObject();
        change["field"] = "smb_message_echoes";
        change["value"] = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = change["value"]!["metadata"]!.DeepClone(),
            ["message_echoes"] = new JsonArray(message),
        };

        await _webhooks.PostAsync(envelope);

        Stored(await FileAsync(IsDone)).Should().Equal(Samples.Png);
        (await BubbleAsync()).Files.Single().State.Should().Be(MediaState.Ready);
    }

    [Fact]
    public async Task Many_files_of_one_workspace_leave_room_for_those_of_another()
    {
        var now = _host.Clock.GetUtcNow();
        _graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.first", "image", "1", Samples.Png);
        await FileAsync(f => f.Tries == 1);
        var connection = (await _host.FilesAsync()).Single().ConnectionId!.Value;
        foreach (var (slug, count) in new[] { ("demo", 20), ("demo-two", 3) })
        {
            var workspace = (await _host.ActorAsync(slug == "demo" ? "agent@demo.test" : "agent@demo-two.test", slug)).Workspace;
            await _host.ReadAsync(
                async db =>
                {
                    for (var i = 0; i < count; i++)
                    {
                        // Due long ago for a claim by hand, and not yet for the fetcher of the host.
                        db.Add(new MediaFile
                        {
                            WorkspaceId = workspace,
                            Key = Guid.NewGuid(),
                            Kind = MediaKind.Image,
                            State = MediaState.Fetching,
                            CreatedAt = now,
                            ConnectionId = connection,
                            PlatformId = "9",
                            NextTryAt = now + TimeSpan.FromDays(slug == "demo" ? 2 : 3),
                        });
                    }

                    return await db.SaveChangesAsync();
                },
                slug);
        }

        var later = new ShiftableClock();
        later.Advance(now + TimeSpan.FromDays(4) - later.GetUtcNow());
        using var signals = new MediaSignals();
        using var fetcher = new MediaFetcher(
            _host.Services.GetRequiredService<Weflux.Web.Data.WefluxDatabase>(), null!, signals, later, Microsoft.Extensions.Logging.Abstractions.NullLogger<MediaFetcher>.Instance);
        (await fetcher.ClaimAsync(6, CancellationToken.None)).GroupBy(c => c.Workspace).Select(g => g.Count()).Should().Equal(2, 2);
        (await fetcher.ClaimAsync(6, CancellationToken.None)).Should().BeEmpty("each has its share already");
    }

    [Fact]
    public async Task After_its_last_try_a_file_has_failed_until_somebody_asks_again()
    {
        _graph.Reading = context => Status(context, 400);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        for (var tries = 1; tries <= 8; tries++)
        {
            await FileAsync(f => f.Tries == tries);
            _host.Clock.Advance(TimeSpan.FromHours(4));
        }

        (await FileAsync(f => f.State == MediaState.Failed)).NextTryAt.Should().BeNull("it is not tried without end");

        Serve("900", Samples.Png);
        (await _host.Services.GetRequiredService<FetchAgain>().ExecuteAsync(await _host.ActorAsync(), await MessageIdAsync())).Should().BeTrue();
        (await FileAsync(f => f.State == MediaState.Ready)).Trouble.Should().BeNull();
    }

    [Fact]
    public async Task After_seven_days_the_platform_has_it_no_more_and_it_is_gone()
    {
        _graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await FileAsync(f => f.Tries == 1);

        _host.Clock.Advance(TimeSpan.FromDays(7));

        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Contain("seven days");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost:1/x")]
    [InlineData("https://evil.example/x")]
    [InlineData("https://fbsbx.com.evil.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("no address at all")]
    public async Task The_token_goes_to_the_platforms_own_hosts_and_nowhere_else(string address)
    {
        Answer(_ => address, (context, _) => context.Response.Body.WriteAsync(Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var file = await FileAsync(f => f.Tries == 1);
        file.State.Should().Be(MediaState.Fetching);
        file.Trouble.Should().BeOneOf("WhatsApp named an address for the file that is not its own.", "WhatsApp did not hand over the file.");
        _asked.Should().OnlyContain(a => a.StartsWith("node "));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await GraphStub.StartAsync();
        var heard = 0;
        elsewhere.Reading = context =>
        {
            heard++;
            return Status(context, 200);
        };
        Answer(_ => _graph.Address + "file/x", (context, _) =>
        {
            context.Response.Redirect(elsewhere.Address + "stolen");
            return Task.CompletedTask;
        });

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).State.Should().Be(MediaState.Fetching);
        heard.Should().Be(0);
    }

    [Fact]
    public async Task A_file_without_end_is_cut_off_and_not_kept()
    {
        var sent = 0L;
        Answer(_ => _graph.Address + "file/x", async (context, _) =>
        {
            var chunk = new byte[1024 * 1024];
            while (!context.RequestAborted.IsCancellationRequested && sent < 400)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                sent++;
                if (sent > 110)
                {
                    // Whoever hung up is noticed a moment later.
                    await Task.Delay(20, context.RequestAborted);
                }
            }
        });

        await HearAsync("wamid.photo", "video", "900", Samples.Png);

        var file = await FileAsync(f => f.State == MediaState.Gone);
        file.Trouble.Should().Be("The file is larger than 100 MB.");
        sent.Should().BeLessThan(200);
        _host.Services.GetRequiredService<IMediaStore>().OpenRead(file.WorkspaceId, file.Key).Should().BeNull();
    }

    [Fact]
    public async Task What_a_customer_sends_under_a_false_name_is_kept_to_be_saved_and_never_shown()
    {
        foreach (var (id, bytes) in new[] { ("svg", Samples.Svg), ("html", Samples.Html), ("exe", Samples.Program), ("both", Samples.PictureAndArchive), ("bomb", Samples.Bomb()) })
        {
            Serve(id, bytes);
            await HearAsync($"wamid.{id}", "image", id, bytes);
        }

        var files = await Eventually.SeeAsync(_host.FilesAsync, all => all.Count == 5 && all.TrueForAll(IsDone));
        files.Should().OnlyContain(f => !f.IsShowable && !f.HasThumbnail);
        files.Count(f => f.IsRisky).Should().Be(4, "a bomb harms only whoever decodes it");
    }

    [Fact]
    public async Task A_number_that_was_disconnected_is_not_asked_and_the_file_has_failed()
    {
        _graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await FileAsync(f => f.Tries == 1);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConnectionState.Disconnected)));

        _host.Clock.Advance(TimeSpan.FromSeconds(6));

        (await FileAsync(f => f.State == MediaState.Failed)).Trouble.Should().Be("The number was disconnected before the file came.");
    }

    [Fact]
    public async Task A_file_that_was_being_fetched_when_the_program_ended_is_fetched_by_the_next()
    {
        var isHeld = true;
        Answer(_ => _graph.Address + "file/x", async (context, _) =>
        {
            while (isHeld && !context.RequestAborted.IsCancellationRequested)
            {
                await Task.Delay(20);
            }

            await context.Response.Body.WriteAsync(Samples.Png);
        });
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await Eventually.BeAsync(() => Task.FromResult(_asked.Any(a => a.StartsWith("file ", StringComparison.Ordinal))));

        await _host.StopKeepingDataAsync();
        isHeld = false;
        _host = await _host.StartAgainAsync();

        Stored(await FileAsync(f => f.State == MediaState.Ready)).Should().Equal(Samples.Png);
    }

    [Theory]
    [InlineData("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true)]
    [InlineData("https://scontent.fbsbx.com/x", true)]
    [InlineData("https://graph.facebook.com/x", false)]
    [InlineData("http://lookaside.fbsbx.com/x", false)]
    [InlineData("https://lookaside.fbsbx.com:8443/x", false)]
    [InlineData("https://user@lookaside.fbsbx.com/x", false)]
    [InlineData("https://fbsbx.com/x", false)]
    [InlineData("https://evilfbsbx.com/x", false)]
    [InlineData("https://lookaside.fbsbx.com.evil.example/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("https://[::ffff:169.254.169.254]/x", false)]
    [InlineData("https://0x7f000001/x", false)]
    [InlineData("ftp://lookaside.fbsbx.com/x", false)]
    public void With_Meta_itself_only_its_own_hosts_are_asked(string address, bool may) =>
        Weflux.Web.CloudApi.MediaHosts.MayBe(new Uri(address), new Uri("https://graph.facebook.com/v26.0/")).Should().Be(may);

    /// <summary>Here, and its small picture drawn if it is to have one.</summary>
    private static bool IsDone(MediaFile file) => file is { State: MediaState.Ready, NextTryAt: null };

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The platform has these bytes under this id.</summary>
    private void Serve(string id, byte[] bytes)
    {
        var before = _graph.Reading;
        _graph.Reading = async context =>
        {
            if (context.Request.Path == $"/{id}")
            {
                _asked.Enqueue($"node {id} {context.Request.Headers.Authorization}");
                await context.Response.WriteAsJsonAsync(new JsonObject { ["url"] = _graph.Address + $"file/{id}", ["file_size"] = $"{bytes.Length}" });
            }
            else if (context.Request.Path == $"/file/{id}")
            {
                _asked.Enqueue($"file {id} {context.Request.Headers.Authorization}");
                await context.Response.Body.WriteAsync(bytes);
            }
            else
            {
                await before(context);
            }
        };
    }

    private void Answer(Func<string, string> url, Func<HttpContext, string, Task> file, string? size = null) => _graph.Reading = async context =>
    {
        var path = context.Request.Path.Value!.Split('/');
        if (path is ["", "file", var name])
        {
            _asked.Enqueue($"file {name}");
            await file(context, name);
            return;
        }

        _asked.Enqueue($"node {path[1]}");
        await context.Response.WriteAsJsonAsync(new JsonObject { ["url"] = url(path[1]), ["file_size"] = size });
    };

    private async Task HearAsync(string id, string type, string mediaId, byte[] bytes, JsonObject? more = null, bool isHashHex = false)
    {
        (await _webhooks.PostAsync(MediaWorld.FileFrom(id, Phone, type, mediaId, bytes, _host.Clock.GetUtcNow(), more, isHashHex))).Should().Be(System.Net.HttpStatusCode.OK);
        await _host.SettledAsync();
    }

    private async Task<MediaFile> FileAsync(Func<MediaFile, bool> isSo) =>
        (await Eventually.SeeAsync(_host.FilesAsync, all => all.Count == 1 && isSo(all[0])))[0];

    private byte[] Stored(MediaFile file)
    {
        using var stream = _host.Services.GetRequiredService<IMediaStore>().OpenRead(file.WorkspaceId, file.Key)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private async Task<long> MessageIdAsync() => (await _host.MessagesAsync()).Single().Id;

    private async Task<ThreadMessage> BubbleAsync()
    {
        var conversation = (await _host.ConversationsAsync()).Single().Id;
        return (await _host.Services.GetRequiredService<ThreadQuery>().GetAsync(await _host.ActorAsync(), conversation))!.Messages.Single();
    }
}
