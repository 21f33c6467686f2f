using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Tests.Web.Work;
using Weflux.Web.Audit;
using Weflux.Web.Contacts;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;
using Weflux.Web.Replies;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Replies;

public sealed class RepliesTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    private static int _nth;

    [Fact]
    public async Task A_reply_goes_in_filled_with_what_is_known_of_the_customer_and_is_counted()
    {
        var thread = await world.MeetAsync();
        var reply = await SaveAsync(world.Agent, "Hi {{contact.first_name}}, {{agent.name}} of {{workspace.name}} here.");

        var found = (await world.Get<PutInReply>().ExecuteAsync(world.Agent, thread, reply))!;

        found.Text.Should().Be("Hi Asha, Meera Shah of Chai & Co. here.");
        found.Missing.Should().BeEmpty();
        (await RowAsync(world.Agent, reply)).UseCount.Should().Be(1);
    }

    [Fact]
    public async Task What_is_not_known_is_asked_for_and_nothing_is_counted_until_it_is_answered()
    {
        var thread = await world.MeetAsync();
        var field = await FieldAsync("City");
        var reply = await SaveAsync(world.Agent, $"To {{{{field.{field}}}}} on {{{{?Which day}}}}.");
        var put = world.Get<PutInReply>();

        var asked = (await put.ExecuteAsync(world.Agent, thread, reply))!;
        asked.Text.Should().BeEmpty();
        asked.Missing.Should().Equal(new ReplyWish($"field.{field}", "City", IsNeeded: false), new ReplyWish("?Which day", "Which day", IsNeeded: true));
        (await RowAsync(world.Agent, reply)).UseCount.Should().Be(0);

        var answered = await put.ExecuteAsync(world.Agent, thread, reply, new Dictionary<string, string> { [$"field.{field}"] = "Pune", ["?Which day"] = "Monday" });
        answered!.Text.Should().Be("To Pune on Monday.");
    }

    [Fact]
    public async Task A_field_that_was_put_away_since_is_asked_for_instead_of_going_out_as_it_is()
    {
        var thread = await world.MeetAsync();
        var field = await FieldAsync("Old");
        var reply = await SaveAsync(world.Agent, $"{{{{field.{field}}}}}");
        await world.Host.ReadAsync(db => db.Set<ContactField>().Where(f => f.Key == field).ExecuteUpdateAsync(set => set.SetProperty(f => f.ArchivedAt, world.Now)));

        (await world.Get<PutInReply>().ExecuteAsync(world.Agent, thread, reply))!.Missing.Single().Key.Should().Be($"field.{field}");
    }

    [Fact]
    public async Task A_customer_without_a_name_is_not_called_by_a_number()
    {
        var phone = "919555990001";
        await world.Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.noname", phone, "hello", world.Now, ""));
        await world.Host.SettledAsync();
        var thread = await world.Host.ReadAsync(db => db.Set<Conversation>().MaxAsync(c => c.Id));
        var reply = await SaveAsync(world.Agent, "Hi {{contact.name}}");

        (await world.Get<PutInReply>().ExecuteAsync(world.Agent, thread, reply))!.Missing.Single().Key.Should().Be("contact.name");
    }

    [Fact]
    public async Task A_name_that_is_a_number_goes_into_no_reply_of_whoever_sees_it_masked()
    {
        await world.Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.numbername", "919555990002", "hello", world.Now, "+91 95559 90002"));
        await world.Host.SettledAsync();
        var thread = await world.Host.ReadAsync(db => db.Set<Conversation>().MaxAsync(c => c.Id));
        var agent = world.Agent with { Settings = new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: true, MayReveal: false) };
        var reply = await SaveAsync(agent, "Hi {{contact.name}}");

        (await world.Get<PutInReply>().ExecuteAsync(agent, thread, reply))!.Missing.Single().Key.Should().Be("contact.name");
        (await world.Get<PutInReply>().ExecuteAsync(agent with { Settings = agent.Settings with { MaskPhoneNumbers = false } }, thread, reply))!
            .Text.Should().Be("Hi +91 95559 90002");
    }

    [Fact]
    public async Task The_list_to_choose_from_says_places_in_words_in_one_line()
    {
        var reply = await SaveAsync(world.Agent, "Hi {{contact.first_name}},\n\nsee you on {{?Which day}}. " + new string('a', 95) + " {{workspace.name}} and more");

        (await world.Get<RepliesQuery>().ForChoosingAsync(world.Agent)).Single(r => r.Id == reply).Line
            .Should().Be("Hi ‹Customer's first name›, see you on ‹Which day?›. " + new string('a', 95));
    }

    [Fact]
    public async Task Ones_own_replies_are_nobody_elses()
    {
        var (thread, mine) = (await world.MeetAsync(), await SaveAsync(world.Agent, "Mine"));

        (await world.Get<RepliesQuery>().ForChoosingAsync(world.Manager)).Should().NotContain(r => r.Id == mine);
        (await world.Get<RepliesQuery>().ForEditingAsync(world.Admin))!.Replies.Should().NotContain(r => r.Id == mine);
        (await world.Get<PutInReply>().ExecuteAsync(world.Manager, thread, mine)).Should().BeNull();
        (await world.Get<DeleteReply>().ExecuteAsync(world.Manager, mine)).Should().Be(ReplyOutcome.NotFound);
        (await world.Get<SaveReply>().ExecuteAsync(world.Manager, new ReplyDraft(mine, "taken-over", "x", IsShared: true, []))).Outcome.Should().Be(ReplyOutcome.NotFound);
    }

    [Fact]
    public async Task An_agent_uses_what_managers_wrote_for_everybody_and_cannot_change_it()
    {
        var shared = await SaveAsync(world.Manager, "Everybody's", isShared: true);

        (await world.Get<RepliesQuery>().ForChoosingAsync(world.Agent)).Should().Contain(r => r.Id == shared && r.IsShared);
        (await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(shared, "mine-now", "x", IsShared: true, []))).Outcome.Should().Be(ReplyOutcome.NotAllowed);
        (await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(shared, "mine-now", "x", IsShared: false, []))).Outcome.Should().Be(ReplyOutcome.NotAllowed);
        (await world.Get<DeleteReply>().ExecuteAsync(world.Agent, shared)).Should().Be(ReplyOutcome.NotAllowed);
        (await RowAsync(world.Agent, shared)).Text.Should().Be("Everybody's");
    }

    [Fact]
    public async Task What_everybody_uses_is_on_record_and_ones_own_is_not()
    {
        var before = await EntriesAsync();
        var shared = await SaveAsync(world.Manager, "First", isShared: true);
        var shortcut = (await RowAsync(world.Manager, shared)).Shortcut;
        await world.Get<SaveReply>().ExecuteAsync(world.Manager, new ReplyDraft(shared, shortcut, "Second", IsShared: true, []));
        await world.Get<DeleteReply>().ExecuteAsync(world.Manager, shared);
        var own = await SaveAsync(world.Manager, "Own");
        await world.Get<DeleteReply>().ExecuteAsync(world.Manager, own);

        (await world.Host.ReadAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Number).Select(e => e.Action).ToListAsync())).Skip(before)
            .Should().Equal(AuditActions.ReplyShared, AuditActions.ReplyEdited, AuditActions.ReplyDeleted);
    }

    [Theory]
    [InlineData("two words", "Hello", ReplyOutcome.NoShortcut)]
    [InlineData("ok", "   ", ReplyOutcome.Empty)]
    [InlineData("ok", "{{contact.nam}}", ReplyOutcome.UnknownPlace)]
    [InlineData("ok", "{{contact.name", ReplyOutcome.Unclosed)]
    [InlineData("ok", "{{?}}", ReplyOutcome.NoQuestion)]
    public async Task What_could_not_be_put_in_is_refused_with_a_sentence_of_its_own(string shortcut, string text, ReplyOutcome outcome)
    {
        var answer = await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(null, shortcut, text, IsShared: false, []));

        answer.Outcome.Should().Be(outcome);
        ReplyFaults.Explain(answer, isShared: false).Should().NotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Every_refusal_has_a_sentence_of_its_own() => Enum.GetValues<ReplyOutcome>().Where(o => o != ReplyOutcome.Saved)
        .Select(o => ReplyFaults.Explain(new ReplyAnswer(o), isShared: false)).Should().OnlyHaveUniqueItems().And.NotContainNulls();

    [Fact]
    public async Task A_text_of_4096_characters_is_kept_and_one_more_is_refused()
    {
        await SaveAsync(world.Agent, new string('a', 4_096));

        (await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(null, Fresh(), new string('a', 4_097), IsShared: false, [])))
            .Outcome.Should().Be(ReplyOutcome.TooLong);
    }

    [Fact]
    public async Task Two_shortcuts_of_one_person_that_read_alike_are_refused_and_one_beside_everybodys_is_not()
    {
        var name = Fresh();
        await SaveAsync(world.Agent, "Mine", name: name);

        (await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(null, "/" + name.ToUpperInvariant(), "Again", IsShared: false, []))).Outcome.Should().Be(ReplyOutcome.Taken);
        await SaveAsync(world.Manager, "Everybody's", name: name, isShared: true);
        (await world.Get<SaveReply>().ExecuteAsync(world.Admin, new ReplyDraft(null, name, "Again", IsShared: true, []))).Outcome.Should().Be(ReplyOutcome.Taken);
    }

    [Fact]
    public async Task Two_who_make_one_shortcut_for_everybody_at_once_make_one()
    {
        var name = Fresh();
        var both = await Task.WhenAll(new[] { world.Manager, world.Admin }.Select(a => Task.Run(() =>
            world.Get<SaveReply>().ExecuteAsync(a, new ReplyDraft(null, name, "Hello", IsShared: true, [])))));

        both.Select(a => a.Outcome).Should().BeEquivalentTo([ReplyOutcome.Saved, ReplyOutcome.Taken]);
    }

    [Fact]
    public async Task A_file_of_everybodys_reply_is_seen_and_sent_by_others_and_taken_away_by_nobody()
    {
        var thread = await world.MeetAsync();
        var file = await world.Host.UploadAsync(world.Manager, "menu.txt", "the menu"u8.ToArray());
        (await world.Get<MediaFileQuery>().FindAsync(world.Agent, file)).Should().BeNull();
        var reply = await SaveAsync(world.Manager, "The menu", isShared: true, files: [file]);

        var found = (await world.Get<PutInReply>().ExecuteAsync(world.Agent, thread, reply))!;
        found.Files.Single().FileId.Should().Be(file);
        (await world.Get<MediaFileQuery>().FindAsync(world.Agent, file)).Should().NotBeNull();
        (await world.Get<RemoveUpload>().ExecuteAsync(world.Manager, file)).Should().BeFalse();
        var document = new DocumentContent(new MediaReference("", "", "", file), null, null);
        (await world.Get<SendReply>().ExecuteAsync(world.Agent, thread, document, Guid.CreateVersion7()))!.Decision.IsAllowed.Should().BeTrue();

        world.Host.Clock.Advance(TimeSpan.FromDays(3));
        await world.Get<MediaSweep>().SweepAsync(CancellationToken.None);
        (await world.Get<MediaFileQuery>().FindAsync(world.Other, file)).Should().NotBeNull("the reply has it still");
    }

    [Fact]
    public async Task A_file_of_ones_own_reply_is_nobody_elses_to_see_or_send()
    {
        var thread = await world.MeetAsync();
        var file = await world.Host.UploadAsync(world.Agent, "own.txt", "own"u8.ToArray());
        await SaveAsync(world.Agent, "Own", files: [file]);

        (await world.Get<MediaFileQuery>().FindAsync(world.Manager, file)).Should().BeNull();
        var document = new DocumentContent(new MediaReference("", "", "", file), null, null);
        (await world.Get<SendReply>().ExecuteAsync(world.Manager, thread, document, Guid.CreateVersion7()))!.Decision.IsAllowed.Should().BeFalse();
    }

    [Fact]
    public async Task Somebody_elses_upload_cannot_be_made_a_file_of_ones_reply()
    {
        var file = await world.Host.UploadAsync(world.Manager, "theirs.txt", "theirs"u8.ToArray());

        (await world.Get<SaveReply>().ExecuteAsync(world.Agent, new ReplyDraft(null, Fresh(), "x", IsShared: false, [file]))).Outcome.Should().Be(ReplyOutcome.FileGone);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_conversation_puts_nothing_in()
    {
        var thread = await world.MeetAsync();
        await world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == thread).ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, world.Other.User)));
        var reply = await SaveAsync(world.Agent, "Hi {{contact.name}}");

        (await world.Get<PutInReply>().ExecuteAsync(world.Agent, thread, reply)).Should().BeNull();
    }

    private static string Fresh() => $"r{Interlocked.Increment(ref _nth)}-{Guid.NewGuid():N}"[..20];

    private async Task<long> SaveAsync(Actor actor, string text, bool isShared = false, string? name = null, IReadOnlyList<long>? files = null)
    {
        var answer = await world.Get<SaveReply>().ExecuteAsync(actor, new ReplyDraft(null, name ?? Fresh(), text, isShared, files ?? []));
        answer.Outcome.Should().Be(ReplyOutcome.Saved);
        return answer.Id!.Value;
    }

    private async Task<ReplyRow> RowAsync(Actor actor, long reply) => (await world.Get<RepliesQuery>().ForEditingAsync(actor))!.Replies.Single(r => r.Id == reply);

    private Task<int> EntriesAsync() => world.Host.ReadAsync(db => db.Set<AuditEntry>().CountAsync());

    private async Task<string> FieldAsync(string name)
    {
        var key = $"k{Interlocked.Increment(ref _nth)}";
        (await world.Get<SaveContactField>().ExecuteAsync(world.Manager, new FieldDraft(null, name, key, ContactFieldType.Text, ""))).IsDone.Should().BeTrue();
        return key;
    }
}
