using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Notices;

namespace Weflux.Tests.Web.Inbox;

public sealed class FreshMessagesTests
{
    private static readonly UserId Me = new(7);
    private static readonly UserId Colleague = new(8);
    private readonly FreshMessages _fresh = new(Me, Rows.Noon.AddMinutes(-1));

    [Fact]
    public void A_message_is_told_of_once_and_the_next_one_again()
    {
        Told(Line(sequence: 1)).Should().Equal(1);
        Told(Line(sequence: 1)).Should().BeEmpty();
        Told(Line(sequence: 2)).Should().Equal(1);
    }

    [Fact]
    public void What_was_there_before_or_was_read_or_is_our_own_is_no_news()
    {
        Told(Line(sequence: 1) with { LastActivityAt = Rows.Noon.AddMinutes(-2) }).Should().BeEmpty();
        Told(Line(sequence: 1) with { UnreadCount = 0 }).Should().BeEmpty();
        Told(Line(sequence: 1) with { LastDirection = MessageDirection.Out }).Should().BeEmpty();
    }

    [Fact]
    public void Ones_own_conversations_and_those_that_nobody_holds_are_told_of_elsewhere()
    {
        Told(Line(sequence: 1) with { AssigneeId = null }).Should().BeEmpty();
        Told(Line(sequence: 1) with { AssigneeId = Me }).Should().BeEmpty();
    }

    [Fact]
    public void A_notice_goes_away_when_the_message_was_read_or_the_conversation_went_to_somebody_else()
    {
        Told(Line(sequence: 1)).Should().Equal(1);
        _fresh.Sift(Changed(Line(sequence: 1) with { UnreadCount = 0 })).Settled.Should().Equal(1);
        _fresh.Sift(Changed(Line(sequence: 1) with { UnreadCount = 0 })).Settled.Should().BeEmpty();

        Told(Line(sequence: 2)).Should().Equal(1);
        _fresh.Sift(Changed(Line(sequence: 2) with { AssigneeId = Me })).Settled.Should().Equal(1);

        Told(Line(sequence: 3)).Should().Equal(1);
        _fresh.Sift(new ChangedRows([], [1, 5])).Settled.Should().Equal(1);
    }

    private static ConversationRow Line(long sequence) => Rows.Row(1) with
    {
        LastSequence = sequence,
        UnreadCount = 1,
        LastDirection = MessageDirection.In,
        AssigneeId = Colleague,
    };

    private static ChangedRows Changed(ConversationRow row) => new([row], []);

    private IEnumerable<long> Told(ConversationRow row) => _fresh.Sift(Changed(row)).Told.Select(r => r.Id);
}
