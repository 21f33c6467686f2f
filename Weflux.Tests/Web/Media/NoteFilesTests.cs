using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;
using Weflux.Web.Replies;
using Weflux.Web.Sending;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Media;

/// <summary>Files on notes: whose they are, who gets them, and that none of them goes anywhere else.</summary>
public sealed class NoteFilesTests : NoteWorld
{
    [Fact]
    public async Task A_note_with_files_is_seen_by_those_who_see_the_conversation_and_by_nobody_else()
    {
        var (picture, bill) = (await Host.UploadAsync(Writer, "plan.png", Samples.Png), await Host.UploadAsync(Writer, "bill.pdf", Samples.Pdf));
        using var colleague = await Host.SignInAsync("manager@demo.test");
        using var stranger = await Host.SignInAsync("admin@demo-two.test");
        (await StatusAsync(colleague, picture)).Should().Be(HttpStatusCode.NotFound, "it is its uploader's until it stands in something");

        (await WriteAsync("The plan", picture, bill)).Should().Be(WorkOutcome.Done);

        var note = await NoteAsync();
        note.Files.Select(f => (f.FileId, f.HasThumbnail)).Should().Equal((picture, true), (bill, false));
        (await StatusAsync(colleague, picture)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(colleague, picture, "/thumbnail")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(colleague, bill, "?download=true")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(stranger, picture)).Should().Be(HttpStatusCode.NotFound);

        await Get<TakeConversation>().ExecuteAsync(Writer, Conversation);
        using var other = await Host.SignInAsync("agent2@demo.test");
        (await StatusAsync(other, picture)).Should().Be(HttpStatusCode.NotFound, "somebody else holds the conversation");
        await Get<Weflux.Web.Work.TakingPart.AddParticipant>().ExecuteAsync(Writer, Conversation, (await Host.ActorAsync("agent2@demo.test")).User);
        (await StatusAsync(other, picture)).Should().Be(HttpStatusCode.OK, "who takes part sees it");
        var key = Actor.WithKey(Writer.Workspace, new(new(1), "Key", ["*"]));
        (await Get<MediaFileQuery>().FindAsync(key, picture)).Should().BeNull("a program reads messages, and notes are none");
    }

