using System.Globalization;
using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

public enum WindowMood
{
    Open,

    /// <summary>Less than two hours are left.</summary>
    Closing,

    Closed,

    /// <summary>The customer has never written.</summary>
    NeverOpen,
}

/// <summary>The service window of a conversation as it looks at one moment.</summary>
/// <param name="ClosesAt">When it closes or closed (UTC); null if it was never open.</param>
/// <param name="Now">The moment.</param>
public readonly record struct WindowView(DateTimeOffset? ClosesAt, DateTimeOffset Now)
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool IsOpen => Remaining > TimeSpan.Zero;

    public WindowMood Mood =>
        ClosesAt is null ? WindowMood.NeverOpen
        : !IsOpen ? WindowMood.Closed
        : Remaining < Soon ? WindowMood.Closing
        : WindowMood.Open;

    /// <summary>How much of the 24 hours is left, from 0 to 1, in steps of one per cent.</summary>
    public double Fraction => Math.Clamp(Math.Ceiling(Remaining / ServiceWindow.Length * 100) / 100, 0, 1);

    /// <summary>The countdown, such as <c>Window open · 21 h 14 m</c>.</summary>
    public string Words => Mood switch
    {
        WindowMood.NeverOpen => "Window not open yet",
        WindowMood.Closed => $"Window closed {Ago(Now - ClosesAt!.Value)}",
        _ => $"Window open · {Left(Remaining)}",
    };

    /// <summary>The same in few words, for those who hear the list.</summary>
    public string Alternative => Mood switch
    {
        WindowMood.NeverOpen => "window not open yet",
        WindowMood.Closed => "window closed",
        WindowMood.Closing => $"window closes in {Left(Remaining)}",
        _ => "window open",
    };

    private TimeSpan Remaining => ClosesAt is { } at && at > Now ? at - Now : TimeSpan.Zero;

    private static string Left(TimeSpan left) =>
        left < Minute ? Format($"{Math.Max(1, (int)Math.Ceiling(left.TotalSeconds))} s")
        : left.TotalHours < 1 ? Format($"{left.Minutes} m")
        : Format($"{(int)left.TotalHours} h {left.Minutes} m");

    private static string Ago(TimeSpan ago) =>
        ago < Minute ? "just now"
        : ago.TotalHours < 1 ? Format($"{ago.Minutes} m ago")
        : ago.TotalDays < 1 ? Format($"{(int)ago.TotalHours} h ago")
        : Format($"{(int)ago.TotalDays} d ago");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
