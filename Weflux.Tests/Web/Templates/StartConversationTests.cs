using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Templates;

public sealed class StartConversationTests(TemplateWorld world) : IClassFixture<TemplateWorld>
{
    [Fact]
    public async Task A_new_number_becomes_a_contact_with_proof_a_thread_and_a_sent_template()
    {
        var answer = await StartAsync(world.Agent, "098123 11001", name: "Ravi Rao");

        answer.Outcome.Should().Be(StartOutcome.Sent);
        var thread = await ThreadAsync(answer.ConversationId!.Value);
        thread.AssigneeId.Should().Be(world.Agent.User);
        var contact = await ContactAsync("919812311001");
        contact.DisplayName.Should().Be("Ravi Rao");
        contact.Consent.MarketingGivenAt.Should().BeNull();
        (await EntriesAsync(contact)).Should().ContainSingle().Which.Should().Match<ConsentEntry>(e =>
            e.Purpose == ConsentPurpose.AllMessages && e.Decision == ConsentDecision.Given && e.Source == ConsentSource.Person && e.Evidence == "In the shop: wants reminders" && e.ActorId == world.Agent.User);
        await Eventually.BeAsync(async () => (await world.Host.MessagesAsync()).Any(m => m.ConversationId == thread.Id && m.Status >= DeliveryStatus.Sent));
    }

    [Fact]
    public async Task The_thread_that_is_there_is_opened_also_by_another_way_of_writing_the_number()
    {
        var first = await StartAsync(world.Agent, "+55 11 98765 0001");

        (await StartAsync(world.Agent, "+55 11 8765 0001")).Should().Be(new StartAnswer(StartOutcome.Exists, first.ConversationId));
        (await LookAsync(world.Agent, "0055 11 98765 0001"))!.ConversationId.Should().Be(first.ConversationId);
    }

    [Fact]
    public async Task Who_had_no_answer_and_sends_the_same_once_more_has_sent_it_once()
    {
        var start = new ConversationStart(await NumberAsync(), "+91 98123 11009", "", Visit, "In the shop: wants reminders", new DateOnly(2026, 1, 1), AgreedToMarketing: false);
        var draft = Guid.CreateVersion7();
        var first = await world.Get<StartConversation>().ExecuteAsync(world.Agent, start, draft);

        var second = await world.Get<StartConversation>().ExecuteAsync(world.Agent, start, draft);

        second.Should().Be(first).And.Match<StartAnswer>(a => a.Outcome == StartOutcome.Sent);
        (await world.Host.MessagesAsync()).Should().ContainSingle(m => m.ConversationId == first.ConversationId);
    }

