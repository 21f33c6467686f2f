using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;

namespace Weflux.Tests.Web.Media;

/// <summary>Files that nobody will ask for any more, and files that leave with their workspace.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private Actor _admin = null!;
    private long _message;

    private string Folder => Path.Combine(_host.DataDirectory, "media");

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.1", "919400000001", "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        _message = (await _host.MessagesAsync()).Single().Id;
        _admin = await _host.ActorAsync("admin@demo.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_upload_that_nobody_sent_within_a_day_goes_and_a_file_of_a_message_stays()
    {
        var kept = await _host.KeepFileAsync(_admin, _message, "kept.png", Samples.Png);
        await _host.UploadAsync(_admin, "unsent.png", Samples.Png);
        await SweepAsync();
        (await _host.FilesAsync()).Should().HaveCount(2, "a day has not passed");

        _host.Clock.Advance(UploadFile.Waits);
        await SweepAsync();

        (await _host.FilesAsync()).Select(f => f.Id).Should().Equal(kept);
        Files().Should().HaveCount(2, "the file and its small picture");
    }

    [Fact]
    public async Task A_file_goes_when_its_message_is_gone()
    {
        await _host.KeepFileAsync(_admin, _message, "kept.png", Samples.Png);
        await _host.ReadAsync(db => db.Set<Message>().ExecuteDeleteAsync());
        (await _host.ReadAsync(db => db.Set<MessageFile>().CountAsync())).Should().Be(0);

        _host.Clock.Advance(UploadFile.Waits);
        await SweepAsync();

        (await _host.FilesAsync()).Should().BeEmpty();
        Files().Should().BeEmpty();
    }

    [Fact]
    public async Task Bytes_without_a_row_and_what_was_left_half_written_go_once_they_are_old()
    {
        await _host.KeepFileAsync(_admin, _message, "kept.png", Samples.Png);
        var store = _host.Services.GetRequiredService<IMediaStore>();
        await store.WriteAsync(_admin.Workspace, Guid.NewGuid(), new MemoryStream([1]), 10, CancellationToken.None);
        File.WriteAllText(Path.Combine(Folder, _admin.Workspace.ToString(), "half.part"), "x");
        await store.WriteAsync(new WorkspaceId(4711), Guid.NewGuid(), new MemoryStream([1]), 10, CancellationToken.None);
        await SweepAsync();
        Files().Should().HaveCount(5, "nothing is old yet");

        _host.Clock.Advance(TimeSpan.FromHours(3));
        await SweepAsync();
        Files().Should().HaveCount(3, "the database may be another one than that of the files, and somebody may notice");

        _host.Clock.Advance(TimeSpan.FromDays(14));
        await SweepAsync();
        Files().Should().HaveCount(2);
        Directory.Exists(Path.Combine(Folder, "4711")).Should().BeFalse();
    }

    [Fact]
    public async Task Beside_a_database_without_workspaces_nothing_is_swept()
    {
        var store = _host.Services.GetRequiredService<IMediaStore>();
        await store.WriteAsync(new WorkspaceId(4711), Guid.NewGuid(), new MemoryStream([1]), 10, CancellationToken.None);
        using var empty = new Data.Sandbox();
        var later = new ShiftableClock();
        later.Advance(TimeSpan.FromDays(1000));
        using var sweep = new MediaSweep(empty.Database, store, later, Microsoft.Extensions.Logging.Abstractions.NullLogger<MediaSweep>.Instance);

        await sweep.SweepAsync(CancellationToken.None);

        Files().Should().ContainSingle();
    }

    [Fact]
    public async Task Files_are_erased_with_their_workspace()
    {
        await _host.KeepFileAsync(_admin, _message, "kept.png", Samples.Png);
        await _host.Services.GetRequiredService<AskForDeletion>().ExecuteAsync(_admin, (await _host.ReadAsync(db => db.Set<Workspace>().SingleAsync(w => w.Slug == "demo"))).Name);

        _host.Clock.Advance(TimeSpan.FromDays(31));
        var other = await UploadBesideTheSweepAsync(await _host.ActorAsync("admin@demo-two.test", "demo-two"));
        await _host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<WorkspaceEraser>().Single().EraseDueAsync(CancellationToken.None);

        Directory.Exists(Path.Combine(Folder, _admin.Workspace.ToString())).Should().BeFalse();
        (await _host.ReadAsync(db => db.Set<MediaFile>().AnyAsync(f => f.Id == other), "demo-two")).Should().BeTrue();
    }

    [Fact]
    public async Task An_export_has_the_files_and_what_is_known_of_them()
    {
        var id = await _host.KeepFileAsync(_admin, _message, "Photo.png", Samples.Png);
        using var bytes = new MemoryStream();
        await _host.Services.GetRequiredService<WorkspaceExport>().WriteAsync(_admin, bytes);

        await using var zip = new ZipArchive(bytes, ZipArchiveMode.Read);
        using var file = zip.GetEntry($"files/{id}-Photo.png")!.Open();
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        content.ToArray().Should().Equal(Samples.Png);
        using var lines = new StreamReader(zip.GetEntry("files.jsonl")!.Open());
        (await lines.ReadToEndAsync()).Should().Contain($"\"path\":\"files/{id}-Photo.png\"").And.Contain($"\"messageIds\":[{_message}]");
    }

    /// <summary>The sweep of the host wakes with the clock, and takes what is just being written for old: the disk has the real time.</summary>
    private async Task<long> UploadBesideTheSweepAsync(Actor actor)
    {
        var id = 0L;
        await Eventually.BeAsync(async () =>
        {
            try
            {
                id = await _host.UploadAsync(actor, "theirs.png", Samples.Png);
            }
            catch (IOException)
            {
                return false;
            }

            return true;
        });
        return id;
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories);

    private Task SweepAsync() => _host.Services.GetRequiredService<MediaSweep>().SweepAsync(CancellationToken.None);
}
