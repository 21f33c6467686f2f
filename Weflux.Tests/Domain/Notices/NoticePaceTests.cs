using CsCheck;
using Weflux.Domain.Notices;

namespace Weflux.Tests.Domain.Notices;

public sealed class NoticePaceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Wait, (int Key, bool HasSound)[] Cues)[]> Crowds =
        Gen.Select(Gen.Int[0, 12_000], Gen.Select(Gen.Int[1, 9], Gen.Bool).Array[0, 8]).Array[1, 20];

    [Fact]
    public void A_few_things_are_told_one_by_one_and_the_same_again_quietly()
    {
        var pace = new NoticePace();
        pace.Tell([Cue("a"), Cue("b")], Noon).Should().BeEquivalentTo([Loud("a"), Loud("b")]);
        pace.Tell([Cue("a"), Cue("c")], Noon.AddSeconds(1)).Should().BeEquivalentTo([Loud("a") with { IsLoud = false }, Loud("c")]);
        pace.Tell([Cue("a")], Noon.AddSeconds(10)).Should().BeEquivalentTo([Loud("a")], "the window is over");
    }

    [Fact]
    public void What_comes_too_fast_is_told_in_one_bundle()
    {
        var pace = new NoticePace();
        pace.Tell([Cue("a"), Cue("b"), Cue("c"), Cue("d")], Noon).Should().BeEquivalentTo([new NoticeAlert(["a", "b", "c", "d"], IsBundle: true, IsLoud: true, HasSound: false)]);
        pace.Tell([Cue("e")], Noon.AddSeconds(1)).Should().BeEquivalentTo([new NoticeAlert(["a", "b", "c", "d", "e"], IsBundle: true, IsLoud: false, HasSound: false)]);
    }

    [Fact]
    public void Three_alone_come_before_the_bundle()
    {
        var pace = new NoticePace();
        pace.Tell([Cue("a"), Cue("b"), Cue("c")], Noon).Should().HaveCount(3);
        pace.Tell([Cue("d")], Noon.AddSeconds(9.9)).Should().BeEquivalentTo([new NoticeAlert(["d"], IsBundle: true, IsLoud: true, HasSound: false)]);
    }

    [Fact]
    public void Nothing_new_tells_nothing() => new NoticePace().Tell([], Noon).Should().BeEmpty();

    [Fact]
    public void Nothing_is_left_out_and_nothing_becomes_a_storm() => Crowds.Sample(steps =>
    {
        var pace = new NoticePace();
        var now = Noon;
        var windows = new List<(DateTimeOffset From, List<NoticeAlert> Alerts)>();
        foreach (var (wait, cues) in steps)
        {
            now = now.AddMilliseconds(wait);
            var alerts = pace.Tell([.. cues.Select(c => new NoticeCue($"k{c.Key}", c.HasSound))], now);
            if (cues.Length == 0)
            {
                alerts.Should().BeEmpty();
                continue;
            }

            if (windows.Count == 0 || now - windows[^1].From >= NoticePace.Window)
            {
                windows.Add((now, []));
            }

            windows[^1].Alerts.AddRange(alerts);
            cues.Select(c => $"k{c.Key}").Except(alerts.SelectMany(a => a.Keys)).Should().BeEmpty("whoever is quiet is still shown");
            alerts.Where(a => a.IsBundle).Should().HaveCountLessThanOrEqualTo(1);
            alerts.Where(a => !a.IsBundle && a.Keys.Count != 1).Should().BeEmpty();
        }

        foreach (var (_, alerts) in windows)
        {
            var alone = alerts.Where(a => !a.IsBundle).Select(a => a.Keys[0]).Distinct().ToList();
            alone.Should().HaveCountLessThanOrEqualTo(NoticePace.MostAlone);
            alone.Should().NotIntersectWith(alerts.Where(a => a.IsBundle).SelectMany(a => a.Keys));
            alerts.Count(a => a.IsLoud).Should().BeLessThanOrEqualTo(NoticePace.MostAlone + 1);
            alerts.Where(a => a.IsLoud && !a.IsBundle).Select(a => a.Keys[0]).Should().OnlyHaveUniqueItems();
            alerts.Count(a => a.HasSound).Should().BeLessThanOrEqualTo(1);
        }
    });

    [Fact]
    public void There_is_a_sound_in_every_window_in_which_somebody_wants_one() => Crowds.Sample(steps =>
    {
        var pace = new NoticePace();
        var now = Noon;
        DateTimeOffset? from = null;
        var (wanted, heard) = (false, false);
        foreach (var (wait, cues) in steps.Where(s => s.Cues.Length > 0))
        {
            now = now.AddMilliseconds(wait);
            if (from is null || now - from >= NoticePace.Window)
            {
                heard.Should().Be(wanted);
                (from, wanted, heard) = (now, false, false);
            }

            wanted |= cues.Any(c => c.HasSound);
            heard |= pace.Tell([.. cues.Select(c => new NoticeCue($"k{c.Key}", c.HasSound))], now).Any(a => a.HasSound);
        }

        heard.Should().Be(wanted);
    });

    private static NoticeCue Cue(string key) => new(key, HasSound: false);

    private static NoticeAlert Loud(string key) => new([key], IsBundle: false, IsLoud: true, HasSound: false);
}
