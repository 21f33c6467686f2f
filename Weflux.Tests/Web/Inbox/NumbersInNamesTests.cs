using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Api.Reading;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

/// <summary>Many a profile is called by its number.</summary>
public sealed class NumbersInNamesTests
{
    private const string Number = "+91 91234 56789";

    [Fact]
    public void A_card_of_the_customers_own_number_hides_it_in_its_name_too()
    {
        var card = new ContactCardsContent([new ContactCard(Number, ["+919123456789"], [], null)], IsOwnNumber: true);
        ((ContactCardsContent)ContactNames.Show(card, seesNumbers: false)).Cards.Single().Name.Should().Be("+91 ••••• •••89");
        ((ContactCardsContent)ContactNames.Show(card, seesNumbers: true)).Cards.Single().Name.Should().Be(Number);
    }

    [Theory]
    [InlineData(false, "+91 ••••• •••89")]
    [InlineData(true, Number)]
    public void Whoever_reacted_in_a_group_is_named_as_the_reader_may_see_it(bool seesNumbers, string name)
    {
        var said = Said("wamid.1", new TextContent("Hello"));
        var reacted = Said("wamid.2", new ReactionContent("wamid.1", "👍"), new GroupParticipant(Number, "919123456789"));
        MessageMarks.Of(said, [reacted], seesNumbers).Reactions.Single().Who.Should().Be(name);
    }

    [Theory]
    [InlineData(false, "+91 ••••• •••89")]
    [InlineData(true, Number)]
    public void A_program_is_told_who_spoke_in_a_group_and_a_user_name_as_its_scopes_allow(bool seesNumbers, string name)
    {
        ApiSpeaker.Of(new GroupParticipant(Number, "919123456789"), seesNumbers).Name.Should().Be(name);
        var contact = Contact.Meet(new(1), Stand.Noon);
        contact.Hear(new HeardContact([], null, null, Number), Stand.Noon);
        ApiContact.Of(contact, seesNumbers).Username.Should().Be(name);
    }

    private static Message Said(string id, MessageContent content, GroupParticipant? who = null) => Message.FromCustomer(
        Conversation.Start(new WorkspaceId(1), 1, 1, Stand.Noon),
        new InboundMessage(id, content, who is null ? null : new MessageContext(null, Participant: who), Stand.Noon, Stand.Noon, null),
        1);
}
