using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

public sealed class SearchTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly MediaReference File = new("m", "application/pdf", "");
    private long _sequence;

    public static TheoryData<MessageContent, string> Kinds => new()
    {
        { new TextContent("Hello"), "Hello" },
        { new ImageContent(File, "The shop"), "The shop" },
        { new ImageContent(File, null), "" },
        { new DocumentContent(File, "menu.pdf", "Our menu"), "Our menu\nmenu.pdf" },
        { new DocumentContent(File, "menu.pdf", null), "menu.pdf" },
        { new LocationContent(1, 2, "Depot", "Hill Road 4", null), "Depot\nHill Road 4" },
        { new ContactCardsContent([new ContactCard("Asha", ["+919876543210"], [], "Chai & Co.")], IsOwnNumber: false), "Asha\nChai & Co." },
        { new FlowReplyContent("flow", "Sent", """{"day":"Monday"}"""), "Sent\nMonday" },
        { new EditContent("wamid.1", new TextContent("Now")), "Now" },
        { new ReactionContent("wamid.1", "👍"), "" },
        { new SystemContent("user_changed_number", "+919876543210 is now +919876543211", null, null), "" },
        { new RevokeContent("wamid.1"), "" },
        { new UnsupportedContent("hologram", []), "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_is_found_by_what_people_wrote_and_by_no_number_that_the_platform_wrote(MessageContent content, string words)
    {
        content.SearchText.Should().Be(words);
        Said("wamid.9", content).SearchText.Should().Be(words);
    }

    [Fact]
    public void An_edited_message_is_found_by_what_it_says_now_and_its_edits_by_nothing()
    {
        var message = Said("wamid.1", new TextContent("two boxes"));
        var first = Said("wamid.2", new EditContent("wamid.1", new TextContent("three boxes")), minutes: 1);
        var second = Said("wamid.3", new EditContent("wamid.1", new TextContent("four boxes")), minutes: 2);

        message.FollowInSearch([second, first]);

        new[] { message.SearchText, first.SearchText, second.SearchText }.Should().Equal("four boxes", "", "");
    }

    [Fact]
    public void An_edit_that_nobody_can_show_leaves_the_words()
    {
        var message = Said("wamid.1", new TextContent("two boxes"));
        message.FollowInSearch([Said("wamid.2", new EditContent("wamid.1", new UnsupportedContent("hologram", [])), minutes: 1)]);
        message.SearchText.Should().Be("two boxes");
    }

    [Fact]
    public void A_withdrawn_message_is_not_found_whatever_came_before_or_after()
    {
        var message = Said("wamid.1", new TextContent("my card is 4111"));
        var edit = Said("wamid.3", new EditContent("wamid.1", new TextContent("never mind")), minutes: 2);
        message.FollowInSearch([Said("wamid.2", new RevokeContent("wamid.1"), minutes: 1), edit]);
        (message.SearchText + edit.SearchText).Should().BeEmpty();
    }

    [Fact]
    public void What_somebody_else_did_changes_nothing()
    {
        var message = Said("wamid.1", new TextContent("two boxes"));
        var edit = Said("wamid.2", new EditContent("wamid.1", new TextContent("none")), minutes: 1, who: "Finn");
        message.FollowInSearch([edit, Said("wamid.3", new RevokeContent("wamid.1"), minutes: 2, who: "Finn")]);
        (message.SearchText, edit.SearchText).Should().Be(("two boxes", "none"));
    }

    private Message Said(string id, MessageContent content, int minutes = 0, string? who = null) => Message.FromCustomer(
        Conversation.Start(new WorkspaceId(1), 1, 1, Noon),
        new InboundMessage(id, content, who is null ? null : new MessageContext(null, Participant: new GroupParticipant(who, null)), Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), null),
        ++_sequence);
}
