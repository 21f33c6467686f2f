namespace Weflux.Web.Numbers;

/// <summary>What came of something that was done to a number.</summary>
/// <param name="IsDone">Whether it is done.</param>
/// <param name="Words">What is the case.</param>
/// <param name="WayOut">What to do; null if there is nothing to do.</param>
public sealed record Outcome(bool IsDone, string Words, string? WayOut = null);