    [Fact]
    public async Task Nothing_of_it_is_sent_to_the_customer_not_even_when_its_author_asks()
    {
        var file = await Host.UploadAsync(Writer, "plan.png", Samples.Png);
        (await WriteAsync("", file)).Should().Be(WorkOutcome.Done);

        var result = await Get<SendReply>().ExecuteAsync(Writer, Conversation, new ImageContent(new MediaReference("", "image/png", "", file), "the plan"), Guid.CreateVersion7());

        result!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await Get<SaveReply>().ExecuteAsync(Writer, new ReplyDraft(null, "plan", "The plan", IsShared: false, [file]))).Outcome.Should().Be(ReplyOutcome.FileGone);
        (await Host.ReadAsync(db => db.Set<OutboundMessage>().AnyAsync())).Should().BeFalse();
        (await Host.MessagesAsync()).Should().NotContain(m => m.Direction == MessageDirection.Out);
    }

    [Fact]
    public async Task Only_what_its_author_put_here_and_nothing_else_has_goes_with_a_note()
    {
        var foreign = await Host.UploadAsync(await Host.ActorAsync("agent2@demo.test"), "a.png", Samples.Png);
        var sent = await Host.KeepFileAsync(Writer, (await Host.MessagesAsync()).Single().Id, "b.txt", "b"u8.ToArray());
        var twice = await Host.UploadAsync(Writer, "c.txt", "c"u8.ToArray());
        (await WriteAsync("First", twice)).Should().Be(WorkOutcome.Done);
        foreach (var file in new[] { foreign, sent, twice, 999_999 })
        {
            (await WriteAsync("Mine", file)).Should().Be(WorkOutcome.FileGone);
        }

        (await WriteAsync("Many", [.. Enumerable.Range(1, Note.MostFiles + 1)])).Should().Be(WorkOutcome.TooManyFiles);
        (await WriteAsync(" ")).Should().Be(WorkOutcome.Invalid, "without files a note says something");
        (await Host.ReadAsync(db => db.Set<Note>().CountAsync())).Should().Be(1, "what was refused left nothing behind");
    }

    [Fact]
    public async Task It_goes_with_the_note_at_once_and_stays_as_long_as_the_note_does()
    {
        var (kept, gone) = (await Host.UploadAsync(Writer, "kept.png", Samples.Png), await Host.UploadAsync(Writer, "gone.png", Samples.Png));
        await WriteAsync("Kept", kept);
        await WriteAsync("Gone", gone);
        (await Get<RemoveUpload>().ExecuteAsync(Writer, kept)).Should().BeFalse("it stands in a note");
        Host.Clock.Advance(UploadFile.Waits + TimeSpan.FromHours(1));
        await Get<MediaSweep>().SweepAsync(CancellationToken.None);
        (await Host.FilesAsync()).Select(f => f.Id).Should().BeEquivalentTo([kept, gone]);

        var note = await Host.ReadAsync(db => db.Set<NoteFile>().Where(f => f.FileId == gone).Select(f => f.NoteId).SingleAsync());
        (await Get<DeleteNote>().ExecuteAsync(Writer, note)).Should().Be(WorkOutcome.Done);

        (await Host.FilesAsync()).Select(f => f.Id).Should().Equal(kept);
        Bytes().Should().HaveCount(2, "the picture that stays and its small one");
        using var own = await Host.SignInAsync(WriterMail);
        (await StatusAsync(own, gone)).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whose_thread_is_gone_is_swept()
    {
        var file = await Host.UploadAsync(Writer, "lost.png", Samples.Png);
        await WriteAsync("Lost", file);
        await Host.ReadAsync(db => db.Set<Note>().ExecuteDeleteAsync());
        Host.Clock.Advance(UploadFile.Waits + TimeSpan.FromHours(1));

        await Get<MediaSweep>().SweepAsync(CancellationToken.None);

        (await Host.FilesAsync()).Should().BeEmpty();
        Bytes().Should().BeEmpty();
    }

    [Fact]
    public async Task The_export_holds_it_and_says_where_it_belongs()
    {
        var file = await Host.UploadAsync(Writer, "plan.png", Samples.Png);
        await WriteAsync("The plan", file);
        var admin = await Host.ActorAsync("admin@demo.test");
        using var stream = new MemoryStream();
        await Get<WorkspaceExport>().WriteAsync(admin, stream);

        using var zip = new ZipArchive(new MemoryStream(stream.ToArray()));
        using var reader = new StreamReader(zip.GetEntry("note-files.jsonl")!.Open());
        (await reader.ReadToEndAsync()).Should().ContainEquivalentOf($"\"fileId\":{file}");
        zip.Entries.Should().Contain(e => e.FullName.StartsWith($"files/{file}-", StringComparison.Ordinal));
        zip.GetEntry("participants.jsonl").Should().NotBeNull();
    }

    private Task<WorkOutcome> WriteAsync(string text, params long[] files) =>
        Get<WriteNote>().ExecuteAsync(Writer, Conversation, text, Guid.CreateVersion7(), files);

    private async Task<NoteView> NoteAsync() => (await Get<ActivityQuery>().RangeAsync(Writer, Conversation, null, null)).OfType<NoteView>().Single();

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, long file, string more = "")
    {
        using var answer = await client.GetAsync($"/w/demo/media/{file}{more}");
        return answer.StatusCode;
    }

    private string[] Bytes() => Directory.Exists(Path.Combine(Host.DataDirectory, "media"))
        ? Directory.GetFiles(Path.Combine(Host.DataDirectory, "media"), "*", SearchOption.AllDirectories)
        : [];
}

/// <summary>A customer who has written, and an agent who writes notes about that.</summary>
public abstract class NoteWorld : IAsyncLifetime
{
    protected const string WriterMail = "agent@demo.test";

    protected WefluxHost Host { get; private set; } = null!;

    protected Actor Writer { get; private set; } = null!;

    protected long Conversation { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        using var client = Host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.1", "919400000001", "hello", Host.Clock.GetUtcNow()));
        await Host.SettledAsync();
        Conversation = (await Host.ConversationsAsync()).Single().Id;
        Writer = await Host.ActorAsync(WriterMail);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Host.DisposeAsync();
    }

    protected T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();
}
