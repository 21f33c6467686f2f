using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class ReleasePolicyTests
{
    private static readonly ReleasePolicy Both = new(AwayAfter: 5, OfflineAfter: 15);

    [Theory]
    [InlineData(MemberPresence.Away, 5 * 60, true, true)]
    [InlineData(MemberPresence.Away, (5 * 60) - 1, true, false)]
    [InlineData(MemberPresence.Away, 5 * 60, false, true)]
    [InlineData(MemberPresence.Offline, 15 * 60, true, true)]
    [InlineData(MemberPresence.Offline, (15 * 60) - 1, true, false)]
    [InlineData(MemberPresence.Offline, 15 * 60, false, false)]
    [InlineData(MemberPresence.Available, 1_000_000, true, false)]
    [InlineData((MemberPresence)9, 1_000_000, true, false)]
    public void It_is_due_after_the_grace_and_offline_only_while_the_business_is_open(MemberPresence presence, int seconds, bool isOpen, bool isDue) =>
        Both.IsDue(presence, Given.Noon, Given.Noon.AddSeconds(seconds), isOpen).Should().Be(isDue);

    [Fact]
    public void Zero_is_never()
    {
        var never = new ReleasePolicy(0, 0);
        foreach (var presence in Enum.GetValues<MemberPresence>())
        {
            never.IsDue(presence, Given.Noon, Given.Noon.AddYears(1), isOpen: true).Should().BeFalse();
        }
    }

    [Fact]
    public void A_new_workspace_releases_what_waits_with_people_who_chose_to_be_away_and_not_what_waits_with_people_who_lost_their_connection()
    {
        ReleasePolicy.Default.IsDue(MemberPresence.Away, Given.Noon, Given.Noon.AddMinutes(1), isOpen: true).Should().BeTrue();
        ReleasePolicy.Default.IsDue(MemberPresence.Offline, Given.Noon, Given.Noon.AddDays(9), isOpen: true).Should().BeFalse();
    }

    [Fact]
    public void The_grace_is_what_was_chosen_and_there_is_none_where_nothing_is_taken_off_anybody()
    {
        Both.GraceOf(MemberPresence.Away).Should().Be(TimeSpan.FromMinutes(5));
        Both.GraceOf(MemberPresence.Offline).Should().Be(TimeSpan.FromMinutes(15));
        Both.GraceOf(MemberPresence.Available).Should().BeNull();
        ReleasePolicy.Default.GraceOf(MemberPresence.Offline).Should().BeNull();
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 15, true)]
    [InlineData(2, 0, false)]
    [InlineData(0, -1, false)]
    public void Only_some_minutes_can_be_chosen(int away, int offline, bool isSound) => new ReleasePolicy(away, offline).IsSound.Should().Be(isSound);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1440, true)]
    [InlineData(1441, false)]
    public void A_hand_over_waits_from_a_minute_to_a_day(int minutes, bool isSound) => HandOverRules.IsSound(minutes).Should().Be(isSound);
}
