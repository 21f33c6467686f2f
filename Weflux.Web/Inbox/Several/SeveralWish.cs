using Weflux.Domain.Team;

namespace Weflux.Web.Inbox.Several;

/// <summary>What shall be done with each of several conversations.</summary>
public abstract record SeveralWish;

/// <summary>Whoever acts holds them from now on.</summary>
public sealed record TakeThem : SeveralWish;

/// <param name="Assignee">Who shall hold them.</param>
/// <param name="Name">What that person is called, for what is said afterwards.</param>
public sealed record AssignThem(UserId Assignee, string Name) : SeveralWish;

/// <summary>Nobody holds them any more.</summary>
public sealed record HandThemBack : SeveralWish;

/// <param name="LabelId">Which label.</param>
/// <param name="Name">What it is called, for what is said afterwards.</param>
/// <param name="IsOn">Whether it is put on; else it is taken off.</param>
public sealed record LabelThem(long LabelId, string Name, bool IsOn) : SeveralWish;

/// <param name="Until">When they come back.</param>
public sealed record SnoozeThem(DateTimeOffset Until) : SeveralWish;

/// <param name="ReasonId">One of the workspace's reasons; null for none.</param>
/// <param name="Words">What the person adds; null or empty for nothing.</param>
public sealed record CloseThem(long? ReasonId = null, string? Words = null) : SeveralWish;

/// <summary>They go back into the list.</summary>
public sealed record ReopenThem : SeveralWish;

/// <summary>What their customers said last needs no reply.</summary>
public sealed record LeaveThemUnanswered : SeveralWish;

/// <summary>Whoever acts has seen them.</summary>
public sealed record MarkThemRead : SeveralWish;
