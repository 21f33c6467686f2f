using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>A customer who changes the number stays one person, whatever part of the news comes and in whichever order.</summary>
public sealed class IdentityChangeTests : WebhookWorld
{
    private const string OldNumber = "33655550001";
    private const string NewNumber = "33655550011";
    private const string OldId = "FR.855550001";
    private const string NewId = "FR.855550011";
    private int _count;

    [Fact]
    public async Task The_user_id_that_comes_with_the_new_number_is_adopted_and_the_stop_stays()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await NoticeAsync();
        await SayAsync(NewNumber, NewId, "new phone, who dis");

        var contact = await OnlyContactAsync();
        contact.Consent.IsAllStopped.Should().BeTrue();
        contact.PhoneDigits.Should().Be(NewNumber);
        contact.Identities.Where(i => i.Kind == IdentityKind.BusinessScopedUserId).Should().ContainSingle().Which.Value.Should().Be(NewId);
    }

    [Fact]
    public async Task A_notice_with_a_contact_that_names_the_new_number_and_user_id_brings_both()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await NoticeAsync([MetaWebhooks.Contact(NewNumber, NewId, "Stan")]);
        await SayAsync(null, NewId, "it is me");

        (await OnlyContactAsync()).Consent.IsAllStopped.Should().BeTrue();
    }

    [Fact]
    public async Task A_notice_that_carries_the_new_user_id_itself_is_of_the_one_who_had_the_old_number()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await NoticeAsync([MetaWebhooks.Contact(NewNumber, NewId, "Stan")], NewId);
        await SayAsync(NewNumber, NewId, "it is me");

        (await OnlyContactAsync()).Consent.IsAllStopped.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_gets_the_old_number_afterwards_is_somebody_else()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await NoticeAsync();
        await SayAsync(OldNumber, "FR.999", "Hello, I am new here", "Nina");

        var contacts = await Host.ContactsAsync();
        contacts.Should().HaveCount(2);
        contacts.Single(c => c.ProfileName == "Nina").Consent.IsAllStopped.Should().BeFalse();
    }

    [Fact]
    public async Task A_number_that_comes_with_another_user_id_and_no_notice_is_not_the_same_person()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await SayAsync(OldNumber, NewId, "hello");

        (await Host.ContactsAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_message_from_before_the_change_finds_its_sender_and_does_not_bring_the_old_user_id_back()
    {
        var before = Now;
        await SayAsync(OldNumber, OldId, "first");
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        await NoticeAsync();
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(OldNumber, OldId, "Stan")], [MetaWebhooks.Text("wamid.late", OldNumber, OldId, "late", before)])));
        await SayAsync(NewNumber, NewId, "second");

        var contact = await OnlyContactAsync();
        contact.PhoneDigits.Should().Be(NewNumber);
        (await Host.MessagesAsync()).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_late_change_of_the_user_id_heals_the_split_with_the_stricter_consent_and_one_thread()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(NewNumber, NewId, "hello from my new phone");
        (await Host.ContactsAsync()).Should().HaveCount(2);

        await UpdateAsync();

        var contact = await OnlyContactAsync();
        contact.Consent.IsAllStopped.Should().BeTrue();
        contact.Consent.WroteAfterStop.Should().BeTrue();
        contact.Identities.Select(i => i.Value).Should().BeEquivalentTo(OldNumber, OldId, NewNumber, NewId);
        contact.Identities.Single(i => i.Value == OldId).Kind.Should().Be(IdentityKind.FormerUserId);
        var thread = (await Host.ConversationsAsync()).Should().ContainSingle().Subject;
        thread.LastLine.Should().Be("hello from my new phone");
        thread.InboundCount.Should().Be(2);
        (await Host.MessagesAsync()).Should().OnlyContain(m => m.ConversationId == thread.Id);
        (await Host.ReadAsync(db => db.Set<ConsentEntry>().ToListAsync())).Should().OnlyContain(e => e.ContactId == contact.Id);

        await SayAsync(NewNumber, NewId, "still me");
        (await OnlyContactAsync()).Id.Should().Be(contact.Id);
    }

    [Fact]
    public async Task The_same_number_with_a_new_user_id_is_healed_too_and_the_suggestion_goes()
    {
        await SayAsync(OldNumber, OldId, "STOP");
        await SayAsync(OldNumber, NewId, "hello");
        (await SuggestionsAsync()).Should().ContainSingle();

        await UpdateAsync();

        (await OnlyContactAsync()).Consent.IsAllStopped.Should().BeTrue();
        (await SuggestionsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_notice_of_the_number_that_comes_after_the_first_message_heals_the_split()
    {
        var changed = Now;
        await SayAsync(OldNumber, OldId, "STOP");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(NewNumber, NewId, "hello");

        await NoticeAsync(at: changed);

        (await OnlyContactAsync()).Consent.IsAllStopped.Should().BeTrue();
    }

    [Fact]
    public async Task A_customer_who_had_the_new_number_before_stays_another_person()
    {
        await SayAsync(NewNumber, "FR.777", "I have this number", "Nina");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(OldNumber, OldId, "hello");
        await NoticeAsync();

        await Host.SettledAsync();
        (await Host.ContactsAsync()).Should().HaveCount(2);
        (await SuggestionsAsync()).Should().ContainSingle();
    }

    private async Task<Contact> OnlyContactAsync()
    {
        await Host.SettledAsync();
        var contact = (await Host.ContactsAsync()).Should().ContainSingle().Subject;
        (await Host.ConversationsAsync()).Should().ContainSingle();
        return contact;
    }

    private Task<List<MergeSuggestion>> SuggestionsAsync() => Host.ReadAsync(db => db.Set<MergeSuggestion>().ToListAsync());

    private async Task SayAsync(string? number, string userId, string words, string name = "Stan")
    {
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(number, userId, name)], [MetaWebhooks.Text($"wamid.{++_count}", number, userId, words, Now)])));
        await Host.SettledAsync();
    }

    private async Task NoticeAsync(JsonArray? contacts = null, string? from = null, DateTimeOffset? at = null)
    {
        var notice = new JsonObject
        {
            ["id"] = $"wamid.{++_count}",
            ["from"] = OldNumber,
            ["timestamp"] = (at ?? Now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["type"] = "system",
            ["system"] = new JsonObject { ["type"] = "user_changed_number", ["body"] = "changed", ["wa_id"] = NewNumber },
        };
        if (from is not null)
        {
            notice["from_user_id"] = from;
        }

        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(contacts ?? [], [notice])));
        await Host.SettledAsync();
    }

    private async Task UpdateAsync()
    {
        var body = MetaWebhooks.Envelope(MetaWebhooks.Value([], []));
        var change = body["entry"]![0]!["changes"]![0]!;
        change["field"] = "user_id_update";
        change["value"]!["user_id_update"] = new JsonArray(new JsonObject
        {
            ["detail"] = "changed",
            ["user_id"] = new JsonObject { ["previous"] = OldId, ["current"] = NewId },
            ["timestamp"] = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        await Webhooks.PostAsync(body);
        await Host.SettledAsync();
    }
}