    [Fact]
    public async Task A_thread_that_a_colleague_holds_is_named_and_not_opened()
    {
        await StartAsync(world.Agent, "+91 98123 11002");
        var other = await world.Host.ActorAsync("agent2@demo.test");

        (await StartAsync(other, "+91 98123 11002")).Should().Be(new StartAnswer(StartOutcome.HeldByOther));
        var look = await LookAsync(other, "+91 98123 11002");
        (look!.IsHeldByOther, look.ConversationId, look.Name).Should().Be((true, null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("hello")]
    public async Task What_is_no_number_is_refused(string typed)
    {
        (await StartAsync(world.Agent, typed)).Outcome.Should().Be(StartOutcome.WrongNumber);
        (await LookAsync(world.Agent, typed)).Should().BeNull();
    }

    [Fact]
    public async Task Nobody_writes_to_a_number_of_the_business_itself()
    {
        var own = await world.Host.ReadAsync(db => db.Set<Connection>().Select(c => c.DisplayPhoneNumber).SingleAsync());

        (await StartAsync(world.Agent, own)).Outcome.Should().Be(StartOutcome.OwnNumber);
        (await LookAsync(world.Agent, own))!.IsOwn.Should().BeTrue();
        (await LookAsync(world.Agent, "+91 98123 11010"))!.IsOwn.Should().BeFalse();
    }

    [Fact]
    public async Task Without_proof_nobody_is_written_to_and_nothing_is_stored()
    {
        (await StartAsync(world.Agent, "+91 98123 11003", evidence: " ")).Outcome.Should().Be(StartOutcome.NoEvidence);
        (await StartAsync(world.Agent, "+91 98123 11003", day: DateOnly.FromDateTime(world.Host.Clock.GetUtcNow().UtcDateTime).AddDays(3))).Outcome.Should().Be(StartOutcome.FutureDay);

        (await FindAsync("919812311003")).Should().BeNull();
    }

    [Fact]
    public async Task Marketing_needs_consent_that_a_manager_records()
    {
        (await StartAsync(world.Agent, "+91 98123 11004", content: Offer, marketing: true)).Decision.Should().BeOfType<OptedOut>().Which.Reason.Should().Be(OptOutReason.NoMarketingConsent);
        (await FindAsync("919812311004")).Should().BeNull("nothing is stored of what may not be sent");

        var sent = await StartAsync(world.Manager, "+91 98123 11004", content: Offer, marketing: true);

        sent.Outcome.Should().Be(StartOutcome.Sent);
        var contact = await ContactAsync("919812311004");
        contact.Consent.MarketingGivenAt.Should().NotBeNull();
        (await EntriesAsync(contact)).Select(e => e.Purpose).Should().BeEquivalentTo([ConsentPurpose.AllMessages, ConsentPurpose.Marketing]);
    }

    [Fact]
    public async Task A_template_is_judged_by_the_category_that_it_has_now()
    {
        var old = Offer with { Category = TemplateCategory.Utility };

        (await StartAsync(world.Manager, "+91 98123 11006", content: old)).Decision.Should().BeOfType<OptedOut>().Which.Reason.Should().Be(OptOutReason.NoMarketingConsent);
        (await FindAsync("919812311006")).Should().BeNull();

        (await StartAsync(world.Manager, "+91 98123 11007", content: Visit)).ConversationId.Should().NotBeNull();
        var conversation = (await StartAsync(world.Manager, "+91 98123 11007", content: Visit)).ConversationId!.Value;
        (await world.Get<Weflux.Web.Sending.SendReply>().ExecuteAsync(world.Manager, conversation, old, Guid.NewGuid()))!
            .Decision.Should().BeOfType<OptedOut>();
    }

    [Fact]
    public async Task A_template_that_is_paused_or_wrongly_filled_is_refused_before_anything_is_stored()
    {
        (await StartAsync(world.Manager, "+91 98123 11005", content: Visit with { Name = "no_such_template" })).Decision.Should().Be(new Invalid(InvalidReason.TemplateNotApproved));
        (await StartAsync(world.Manager, "+91 98123 11005", content: Visit with { BodyParameters = ["Asha"] })).Decision.Should().Be(new Invalid(InvalidReason.TemplateValueMissing));
        (await StartAsync(world.Manager, "+91 98123 11005", content: Visit with { BodyParameters = ["Asha", "a\nb"] })).Decision.Should().Be(new Invalid(InvalidReason.TemplateValueNotAllowed));

        (await FindAsync("919812311005")).Should().BeNull();
    }

    private static TemplateContent Visit => new(
        "visit_reminder", "en", TemplateCategory.Utility, ["Asha", "Friday"], "Hi Asha, your tasting is booked for Friday", ["first_name", "day"]);

    private static TemplateContent Offer => new(
        "tyohar_offer", "hi", TemplateCategory.Marketing, ["आशा", "20%", "CHAI20"], "नमस्ते आशा", []);

    private async Task<StartAnswer> StartAsync(
        Actor actor, string number, string name = "", TemplateContent? content = null, string evidence = "In the shop: wants reminders", DateOnly? day = null, bool marketing = false) =>
        await world.Get<StartConversation>().ExecuteAsync(
            actor, new ConversationStart(await NumberAsync(), number, name, content ?? Visit, evidence, day ?? new DateOnly(2026, 1, 1), marketing), Guid.CreateVersion7());

    private async Task<StartLook?> LookAsync(Actor actor, string number) => await world.Get<NewConversationQuery>().LookAsync(actor, await NumberAsync(), number);

    private Task<long> NumberAsync() => world.Host.ReadAsync(db => db.Set<Connection>().Select(c => c.Id).SingleAsync());

    private Task<Conversation> ThreadAsync(long id) => world.Host.ReadAsync(db => db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id));

    private Task<Contact?> FindAsync(string digits) => world.Host.ReadAsync(db => db.Set<Contact>().AsNoTracking().SingleOrDefaultAsync(c => c.PhoneDigits == digits));

    private async Task<Contact> ContactAsync(string digits) => (await FindAsync(digits))!;

    private Task<List<ConsentEntry>> EntriesAsync(Contact contact) =>
        world.Host.ReadAsync(db => db.Set<ConsentEntry>().AsNoTracking().Where(e => e.ContactId == contact.Id).ToListAsync());
}
