using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Weflux.Domain.Conversations;
using Weflux.Tests.Web.Data;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Inbox.Search;

/// <summary>The index holds what the tables hold, word for word, and nothing of what is gone.</summary>
public sealed class SearchIndexTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private Shop _shop = null!;
    private long _thread;

    public async ValueTask InitializeAsync()
    {
        _shop = await _sandbox.OpenShopAsync();
        _thread = await _sandbox.MeetAsync(_shop, "15550001111", words: "alpha");
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_message_leaves_no_word_behind_when_it_is_edited_withdrawn_or_deleted()
    {
        await ChangeAsync(async db =>
        {
            var message = await db.Set<Message>().SingleAsync();
            message.FollowInSearch([Act(await ThreadAsync(db), new EditContent(message.WhatsAppId!, new TextContent("bravo")), await db.TakeSequenceAsync(1, default))]);
        });
        Words("MessageSearch").Should().Contain("bravo").And.NotContain("alpha");

        await ChangeAsync(async db =>
        {
            var message = await db.Set<Message>().SingleAsync();
            message.FollowInSearch([Act(await ThreadAsync(db), new RevokeContent(message.WhatsAppId!), await db.TakeSequenceAsync(1, default))]);
        });
        Words("MessageSearch").Should().BeEmpty();

        await _sandbox.HearAsync(_shop, _thread, Stand.Noon, new TextContent("charlie"));
        Words("MessageSearch").Should().Contain("charlie");
        await ChangeAsync(db => db.Set<Message>().ExecuteDeleteAsync());
        Words("MessageSearch").Should().BeEmpty();
        Pages("MessageSearch").Should().NotContain(["alpha", "bravo", "charlie", "harli"]);
    }

    [Fact]
    public async Task Notes_leave_no_word_behind_either()
    {
        await ChangeAsync(async db =>
        {
            var thread = await ThreadAsync(db);
            db.Add(Note.Write(thread, _shop.Asha, Guid.NewGuid(), "delta", Stand.Noon, await db.TakeSequenceAsync(1, default)));
            db.Add(new ContactNote { WorkspaceId = _shop.Workspace, ContactId = thread.ContactId, AuthorId = _shop.Asha, Text = "echo", At = Stand.Noon });
        });
        (Words("NoteSearch"), Words("ContactNoteSearch")).Should().Be(("delta", "echo"));
        await ChangeAsync(async db => (await db.Set<Note>().SingleAsync()).Edit("foxtrot", Stand.Noon, await db.TakeSequenceAsync(1, default)));
        Words("NoteSearch").Should().Be("foxtrot");
        await ChangeAsync(async db =>
        {
            (await db.Set<Note>().SingleAsync()).Delete(Stand.Noon, await db.TakeSequenceAsync(1, default));
            db.Remove(await db.Set<ContactNote>().SingleAsync());
        });
        (Words("NoteSearch") + Words("ContactNoteSearch")).Should().BeEmpty();
        Pages("NoteSearch").Concat(Pages("ContactNoteSearch")).Should().NotContain(["delta", "echo", "foxtrot", "oxtro"]);
    }

    [Fact]
    public async Task What_is_deleted_by_a_cascade_or_moved_to_another_thread_is_followed()
    {
        var other = await _sandbox.MeetAsync(_shop, "15550002222", words: "golf");
        await ChangeAsync(async db => db.Add(Note.Write(await ThreadAsync(db), _shop.Asha, Guid.NewGuid(), "hotel", Stand.Noon, await db.TakeSequenceAsync(1, default))));

        await ChangeAsync(db => db.Set<Message>().Where(m => m.ConversationId == _thread).ExecuteUpdateAsync(set => set.SetProperty(m => m.ConversationId, other)));
        await ChangeAsync(async db => db.Remove(await ThreadAsync(db)));

        Words("NoteSearch").Should().BeEmpty();
        Words("MessageSearch").Should().Be("alpha golf");
        Scopes("MessageSearch").Should().OnlyContain(s => s == Scopes("MessageSearch")[0], "both stand in one thread now");
    }

    [Fact]
    public async Task A_status_changes_nothing_in_the_index()
    {
        var before = Pages("MessageSearch");
        await ChangeAsync(async db => (await db.Set<Message>().SingleAsync()).ShowAnew(await db.TakeSequenceAsync(1, default)));
        Pages("MessageSearch").Should().Equal(before);
    }

    [Fact]
    public async Task The_index_stays_sound_whatever_happens_in_whatever_order()
    {
        var random = new Random(17);
        for (var i = 0; i < 200; i++)
        {
            var text = $"word{random.Next(30)} {random.Next(1000)}";
            await ChangeAsync(async db =>
            {
                var thread = await ThreadAsync(db);
                switch (random.Next(4))
                {
                    case 0 when await db.Set<Note>().OrderByDescending(n => n.Id).FirstOrDefaultAsync() is { } note:
                        note.Edit(text, Stand.Noon, await db.TakeSequenceAsync(1, default));
                        break;
                    case 1 when await db.Set<Note>().OrderBy(n => n.Id).FirstOrDefaultAsync() is { } note:
                        db.Remove(note);
                        break;
                    default:
                        db.Add(Note.Write(thread, _shop.Asha, Guid.NewGuid(), text, Stand.Noon, await db.TakeSequenceAsync(1, default)));
                        break;
                }
            });
        }

        _sandbox.Execute("""INSERT INTO "NoteSearch" ("NoteSearch") VALUES ('integrity-check');""");
        var words = await ReadAsync(db => db.Set<Note>().Select(n => n.Text).ToListAsync());
        Words("NoteSearch").Split(' ').Should().BeEquivalentTo(words.SelectMany(w => w.Split(' ')).Distinct());
    }

    [Fact]
    public async Task What_was_there_before_the_search_is_found_as_it_is_shown()
    {
        using var old = new Sandbox(isMigrated: false);
        await using (var db = old.Database.OpenForSystem())
        {
            var migrations = db.Database.GetMigrations().ToList();
            var last = migrations.FindIndex(m => m.EndsWith("_SearchIndex", StringComparison.Ordinal));
            last.Should().Be(migrations.Count - 1, "the index is made when all tables are there");
            await db.GetService<IMigrator>().MigrateAsync(migrations[last - 1]);
        }

        var shop = await old.OpenShopAsync();
        var thread = await old.MeetAsync(shop, "15550003333", words: "plain");
        MessageContent[] kinds =
        [
            new ImageContent(new MediaReference("m", "image/png", ""), "caption"), new DocumentContent(new MediaReference("m", "application/pdf", ""), "file.pdf", "beside"),
            new LocationContent(1, 2, "depot", "road", null), new ContactCardsContent([new ContactCard("person", ["+15550009999"], [], null)], IsOwnNumber: false), new ButtonReplyContent("1", "button"),
            new ListReplyContent("1", "choice", null), new OrderContent("c", "remark", []), new TemplateButtonContent("p", "quick"),
            new SystemContent("user_changed_number", "+15550009999 secret", null, null), new ReactionContent("x", "👍"), new UnsupportedContent("hologram", []),
        ];
        await old.HearAsync(shop, thread, Stand.Noon, kinds);
        await old.Database.WriteAsync(shop.Workspace, async db =>
        {
            var conversation = await db.Set<Conversation>().SingleAsync();
            foreach (var (id, content) in new (string, MessageContent)[]
            {
                ("wamid.a", new TextContent("before")), ("wamid.b", new TextContent("withdrawn")),
                ("wamid.c", new EditContent("wamid.a", new TextContent("middle"))), ("wamid.d", new EditContent("wamid.a", new TextContent("after"))), ("wamid.e", new RevokeContent("wamid.b")),
            })
            {
                db.Add(conversation.Receive(new InboundMessage(id, content, null, Stand.Noon, Stand.Noon, null), await db.TakeSequenceAsync(1, default)).Message);
            }

            db.Add(Note.Write(conversation, shop.Asha, Guid.NewGuid(), "noted", Stand.Noon, await db.TakeSequenceAsync(1, default)));
            await db.SaveChangesAsync();
        }, default);
        old.Execute("""UPDATE "Messages" SET "SearchText" = '';""");

        await old.Migration().RunAsync(default);

        Words("MessageSearch", old).Split(' ').Should().BeEquivalentTo(
            ["plain", "caption", "file", "pdf", "beside", "depot", "road", "person", "button", "choice", "remark", "quick", "after"]);
        Words("NoteSearch", old).Should().Be("noted");
    }

    private static Message Act(Conversation thread, MessageContent content, long sequence) =>
        Message.FromCustomer(thread, new InboundMessage($"wamid.{sequence}", content, null, Stand.Noon, Stand.Noon, null), sequence);

    private Task<Conversation> ThreadAsync(WefluxDbContext db) => db.Set<Conversation>().SingleAsync(c => c.Id == _thread);

    private Task ChangeAsync(Func<WefluxDbContext, Task> change) => _sandbox.Database.WriteAsync(_shop.Workspace, async db =>
    {
        await change(db);
        await db.SaveChangesAsync();
    }, default);

    private async Task<T> ReadAsync<T>(Func<WefluxDbContext, Task<T>> read)
    {
        await using var db = _sandbox.Database.Open(_shop.Workspace);
        return await read(db);
    }

    /// <summary>The words of an index, in their order, without those that nobody types.</summary>
    private string Words(string index, Sandbox? sandbox = null) => string.Join(' ', Terms(index, sandbox ?? _sandbox).Where(t => !IsPrivate(t)));

    private List<string> Scopes(string index) => [.. Terms(index, _sandbox).Where(t => IsPrivate(t) && char.IsSurrogate(t[0]) && t.Length == 4)];

    private static bool IsPrivate(string term) => term[0] is >= '\uE000' and <= '\uF8FF' || char.IsSurrogate(term[0]);

    private static List<string> Terms(string index, Sandbox sandbox)
    {
        using var connection = sandbox.Raw();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, '{index}', 'row'); SELECT term FROM temp.v ORDER BY term;";
        using var reader = command.ExecuteReader();
        var terms = new List<string>();
        while (reader.Read())
        {
            terms.Add(reader.GetString(0));
        }

        return terms;
    }

    /// <summary>What stands in the pages of an index, as far as it can be read.</summary>
    private List<string> Pages(string index)
    {
        using var connection = _sandbox.Raw();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT block FROM \"{index}_data\" ORDER BY id";
        using var reader = command.ExecuteReader();
        var pages = new List<string>();
        while (reader.Read())
        {
            var text = System.Text.Encoding.Latin1.GetString((byte[])reader.GetValue(0));
            pages.AddRange(System.Text.RegularExpressions.Regex.Split(text, "[^a-z]+", default, TimeSpan.FromSeconds(1)).Where(w => w.Length > 0));
        }

        return pages;
    }
}
