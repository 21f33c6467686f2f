using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class MemberLoadTests
{
    [Theory]
    [InlineData(0, null, null, false)]
    [InlineData(500, null, null, false)]
    [InlineData(0, 0, 0, true)]
    [InlineData(2, 5, 3, false)]
    [InlineData(5, 5, 0, true)]
    [InlineData(7, 5, 0, true)]
    public void Room_is_what_is_left_of_the_limit(int open, int? capacity, int? room, bool isFull)
    {
        var load = new MemberLoad(open, capacity);
        (load.Room, load.IsFull).Should().Be((room, isFull));
    }

    [Fact]
    public void Whoever_is_given_as_many_as_there_is_room_for_is_full() => Gen.Int[0, 2000].Select(Gen.Int[0, MemberLoad.MostCapacity]).Sample((open, capacity) =>
        new MemberLoad(open + new MemberLoad(open, capacity).Room!.Value, capacity).IsFull);

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    [InlineData(-1, false)]
    public void A_limit_is_none_or_0_to_999(int? capacity, bool canBe) => MemberLoad.IsCapacity(capacity).Should().Be(canBe);
}
