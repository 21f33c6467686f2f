using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class AssignmentRotaTests
{
    private static readonly AssignmentTerms InTurn = new(AssignmentMode.RoundRobin, IsSticky: false);
    private static readonly AssignmentTerms Fewest = new(AssignmentMode.LeastBusy, IsSticky: false);

    private static readonly Gen<AssignmentCandidate[]> People = Gen.Select(
        Gen.Bool, Gen.Int[0, 5], Gen.Int[-1, 5], Gen.Long[0, 6],
        (isAvailable, open, capacity, last) => (isAvailable, open, Capacity: capacity < 0 ? (int?)null : capacity, last)).Array[0, 6]
        .Select(people => people.Select((p, i) => new AssignmentCandidate(new UserId(i + 1), p.isAvailable, p.open, p.Capacity, p.last)).ToArray());

    private static readonly Gen<AssignmentTerms> Terms = Gen.Select(Gen.Enum<AssignmentMode>(), Gen.Bool).Select(
        t => new AssignmentTerms(t.Item1, t.Item1 == AssignmentMode.ToTeam ? 1 : null, IsSticky: t.Item2));

    /// <summary>Asked for at most so many, with whoever held each last.</summary>
    private static readonly Gen<long[]> Previous = Gen.Long[0, 7].Array[1, 20];

    [Fact]
    public void Nobody_is_given_more_than_they_can_hold_and_nobody_who_is_not_available_is_given_any() =>
        Gen.Select(People, Terms, Previous).Sample((people, terms, previous) =>
        {
            var rota = new AssignmentRota(people);
            var given = previous.Select(p => rota.Give(terms, Pool(people), new UserId(p))).ToList();

            foreach (var person in people)
            {
                var count = given.Count(g => g?.User == person.User);
                (count == 0 || (person.IsAvailable && (person.Capacity is not { } most || person.Open + count <= most))).Should().BeTrue();
                rota.People.Single(p => p.User == person.User).Open.Should().Be(person.Open + count);
            }
        });

    [Fact]
    public void Nothing_waits_while_somebody_has_room() =>
        Gen.Select(People, Terms, Previous).Sample((people, terms, previous) =>
        {
            var rota = new AssignmentRota(people);
            foreach (var last in previous)
            {
                var hasRoom = rota.HasRoom(Pool(people)) && terms.Mode is AssignmentMode.RoundRobin or AssignmentMode.LeastBusy;
                (rota.Give(terms, Pool(people), new UserId(last)) is not null).Should().Be(hasRoom);
            }
        });

    [Fact]
    public void In_turn_it_is_always_whoever_was_given_one_longest_ago() =>
        Gen.Select(People, Gen.Int[1, 20]).Sample((people, count) =>
        {
            var rota = new AssignmentRota(people);
            for (var i = 0; i < count; i++)
            {
                var before = rota.People.Where(p => p.HasRoom).ToList();
                var choice = rota.Give(InTurn, Pool(people), null);
                choice?.Reason.Should().Be(AssignmentReason.NextInTurn);
                choice?.User.Should().Be(before.OrderBy(p => p.LastGiven).ThenBy(p => p.User.Value).First().User);
            }
        });

    [Fact]
    public void In_turn_people_without_a_limit_get_alike() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 30]).Sample((count, gifts) =>
        {
            AssignmentCandidate[] people = [.. Enumerable.Range(1, count).Select(i => new AssignmentCandidate(new UserId(i), true, i, null, 0))];
            var rota = new AssignmentRota(people);
            var given = Enumerable.Range(0, gifts).Select(_ => rota.Give(InTurn, Pool(people), null)!.User).ToList();

            var counts = people.Select(p => given.Count(g => g == p.User)).ToList();
            (counts.Max() - counts.Min()).Should().BeLessThanOrEqualTo(1);
        });

    [Fact]
    public void The_least_busy_is_one_with_the_fewest_open_conversations_at_that_moment() =>
        Gen.Select(People, Gen.Int[1, 20]).Sample((people, count) =>
        {
            var rota = new AssignmentRota(people);
            for (var i = 0; i < count; i++)
            {
                var before = rota.People.Where(p => p.HasRoom).ToList();
                if (rota.Give(Fewest, Pool(people), null) is not { } choice)
                {
                    before.Should().BeEmpty();
                    return;
                }

                (choice.Open, choice.Reason).Should().Be((before.Min(p => p.Open), AssignmentReason.FewestOpen));
                before.Single(p => p.User == choice.User).Capacity.Should().Be(choice.Capacity);
            }
        });

    [Fact]
    public void Whoever_held_it_last_comes_first_if_they_can_and_the_rule_says_so()
    {
        AssignmentCandidate[] people = [new(new UserId(1), true, 0, null, 0), new(new UserId(2), true, 7, 8, 9), new(new UserId(3), false, 0, null, 0)];

        var sticky = Fewest with { IsSticky = true };
        new AssignmentRota(people).Give(sticky, Pool(people), new UserId(2)).Should().Be(new AssignmentChoice(new UserId(2), AssignmentReason.HeldItBefore, 7, 8));
        new AssignmentRota(people).Give(Fewest, Pool(people), new UserId(2))!.User.Should().Be(new UserId(1));
        new AssignmentRota(people).Give(sticky, Pool(people), new UserId(3))!.User.Should().Be(new UserId(1), "they are not available");
        new AssignmentRota(people).Give(sticky, [new UserId(1)], new UserId(2))!.User.Should().Be(new UserId(1), "they are not in the team");

        var full = new AssignmentRota(people);
        full.Give(sticky, Pool(people), new UserId(2));
        full.Give(sticky, Pool(people), new UserId(2))!.User.Should().Be(new UserId(1), "they hold as many as they can");
    }

    [Fact]
    public void Only_those_of_the_pool_are_chosen_and_each_counts_once()
    {
        AssignmentCandidate[] people = [new(new UserId(1), true, 0, 1, 0), new(new UserId(2), true, 0, null, 0)];
        var rota = new AssignmentRota(people);

        rota.Give(InTurn, [new UserId(1), new UserId(1), new UserId(9)], null)!.User.Should().Be(new UserId(1));
        rota.Give(InTurn, [new UserId(1), new UserId(1), new UserId(9)], null).Should().BeNull();
        rota.HasRoom([new UserId(9)]).Should().BeFalse();
        rota.Give(InTurn, [], new UserId(2)).Should().BeNull();
        new AssignmentRota([]).Give(InTurn, [new UserId(1)], null).Should().BeNull();
    }

    private static IEnumerable<UserId> Pool(IEnumerable<AssignmentCandidate> people) => people.Select(p => p.User);
}
