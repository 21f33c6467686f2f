using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Inbox.Together;

/// <summary>What one node knows of who is with conversations.</summary>
public sealed class LookersTests : IDisposable
{
    private static readonly WorkspaceId Here = new(1);
    private static readonly UserId Meera = new(11);
    private static readonly UserId Ravi = new(12);

    private readonly FakeTimeProvider _time = new(Rows.Noon);
    private readonly Lookers _lookers;
    private readonly List<long> _changed = [];

    public LookersTests()
    {
        _lookers = new Lookers(_time, NullLogger<Lookers>.Instance);
        _lookers.Changed += (_, change) => _changed.Add(change.ConversationId);
    }

    public void Dispose() => _lookers.Dispose();

    [Fact]
    public void Each_person_is_there_once_however_many_screens_they_have_and_who_writes_stands_first()
    {
        var (one, two, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Hear(Meera, one, Doing.Looking);
        Hear(Meera, two, Doing.Looking);
        Hear(Ravi, other, Doing.Writing);

        _lookers.With(Here, 5).Should().Equal(new Looker(Ravi, true), new Looker(Meera, false));
        _lookers.With(Here, 6).Should().BeEmpty();
        _lookers.With(new WorkspaceId(2), 5).Should().BeEmpty("it is another business's");
        _lookers.Conversations(Here).Should().Equal(5);

        Hear(Meera, one, Doing.Nothing);
        _lookers.With(Here, 5).Should().Contain(new Looker(Meera, false));
        Hear(Meera, two, Doing.Nothing);
        Hear(Ravi, other, Doing.Nothing);
        _lookers.Conversations(Here).Should().BeEmpty();
    }

    [Fact]
    public void What_every_circuit_hears_is_told_on_once()
    {
        var seat = Guid.NewGuid();
        for (var circuit = 0; circuit < 5; circuit++)
        {
            Hear(Meera, seat, Doing.Looking);
        }

        _changed.Should().Equal(5);
        Hear(Meera, seat, Doing.Writing);
        _changed.Should().Equal(5, 5);
    }

    [Fact]
    public void Who_is_not_heard_of_again_lapses_and_who_is_stays()
    {
        var (silent, alive) = (Guid.NewGuid(), Guid.NewGuid());
        Hear(Meera, silent, Doing.Writing);
        Hear(Ravi, alive, Doing.Looking);
        _time.Advance(Seats.Lapse - TimeSpan.FromSeconds(1));
        Hear(Ravi, alive, Doing.Looking);
        _lookers.Forget();
        _lookers.With(Here, 5).Should().HaveCount(2);

        _time.Advance(TimeSpan.FromSeconds(1));
        _lookers.Forget();

        _lookers.With(Here, 5).Should().Equal(new Looker(Ravi, false));
        _changed.Should().HaveCount(3);
    }

    [Fact]
    public void A_crowd_is_told_in_few_words()
    {
        TogetherWords.Say([]).Should().BeEmpty();
        TogetherWords.Say([View("Meera", false)]).Should().Be("Meera is looking");
        TogetherWords.Say([View("Ravi", true), View("Meera", false)]).Should().Be("Ravi is writing…");
        TogetherWords.Say([View("Meera", false), View("Ravi", false)]).Should().Be("Meera and Ravi are looking");
        TogetherWords.Say([View("Meera", true), View("Ravi", true), View("Tom", true)]).Should().Be("Meera and 2 others are writing…");
    }

    private static TogetherView View(string name, bool isWriting) => new(Meera, new Colleague(name, null), isWriting);

    private void Hear(UserId user, Guid seat, Doing doing) => _lookers.Hear(Here, [new TogetherHint(5, user.Value, seat, doing)]);
}
