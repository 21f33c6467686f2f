namespace Weflux.Domain.Notices;

/// <summary>Something new that somebody is to be told of.</summary>
/// <param name="Key">What it is about: the same key replaces what was told of it before.</param>
/// <param name="HasSound">Whether it comes with a sound.</param>
public readonly record struct NoticeCue(string Key, bool HasSound);

/// <summary>One notice to show.</summary>
/// <param name="Keys">What it tells of; one key unless it is a bundle.</param>
/// <param name="IsBundle">Whether it stands for all that came too fast to be told one by one.</param>
/// <param name="IsLoud">Whether it calls for attention; otherwise it replaces quietly what is shown already.</param>
/// <param name="HasSound">Whether a sound goes with it.</param>
public sealed record NoticeAlert(IReadOnlyList<string> Keys, bool IsBundle, bool IsLoud, bool HasSound);

/// <summary>
/// Keeps a crowd of notices from becoming a storm. Within a window of seconds at most <see cref="MostAlone"/> things are
/// told one by one, everything else in one bundle; each calls for attention once, and there is one sound. Nothing is
/// left out: what is quiet is still shown.
/// </summary>
public sealed class NoticePace
{
    /// <summary>How many things are told one by one within a window.</summary>
    public const int MostAlone = 3;

    private readonly List<string> _alone = [];
    private readonly List<string> _bundled = [];
    private DateTimeOffset? _since;
    private bool _hasSounded;

    /// <summary>How long a window lasts from its first notice.</summary>
    public static TimeSpan Window => TimeSpan.FromSeconds(10);

    /// <summary>Says how to tell of what is new.</summary>
    /// <param name="cues">What is new.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>What to show; every key of the cues is in one of them.</returns>
    public IReadOnlyList<NoticeAlert> Tell(IReadOnlyCollection<NoticeCue> cues, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(cues);
        if (cues.Count == 0)
        {
            return [];
        }

        if (_since is not { } since || now - since >= Window || now < since)
        {
            Begin(now);
        }

        var keys = cues.Select(c => c.Key).Distinct(StringComparer.Ordinal).ToList();
        var known = keys.Where(_alone.Contains).ToList();
        var isBundleChanged = keys.Exists(_bundled.Contains);
        var fresh = keys.Except(known, StringComparer.Ordinal).Except(_bundled, StringComparer.Ordinal).ToList();
        var isFirstBundle = _bundled.Count == 0;
        var mustBundle = fresh.Count > 0 && (!isFirstBundle || _alone.Count + fresh.Count > MostAlone);
        (mustBundle ? _bundled : _alone).AddRange(fresh);

        var alerts = known.ConvertAll(key => new NoticeAlert([key], IsBundle: false, IsLoud: false, HasSound: false));
        if (mustBundle || isBundleChanged)
        {
            alerts.Add(new NoticeAlert([.. _bundled], IsBundle: true, IsLoud: mustBundle && isFirstBundle, HasSound: false));
        }
        else
        {
            alerts.AddRange(fresh.Select(key => new NoticeAlert([key], IsBundle: false, IsLoud: true, HasSound: false)));
        }

        return Sound(alerts, cues.Any(c => c.HasSound));
    }

    private void Begin(DateTimeOffset now)
    {
        (_since, _hasSounded) = (now, false);
        _alone.Clear();
        _bundled.Clear();
    }

    private List<NoticeAlert> Sound(List<NoticeAlert> alerts, bool isWanted)
    {
        if (isWanted && !_hasSounded)
        {
            _hasSounded = true;
            alerts[0] = alerts[0] with { HasSound = true };
        }

        return alerts;
    }
}
