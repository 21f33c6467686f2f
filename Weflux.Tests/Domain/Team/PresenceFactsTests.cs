using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class PresenceFactsTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[-300, 300].Select(Given.Second);
    private static readonly Gen<DateTimeOffset?> MaybeTimes = Gen.OneOf(Gen.Const((DateTimeOffset?)null), Times.Select(t => (DateTimeOffset?)t));
    private static readonly Gen<PresenceFacts> AllFacts =
        Gen.Select(Gen.Bool, MaybeTimes, MaybeTimes, MaybeTimes).Select((isAway, until, open, used) =>
            new PresenceFacts(isAway ? PresenceChoice.Away : PresenceChoice.Available, until, open, used));

    [Fact]
    public void Nobody_is_there_without_an_open_page_whatever_they_chose() => AllFacts.Select(Times).Sample((facts, now) =>
        (facts with { OpenAt = null }).At(now) == MemberPresence.Offline && (facts with { OpenAt = now - PresenceFacts.Grace }).At(now) == MemberPresence.Offline);

    [Fact]
    public void Available_is_who_chose_it_and_uses_an_open_page_and_nobody_else() => AllFacts.Select(Times).Sample((facts, now) =>
    {
        var isOpen = facts.OpenAt > now - PresenceFacts.Grace;
        var isUsed = facts.UsedAt > now - PresenceFacts.Grace;
        var choseAway = facts.Choice == PresenceChoice.Away && (facts.AwayUntil is null || facts.AwayUntil > now);
        return (facts.At(now) == MemberPresence.Available) == (isOpen && isUsed && !choseAway)
            && (facts.At(now) == MemberPresence.Offline) == !isOpen;
    });

    [Fact]
    public void A_page_seen_later_never_makes_anybody_less_there() => AllFacts.Select(Times, Times).Sample((facts, later, now) =>
        (facts with { OpenAt = Max(facts.OpenAt, later), UsedAt = Max(facts.UsedAt, later) }).At(now) >= facts.At(now));

    [Fact]
    public void Without_news_presence_only_falls_but_for_a_choice_that_ends() => AllFacts.Select(Times, Gen.Int[0, 300]).Sample((facts, now, seconds) =>
    {
        var later = now.AddSeconds(seconds);
        return facts.At(later) <= facts.At(now) || (facts.IsAwayByChoiceAt(now) && !facts.IsAwayByChoiceAt(later));
    });

    [Fact]
    public void What_changed_by_itself_changed_no_later_than_now() => AllFacts.Select(Times).Sample((facts, now) =>
    {
        var past = facts with { OpenAt = Min(facts.OpenAt, now), UsedAt = Min(facts.UsedAt, now) };
        return past.ChangedBy(now) <= now;
    });

    [Fact]
    public void The_grace_ends_on_the_tick()
    {
        var facts = PresenceFacts.None with { OpenAt = Given.Noon, UsedAt = Given.Noon };
        facts.At(Given.Noon + PresenceFacts.Grace - TimeSpan.FromTicks(1)).Should().Be(MemberPresence.Available);
        facts.At(Given.Noon + PresenceFacts.Grace).Should().Be(MemberPresence.Offline);
        facts.ChangedBy(Given.Noon + PresenceFacts.Grace).Should().Be(Given.Noon, "since then no page was open");
    }

    [Fact]
    public void A_choice_with_an_end_is_over_on_the_tick()
    {
        var facts = new PresenceFacts(PresenceChoice.Away, Given.Noon.AddSeconds(10), Given.Noon.AddSeconds(5), Given.Noon.AddSeconds(5));
        facts.At(Given.Noon.AddSeconds(10).AddTicks(-1)).Should().Be(MemberPresence.Away);
        facts.At(Given.Noon.AddSeconds(10)).Should().Be(MemberPresence.Available);
        facts.ChangedBy(Given.Noon.AddSeconds(20)).Should().Be(Given.Noon.AddSeconds(10));
    }

    [Fact]
    public void An_open_page_that_nobody_touches_is_away_since_it_was_last_used()
    {
        var facts = PresenceFacts.None with { OpenAt = Given.Noon.AddMinutes(20), UsedAt = Given.Noon };
        facts.At(Given.Noon.AddMinutes(20)).Should().Be(MemberPresence.Away);
        facts.ChangedBy(Given.Noon.AddMinutes(20)).Should().Be(Given.Noon);
    }

    [Fact]
    public void Nobody_who_was_never_here_changed_before_now() => PresenceFacts.None.ChangedBy(Given.Noon).Should().Be(Given.Noon);

    private static DateTimeOffset? Max(DateTimeOffset? a, DateTimeOffset b) => a is { } known && known > b ? known : b;

    private static DateTimeOffset? Min(DateTimeOffset? a, DateTimeOffset b) => a is { } known && known > b ? b : a;
}
