using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Several;

/// <summary>What became of each of several conversations.</summary>
public sealed record SeveralResult
{
    /// <summary>It is done with these.</summary>
    public IReadOnlyList<long> Done { get; init; } = [];

    /// <summary>With these it was so already.</summary>
    public IReadOnlyList<long> Unchanged { get; init; } = [];

    /// <summary>With these it could not be done.</summary>
    public IReadOnlyList<SeveralRefusal> Refused { get; init; } = [];

    /// <summary>With these it was not begun, because somebody stopped it or the database could not be written.</summary>
    public IReadOnlyList<long> NotBegun { get; init; } = [];

    /// <summary>Whether the database could not be written any more.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Whether they were more than may be changed at a time; then nothing was begun.</summary>
    public bool IsTooMany { get; init; }

    /// <summary>Those with which somebody may want to try something else.</summary>
    public IEnumerable<long> Failed => Refused.Select(r => r.ConversationId).Concat(NotBegun);
}

/// <summary>A conversation with which it could not be done.</summary>
/// <param name="Outcome">Why not.</param>
public readonly record struct SeveralRefusal(long ConversationId, WorkOutcome Outcome);
